"""All that is wrong with a value, found by walking it beside the annotations of its type.

This is the slow, complete twin of the generated ``from_dict``: they accept the same values,
and the checker also knows why. What decodes, but goes beyond the API's description, is a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from . import wording
from .choice import branch_for, chosen, tag_of
from .errors import Problem
from .limits import exceeded
from .model import Model
from .plain import MAX_DEPTH, MAX_VALUES, Room, as_plain
from .sentinel import UNSET
from .shape import JSON_TYPES, Branch, Shape, model_shape, shape_of
from .values import PlainDict, PlainList

__all__ = ["check"]

MOST_PROBLEMS: Final = 1000
"""How many problems are told at most, so that a report never outgrows a hostile message."""
MOST_TEXT: Final = 100_000
"""How long their pointers may be together, for a name in the message may be as long as it is."""


FREE: Final = Branch(others="accepted")
"""What a field newer than the library may hold: any JSON."""


def check(type_or_name: object, data: object) -> list[Problem]:
    """Everything that keeps ``data`` from being exactly what the API describes.

    ``type_or_name`` is a model, an alias such as ``RealtimeServerEvent``, or the name of one.
    Errors keep the data from being decoded. Notices do not: unknown fields, values and variants,
    nulls without a meaning, and numbers, lengths and counts out of the documented limits.
    Raises ``LookupError`` for a name that no type has, and ``TypeError`` for what is no type of
    JSON values.
    """
    from .registry import find

    hint = find(type_or_name) if isinstance(type_or_name, str) else type_or_name
    return problems(hint, as_plain(data))


def problems(hint: object, data: object, *, errors_only: bool = False) -> list[Problem]:
    """The problems of plain ``data`` as a value of the annotation ``hint``."""
    found: list[Problem] = []
    length = 0
    for problem in _value(shape_of(hint), data, ""):
        if problem.severity == "error" or not errors_only:
            if len(found) == MOST_PROBLEMS or length > MOST_TEXT:
                return [*found, wording.too_many(len(found), problem.severity)]
            found.append(problem)
            length += len(problem.pointer)
    return found


def _value(shape: Shape, value: object, pointer: str) -> Iterator[Problem]:
    branch = branch_for(shape, value)
    if branch is None:
        yield wording.wrong_type(pointer, shape.expected, value)
    elif value is None:
        if branch.others == "undocumented":
            yield wording.unexpected_null(pointer, shape.expected)
    elif type(value) is PlainDict:
        yield from _object(branch, value, pointer)
    elif type(value) is PlainList:
        yield from exceeded(branch.limits, value, pointer)
        room = Room(MAX_VALUES - len(value))
        items: list[object] = value
        for index, item in enumerate(items):
            yield from _member(branch, item, f"{pointer}/{index}", room)
    else:
        yield from _listed(branch, value, pointer)
        yield from exceeded(branch.limits, value, pointer)


def _object(branch: Branch, value: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    named = {key: member for key, member in value.items() if type(key) is str}
    yield from _keys(value, pointer)
    model = chosen(branch, named)
    if model is not None:
        yield from _fields(model, named, pointer)
        return
    if branch.unknown:
        yield _unknown_variant(branch.models, named, pointer)
    yield from _members(branch, named, pointer)


def _unknown_variant(
    models: tuple[type[Model], ...], value: Mapping[str, object], pointer: str
) -> Problem:
    """An object that is none of a union's models: the first of its tags that is unknown."""
    candidates = [tags for model in models if (tags := model_shape(model).tags)]
    for name in {name: None for tags in candidates for name in tags}:
        known = sorted({str(tag) for tags in candidates for tag in tags.get(name, ())})
        tag = tag_of(value, name)
        if known and tag not in known:
            return wording.unknown_variant(pointer, name, known, value.get(name, UNSET))
        candidates = [tags for tags in candidates if tag in tags.get(name, (tag,))]
    return wording.unlike_any(pointer, sorted(model.__name__ for model in models))


def _fields(model: type[Model], value: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    known = model_shape(model).fields
    for name, field in known.items():
        if name in value:
            yield from _value(field.shape, value[name], _join(pointer, name))
        elif field.required:
            yield wording.missing(_join(pointer, name), field.shape.expected)
    newer = {name: member for name, member in value.items() if name not in known}
    for name in newer:
        yield wording.unknown_field(_join(pointer, name), model.__name__)
    yield from _members(FREE, newer, pointer)


def _members(branch: Branch, value: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    """The members of a map or a free-form object."""
    room = Room(MAX_VALUES)
    if not branch.items and not room.taken(len(value)):
        yield wording.too_many_values(pointer, MAX_VALUES)
    for name, member in value.items():
        yield from _member(branch, member, _join(pointer, name), room)


def _member(branch: Branch, value: object, pointer: str, room: Room) -> Iterator[Problem]:
    """A member of an array or object: of the type it has there, or any JSON if it has none."""
    if branch.items:
        return _value(branch.items, value, pointer)
    return _json(value, pointer, MAX_DEPTH - 1, room)


def _json(value: object, pointer: str, depth: int, room: Room) -> Iterator[Problem]:
    """What keeps a free-form value from being JSON."""
    if type(value) is not PlainDict and type(value) is not PlainList:
        if wording.json_type(value) not in JSON_TYPES.values():
            yield wording.wrong_type(pointer, "a JSON value", value)
    elif not depth:
        yield wording.too_deep(pointer, MAX_DEPTH)
    elif room.left < 0:
        return  # That there is too much has been told.
    elif not room.taken(len(value)):
        yield wording.too_many_values(pointer, MAX_VALUES)
    elif type(value) is PlainDict:
        yield from _keys(value, pointer)
        for key, member in value.items():
            if type(key) is str:
                yield from _json(member, _join(pointer, key), depth - 1, room)
    elif type(value) is PlainList:  # pragma: no branch
        items: list[object] = value
        for index, item in enumerate(items):
            yield from _json(item, f"{pointer}/{index}", depth - 1, room)


def _keys(value: Iterable[object], pointer: str) -> Iterator[Problem]:
    if any(type(key) is not str for key in value):
        yield wording.wrong_key(pointer)


def _listed(branch: Branch, value: object, pointer: str) -> Iterator[Problem]:
    """Whether a value is among the listed ones, if any are."""
    if branch.others == "accepted" or value in branch.values:
        return
    if branch.others == "refused":
        yield wording.wrong_value(pointer, branch.values, value)
    else:
        yield wording.unknown_value(pointer, branch.values, value)


def _join(pointer: str, name: str) -> str:
    """The pointer to a member, its name escaped as RFC 6901 asks."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
