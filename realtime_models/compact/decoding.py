"""From JSON to values: the ways into the walk."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeGuard, TypeVar

from ..errors import DecodeError, Problem
from ..plain import as_plain, is_map
from ..text import invalid_json, refuse_constant
from ..values import FrozenDict
from .models import Sent
from .reading import Reading
from .shapes import FREE, NOTHING, Shape, shape_of
from .values import JsonObject

__all__ = ["check"]

S = TypeVar("S", bound="Sent")


def check(type_or_name: object, data: object) -> list[Problem]:
    """Everything that keeps ``data`` from being exactly what the API describes.

    ``type_or_name`` is a model, an alias such as ``RealtimeServerEvent``, or the name of one.
    Errors keep the data from being decoded. Notices do not: unknown fields, values and variants,
    nulls without a meaning, and numbers, lengths and counts out of the documented limits.
    Raises ``LookupError`` for a name that no type has, and ``TypeError`` for what is no type of
    JSON values.
    """
    reading = Reading(strictly=True)
    hint = find(type_or_name) if isinstance(type_or_name, str) else type_or_name
    reading.read(hint, as_plain(data))
    return reading.problems


def find(name: str) -> object:
    """The type of this name in this module; raises ``LookupError`` if there is none."""
    names: dict[str, object] = globals()
    try:
        shape_of(names[name])
    except (KeyError, TypeError):
        raise LookupError(f"no type is called {name}") from None
    return names[name]


def parsed(text: str | bytes | bytearray, name: str) -> object:
    """The value of a JSON text; raises :class:`DecodeError` for what is none (RFC 8259)."""
    try:
        words = text if isinstance(text, str) else text.decode("utf-8")
        value: object = json.loads(words.removeprefix("\ufeff"), parse_constant=refuse_constant)
        return value
    except (ValueError, RecursionError) as error:
        raise invalid_json(name, error) from None


def decoded_as(cls: type[S], data: object) -> S:
    """The value of a class that data stands for; raises as :func:`decoded` does."""
    found = decoded(cls.__name__, cls, data)
    assert isinstance(found, cls)
    return found


def decoded(name: str, hint: object, data: object) -> object:
    """The value that data stands for; raises :class:`DecodeError` with every problem in it."""
    reading = Reading()
    value = reading.read(hint, data)
    plain = as_plain(data) if reading.problems else data
    if plain is not data:  # What is merely like JSON has been brought into exact form.
        reading = Reading()
        value = reading.read(hint, plain)
    if reading.problems:
        raise DecodeError(name, reading.problems)
    return value


def held(shape: Shape, value: object) -> object:
    """What a field holds of an argument: arrays as tuples, and mappings as frozen objects."""
    branch = shape.get("object", NOTHING)
    if is_map(value) and branch.items is not None:
        return JsonObject(value) if branch.items is FREE else FrozenDict(value)
    if isinstance(value, (str, bytes, bytearray)):
        if "array" in shape and "string" not in shape:
            raise TypeError("expected a sequence of values, found a single string")
        return value
    return tuple(value) if "array" in shape and _is_sequence(value) else value


def _is_sequence(value: object) -> TypeGuard[Iterable[object]]:
    return isinstance(value, Iterable)
