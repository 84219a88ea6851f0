"""What of a received object may be sent: the API refuses fields that it does not expect."""

from __future__ import annotations

from collections.abc import Mapping

from .json_values import JSON_TYPES, JsonValue
from .model import M, Model
from .shape import TypeShape, model_shape, select_model, shape_of


def as_request(value: Model, request: type[M]) -> M:
    """Return what may be sent of a received value, as a request."""
    data = value.to_dict()
    for name in value._read_only:
        data.pop(name, None)
    return request.from_dict(to_request_data(shape_of(request), data))


def to_request_data(shape: TypeShape, value: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the fields of an object that the request has, without nulls that mean nothing."""
    case = shape.cases["object"]
    if case.items is not None:
        return {name: _to_request_value(case.items, item) for name, item in value.items()}
    model = select_model(case, value)
    if model is None:  # free-form, or newer than this library
        return dict(value)
    fields = model_shape(model).fields
    return {
        name: _to_request_value(field.shape, value[name])
        for name, field in fields.items()
        if name in value and _may_be_sent(field.shape, value[name])
    }


def _may_be_sent(shape: TypeShape, value: JsonValue) -> bool:
    """Whether the request takes this JSON type here, null only where it has a meaning."""
    if value is None:
        return shape.null_may_be_sent
    names = {"integer", "number"} if type(value) in (int, float) else {JSON_TYPES[type(value)]}
    return not names.isdisjoint(shape.cases)


def _to_request_value(shape: TypeShape, value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return to_request_data(shape, value)
    if isinstance(value, list):
        items = shape.cases["array"].items
        return [_to_request_value(items, item) for item in value] if items else value
    return value
