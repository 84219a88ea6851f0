"""One function for each kind of problem: its code, its severity, and its message.

A message says what was expected and what was found, by JSON's type names. The only values it
ever shows are tags and listed values, shortened: anything else may be audio or a secret.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from .errors import Code, Problem
from .json_values import NOT_FINITE, json_type
from .sentinel import UNSET

SHOWN: Final = 40
"""The characters that are shown of a value."""
DIGITS: Final = 20
"""The digits that are shown of an integer."""
LISTED: Final = 8
"""The values that are listed of those that were expected."""


def invalid_json(error: Exception) -> Problem:
    """The problem of a text that is no JSON, from what Python's reader says."""
    message = "expected JSON, found a number that JSON does not have"
    if "digits" in str(error):  # Python reads no longer integer.
        return too_large("")
    if isinstance(error, json.JSONDecodeError):
        message = f"expected JSON, found an error at line {error.lineno}, column {error.colno}"
    elif isinstance(error, UnicodeDecodeError):
        message = "expected UTF-8, found bytes that are not"
    elif isinstance(error, RecursionError):
        message = "expected JSON that nests less deeply"
    return Problem("", "error", "invalid_json", message)


def wrong_type(pointer: str, expected: str, value: object) -> Problem:
    found = json_type(value)
    code: Code = "not_finite" if found == NOT_FINITE else "wrong_type"
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


def too_large(pointer: str) -> Problem:
    message = "expected an integer of at most 4200 digits, found one that is too large"
    return Problem(pointer, "error", "too_large", message)


def too_many_values(pointer: str, most: int) -> Problem:
    message = f"expected free-form JSON of at most {most} values, found more"
    return Problem(pointer, "error", "too_many_values", message)


def too_many_problems(listed: int, severity: Literal["error", "notice"]) -> Problem:
    message = f"more than {listed} problems; the rest is not listed"
    return Problem("", severity, "too_many_problems", message)


def no_stack() -> Problem:
    message = "expected room on the stack to read it, found too little"
    return Problem("", "error", "too_deep", message)


def wrong_value(pointer: str, listed: Sequence[str | int], value: object) -> Problem:
    message = f"expected {one_of(listed)}, found {shown(value)}"
    return Problem(pointer, "error", "wrong_value", message)


def unknown_value(pointer: str, listed: Sequence[str | int], value: object) -> Problem:
    message = f"expected {one_of(listed)}, found {shown(value)}"
    return Problem(pointer, "notice", "unknown_value", message)


def unknown_field(pointer: str, type_name: str) -> Problem:
    message = f"expected only fields of {type_name}, found one that it does not have"
    return Problem(pointer, "notice", "unknown_field", message)


def moved_field(pointer: str, name: str, place: str) -> Problem:
    now = "the current API has none" if place == "nowhere" else f"here it is `{place}`"
    return Problem(pointer, "notice", "unknown_field", f"`{name}` is the beta's; {now}")


def unknown_variant(pointer: str, tag: str, known: Sequence[str | int], value: object) -> Problem:
    found = "none" if value is UNSET else shown(value) if type(value) is str else json_type(value)
    message = f"expected an object whose {tag} is {one_of(known)}, found {found}"
    return Problem(pointer, "notice", "unknown_variant", message)


def unlike_any(pointer: str, type_names: Sequence[str]) -> Problem:
    message = f"expected {' or '.join(type_names)}, found an object without the required fields"
    return Problem(pointer, "notice", "unknown_variant", message)


def unexpected_null(pointer: str, expected: str) -> Problem:
    message = f"expected {expected}, found null, which the API does not describe here"
    return Problem(pointer, "notice", "unexpected_null", message)


def deprecated(pointer: str, name: str) -> Problem:
    return Problem(pointer, "notice", "deprecated", f"expected no {name}, which is deprecated")


def refused(pointer: str, because: str) -> Problem:
    return Problem(pointer, "notice", "refused", because)


def no_place(pointer: str, because: str) -> Problem:
    return Problem(pointer, "notice", "no_place", because)


def not_matching(pointer: str, pattern: str) -> Problem:
    message = f"expected a string that matches {pattern}, found another"
    return Problem(pointer, "notice", "pattern", message)


def out_of_range(pointer: str, bound: str, found: str) -> Problem:
    message = f"expected a number of {bound}, found {found}"
    return Problem(pointer, "notice", "out_of_range", message)


def wrong_count(
    pointer: str, thing: str, least: int | None, most: int | None, found: int
) -> Iterator[Problem]:
    if least is not None and found < least:
        message = f"expected at least {count(least, thing)}, found {found}"
        yield Problem(pointer, "notice", "too_short", message)
    if most is not None and found > most:
        message = f"expected at most {count(most, thing)}, found {found}"
        yield Problem(pointer, "notice", "too_long", message)


def count(number: int, thing: str) -> str:
    """Return a number of things: ``1 item``, ``2 items``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def one_of(listed: Sequence[str | int]) -> str:
    """Name the values that were expected, or the first of them."""
    if len(listed) == 1:
        return shown(listed[0])
    first = [shown(value) for value in listed[:LISTED]]
    if len(listed) > LISTED:
        first.append(f"{len(listed) - LISTED} others")
    return f"one of {', '.join(first)}"


def shown(value: object) -> str:
    """Show a tag or a listed value, as JSON, shortened."""
    if type(value) is int and abs(value) >= 10**DIGITS:
        return f"an integer of more than {DIGITS} digits"  # Python may refuse to write it.
    if isinstance(value, str) and len(value) > SHOWN:
        value = value[: SHOWN - 3] + "..."
    return json.dumps(value)


def join_pointer(pointer: str, name: str) -> str:
    """Return the pointer to a member, its name escaped as RFC 6901 asks."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
