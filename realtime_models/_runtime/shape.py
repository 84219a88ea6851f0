"""Annotations, read: for each JSON type of a value, what an annotation allows.

A union is told apart by JSON type everywhere in the API, so the shape of an annotation is a
table with at most one case a JSON type. Objects are told apart further, by their discriminators:
the fields of a model whose annotation is a single literal (``type``, ``role``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from types import UnionType
from typing import Annotated, Final, Literal, Union, get_args, get_origin, get_type_hints

from .annotations import NULL_AS_READ, UNDOCUMENTED, is_class
from .base import Model
from .json_values import JSON_TYPES, SCALARS, FrozenDict, JsonObject, json_type
from .sentinel import UnsetType


@dataclass(frozen=True)
class TypeCase:
    """What is allowed of one JSON type."""

    values: tuple[str | int, ...] = ()
    """The listed values; with none, any value is listed."""
    unlisted: Literal["refused", "accepted", "undocumented", "as_read"] = "refused"
    """How an unlisted value is treated; ``as_read`` only where a server sends it."""
    marks: tuple[object, ...] = ()
    """What else the annotation says, such as limits; marks that are not ours add nothing."""
    items: TypeShape | None = None
    """The shape of an array's items, or of the members of a map."""
    models: tuple[type[Model], ...] = ()
    """The models that an object may be; with none, it is a map or free-form."""
    unknown: type[Model] | None = None
    """The class that keeps an object of none of the models whole, if there is one."""

    @cached_property
    def by_type(self) -> Mapping[str | None, tuple[type[Model], ...]]:
        """The models of each ``type``; under ``None`` those without one, which go with any."""
        types = {model: model_shape(model).tags.get("type") for model in self.models}
        known = {str(tag) for tags in types.values() for tag in tags or ()}
        return {
            tag: tuple([model for model, tags in types.items() if tags is None or tag in tags])
            for tag in (None, *sorted(known))
        }


@dataclass(frozen=True)
class TypeShape:
    """What an annotation allows: a case for each JSON type, by the type's name."""

    cases: Mapping[str, TypeCase]

    @property
    def expected(self) -> str:
        """The JSON types, for a message: ``string or null``."""
        names = [
            name
            for name, case in self.cases.items()
            if case.values or case.unlisted in ("accepted", "refused")
        ]
        return " or ".join(names or self.cases)

    @property
    def takes_null(self) -> bool:
        """Whether null has a meaning."""
        return "null" in self.cases and self.cases["null"].unlisted == "accepted"

    @property
    def tags(self) -> tuple[str | int, ...]:
        """The only strings that are accepted: the tags of an object."""
        case = self.cases.get("string", TypeCase())
        return case.values if case.unlisted == "refused" else ()


@dataclass(frozen=True)
class FieldShape:
    """A field of a model: its shape, and whether it may be absent."""

    shape: TypeShape
    required: bool


@dataclass(frozen=True)
class ModelShape:
    """The fields of a model, and the values of its tags."""

    fields: Mapping[str, FieldShape]
    tags: Mapping[str, tuple[str | int, ...]]


_MODELS: Final[dict[type[Model], ModelShape]] = {}


def model_shape(model: type[Model]) -> ModelShape:
    """Return the shape of a model, which is cached; an unknown object has no fields."""
    if model not in _MODELS:
        annotations: dict[str, object] = get_type_hints(model, include_extras=True)
        found = {
            name: FieldShape(
                shape_of(annotations[name]), UnsetType not in union_members(annotations[name])
            )
            for name in model.__slots__[:-1]
        }
        tags = {name: field.shape.tags for name, field in found.items() if field.shape.tags}
        _MODELS[model] = ModelShape(found, tags)
    return _MODELS[model]


def _find_shape(annotation: object) -> TypeShape:
    cases: dict[str, TypeCase] = {}
    for member in union_members(annotation):
        if member is UnsetType:
            continue
        name, case = _type_case(member)
        if one := cases.get(name):  # Two members of a union may have the same JSON type.
            case = replace(
                one,
                values=one.values + case.values,
                unlisted=case.unlisted if one.unlisted == "refused" else one.unlisted,
                models=one.models + case.models,
                unknown=one.unknown or case.unknown,
            )
        cases[name] = case
    return TypeShape(cases)


# mypy takes no class of models for hashable where the cache asks for it.
shape_of: Final[Callable[[object], TypeShape]] = cache(_find_shape)
"""Return what an annotation allows."""


def union_members(annotation: object) -> tuple[object, ...]:
    """Return the members of a union, or the annotation itself if it is not one."""
    origin: object = get_origin(annotation)
    parts: tuple[object, ...] = get_args(annotation)
    return parts if origin is Union or origin is UnionType else (annotation,)


def _type_case(annotation: object) -> tuple[str, TypeCase]:
    """Return the JSON type that one member of a union allows, and what of it."""
    origin: object = get_origin(annotation)
    arguments: tuple[object, ...] = get_args(annotation)
    if origin is Annotated:
        name, case = _type_case(arguments[0])
        for mark in arguments[1:]:
            if mark is UNDOCUMENTED or mark is NULL_AS_READ:
                case = replace(case, unlisted=mark)
        return name, replace(case, marks=arguments[1:])
    if origin is Literal and type(arguments[0]) in JSON_TYPES:
        # Sorted, since unions that differ only in order are one to `typing`, which keeps either.
        values = [value for value in arguments if isinstance(value, (str, int))]
        return JSON_TYPES[type(arguments[0])], TypeCase(values=tuple(sorted(values, key=str)))
    if origin is tuple and arguments[1:] == (Ellipsis,):
        return "array", TypeCase(unlisted="accepted", items=shape_of(arguments[0]))
    if origin is FrozenDict:
        return "object", TypeCase(unlisted="accepted", items=shape_of(arguments[0]))
    if is_class(annotation) and issubclass(annotation, Model):
        if annotation._is_unknown:
            return "object", TypeCase(unknown=annotation)
        return "object", TypeCase(models=(annotation,))
    if annotation is JsonObject:
        return "object", TypeCase(unlisted="accepted")
    if not is_class(annotation) or annotation not in SCALARS:
        raise TypeError(f"{annotation} is not a type of JSON values")
    return JSON_TYPES[annotation], TypeCase(unlisted="accepted")


def case_for(shape: TypeShape, value: object) -> TypeCase | None:
    """Return what a shape allows of this value's JSON type; an integer is also a number."""
    cases = shape.cases
    if type(value) is str:
        return cases.get("string")
    if type(value) is int:
        return cases.get("integer") or cases.get("number")
    if type(value) is float and value - value == 0.0:
        whole = cases.get("integer") if value.is_integer() else None
        return cases.get("number") or whole
    return cases.get(json_type(value))


def select_model(case: TypeCase, value: Mapping[str, object]) -> type[Model] | None:
    """Return the model that an object is; ``None`` if it is free-form, a map, or not known."""
    table = case.by_type
    candidates = table.get(tag_of(value, "type"), table[None])
    model = next((model for model in candidates if matches(model, value)), None)
    if model is None and case.models and not case.unknown:
        return case.models[0]
    return model


def matches(model: type[Model], value: Mapping[str, object]) -> bool:
    """Return whether an object's tags say that it is this model; of a model without, its fields."""
    shape = model_shape(model)
    if shape.tags:
        return all(tag_of(value, name) in tags for name, tags in shape.tags.items())
    return all(name in value for name, field in shape.fields.items() if field.required)


def tag_of(value: Mapping[str, object], name: str) -> str | None:
    """Return the value of a tag, if it is a string."""
    tag = value.get(name)
    return tag if type(tag) is str else None
