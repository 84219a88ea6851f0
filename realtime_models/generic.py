"""Decoding and writing values of any type, chosen at run time.

The functions of a type are faster and better typed. These serve code that has a type in hand
and no name for it, as the adapters do: they read annotations, like the checker.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeGuard, TypeVar, overload

from .choice import branch_for, chosen
from .decode import MISMATCHES, integer, mapping, recover_alias
from .errors import Mismatch
from .model import WireModel, is_model, is_value
from .plain import as_plain
from .recovery import decode_error
from .registry import find
from .shape import Branch, Shape, shape_of
from .unknown import unknown
from .values import FrozenDict, JsonObject, JsonValue, PlainDict, PlainList, freeze, freeze_object

__all__ = ["decoder", "from_wire", "to_wire"]

W = TypeVar("W", bound=WireModel)


@overload
def from_wire(type_or_name: type[W], data: object) -> W: ...
@overload
def from_wire(type_or_name: object, data: object) -> object: ...
def from_wire(type_or_name: object, data: object) -> object:
    """Decode ``data`` as a model, an alias such as ``RealtimeServerEvent``, or the name of one.

    Raises :class:`DecodeError` with every problem in the data, ``LookupError`` for a name that no
    type has, and ``TypeError`` for what is no type of JSON values.
    """
    return decoder(type_or_name)(data)


def decoder(type_or_name: object) -> Callable[[object], object]:
    """What :func:`from_wire` does for one type, whose annotation is read only once."""
    hint = find(type_or_name) if isinstance(type_or_name, str) else type_or_name
    if is_model(hint):
        return partial(_decode_model, hint)
    shape = shape_of(hint)
    name = type_or_name if isinstance(type_or_name, str) else shape.expected
    return partial(_decode_alias, name, hint, shape)


def _decode_model(model: type[WireModel], data: object) -> object:
    plain = data if type(data) is PlainDict else as_plain(data)
    if type(plain) is not PlainDict:
        raise decode_error(model.__name__, JsonObject, plain)
    return model.from_dict(plain)


def _decode_alias(name: str, hint: object, shape: Shape, data: object) -> object:
    try:
        return decoded(shape, data)
    except MISMATCHES:
        return recover_alias(name, hint, partial(_decode_alias, name, hint, shape), data)


def to_wire(value: object) -> JsonValue:
    """The JSON value that a decoded value stands for, fresh and mutable.

    Raises ``TypeError`` for what no JSON is decoded as, such as ``UNSET``.
    """
    if is_value(value):
        return value.to_dict()
    if _is_array(value):
        return [to_wire(item) for item in value]
    if _is_map(value):
        return {name: to_wire(member) for name, member in value.items()}
    try:
        return freeze(value)
    except Mismatch:
        raise TypeError(f"expected a decoded value, found {type(value).__name__}") from None


def _is_array(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple)


def _is_map(value: object) -> TypeGuard[FrozenDict[object]]:
    return isinstance(value, FrozenDict)


def decoded(shape: Shape, value: object) -> object:
    """The value that plain JSON stands for; raises :class:`Mismatch` if it has another shape."""
    branch = branch_for(shape, value)
    if branch is None:
        raise Mismatch
    if type(value) is PlainDict:
        return _object(branch, value)
    if type(value) is PlainList:
        items = branch.items
        return tuple([decoded(items, item) for item in value]) if items else freeze(value)
    if branch.others == "refused" and value not in branch.values:
        raise Mismatch
    return integer(value) if branch is shape.branches.get("integer") else value


def _object(branch: Branch, value: dict[str, object]) -> object:
    model = chosen(branch, value)
    if model is not None:
        return model.from_dict(value)
    if branch.unknown:
        return unknown(value)
    if branch.items is not None:
        return mapping(value, partial(decoded, branch.items))
    return freeze_object(value)
