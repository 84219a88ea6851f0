"""The types of our schema as the source of classes for any other library.

Every peer gets the same types, so that its work is equal: the same fields, the same tags, enums
as open as our attributes are, null wherever we read null. What differs between libraries is
said in a :class:`Dialect`. The source is made when a benchmark runs and never kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from codegen.annotations import SCALARS, Faces
from codegen.form import (
    Alias,
    Array,
    Const,
    Enum,
    Field,
    FreeObject,
    Map,
    Object,
    Ref,
    Scalar,
    Schema,
    Type,
    references,
)
from codegen.load import load

__all__ = ["ROOTS", "Dialect", "classes_source", "fields_of", "tag_of"]

SCHEMA: Final = Path(__file__).parents[2] / "schema"
ROOTS: Final = ("RealtimeServerEvent", "RealtimeSessionCreateResponse")
"""What the payloads are decoded as; the peers get these types and all that they refer to."""


@dataclass(frozen=True)
class Dialect:
    """How a library wants its classes written."""

    head: str
    """The imports, and whatever stands before the first class."""
    opening: Callable[[Object], str]
    """The line or lines with which a class begins, up to the colon."""
    optional: str
    """The annotation and default of a field that may be absent, of its type ``{}``."""
    union: Callable[[str, list[str]], str]
    """The annotation of a union of classes that a tag tells apart."""
    writes_tags: bool = True
    """Whether a tag is a field; else the opening of the class tells it."""
    fields: tuple[str, ...] = ()
    """Fields that every class has besides."""
    merged: Callable[[Alias, list[Object]], Object | None] = lambda alias, objects: None
    """One object for the objects of a union that the library cannot tell apart."""


@cache
def _schemas() -> dict[str, Schema]:
    return load(SCHEMA).schemas()


def classes_source(dialect: Dialect) -> str:
    """A Python module with a class for each object, and a name for each union."""
    writer = _Writer(dialect)
    return "\n".join([dialect.head, "", *map(writer.schema, _needed()), ""])


def _needed() -> list[Schema]:
    """The roots and all that they refer to, each after what it refers to."""
    schemas = _schemas()
    found: dict[str, Schema] = {}

    def add(name: str) -> None:
        if name not in found:
            schema = schemas[name]
            if isinstance(schema, Object):  # what may be sent of it, nobody decodes
                schema = replace(schema, request=None)
            for other in references(schema):
                add(other)
            found[name] = schema

    for root in ROOTS:
        add(root)
    return list(found.values())


def tag_of(schema: Object) -> str | None:
    """The value of ``type`` by which an object is told from others."""
    values = schema.tags.get("type")
    return values[0] if values else None


def fields_of(name: str) -> tuple[Field, ...]:
    """The fields of an object, by its name; a union has none."""
    schema = _schemas()[name]
    return schema.fields if isinstance(schema, Object) else ()


class _Writer:
    """Writes types in a dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._faces = Faces(_schemas())

    def schema(self, schema: Schema) -> str:
        if isinstance(schema, Object):
            return self._class(schema)
        merged = self._dialect.merged(schema, self._faces.objects(schema.members))
        if merged is not None:
            return self._class(merged)
        return f"{schema.name} = {self._alias(schema)}\n"

    def _class(self, schema: Object) -> str:
        fields = [field for field in schema.fields if self._is_written(field)]
        lines = [*map(self._field, fields), *self._dialect.fields] or ["pass"]
        return "\n".join([self._dialect.opening(schema), *(f"    {line}" for line in lines), ""])

    def _is_written(self, field: Field) -> bool:
        is_tag = field.name == "type" and isinstance(field.type, Const) and field.type.tag
        return self._dialect.writes_tags or not is_tag

    def _field(self, field: Field) -> str:
        if isinstance(field.type, Const) and field.type.tag:
            return f"{field.name}: {self._type(field.type)}"
        hint = self._type(field.type)
        if not field.required:
            return f"{field.name}: {self._dialect.optional.format(hint)}"
        if field.null or field.stray_null:
            hint = f"Union[{hint}, None]"
        return f"{field.name}: {hint}"

    def _type(self, kind: Type) -> str:
        match kind:
            case Scalar(kind=name):
                return SCALARS[name]
            case Enum(values=values):
                return type(values[0]).__name__
            case Const(values=values, tag=tag):
                return f"Literal[{', '.join(map(json.dumps, values))}]" if tag else "str"
            case Array(items=items):
                return f"list[{self._type(items)}]"
            case Map(values=values):
                return f"dict[str, {self._type(values)}]"
            case FreeObject():
                return "dict[str, Any]"
            case Ref(name=name):
                return name

    def _alias(self, schema: Alias) -> str:
        """The members that are no objects one by one, and the objects as one tagged union."""
        plain = [member for member in schema.members if not self._faces.objects([member])]
        objects = [member for member in schema.members if member not in plain]
        members = _distinct(map(self._type, plain))
        if len(objects) > 1 and schema.tag is not None:
            members.append(self._dialect.union(schema.tag, [*map(self._type, objects)]))
        else:
            members += map(self._type, objects)
        if schema.null:
            members.append("None")
        return f"Union[{', '.join(members)}]"


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
