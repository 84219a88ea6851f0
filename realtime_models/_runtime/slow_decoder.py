"""Decode slowly: return what is right of a value, and every problem in it.

The readers are fast and say nothing about what they refuse; this reads the annotations in place
of generated code. A change must keep these invariants:

* It accepts exactly what the readers accept, and then returns an equal value.
* The pointers of problems are relative to the value; its parent adds the name as it returns.
* A field that cannot be decoded is ``UNSET`` in the smallest model around it. What JSON can
  express of it stays under its name in ``extra``, and each part that is left out is a problem.
* A model with an error, in itself or in what it holds, has a :class:`KeptMapping` as ``extra``,
  which has the same problems as are returned.
* No foreign code runs: types are compared exactly, and keys that are not strings never compared.
* The time is linear in the size of the value, and the size of a report is limited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from .base import Model, new_model
from .decoding import integer
from .errors import Mismatch, Problem
from .json_values import (
    DICT,
    EMPTY,
    LIST,
    MAX_BITS,
    MAX_DEPTH,
    MAX_VALUES,
    Budget,
    DraftObject,
    FrozenDict,
    JsonObject,
    JsonValue,
    freeze_part,
    frozen,
    new_mapping,
)
from .problems import TOO_LARGE, error, join_pointer, one_of, shown, wrong_type
from .sentinel import UNSET, UnsetType
from .shape import TypeCase, TypeShape, case_for, model_shape, select_model

MOST_PROBLEMS: Final = 1000
"""The most problems in a report, so that a hostile message cannot make it grow."""
MOST_TEXT: Final = 100_000
"""How long their pointers may be together: a name may be as long as the message."""

WRONG_KEY: Final = error("wrong_key", "expected strings as the names of fields, found another key")
TOO_DEEP: Final = error("too_deep", f"expected JSON of at most {MAX_DEPTH} levels, found more")
NO_STACK: Final = error("too_deep", "expected room on the stack to read it, found too little")
TOO_MANY_VALUES: Final = error(
    "too_many_values", f"expected free-form JSON of at most {MAX_VALUES} values, found more"
)

Notices: TypeAlias = Callable[[TypeShape, TypeCase, object], Iterable[Problem]]
"""Yields the notices on one value that can be decoded."""
Found: TypeAlias = tuple[object, Sequence[Problem]]
"""What is right of a value, or ``UNSET``, and every problem in it."""


class Report(list[Problem]):
    """The problems of one value, with pointers from that value on."""

    _length = 0
    _is_full = False

    def add(self, problems: Sequence[Problem], name: str | None = None) -> None:
        """Add problems of the value, or of its member ``name``, until the report is full."""
        if not problems:
            return
        prefix = "" if name is None else join_pointer("", name)
        for problem in problems:
            if self._is_full:
                return
            pointer = prefix + problem.pointer
            if len(self) == MOST_PROBLEMS or self._length > MOST_TEXT:
                self._is_full = True
                told = f"more than {len(self)} problems; the rest is not listed"
                pointer, problem = "", problem._replace(code="too_many_problems", message=told)
            self.append(problem._replace(pointer=pointer))
            self._length += len(pointer)


def examine(shape: TypeShape, value: object, notices: Notices | None = None) -> Found:
    """Decode data of exact types."""
    try:
        return _examine(shape, value, notices)
    except RecursionError:
        return UNSET, [NO_STACK]


def _examine(shape: TypeShape, value: object, notices: Notices | None) -> Found:
    case = case_for(shape, value)
    if case is None:
        return UNSET, [wrong_type(shape.expected, value)]
    if type(value) is DICT:
        return _examine_object(shape, case, value, notices)
    if type(value) is LIST and case.items:
        report = Report(notices(shape, case, value) if notices else ())
        items = _examine_members(case.items, named_members(value), notices, report)
        return UNSET if items is None else tuple(items.values()), report
    if type(value) is int and value.bit_length() > MAX_BITS:
        return UNSET, [TOO_LARGE]
    if case.unlisted == "refused" and value not in case.values:
        message = f"expected {one_of(case.values)}, found {shown(value)}"
        return UNSET, [error("wrong_value", message)]
    told = [*notices(shape, case, value)] if notices else ()
    return integer(value) if case is shape.cases.get("integer") else value, told


def _examine_object(
    shape: TypeShape, case: TypeCase, value: dict[str, object], notices: Notices | None
) -> Found:
    named = named_members(value)
    report = Report([WRONG_KEY] if len(named) < len(value) else ())
    model = select_model(case, named) or case.unknown
    if model:
        fields, rest = _examine_fields(model, named, report, notices)
        report.add([*notices(shape, case, named)] if notices else ())
        others = {name: part for name, part in named.items() if name not in model._known}
        if others:
            expressed, problems = express(others, MAX_DEPTH, Budget())
            report.add(problems)
            rest.update(expressed if isinstance(expressed, JsonObject) else ())
        whole = new_mapping(rest, report) if rest or report else EMPTY
        return new_model(model, {**fields, model.__slots__[-1]: whole}), report
    if case.items:
        members = _examine_members(case.items, named, notices, report)
        return UNSET if members is None or len(named) < len(value) else FrozenDict(members), report
    free, problems = express(value, MAX_DEPTH, Budget())
    return UNSET if problems else free, problems


def _examine_members(
    shape: TypeShape, members: Mapping[str, object], notices: Notices | None, report: Report
) -> dict[str, object] | None:
    """Return the values of the members of an array or a map; ``None`` if one is broken."""
    values: dict[str, object] = {}
    for name, member in members.items():
        values[name], problems = _examine(shape, member, notices)
        report.add(problems, name)
    return None if any(value is UNSET for value in values.values()) else values


def _examine_fields(
    model: type[Model], data: Mapping[str, object], report: Report, notices: Notices | None
) -> tuple[dict[str, object], dict[str, JsonValue]]:
    """Return the values of the declared fields, and what JSON can express of the broken ones."""
    values: dict[str, object] = {}
    rest: dict[str, JsonValue] = {}
    for name, field in model_shape(model).fields.items():
        if name not in data:
            if field.required:
                message = f"expected {field.shape.expected}, found nothing: this field is required"
                report.add([error("missing", message)], name)
            continue
        value, problems = _examine(field.shape, data[name], notices)
        report.add(problems, name)
        if value is not UNSET:
            values[name] = value
            continue
        raw, left_out = express(data[name], MAX_DEPTH, Budget())
        told = {(problem.pointer, problem.code) for problem in problems}
        report.add([one for one in left_out if (one.pointer, one.code) not in told], name)
        if not isinstance(raw, UnsetType):
            rest[name] = raw
    return values, rest


def express(
    value: object, depth: int, budget: Budget
) -> tuple[JsonValue | UnsetType, Sequence[Problem]]:
    """Freeze what JSON can express of a value, or nothing; tell each part that is left out.

    What is left out of an array or object that is too large or too deep is the whole of it.
    """
    if type(value) is not DICT and type(value) is not LIST:
        try:
            return freeze_part(value, 0, budget), ()
        except Mismatch:
            return UNSET, [TOO_LARGE if type(value) is int else wrong_type("a JSON value", value)]
    if not depth:
        return UNSET, [TOO_DEEP]
    if not budget.spend(len(value)):
        return UNSET, [TOO_MANY_VALUES]
    named = named_members(value)
    report = Report([WRONG_KEY] if len(named) < len(value) else ())
    members: dict[str, JsonValue] = {}
    for name, member in named.items():
        part, problems = express(member, depth - 1, budget)
        report.add(problems, name)
        if not isinstance(part, UnsetType):
            members[name] = part
    return frozen(DraftObject(members)) if type(value) is DICT else tuple(members.values()), report


def named_members(value: dict[str, object] | list[object]) -> dict[str, object]:
    """Return an array's items by index, or the members of an object whose names are strings."""
    if isinstance(value, list):
        return {str(index): item for index, item in enumerate(value)}
    # Other names may raise when they are compared.
    return {name: member for name, member in value.items() if type(name) is str}
