"""What the generated readers call for each field: validate and freeze one JSON value.

A helper looks at the exact type of the value and raises :class:`Mismatch` for any other. What is
merely like JSON is left to the fallback. A name that ends in ``_or_null`` also accepts null.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from .errors import Mismatch
from .json_values import DICT, LIST, MAX_BITS, FrozenDict, RawObject

Item = TypeVar("Item")
Name = TypeVar("Name")


def refuse() -> NoReturn:
    """Raise :class:`Mismatch`."""
    raise Mismatch


def string(value: object) -> str:
    """Decode a string."""
    if type(value) is str:
        return value
    raise Mismatch


def string_or_null(value: object) -> str | None:
    """Decode a string or null."""
    if type(value) is str or value is None:
        return value
    raise Mismatch


def integer(value: object) -> int:
    """Decode an integer, also one written like ``1.0``."""
    if type(value) is int and value.bit_length() <= MAX_BITS:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise Mismatch


def integer_or_null(value: object) -> int | None:
    """Decode an integer or null."""
    if value is None or (type(value) is int and not value >> MAX_BITS):  # as generated code does
        return value
    return integer(value)


def number(value: object) -> float:
    """Decode a number; it keeps its type, integer or not."""
    if type(value) is float and value - value == 0.0:
        return value
    if type(value) is int and value.bit_length() <= MAX_BITS:
        return value
    raise Mismatch


def number_or_null(value: object) -> float | None:
    """Decode a number or null."""
    return None if value is None else number(value)


def boolean(value: object) -> bool:
    """Decode a boolean."""
    if type(value) is bool:
        return value
    raise Mismatch


def boolean_or_null(value: object) -> bool | None:
    """Decode a boolean or null."""
    if type(value) is bool or value is None:
        return value
    raise Mismatch


def or_null(value: object, decode: Callable[[object], Item]) -> Item | None:
    """Decode null, or what a decoder accepts."""
    return None if value is None else decode(value)


def tag_or_null(value: object, name: Name) -> Name | None:
    """Decode a string that is always this one, or null."""
    if type(value) is str and value == name:
        return name
    if value is None:
        return None
    raise Mismatch


def one_tag(value: object, names: tuple[Name, ...]) -> Name:
    """Decode a string that is one of these."""
    if type(value) is str:
        for name in names:
            if value == name:
                return name
    raise Mismatch


def model_of(value: object, read: Callable[[RawObject], Item]) -> Item:
    """Decode an object with the reader of a model or of a union."""
    if type(value) is DICT:
        return read(value)
    raise Mismatch


def model_or_null(value: object, read: Callable[[RawObject], Item]) -> Item | None:
    """Decode an object or null."""
    if type(value) is DICT:
        return read(value)
    if value is None:
        return None
    raise Mismatch


def models(value: object, read: Callable[[RawObject], Item]) -> tuple[Item, ...]:
    """Decode an array of objects."""
    if type(value) is not LIST:
        raise Mismatch
    return tuple([read(item) if type(item) is DICT else refuse() for item in value])


def models_or_null(value: object, read: Callable[[RawObject], Item]) -> tuple[Item, ...] | None:
    """Decode an array of objects, or null."""
    return None if value is None else models(value, read)


def strings(value: object) -> tuple[str, ...]:
    """Decode an array of strings."""
    if type(value) is not LIST:
        raise Mismatch
    return tuple([item if type(item) is str else refuse() for item in value])


def array(value: object, decode: Callable[[object], Item]) -> tuple[Item, ...]:
    """Decode an array of any values."""
    if type(value) is not LIST:
        raise Mismatch
    return tuple([decode(item) for item in value])


def mapping(value: object, decode: Callable[[object], Item]) -> FrozenDict[Item]:
    """Decode an object whose members are of one type."""
    if type(value) is not DICT:
        raise Mismatch
    return FrozenDict({string(key): decode(item) for key, item in value.items()})


def mapping_or_null(value: object, decode: Callable[[object], Item]) -> FrozenDict[Item] | None:
    """Decode an object whose members are of one type, or null."""
    return None if value is None else mapping(value, decode)
