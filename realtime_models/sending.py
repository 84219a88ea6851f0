"""What of a received object may be sent: the API refuses fields that it does not expect."""

from __future__ import annotations

from collections.abc import Mapping

from .choice import chosen
from .shape import JSON_TYPES, Shape, model_shape
from .values import JsonValue


def sendable(shape: Shape, value: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The fields of an object that the request has, without nulls that mean nothing."""
    branch = shape.branches["object"]
    if branch.items is not None:
        return {name: _value(branch.items, item) for name, item in value.items()}
    model = chosen(branch, value)
    if model is None:  # free-form, or newer than this library
        return dict(value)
    fields = model_shape(model).fields
    return {
        name: _value(field.shape, value[name])
        for name, field in fields.items()
        if name in value and _has_place(field.shape, value[name])
    }


def _has_place(shape: Shape, value: JsonValue) -> bool:
    """Whether the request takes this JSON type here, null only where it has a meaning."""
    if value is None:
        return shape.null_has_meaning
    names = {"integer", "number"} if type(value) in (int, float) else {JSON_TYPES[type(value)]}
    return not names.isdisjoint(shape.branches)


def _value(shape: Shape, value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return sendable(shape, value)
    if isinstance(value, list):
        items = shape.branches["array"].items
        return [_value(items, item) for item in value] if items else value
    return value
