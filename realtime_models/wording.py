"""One function for each kind of problem: its code, its severity, and its sentence.

A sentence says what was expected and what was found, by JSON's type names. The only values it
ever shows are tags and listed values, shortened: anything else may be audio or a secret.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, Literal

from .errors import Problem
from .sentinel import UNSET
from .shape import JSON_TYPES

NOT_FINITE: Final = "NaN or Infinity"
SHOWN: Final = 40
"""The characters that are shown of a value."""
DIGITS: Final = 20
"""The digits that are shown of an integer."""
LARGEST: Final = 10**DIGITS - 1
LISTED: Final = 8
"""The values that are listed of those that were expected."""


def json_type(value: object) -> str:
    """JSON's name for the type of a value, or what it is instead."""
    if type(value) is float and value - value != 0.0:
        return NOT_FINITE
    return JSON_TYPES.get(type(value), "a value that JSON does not have")


def wrong_type(pointer: str, expected: str, value: object) -> Problem:
    found = json_type(value)
    code = "not_finite" if found == NOT_FINITE else "wrong_type"
    return Problem(pointer, "error", code, f"expected {expected}, found {found}")


def missing(pointer: str, expected: str) -> Problem:
    message = f"expected {expected}, found nothing: this field is required"
    return Problem(pointer, "error", "missing", message)


def wrong_key(pointer: str) -> Problem:
    message = "expected strings as the names of fields, found another key"
    return Problem(pointer, "error", "wrong_key", message)


def too_deep(pointer: str, depth: int) -> Problem:
    message = f"expected JSON of at most {depth} levels, found more"
    return Problem(pointer, "error", "too_deep", message)


def repeated_name(pointer: str) -> Problem:
    message = "expected names that differ in an object, found this one twice; the last one is read"
    return Problem(pointer, "notice", "repeated_name", message)


def too_many_values(pointer: str, most: int) -> Problem:
    message = f"expected free-form JSON of at most {most} values, found more"
    return Problem(pointer, "error", "too_many_values", message)


def too_many(listed: int, severity: Literal["error", "notice"]) -> Problem:
    message = f"more than {listed} problems; the rest is not listed"
    return Problem("", severity, "too_many_problems", message)


def no_stack() -> Problem:
    message = "expected room on the stack to read it, found too little"
    return Problem("", "error", "too_deep", message)


def wrong_value(pointer: str, listed: Sequence[str | int], value: object) -> Problem:
    message = f"expected {choice(listed)}, found {shown(value)}"
    return Problem(pointer, "error", "wrong_value", message)


def unknown_value(pointer: str, listed: Sequence[str | int], value: object) -> Problem:
    message = f"expected {choice(listed)}, found {shown(value)}"
    return Problem(pointer, "notice", "unknown_value", message)


def unknown_field(pointer: str, type_name: str) -> Problem:
    message = f"expected only fields of {type_name}, found one that it does not have"
    return Problem(pointer, "notice", "unknown_field", message)


def unknown_variant(pointer: str, tag: str, known: Sequence[str | int], value: object) -> Problem:
    found = "none" if value is UNSET else shown(value) if type(value) is str else json_type(value)
    message = f"expected an object whose {tag} is {choice(known)}, found {found}"
    return Problem(pointer, "notice", "unknown_variant", message)


def unlike_any(pointer: str, type_names: Sequence[str]) -> Problem:
    message = f"expected {' or '.join(type_names)}, found an object without the required fields"
    return Problem(pointer, "notice", "unknown_variant", message)


def unexpected_null(pointer: str, expected: str) -> Problem:
    message = f"expected {expected}, found null, which the API does not describe here"
    return Problem(pointer, "notice", "unexpected_null", message)


def not_matching(pointer: str, pattern: str) -> Problem:
    message = f"expected a string that matches {pattern}, found another"
    return Problem(pointer, "notice", "pattern", message)


def too_small(pointer: str, least: float) -> Problem:
    message = f"expected a number of at least {least:g}, found a smaller one"
    return Problem(pointer, "notice", "out_of_range", message)


def too_large(pointer: str, most: float) -> Problem:
    message = f"expected a number of at most {most:g}, found a larger one"
    return Problem(pointer, "notice", "out_of_range", message)


def too_short(pointer: str, things: str, least: int, found: int) -> Problem:
    return Problem(
        pointer, "notice", "too_short", f"expected at least {least} {things}, found {found}"
    )


def too_long(pointer: str, things: str, most: int, found: int) -> Problem:
    return Problem(
        pointer, "notice", "too_long", f"expected at most {most} {things}, found {found}"
    )


def choice(listed: Sequence[str | int]) -> str:
    """The values that were expected, or the first of them."""
    if len(listed) == 1:
        return shown(listed[0])
    first = [shown(value) for value in listed[:LISTED]]
    if len(listed) > LISTED:
        first.append(f"{len(listed) - LISTED} others")
    return f"one of {', '.join(first)}"


def shown(value: object) -> str:
    """A tag or a listed value, as JSON, shortened."""
    if type(value) is int and abs(value) > LARGEST:
        return f"an integer of more than {DIGITS} digits"  # Python may refuse to write it.
    if isinstance(value, str) and len(value) > SHOWN:
        value = value[: SHOWN - 3] + "..."
    return json.dumps(value)
