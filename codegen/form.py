"""The intermediate form: what the schema says, validated and frozen.

A *type* is what a field, an item or a member of a union can have. Objects, unions and everything
else with a name of its own are *schemas*; types refer to them by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

ScalarKind: TypeAlias = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True)
class Scalar:
    """A plain string, integer, number or boolean."""

    kind: ScalarKind
    limits: Limits


@dataclass(frozen=True)
class Enum:
    """A string or integer with known values; ``open`` if the API itself allows others."""

    values: tuple[str, ...] | tuple[int, ...]
    open: bool


@dataclass(frozen=True)
class Const:
    """A constant string; a ``tag`` if it tells this object from others.

    A tag may have several values: the first is the one that construction fills in.
    """

    values: tuple[str, ...]
    tag: bool


@dataclass(frozen=True)
class Array:
    items: Type
    limits: Limits


@dataclass(frozen=True)
class Map:
    """An object whose properties have any names and one type."""

    values: Type


@dataclass(frozen=True)
class FreeObject:
    """An object of any JSON values."""


@dataclass(frozen=True)
class Ref:
    """A reference to the schema of this name."""

    name: str


Type: TypeAlias = Scalar | Enum | Const | Array | Map | FreeObject | Ref


@dataclass(frozen=True)
class Limits:
    """The documented limits of a value: JSON Schema's keywords with their values."""

    bounds: tuple[tuple[str, float | str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.bounds)


@dataclass(frozen=True)
class Field:
    """A property of an object."""

    name: str
    type: Type
    description: str
    required: bool
    null: bool
    """Whether null has a meaning here."""
    null_as_read: bool
    """Whether servers routinely send null here, which clients must not send."""
    hidden: bool
    """Whether ``repr`` hides it: a secret, or audio."""
    read_only: bool
    """Whether only servers send it."""
    default: str | None
    """What the server assumes when the field is absent, as JSON."""
    deprecated: bool
    """Whether it should not be used any more."""


@dataclass(frozen=True)
class Rule:
    """What servers refuse although each field is valid; a field is named by its path."""

    because: str
    to: tuple[str, ...]
    """The APIs whose servers refuse it of a client; if empty, it holds for whoever sent it."""
    when: tuple[tuple[str, str], ...]
    """The patterns of fields for which the rule holds; if empty, it always holds."""
    needs: tuple[str, ...]
    refuses: tuple[str, ...]
    allows: tuple[tuple[str, str], ...]
    """The patterns that texts, or those in an array, must match as a whole."""

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all fields that it names."""
        return (*dict(self.when), *self.needs, *self.refuses, *dict(self.allows))


@dataclass(frozen=True)
class Object:
    """A schema that becomes a class."""

    name: str
    description: str
    fields: tuple[Field, ...]
    request: str | None
    """The object to send when one like this was received."""
    rules: tuple[Rule, ...] = ()
    deprecated: bool = False
    sent_to: str | None = None
    """The API to whose server only clients send it: rules with ``to`` hold in all of it."""
    moved: tuple[tuple[str, str], ...] = ()
    """Where the fields of the beta belong now, or ``nowhere``."""
    short: str | None = None
    """A second name, where the first is an accident of the API's description."""

    @property
    def tags(self) -> Mapping[str, tuple[str, ...]]:
        """The constants that tell this object from others."""
        return {
            field.name: field.type.values
            for field in self.fields
            if isinstance(field.type, Const) and field.type.tag
        }


@dataclass(frozen=True)
class Alias:
    """A schema that becomes a type alias: a union, or a name for another type."""

    name: str
    description: str
    members: tuple[Type, ...]
    null: bool
    tag: str | None
    """The discriminator: the property that tells the objects among the members apart."""
    default: str | None
    """What the server assumes where a value is absent, as JSON."""
    deprecated: bool
    short: str | None = None
    """A second name, where the first is an accident of the API's description."""


Schema: TypeAlias = Object | Alias


@dataclass(frozen=True)
class Module:
    """One file of the schema, and the Python module of the same name."""

    name: str
    description: str
    digest: str
    schemas: tuple[Schema, ...]
    is_extended: bool = False
    """Whether the module is there already, in the package that is extended."""


@dataclass(frozen=True)
class Row:
    """What corresponds in the two forms of the API, or what only one has, with the reason."""

    beta: str | None
    ga: str | None
    change: str
    because: str
    is_read: bool
    is_undeclared: bool
    takes_beta: tuple[str, ...] = ()
    takes_ga: tuple[str, ...] = ()
    """The types of objects that the servers of a form take."""


Groups: TypeAlias = Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True)
class Pair:
    """Two types that correspond: the beta's and the current one."""

    beta: str
    ga: str
    is_request: bool
    rows: tuple[str, ...]
    """The groups of rows of their fields."""
    tags: tuple[str, ...]
    """The groups of rows of the values of `type`."""


@dataclass(frozen=True)
class Correspondence:
    """How the two forms of the API correspond."""

    digest: str
    pairs: tuple[Pair, ...]
    rows: Groups
    tags: Groups
    detections: Groups


@dataclass(frozen=True)
class Form:
    """The whole schema."""

    modules: tuple[Module, ...]
    correspondence: Correspondence | None = None

    def homes(self) -> dict[str, str]:
        """Return the module of each schema."""
        return {schema.name: module.name for module in self.modules for schema in module.schemas}

    def schemas(self) -> dict[str, Schema]:
        """Return every schema by its name."""
        return {schema.name: schema for module in self.modules for schema in module.schemas}


def types(schema: Schema) -> tuple[Type, ...]:
    """Return the types of an object's fields, or of an alias's members."""
    if isinstance(schema, Object):
        return tuple(field.type for field in schema.fields)
    return schema.members


def references(schema: Schema) -> Iterator[str]:
    """Yield the names of the schemas that a schema refers to."""
    if isinstance(schema, Object) and schema.request is not None:
        yield schema.request
    for kind in types(schema):
        while isinstance(kind, (Array, Map)):
            kind = kind.items if isinstance(kind, Array) else kind.values
        if isinstance(kind, Ref):
            yield kind.name
