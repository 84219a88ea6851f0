"""One class for the objects of a union that ``type`` does not tell apart.

Messages have two tags: after ``type`` the role. A library that looks at one tag only gets one
class for messages of all roles, with the fields of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from codegen.form import Alias, Array, Const, Enum, Field, Object, Ref

from .classes import fields_of, tag_of

__all__ = ["merged"]


def merged(alias: Alias, objects: list[Object]) -> Object | None:
    """One object in place of a union, or ``None`` if ``type`` is enough."""
    if len(objects) < 2 or len({tag_of(thing) for thing in objects}) > 1:
        return None
    found: dict[str, list[Field]] = {}
    for thing in objects:
        for field in thing.fields:
            found.setdefault(field.name, []).append(field)
    return Object(alias.name, alias.description, tuple(map(_widest, found.values())), None)


def _widest(fields: Iterable[Field]) -> Field:
    """The field whose type holds what those of the others hold."""
    return max(map(_open, fields), key=_width)


def _open(field: Field) -> Field:
    """A second tag becomes a plain string."""
    if field.name == "type" or not isinstance(field.type, Const):
        return field
    return replace(field, type=Enum(field.type.values, open=True))


def _width(field: Field) -> int:
    """How many fields the items of an array have."""
    match field.type:
        case Array(items=Ref(name=name)):
            return len(fields_of(name))
        case _:
            return 0
