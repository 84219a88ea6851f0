"""Annotations, read: for each JSON type of a value, what an annotation allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import (
    Annotated,
    Final,
    Literal,
    TypeAlias,
    get_args,
    get_origin,
    get_type_hints,
)

from ..hints import is_class
from ..sentinel import UnsetType
from ..shape import JSON_TYPES, members
from ..values import FrozenDict
from ..wording import json_type
from .fields import held_as
from .models import Model, Unknown
from .values import JsonObject

INF: Final = float("inf")


class Limits:
    """The documented limits of a value, named as in JSON Schema: checked, never enforced."""

    def __init__(
        self,
        minimum: float = -INF,
        maximum: float = INF,
        min_length: int = 0,
        max_length: float = INF,
        min_items: int = 0,
        max_items: float = INF,
        pattern: str = "",
    ) -> None:
        self.minimum = minimum
        self.maximum = maximum
        self.fewest: int = max(min_length, min_items)
        self.most: float = min(max_length, max_items)
        self.pattern = pattern


class Branch:
    """What is allowed of one JSON type."""

    def __init__(self, others: str = "refused") -> None:
        self.values: list[str | int] = []
        """The listed values, and how others are taken."""
        self.others = others
        self.limits = NO_LIMITS
        self.items: Shape | None = None
        """What the items of an array, or the members of a map, are to be."""
        self.models: list[type[Model]] = []
        self.unknown = False
        """Whether an object that is none of the models is kept whole."""


NO_LIMITS: Final = Limits()
Shape: TypeAlias = dict[str, Branch]


def _free() -> Shape:
    shape = {name: Branch("accepted") for name in JSON_TYPES.values()}
    shape["array"].items = shape["object"].items = shape
    return shape


FREE: Final = _free()
"""The shape of free-form JSON."""
NOTHING: Final = Branch("none")
Tags: TypeAlias = dict[str, list[str | int]]
_SHAPES: Final[dict[object, Shape]] = {}
_FIELDS: Final[dict[type[Model], tuple[dict[str, tuple[Shape, bool]], Tags]]] = {}


def fields_of(model: type[Model]) -> tuple[dict[str, tuple[Shape, bool]], Tags]:
    """The fields of a model: of each its shape, and whether it must be there.

    Those by which a model is told from its neighbours come with their values.
    """
    if model not in _FIELDS:
        hints: dict[str, object] = get_type_hints(model, include_extras=True)
        held = {name: held_as(hint) for name, hint in hints.items() if name != "extra"}
        fields = {
            name: (shape_of(hint), UnsetType not in members(hint)) for name, hint in held.items()
        }
        strings = {name: shape.get("string", NOTHING) for name, (shape, _) in fields.items()}
        tags = {name: one.values for name, one in strings.items() if one.others == "refused"}
        _FIELDS[model] = fields, tags
    return _FIELDS[model]


def expected(shape: Shape) -> str:
    """The JSON types that are allowed, for a message: ``string or null``."""
    if shape is FREE:
        return "a JSON value"
    names = [name for name, one in shape.items() if one.values or one.others != "undocumented"]
    return " or ".join(names or shape)


def shape_of(hint: object) -> Shape:
    """What an annotation allows."""
    if hint not in _SHAPES:
        shape: Shape = {}
        for member in members(hint):
            if member is not UnsetType:
                _add(shape, member)
        _SHAPES[hint] = shape
    return _SHAPES[hint]


def _add(shape: Shape, hint: object, others: str = "accepted") -> Branch:
    """Add what a member of a union allows, to the branch that is given."""
    origin: object = get_origin(hint)
    parts: tuple[object, ...] = get_args(hint)
    if origin is Annotated:
        mark = parts[1]
        if not isinstance(mark, Limits):
            return _add(shape, parts[0], "undocumented")
        branch = _add(shape, parts[0])
        branch.limits = mark
        return branch
    kind = type(parts[0]) if origin is Literal else list if origin is tuple else hint
    if origin is FrozenDict or (is_class(hint) and issubclass(hint, (JsonObject, Model, Unknown))):
        kind = dict
    name = JSON_TYPES.get(kind) if is_class(kind) else None
    if name is None:
        raise TypeError(f"{hint} is no type that JSON is decoded as")
    if hint is JsonObject:
        shape[name] = FREE[name]
    branch = shape.setdefault(name, Branch())
    if origin is Literal:
        values = [part for part in parts if isinstance(part, (str, int))]
        branch.values += sorted(values, key=str)
    elif is_class(hint) and issubclass(hint, Model):
        branch.models.append(hint)
    elif hint is Unknown:
        branch.unknown = True
    elif branch.others == "refused":
        branch.others = others
    if origin is tuple or origin is FrozenDict:
        branch.items = shape_of(parts[0])
    return branch


def branch_for(shape: Shape, value: object) -> Branch | None:
    """What the shape allows of this value's JSON type; an integer is also a number."""
    name = json_type(value)
    if type(value) is float and value.is_integer():
        return shape.get("number") or shape.get("integer")
    return shape.get(name) or (shape.get("number") if name == "integer" else None)


def model_for(branch: Branch, value: Mapping[str, object]) -> type[Model] | None:
    """The model that an object is; ``None`` if it is free-form, a map, or none that is known."""
    given = {name: tag for name, tag in value.items() if type(tag) is str}
    for model in branch.models:
        fields, tags = fields_of(model)
        if all(given.get(name) in known for name, known in tags.items()) and (
            tags or all(name in value for name, (_, is_required) in fields.items() if is_required)
        ):
            return model
    return None if branch.unknown or not branch.models else branch.models[0]
