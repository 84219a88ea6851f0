"""All that is wrong with a value, found by walking it beside the annotations of its type.

This is the slow, complete twin of the generated readers: they accept the same values, and the
checker also knows why. What decodes, but goes beyond the API's description, is a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from .annotations import Rule
from .base import Base
from .errors import Problem
from .json_values import (
    DICT,
    JSON_TYPES,
    LIST,
    MAX_DEPTH,
    MAX_VALUES,
    Budget,
    json_type,
)
from .problems import (
    exceeded,
    missing,
    refused,
    too_deep,
    too_many_problems,
    too_many_values,
    unexpected_null,
    unknown_field,
    unknown_value,
    unknown_variant,
    unlike_any,
    wrong_key,
    wrong_type,
    wrong_value,
)
from .sentinel import UNSET
from .shape import NO_LIMITS, TypeCase, TypeShape, case_for, model_shape, select_model, tag_of

MOST_PROBLEMS: Final = 1000
"""How many problems are told at most, so that a report never outgrows a hostile message."""
MOST_TEXT: Final = 100_000
"""How long their pointers may be together, for a name in the message may be as long as it is."""

FREE: Final = TypeCase(unlisted="accepted")
"""What a field newer than the library may hold: any JSON."""


def find_problems(shape: TypeShape, data: object, *, errors_only: bool = False) -> list[Problem]:
    """Return the problems of data of exact types as a value of the shape."""
    found: list[Problem] = []
    length = 0
    for problem in _in_value(shape, data, ""):
        if problem.severity == "error" or not errors_only:
            if len(found) == MOST_PROBLEMS or length > MOST_TEXT:
                return [*found, too_many_problems(len(found), problem.severity)]
            found.append(problem)
            length += len(problem.pointer)
    return found


def _in_value(shape: TypeShape, value: object, pointer: str) -> Iterator[Problem]:
    case = case_for(shape, value)
    if case is None:
        yield wrong_type(pointer, shape.expected, value)
    elif value is None:
        if case.unlisted == "undocumented":
            yield unexpected_null(pointer, shape.expected)
    elif type(value) is DICT:
        yield from _in_object(case, value, pointer)
    elif type(value) is LIST:
        yield from exceeded(case.limits, value, pointer)
        budget = Budget(MAX_VALUES - len(value))
        items: list[object] = value
        for index, item in enumerate(items):
            yield from _in_member(case, item, f"{pointer}/{index}", budget)
    else:
        if case.unlisted != "accepted":
            yield from _not_listed(case, value, pointer)
        if case.limits is not NO_LIMITS:
            yield from exceeded(case.limits, value, pointer)


def _in_object(case: TypeCase, value: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    named = {key: member for key, member in value.items() if type(key) is str}
    yield from _in_keys(value, pointer)
    model = select_model(case, named)
    if model is not None:
        yield from _in_fields(model, named, pointer)
        return
    if case.unknown:
        yield _unknown_variant(case.models, named, pointer)
    yield from _in_members(case, named, pointer)


def _unknown_variant(
    models: tuple[type[Base], ...], value: Mapping[str, object], pointer: str
) -> Problem:
    """An object that is none of a union's models: the first of its tags that is unknown."""
    candidates = [tags for model in models if (tags := model_shape(model).tags)]
    for name in {name: None for tags in candidates for name in tags}:
        known = sorted({str(tag) for tags in candidates for tag in tags.get(name, ())})
        tag = tag_of(value, name)
        if known and tag not in known:
            return unknown_variant(pointer, name, known, value.get(name, UNSET))
        candidates = [tags for tags in candidates if tag in tags.get(name, (tag,))]
    return unlike_any(pointer, sorted(model.__name__ for model in models))


def _in_fields(model: type[Base], value: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    known = model_shape(model).fields
    for name, field in known.items():
        if name in value:
            yield from _in_value(field.shape, value[name], f"{pointer}/{name}")
        elif field.required:
            yield missing(f"{pointer}/{name}", field.shape.expected)
    for rule in model._rules:
        yield from _broken_rule(rule, value, pointer)
    others = {name: member for name, member in value.items() if name not in known}
    for name in others:
        yield unknown_field(join_pointer(pointer, name), model.__name__)
    yield from _in_members(FREE, others, pointer)


def _broken_rule(rule: Rule, value: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    """What servers refuse of an object by a rule of the schema; null counts as absent."""
    if any(value.get(name) != expected for name, expected in rule.when):
        return
    found = [name for name in rule.refuses if value.get(name) is not None]
    for name in found:
        yield refused(join_pointer(pointer, name), rule.because)
    lacks = any(value.get(name) is None for name in rule.needs)
    if lacks or not (rule.needs or rule.refuses):
        yield refused(pointer, rule.because)


def _in_members(case: TypeCase, value: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    """The members of a map or a free-form object."""
    budget = Budget(MAX_VALUES)
    if not case.items and not budget.spend(len(value)):
        yield too_many_values(pointer, MAX_VALUES)
    for name, member in value.items():
        yield from _in_member(case, member, join_pointer(pointer, name), budget)


def _in_member(case: TypeCase, value: object, pointer: str, budget: Budget) -> Iterator[Problem]:
    """A member of an array or object: of the type it has there, or any JSON if it has none."""
    if case.items:
        return _in_value(case.items, value, pointer)
    return _in_json(value, pointer, MAX_DEPTH - 1, budget)


def _in_json(value: object, pointer: str, depth: int, budget: Budget) -> Iterator[Problem]:
    """What keeps a free-form value from being JSON."""
    if type(value) is DICT:
        yield from _too_much(len(value), pointer, depth, budget)
        if depth and budget.left >= 0:
            yield from _in_keys(value, pointer)
            for key, member in value.items():
                if type(key) is str:
                    yield from _in_json(member, join_pointer(pointer, key), depth - 1, budget)
    elif type(value) is LIST:
        yield from _too_much(len(value), pointer, depth, budget)
        if depth and budget.left >= 0:
            for index, item in enumerate(value):
                yield from _in_json(item, f"{pointer}/{index}", depth - 1, budget)
    elif json_type(value) not in JSON_TYPES.values():
        yield wrong_type(pointer, "a JSON value", value)


def _too_much(size: int, pointer: str, depth: int, budget: Budget) -> Iterator[Problem]:
    """Whether an array or object nests too deeply, or holds too much; that is told once."""
    if not depth:
        yield too_deep(pointer, MAX_DEPTH)
    elif budget.left >= 0 and not budget.spend(size):
        yield too_many_values(pointer, MAX_VALUES)


def _in_keys(value: Iterable[object], pointer: str) -> Iterator[Problem]:
    if any(type(key) is not str for key in value):
        yield wrong_key(pointer)


def _not_listed(case: TypeCase, value: object, pointer: str) -> Iterator[Problem]:
    """Whether a value is among the listed ones, if any are."""
    if value in case.values:
        return
    if case.unlisted == "refused":
        yield wrong_value(pointer, case.values, value)
    else:
        yield unknown_value(pointer, case.values, value)


def join_pointer(pointer: str, name: str) -> str:
    """Return the pointer to a member, its name escaped as RFC 6901 asks."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
