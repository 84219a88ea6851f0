"""All that is wrong with a value, found by walking it beside the annotations of its type.

This is the slow, complete twin of the generated readers: they accept the same values, and the
checker also knows why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from .errors import Problem
from .json_values import DICT, JSON_TYPES, LIST, MAX_DEPTH, MAX_VALUES, Budget, json_type
from .problems import (
    missing,
    too_deep,
    too_many_problems,
    too_many_values,
    wrong_key,
    wrong_type,
    wrong_value,
)
from .shape import FieldShape, TypeCase, TypeShape, case_for, model_shape, select_model

MOST_PROBLEMS: Final = 1000
"""The most problems in a report, so that a hostile message cannot make it grow."""
MOST_TEXT: Final = 100_000
"""How long their pointers may be together, for a name in the message may be as long as it is."""

FREE: Final = TypeCase(unlisted="accepted")
"""What a field newer than the library may hold: any JSON."""


Notices: TypeAlias = Callable[[TypeShape, TypeCase, object, str], Iterable[Problem]]
"""Yields the notices of one value that can be decoded, given what is allowed there."""


def find_problems(shape: TypeShape, data: object, notices: Notices | None = None) -> list[Problem]:
    """Return the errors in data of exact types as a value of the shape, and notices on request."""
    found: list[Problem] = []
    length = 0
    for problem in Checker(notices).value(shape, data, ""):
        if len(found) == MOST_PROBLEMS or length > MOST_TEXT:
            return [*found, too_many_problems(len(found), problem.severity)]
        found.append(problem)
        length += len(problem.pointer)
    return found


class Checker:
    """Walks data beside the shape of its type."""

    def __init__(self, notices: Notices | None) -> None:
        self._notices = notices

    def value(self, shape: TypeShape, value: object, pointer: str) -> Iterator[Problem]:
        """Yield the problems of a value, and of everything in it."""
        case = case_for(shape, value)
        if case is None:
            yield wrong_type(pointer, shape.expected, value)
        elif type(value) is DICT:
            yield from _in_keys(value, pointer)
            named = {key: member for key, member in value.items() if type(key) is str}
            yield from self._object(shape, case, named, pointer)
        elif case.unlisted == "refused" and type(value) is not LIST and value not in case.values:
            yield wrong_value(pointer, case.values, value)
        else:
            if self._notices:
                yield from self._notices(shape, case, value, pointer)
            if type(value) is LIST:
                budget = Budget(MAX_VALUES - len(value))
                for index, item in enumerate(value):
                    yield from self._member(case, item, f"{pointer}/{index}", budget)

    def _object(
        self, shape: TypeShape, case: TypeCase, value: Mapping[str, object], pointer: str
    ) -> Iterator[Problem]:
        model = select_model(case, value)
        known: Mapping[str, FieldShape] = model_shape(model).fields if model else {}
        for name, field in known.items():
            if name in value:
                yield from self.value(field.shape, value[name], f"{pointer}/{name}")
            elif field.required:
                yield missing(f"{pointer}/{name}", field.shape.expected)
        if self._notices:
            yield from self._notices(shape, case, value, pointer)
        others = {name: member for name, member in value.items() if name not in known}
        yield from self._members(FREE if model else case, others, pointer)

    def _members(
        self, case: TypeCase, value: Mapping[str, object], pointer: str
    ) -> Iterator[Problem]:
        """The members of a map or a free-form object."""
        budget = Budget(MAX_VALUES)
        if not case.items and not budget.spend(len(value)):
            yield too_many_values(pointer, MAX_VALUES)
        for name, member in value.items():
            yield from self._member(case, member, join_pointer(pointer, name), budget)

    def _member(
        self, case: TypeCase, value: object, pointer: str, budget: Budget
    ) -> Iterator[Problem]:
        """A member of an array or object: of the type it has there, or any JSON if it has none."""
        if case.items:
            return self.value(case.items, value, pointer)
        return _in_json(value, pointer, MAX_DEPTH - 1, budget)


def _in_json(value: object, pointer: str, depth: int, budget: Budget) -> Iterator[Problem]:
    """Yield what keeps a free-form value from being JSON."""
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


def join_pointer(pointer: str, name: str) -> str:
    """Return the pointer to a member, its name escaped as RFC 6901 asks."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
