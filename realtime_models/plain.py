"""Brings what is merely like JSON into the exact types of JSON.

Subclasses of ``dict``, ``list``, ``str``, ``int`` and ``float``, other mappings, and tuples are
taken for what they stand for. This is the only place where foreign code may run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

MAX_DEPTH: Final = 200
"""How deep free-form JSON may nest: far beyond real messages, well within Python's stack."""
MAX_VALUES: Final = 1_000_000
"""How many values free-form JSON may hold: small data may unfold into far more, by holding one
list many times over, or itself.
"""


def as_plain(value: object) -> object:
    """``value`` in the exact types of JSON: the same object, if it is so already.

    What JSON cannot express stays as it is, to be refused where it stands.
    """
    copy = _Copy(MAX_VALUES)
    try:
        plain = _plain(value, MAX_DEPTH, copy)
    except Exception:  # The methods of a foreign mapping may raise anything: it is no JSON then.
        return value
    return plain if copy.differs else value


class Room:
    """How many more values a walk may meet."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left: int = left

    def taken(self, values: int) -> bool:
        """Whether these values still fit in."""
        self.left -= values
        return self.left >= 0


class _Copy(Room):
    """The room for a copy, and whether it is of other types than what it was made of."""

    differs = False


def _plain(value: object, depth: int, copy: _Copy) -> object:
    if not copy.taken(1):
        raise OverflowError
    if type(value) in SCALARS or depth == 0:
        return value
    plain = value
    if isinstance(value, str):
        plain = str.__str__(value)
    elif isinstance(value, int):
        plain = int.__index__(value)
    elif isinstance(value, float):
        plain = float.__float__(value)
    elif is_array(value):
        plain = [_plain(item, depth - 1, copy) for item in value]
    elif is_map(value):
        plain = {_plain(key, depth - 1, copy): _plain(value[key], depth - 1, copy) for key in value}
    copy.differs |= type(plain) is not type(value)
    return plain


def is_array(value: object) -> TypeGuard[Sequence[object]]:
    """Whether a value is like a JSON array."""
    return isinstance(value, (list, tuple))


def is_map(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether a value is like a JSON object; its names are still to be proven."""
    return isinstance(value, Mapping)


SCALARS: Final = (str, int, float, bool, type(None))
