"""Annotations, read: for each JSON type of a value, what an annotation allows.

A union is told apart by JSON type everywhere in the API, so the shape of an annotation is a
table with at most one branch a JSON type. Objects are told apart further, by their tags: the
fields of a model whose annotation is a single literal (``type``, ``role``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, fields, replace
from functools import cache, cached_property
from types import UnionType
from typing import Annotated, Final, Literal, Union, get_args, get_origin, get_type_hints

from .hints import UNDOCUMENTED, Limits, is_class
from .model import Model
from .sentinel import UnsetType
from .unknown import Unknown
from .values import FrozenDict, JsonObject

JSON_TYPES: Final[Mapping[type, str]] = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}
"""JSON's name for each Python type that :mod:`json` gives."""

NO_LIMITS: Final = Limits()


@dataclass(frozen=True)
class Branch:
    """What is allowed of one JSON type."""

    values: tuple[str | int, ...] = ()
    """The listed values; with none, any value is listed."""
    others: Literal["refused", "accepted", "undocumented"] = "refused"
    """How a value that is not listed is taken."""
    limits: Limits = NO_LIMITS
    items: Shape | None = None
    """The shape of an array's items, or of the members of a map."""
    models: tuple[type[Model], ...] = ()
    """The models that an object may be; with none, it is a map or free-form."""
    unknown: bool = False
    """Whether an object that is none of the models is kept whole."""

    @cached_property
    def by_type(self) -> Mapping[str | None, tuple[type[Model], ...]]:
        """The models that an object may still be once its ``type`` is known.

        Under ``None`` stand those that have no such tag, and go with any other.
        """
        types = {model: model_shape(model).tags.get("type") for model in self.models}
        known = {str(tag) for tags in types.values() for tag in tags or ()}
        return {
            tag: tuple([model for model, tags in types.items() if tags is None or tag in tags])
            for tag in (None, *sorted(known))
        }


@dataclass(frozen=True)
class Shape:
    """What an annotation allows: a branch for each JSON type, by the type's name."""

    branches: Mapping[str, Branch]

    @property
    def expected(self) -> str:
        """The JSON types, for a message: ``string or null``."""
        names = [
            name
            for name, branch in self.branches.items()
            if branch.values or branch.others != "undocumented"
        ]
        return " or ".join(names or self.branches)

    @property
    def null_has_meaning(self) -> bool:
        """Whether the API describes null here."""
        return self.branches.get("null", Branch()).others == "accepted"

    @property
    def tags(self) -> tuple[str | int, ...]:
        """The only strings that are accepted: those by which an object is told from others."""
        branch = self.branches.get("string", Branch())
        return branch.values if branch.others == "refused" else ()


@dataclass(frozen=True)
class FieldShape:
    """A field of a model: its shape, and whether it may be absent."""

    shape: Shape
    required: bool


@dataclass(frozen=True)
class ModelShape:
    """The fields of a model, and the values of those by which it is told from its neighbours."""

    fields: Mapping[str, FieldShape]
    tags: Mapping[str, tuple[str | int, ...]]


_MODELS: Final[dict[type[Model], ModelShape]] = {}


def model_shape(model: type[Model]) -> ModelShape:
    """The shape of a model; it is made once."""
    if model not in _MODELS:
        hints: dict[str, object] = get_type_hints(model, include_extras=True)
        known: tuple[Field[object], ...] = fields(model)
        names = [field.name for field in known if field.name != "extra"]
        found = {
            name: FieldShape(shape_of(hints[name]), UnsetType not in members(hints[name]))
            for name in names
        }
        tags = {name: field.shape.tags for name, field in found.items() if field.shape.tags}
        _MODELS[model] = ModelShape(found, tags)
    return _MODELS[model]


def _find_shape(hint: object) -> Shape:
    branches: dict[str, Branch] = {}
    for member in members(hint):
        if member is not UnsetType:
            name, branch = _branch(member)
            branches[name] = _joined(branches[name], branch) if name in branches else branch
    return Shape(branches)


_shapes: Final = cache(_find_shape)
# The cache has forgotten the type of the parameter.
shape_of: Final[Callable[[object], Shape]] = _shapes
"""What an annotation allows."""


def members(hint: object) -> tuple[object, ...]:
    """The members of a union; the annotation itself, if it is none."""
    origin: object = get_origin(hint)
    parts: tuple[object, ...] = get_args(hint)
    return parts if origin is Union or origin is UnionType else (hint,)


def _branch(hint: object) -> tuple[str, Branch]:
    """The JSON type that one member of a union allows, and what of it."""
    origin: object = get_origin(hint)
    arguments: tuple[object, ...] = get_args(hint)
    if origin is Annotated:
        name, branch = _branch(arguments[0])
        for mark in arguments[1:]:
            branch = _marked(branch, mark)
        return name, branch
    if origin is Literal and type(arguments[0]) in JSON_TYPES:
        # Sorted, since unions that differ only in order are one to `typing`, which keeps either.
        values = [value for value in arguments if isinstance(value, (str, int))]
        return JSON_TYPES[type(arguments[0])], Branch(values=tuple(sorted(values, key=str)))
    if origin is tuple and arguments[1:] == (Ellipsis,):
        return "array", Branch(others="accepted", items=shape_of(arguments[0]))
    if origin is FrozenDict:
        return "object", Branch(others="accepted", items=shape_of(arguments[0]))
    if hint is Unknown:
        return "object", Branch(unknown=True)
    if is_class(hint) and issubclass(hint, Model):
        return "object", Branch(models=(hint,))
    if hint is JsonObject:
        return "object", Branch(others="accepted")
    if hint not in _SCALARS:
        raise TypeError(f"{hint} is no type that JSON is decoded as")
    return _SCALARS[hint], Branch(others="accepted")


def _marked(branch: Branch, mark: object) -> Branch:
    """A branch with what an annotation adds to it; marks that are not ours add nothing."""
    if mark is UNDOCUMENTED:
        return replace(branch, others="undocumented")
    return replace(branch, limits=mark) if isinstance(mark, Limits) else branch


def _joined(one: Branch, other: Branch) -> Branch:
    """Two members of a union that have the same JSON type."""
    others = other.others if one.others == "refused" else one.others
    return replace(
        one,
        values=one.values + other.values,
        others=others,
        models=one.models + other.models,
        unknown=one.unknown or other.unknown,
    )


_SCALARS: Final[Mapping[object, str]] = {
    kind: name for kind, name in JSON_TYPES.items() if name not in ("array", "object")
}
