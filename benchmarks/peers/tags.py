"""Unions told apart by their tags, for libraries that would try one class after the other.

It is what a user of such a library writes by hand: a table from the tag to the function that
decodes that class. ``type`` comes first; where classes share it, as messages do, ``role`` decides.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType, NoneType
from typing import Any, Final, TypeAlias, Union, get_args, get_origin, get_type_hints

from .peer import Function

__all__ = ["ABSENT", "choices", "chooser", "is_choice"]

Decoder: TypeAlias = Callable[[type], Function]

ABSENT: Final = """
class Absent:
    def __reduce__(self):  # a copy is itself
        return "ABSENT"

ABSENT: Any = Absent()
"""
"""The source of a default that is no JSON value, so that an absent field is told from null."""
TAGS: Final = ("type", "role")


def is_choice(hint: object) -> bool:
    """Whether it is a union of more than one type and null."""
    return get_origin(hint) is Union and len(set(get_args(hint)) - {NoneType}) > 1


def choices(module: ModuleType) -> list[Any]:
    """All such unions that stand in a module: as names, in fields, as items of an array."""
    found: dict[Any, None] = {}  # what stands in an annotation has no type of its own
    for value in vars(module).values():
        hints = get_type_hints(value).values() if _is_generated(value) else [value]
        for hint in hints:
            if get_origin(hint) is not None:
                inner = [item for member in get_args(hint) for item in get_args(member)]
                found |= dict.fromkeys([hint, *get_args(hint), *inner])
    return [hint for hint in found if is_choice(hint)]


def chooser(hint: object, decoder: Decoder) -> Function:
    """A function that decodes a union, with ``decoder`` giving the function for a class.

    What is no object is left as it is.
    """
    classes = [member for member in get_args(hint) if _is_generated(member)]
    choose: Function | None = None

    def chosen(value: object) -> object:
        nonlocal choose
        if type(value) is not dict:
            return value
        if choose is None:  # late, since classes refer to each other
            choose = _by_tag(classes, TAGS, decoder)
        return choose(value)

    return chosen


def _is_generated(member: object) -> bool:
    return isinstance(member, type) and member.__module__ != "builtins"


def _by_tag(classes: list[type], tags: tuple[str, ...], decoder: Decoder) -> Function:
    """The decoder of the only class, or one that looks at the first tag."""
    if len(classes) == 1:
        return decoder(classes[0])
    tag, *others = tags
    groups: dict[str, list[type]] = {}
    for cls in classes:
        for value in get_args(get_type_hints(cls)[tag]):
            groups.setdefault(value, []).append(cls)
    table = {value: _by_tag(group, tuple(others), decoder) for value, group in groups.items()}
    return lambda value: table[value[tag]](value)
