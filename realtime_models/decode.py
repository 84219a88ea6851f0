"""What the generated ``from_dict`` leans on for the values that are not plain scalars.

Each helper proves the shape of one JSON value and gives the immutable form, or raises
:class:`Mismatch`. They look at exact types only; what is less exact is left to ``recover``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar

from .errors import Mismatch
from .values import (
    FrozenDict,
    JsonObject,
    PlainDict,
    PlainList,
    RawObject,
    freeze_object,
    new_object,
)

if TYPE_CHECKING:
    from .model import Model
    from .unknown import Unknown

M = TypeVar("M", bound="Model")
T = TypeVar("T")

EMPTY: Final = new_object({})
"""The ``extra`` of nearly every message."""

MISMATCHES: Final = Exception
"""What a recogniser raises: a wrong shape, a missing field, a wrong part, absurd nesting, or
whatever the methods of a foreign key raise. What it is does not matter: all is looked at again.
"""

Invalid: TypeAlias = Literal["raise", "keep"]
"""What becomes of an object that cannot be decoded: an error, or an :class:`Unknown`."""


def recover(cls: type[M], data: object) -> M:
    """Decode what the straight-line code could not, or raise :class:`DecodeError`."""
    from .recovery import recover_model

    return recover_model(cls, data)


def recover_alias(name: str, hint: object, decode: Callable[[object], T], data: object) -> T:
    """The same for the alias ``name``, which stands for the annotation ``hint``."""
    from .recovery import recover_value

    return recover_value(name, hint, decode, data)


def recover_union(
    name: str,
    hint: object,
    decode: Callable[[RawObject], T],
    data: object,
    invalid: Invalid,
    error: Exception | None = None,
) -> T | Unknown:
    """The same for an alias that stands for objects only, ``error`` being what was raised.

    The errors of its variants stand as they are. What is invalid can be kept.
    """
    from .recovery import recover_event

    return recover_event(name, hint, decode, data, invalid, error)


def unknown_fields(data: dict[str, object], known: frozenset[str]) -> JsonObject:
    """The fields of ``data`` that are not ``known``, frozen."""
    return freeze_object({key: value for key, value in data.items() if key not in known})


def strings(value: object) -> tuple[str, ...]:
    """An array of strings."""
    if type(value) is not PlainList:
        raise Mismatch
    items = [item for item in value if type(item) is str]
    if len(items) != len(value):
        raise Mismatch
    return tuple(items)


def integers(value: object) -> tuple[int, ...]:
    """An array of integers, of which some may be written like ``1.0``."""
    if type(value) is not PlainList:
        raise Mismatch
    return tuple([integer(item) for item in value])


def integer(value: object) -> int:
    """An integer, also one written like ``1.0``."""
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise Mismatch


def array(value: object, decode: Callable[[object], T]) -> tuple[T, ...]:
    """An array of any values."""
    if type(value) is not PlainList:
        raise Mismatch
    return tuple([decode(item) for item in value])


def objects(value: object, decode: Callable[[RawObject], T]) -> tuple[T, ...]:
    """An array of objects."""
    if type(value) is not PlainList:
        raise Mismatch
    items = [item for item in value if type(item) is PlainDict]
    if len(items) != len(value):
        raise Mismatch
    return tuple([decode(item) for item in items])


def string(value: object) -> str:
    """A string."""
    if type(value) is not str:
        raise Mismatch
    return value


def mapping(value: object, decode: Callable[[object], T]) -> FrozenDict[T]:
    """An object with members of one type."""
    if type(value) is not PlainDict:
        raise Mismatch
    return FrozenDict({string(key): decode(item) for key, item in value.items()})
