"""Brings what is merely like JSON into the exact types of JSON.

Subclasses of ``dict``, ``list``, ``str``, ``int`` and ``float``, other mappings, and tuples are
taken for what they stand for. This is the only place where foreign code may run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeGuard

MAX_DEPTH: Final = 200
"""How deep free-form JSON may nest: far beyond real messages, well within Python's stack."""
MAX_VALUES: Final = 1_000_000
"""How many values free-form JSON may hold. JSON text of such size is absurd; Python data may be
small and yet unfold into far more, by holding one list many times over, or itself.
"""


def as_plain(value: object) -> object:
    """``value`` in the exact types of JSON: the same object, if it is so already.

    What JSON cannot express stays as it is, to be refused where it stands.
    """
    try:
        return _plain(value, MAX_DEPTH, Room(MAX_VALUES))
    except Exception:  # The methods of a foreign mapping may raise anything: it is no JSON then.
        return value


class Room:
    """How many more values a walk may meet."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left: int = left

    def taken(self, values: int) -> bool:
        """Whether these values still fit in."""
        self.left -= values
        return self.left >= 0


def _plain(value: object, depth: int, room: Room) -> object:
    if not room.taken(1):
        raise OverflowError
    if type(value) in SCALARS or depth == 0:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int.__index__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if _is_array(value):
        items = [_plain(item, depth - 1, room) for item in value]
        return value if type(value) in _CONTAINERS and _same(items, value) else items
    if _is_object(value):
        members = {
            _plain(key, depth - 1, room): _plain(value[key], depth - 1, room) for key in value
        }
        same = type(value) in _CONTAINERS and _same(members.values(), value.values())
        return value if same else members
    return value


def _is_array(value: object) -> TypeGuard[Iterable[object]]:
    return isinstance(value, (list, tuple))


def _is_object(value: object) -> TypeGuard[Mapping[object, object]]:
    return isinstance(value, Mapping)


def _same(ones: Iterable[object], others: Iterable[object]) -> bool:
    return all(one is other for one, other in zip(ones, others, strict=True))


_CONTAINERS: Final = (dict, list)
SCALARS: Final = (str, int, float, bool, type(None))
