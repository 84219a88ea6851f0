"""What of a received object may be sent: the API refuses fields that it does not expect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ..values import JsonValue
from ..wording import json_type
from .models import Model
from .shapes import NOTHING, Shape, fields_of, model_for, shape_of

M = TypeVar("M", bound=Model)


def as_request(received: Model, request: type[M], read_only: frozenset[str]) -> M:
    """What may be sent of a received value, as a request: not what only servers send."""
    hint: object = request
    data = received.to_dict()
    sent = {name: data[name] for name in data if name not in read_only}
    return request.from_dict(_sendable(shape_of(hint), sent))


def _sendable(shape: Shape, value: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The fields of an object that the request has, without nulls that mean nothing."""
    branch = shape["object"]
    if branch.items is not None:
        return {name: _value(branch.items, item) for name, item in value.items()}
    model = model_for(branch, value)
    if model is None:  # newer than this library
        return dict(value)
    return {
        name: _value(field, value[name])
        for name, (field, _) in fields_of(model)[0].items()
        if name in value and _has_place(field, value[name])
    }


def _has_place(shape: Shape, value: JsonValue) -> bool:
    """Whether the request takes this JSON type here, null only where it has a meaning."""
    if value is None:
        return shape.get("null", NOTHING).others == "accepted"
    name = json_type(value)
    numbers = ("integer", "number")
    return any(name in shape for name in (numbers if name in numbers else (name,)))


def _value(shape: Shape, value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return _sendable(shape, value)
    if isinstance(value, list):
        return [_value(shape["array"].items or {}, item) for item in value]
    return value
