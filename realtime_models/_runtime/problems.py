"""What the messages of problems have in common; ``notices`` has those of ``check`` alone.

A message says what was expected and what was found, by JSON's type names. The only values it
ever shows are tags and listed values, shortened: anything else may be audio or a secret.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from .errors import Code, Problem
from .json_values import NOT_FINITE, json_type

SHOWN: Final = 40
"""The characters that are shown of a value."""
DIGITS: Final = 20
"""The digits that are shown of an integer."""
LISTED: Final = 8
"""The values that are listed of those that were expected."""


def error(code: Code, message: str) -> Problem:
    """Return an error in the value itself; its parents add their names to the pointer."""
    return Problem("", "error", code, message)


TOO_LARGE: Final = error(
    "too_large", "expected an integer of at most 4200 digits, found one that is too large"
)


def invalid_json(failure: Exception) -> Problem:
    """Return the problem of a text that is no JSON, from what Python's reader says."""
    message = "expected JSON, found a number that JSON does not have"
    if "digits" in str(failure):  # Python reads no longer integer.
        return TOO_LARGE
    if isinstance(failure, json.JSONDecodeError):
        message = f"expected JSON, found an error at line {failure.lineno}, column {failure.colno}"
    elif isinstance(failure, UnicodeDecodeError):
        message = "expected UTF-8, found bytes that are not"
    elif isinstance(failure, RecursionError):
        message = "expected JSON that nests less deeply"
    return error("invalid_json", message)


def wrong_type(expected: str, value: object) -> Problem:
    """Return the problem of a value of another JSON type than those that were expected."""
    found = json_type(value)
    code: Code = "not_finite" if found == NOT_FINITE else "wrong_type"
    return error(code, f"expected {expected}, found {found}")


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


def count(number: int, thing: str) -> str:
    """Return a number of things: ``1 item``, ``2 items``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def join_pointer(pointer: str, name: str) -> str:
    """Return the pointer to a member, its name escaped as RFC 6901 asks."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
