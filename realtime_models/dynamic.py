"""Decode, encode and validate values of a type that is known only at run time.

A type's own functions are faster and better typed. These serve code that is given the type as a
value, such as the adapters: like the slow decoder, they read annotations.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar, Union, overload

from ._runtime.base import Invalid, Model
from ._runtime.errors import DecodeError, Mismatch, Problem
from ._runtime.json_values import (
    DICT,
    TUPLE,
    FrozenDict,
    JsonMapping,
    JsonValue,
    freeze,
    is_map,
    to_builtins,
)
from ._runtime.model import Unknown, WireModel, is_model, is_value
from ._runtime.notices import notices
from ._runtime.problems import wrong_type
from ._runtime.shape import TypeCase, select_model, shape_of, union_members
from ._runtime.slow_decoder import examine, named_members
from .catalog import find

__all__ = ["check", "from_wire", "to_wire"]

W = TypeVar("W", bound=WireModel)


def check(type_or_name: object, data: object) -> list[Problem]:
    """Return every difference between ``data`` and what the API describes.

    ``type_or_name`` is a model, an alias such as ``RealtimeServerEvent``, or the name of one.
    Errors prevent decoding. Notices do not: they are unknown fields, values and variants, nulls
    without a meaning, and numbers, lengths and counts out of the documented limits.
    Raises ``LookupError`` for a name that no type has, and ``TypeError`` for a type that JSON
    cannot express.
    """
    shape = shape_of(find(type_or_name))
    return [*examine(shape, to_builtins(data), notices)[1]]


@overload
def from_wire(type_or_name: type[W], data: object) -> W: ...
@overload
def from_wire(type_or_name: object, data: object) -> object: ...
def from_wire(type_or_name: object, data: object) -> object:
    """Decode ``data`` as a model, an alias such as ``RealtimeServerEvent``, or the name of one.

    Raises :class:`DecodeError` with every problem in the data, ``LookupError`` for a name that no
    type has, and ``TypeError`` for a type that JSON cannot express.
    """
    return decoder(type_or_name)(data)


def decoder(type_or_name: object, invalid: Invalid = "raise") -> Callable[[object], object]:
    """Return :func:`from_wire` for one type, so that its annotation is read only once.

    With ``keep``, objects are kept though they are broken. In a union, classes of others that
    follow :class:`WireModel` are given the objects that ours do not know; what none takes is
    ``Unknown``.
    """
    annotation = find(type_or_name)
    if is_model(annotation):
        return partial(_decode_model, annotation, invalid)
    members = union_members(annotation)
    others = [kind for kind in members if is_model(kind) and not issubclass(kind, Model)]
    ours = [Unknown, *[kind for kind in members if not is_model(kind) or issubclass(kind, Model)]]
    shape = shape_of(Union[tuple(ours)] if others else annotation)
    name = type_or_name if isinstance(type_or_name, str) else shape.expected
    case = shape.cases.get("object", TypeCase())

    def decode(data: object) -> object:
        exact = data if type(data) is DICT else to_builtins(data)
        if type(exact) is DICT:
            model = select_model(case, named_members(exact)) or case.unknown
            if model:
                found = model.from_dict(exact, invalid=invalid)
                for other in others if isinstance(found, Unknown) else ():
                    with suppress(LookupError, TypeError, ValueError):
                        return other.from_dict(found.to_dict())
                return found
        value, problems = examine(shape, to_builtins(exact))
        if problems:
            raise DecodeError(name, problems)
        return value

    return decode


def _decode_model(model: type[WireModel], invalid: Invalid, data: object) -> object:
    exact = data if type(data) is DICT else to_builtins(data)
    if type(exact) is not DICT:
        raise DecodeError(model.__name__, [wrong_type("object", exact)])
    if issubclass(model, Model):
        return model.from_dict(exact, invalid=invalid)
    return model.from_dict(exact)


def to_wire(value: object) -> JsonValue:
    """Return the JSON value of a decoded value, in fresh lists and dicts.

    Raises ``TypeError`` for a value that JSON cannot express, such as ``UNSET``.
    """
    if is_value(value):
        return value.to_dict()
    if type(value) is TUPLE:
        return [to_wire(item) for item in value]
    if is_map(value) and isinstance(value, FrozenDict):
        return {name: to_wire(member) for name, member in value.items()}
    try:
        return freeze(value)
    except Mismatch:
        hint = " (use to_dict() of its model)" if isinstance(value, JsonMapping) else ""
    raise TypeError(f"expected a decoded value, found {type(value).__name__}{hint}")
