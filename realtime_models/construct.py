"""What the generated ``__init__`` leans on: values built by hand become what decoding gives.

Arrays become tuples, and mappings become frozen objects, so that both kinds of values are
equal, hashable, and safe from later changes to what they were made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar, overload

from .sentinel import UnsetType
from .values import FrozenDict, JsonObject, RawObject

F = TypeVar("F")
T = TypeVar("T")


def melt(model: F, fields: type[F]) -> F:
    """Turn a frozen instance that is being made into one of its base, whose fields can be set."""
    object.__setattr__(model, "__class__", fields)
    return model


@overload
def as_tuple(value: Sequence[T]) -> tuple[T, ...]: ...
@overload
def as_tuple(value: Sequence[T] | UnsetType) -> tuple[T, ...] | UnsetType: ...
@overload
def as_tuple(value: Sequence[T] | UnsetType | None) -> tuple[T, ...] | UnsetType | None: ...
def as_tuple(value: Sequence[T] | UnsetType | None) -> tuple[T, ...] | UnsetType | None:
    """The items of an array. A bare string is refused: its letters are never what was meant."""
    if isinstance(value, UnsetType) or value is None:
        return value
    if isinstance(value, (str, bytes, bytearray)):
        raise TypeError("expected a sequence of values, found a single string")
    return tuple(value)


@overload
def as_map(value: Mapping[str, T]) -> FrozenDict[T]: ...
@overload
def as_map(value: Mapping[str, T] | UnsetType) -> FrozenDict[T] | UnsetType: ...
@overload
def as_map(value: Mapping[str, T] | UnsetType | None) -> FrozenDict[T] | UnsetType | None: ...
def as_map(value: Mapping[str, T] | UnsetType | None) -> FrozenDict[T] | UnsetType | None:
    """The members of an object whose members have one type."""
    if isinstance(value, UnsetType) or value is None:
        return value
    return FrozenDict(value)


@overload
def as_object(value: RawObject) -> JsonObject: ...
@overload
def as_object(value: RawObject | UnsetType) -> JsonObject | UnsetType: ...
@overload
def as_object(value: RawObject | UnsetType | None) -> JsonObject | UnsetType | None: ...
def as_object(value: RawObject | UnsetType | None) -> JsonObject | UnsetType | None:
    """A free-form JSON object."""
    if isinstance(value, UnsetType) or value is None:
        return value
    return JsonObject(value)


def as_extra(value: RawObject, known: frozenset[str]) -> JsonObject:
    """The fields newer than the library, among which no known one may hide."""
    if not known.isdisjoint(value):
        raise TypeError(f"extra holds fields that have parameters: {sorted(known & set(value))}")
    return JsonObject(value)
