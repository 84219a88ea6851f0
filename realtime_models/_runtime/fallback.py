"""Decode with a generated reader, and decide what becomes of data that it refuses.

Readers look at exact types only. What is merely like JSON is brought into exact form here, and
decoded again. If that does not help, the checker finds all that is wrong: :class:`DecodeError` is
raised, or everything is kept that can be decoded. This happens once for a message, in the
outermost call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeGuard, TypeVar

from .base import INVALID, B, Base, Invalid
from .checker import find_problems, join_pointer
from .decoding import integer, model_of
from .errors import DecodeError, Problem
from .json_text import parse_json
from .json_values import (
    DICT,
    LIST,
    MAX_DEPTH,
    MAX_VALUES,
    NOT_FINITE,
    SCALARS,
    SET,
    Budget,
    FrozenDict,
    JsonValue,
    RawObject,
    freeze,
    freeze_object,
    json_type,
    new_kept_object,
    new_object,
    to_builtins,
)
from .problems import no_stack
from .sentinel import UNSET, UnsetType
from .shape import TypeCase, TypeShape, case_for, model_shape, select_model, shape_of

Decoded = TypeVar("Decoded")


def decode(cls: type[B], read: Callable[[RawObject], B], data: object, invalid: Invalid) -> B:
    """Decode an object with the reader of its model, or raise :class:`DecodeError`."""
    try:
        if type(data) is DICT and invalid in INVALID:
            return read(data)
    except Exception:  # Foreign keys may raise anything: the object is decoded again.
        pass
    prove_invalid(invalid)
    exact = to_builtins(data)
    try:
        again = exact is not data
        return decode_again(cls.__name__, cls, partial(model_of, read=read), exact, again)
    except DecodeError as error:
        if invalid == "raise" or type(exact) is not DICT:
            raise
        return keep_or_drop(cls, exact, error.problems)


def decode_union(
    name: str, union: object, read: Callable[[RawObject], Decoded], data: object, invalid: Invalid
) -> Decoded:
    """Do the same for a union of objects; errors name the variant.

    With ``keep``, data that is not an object becomes an empty ``Unknown``.
    """
    try:
        if type(data) is DICT and invalid in INVALID:
            return read(data)
    except Exception:  # As in `decode`.
        pass
    prove_invalid(invalid)
    exact = to_builtins(data)
    members = named_members(exact) if type(exact) is DICT else {}
    case = shape_of(union).cases["object"]
    variant = select_model(case, members) if type(exact) is DICT else None
    try:
        known = variant.__name__ if variant else name
        again = exact is not data
        return decode_again(known, variant or union, partial(model_of, read=read), exact, again)
    except DecodeError as error:
        if invalid == "raise":
            raise
        return _keep_variant(case, variant or case.unknown, read, members, error)


def union_from_json(
    name: str,
    union: object,
    read: Callable[[RawObject], Decoded],
    text: str | bytes | bytearray,
    invalid: Invalid,
) -> Decoded:
    """Decode the JSON text of a union of objects."""
    prove_invalid(invalid)
    try:
        data = parse_json(text, name)
    except DecodeError as error:
        if invalid == "raise":
            raise
        case = shape_of(union).cases["object"]
        return _keep_variant(case, case.unknown, read, {}, error)
    return decode_union(name, union, read, data, invalid)


def _keep_variant(
    case: TypeCase,
    cls: type[Base] | None,
    read: Callable[[RawObject], Decoded],
    members: dict[str, object],
    error: DecodeError,
) -> Decoded:
    kept = keep_or_drop(cls, members, error.problems) if cls else None
    if kept is not None and is_variant(kept, case, read):
        return kept
    raise error


def decode_alias(
    name: str, alias: object, read: Callable[[object], Decoded], data: object
) -> Decoded:
    """Decode an alias of values of any JSON type."""
    try:
        return read(data)
    except Exception:  # As in `decode`.
        pass
    exact = to_builtins(data)
    return decode_again(name, alias, read, exact, exact is not data)


def decode_again(
    name: str,
    annotation: object,
    read: Callable[[object], Decoded],
    exact: object,
    is_converted: bool,
) -> Decoded:
    """Decode data of exact types, or raise :class:`DecodeError` with every problem in it.

    Data that needs no conversion was refused before, so the checker says at once why. An error that
    it does not explain is a bug of this library, and is raised unchanged.
    """
    found = [] if is_converted else find_errors(shape_of(annotation), exact)
    if not found:
        try:
            return read(exact)
        except RecursionError:
            found = [no_stack()]
        except Exception:
            found = find_errors(shape_of(annotation), exact)
            if not found:
                raise
    raise DecodeError(name, found)


def prove_invalid(invalid: Invalid) -> None:
    """Raise ``ValueError`` for a word that is neither ``raise`` nor ``keep``."""
    if invalid not in INVALID:
        raise ValueError(f'invalid must be "raise" or "keep", not {invalid!r}')


def find_errors(shape: TypeShape, exact: object) -> list[Problem]:
    """Return the errors that prevent data of exact types from being decoded."""
    try:
        return find_problems(shape, exact)
    except RecursionError:
        return [no_stack()]


def is_variant(
    value: Base, case: TypeCase, read: Callable[[RawObject], Decoded]
) -> TypeGuard[Decoded]:
    """Whether a model is one of those that the reader of a union returns."""
    return type(value) in (*case.models, case.unknown)


def keep_or_drop(cls: type[B], data: dict[str, object], found: Sequence[Problem]) -> B:
    """Decode what can be decoded of an object; nothing of it, if there is too little stack."""
    try:
        return keep(cls, {} if no_stack() in found else data, found)
    except RecursionError:
        return keep(cls, {}, [no_stack()])


def keep(cls: type[B], data: dict[str, object], found: Sequence[Problem]) -> B:
    """Decode what can be decoded of an object, and keep the rest under its names in ``extra``."""
    kept = object.__new__(cls)
    if cls._takes_any:
        SET(kept, "data", new_kept_object(expressible_members(data), found))
        return kept
    data = named_members(data)
    rest = dict(data)
    for name, field in model_shape(cls).fields.items():
        value: object = UNSET
        if name in data:
            problems = problems_inside(found, name, field.shape, data[name])
            value = keep_value(field.shape, data[name], problems)
        if value is not UNSET:
            del rest[name]
        SET(kept, name, value)
    SET(kept, "extra", new_kept_object(expressible_members(rest), found))
    return kept


def keep_value(shape: TypeShape, value: object, found: Sequence[Problem]) -> object:
    """Decode a value by its shape, given its problems; return ``UNSET`` if it cannot be decoded."""
    case = case_for(shape, value)
    if case is None:
        return UNSET
    if type(value) is DICT:
        return _keep_object(case, value, found)
    if type(value) is LIST and case.items:
        items: list[object] = value
        named = {str(index): item for index, item in enumerate(items)}
        kept = _keep_members(case.items, named, found)
        return UNSET if kept is None else tuple(kept.values())
    if found or (case.unlisted == "refused" and value not in case.values):
        return UNSET
    return integer(value) if case is shape.cases.get("integer") else value


def _keep_object(case: TypeCase, value: dict[str, object], found: Sequence[Problem]) -> object:
    cls = select_model(case, named_members(value)) or case.unknown
    if cls is not None:
        return keep(cls, value, found) if found else cls.from_dict(value)
    if not case.items:
        return UNSET if found else freeze_object(value)
    kept = _keep_members(case.items, value, found)
    return UNSET if kept is None else FrozenDict(kept)


def _keep_members(
    shape: TypeShape, members: Mapping[str, object], found: Sequence[Problem]
) -> dict[str, object] | None:
    """Return the members of an array or map; ``None`` if one of them is broken."""
    kept: dict[str, object] = {}
    for name, member in members.items():
        if type(name) is not str:
            return None
        value = keep_value(shape, member, problems_inside(found, name, shape, member))
        if value is UNSET:
            return None
        kept[name] = value
    return kept


def problems_inside(
    found: Sequence[Problem], name: str, shape: TypeShape, value: object
) -> Sequence[Problem]:
    """The problems in one member of an object, with pointers from the member on."""
    if any(problem.code == "too_many_problems" for problem in found):
        return find_errors(shape, value)  # Those that were not listed may be in it.
    prefix = join_pointer("", name)
    return [
        problem._replace(pointer=problem.pointer[len(prefix) :])
        for problem in found
        if f"{problem.pointer}/".startswith(f"{prefix}/")
    ]


def named_members(data: Mapping[str, object]) -> dict[str, object]:
    """The members of an object that have strings as names: other names may raise when compared."""
    return {name: member for name, member in data.items() if type(name) is str}


def expressible_members(data: Mapping[str, object]) -> dict[str, JsonValue]:
    """Return the members of an object that JSON can express, frozen."""
    found: dict[str, JsonValue] = {}
    for name, member in data.items():
        value = _expressible(member, MAX_DEPTH - 1, Budget(MAX_VALUES))
        if type(name) is str and not isinstance(value, UnsetType):
            found[name] = value
    return found


def _expressible(value: object, depth: int, budget: Budget) -> JsonValue | UnsetType:
    """What JSON can express of a value: all but members of objects that it cannot."""
    if not budget.spend(1):
        return UNSET
    if type(value) is DICT and depth:
        members: dict[str, JsonValue] = {}
        for name, member in value.items():
            part = _expressible(member, depth - 1, budget)
            if type(name) is str and not isinstance(part, UnsetType):
                members[name] = part
        return new_object(members)
    if type(value) is LIST and depth:
        items = [_expressible(item, depth - 1, budget) for item in value]
        found = [item for item in items if not isinstance(item, UnsetType)]
        return tuple(found) if len(found) == len(items) else UNSET
    if type(value) in SCALARS and json_type(value) != NOT_FINITE:
        return freeze(value)
    return UNSET
