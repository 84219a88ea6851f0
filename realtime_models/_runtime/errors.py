"""What can be wrong with a message, and where.

Every problem has one shape: what was expected, what was found, and where, as a JSON Pointer.
It speaks of JSON's types and never prints a value, which may be audio or a secret; only a tag
or an enum value is shown, shortened.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

LINES_SHOWN: Final = 20
POINTER_SHOWN: Final = 500
"""The characters of a pointer in a message; the names in it may be of any length."""

Unfit: TypeAlias = Literal["missing", "wrong_type", "wrong_value", "wrong_key", "not_finite"]
TooMuch: TypeAlias = Literal["too_deep", "too_large", "too_many_values", "too_many_problems"]
Unlisted: TypeAlias = Literal["unknown_field", "unknown_value", "unknown_variant", "unknown_type"]
Unusual: TypeAlias = Literal["unexpected_null", "out_of_range", "too_short", "too_long", "pattern"]
Unwanted: TypeAlias = Literal["refused", "deprecated", "no_place", "shortened", "repeated_name"]
Code: TypeAlias = Literal["invalid_json", Unfit, TooMuch, Unlisted, Unusual, Unwanted]


class Problem(NamedTuple):
    """One thing that is wrong with, or unusual in, a JSON document."""

    pointer: str
    """Its place: a JSON Pointer (RFC 6901) into the document; empty for the document itself."""
    severity: Literal["error", "notice"]
    """``error``: it cannot be decoded. ``notice``: it can, but is not what the API describes."""
    code: Code
    """A code for programs. Codes are never renamed; new ones may be added."""
    message: str
    """A readable sentence: what was expected and what was found."""

    def __str__(self) -> str:
        return f"{printable(self.pointer)}: {self.message}" if self.pointer else self.message


def printable(pointer: str) -> str:
    """Return a pointer, shortened, that cannot break or control the line it is printed in."""
    if len(pointer) > POINTER_SHOWN:
        half = POINTER_SHOWN // 2
        pointer = f"{pointer[:half]}...{pointer[-half:]}"
    if pointer.isprintable():
        return pointer
    return json.dumps(pointer)[1:-1]


class Mismatch(Exception):
    """A value does not have the expected shape: the readers' signal, which users never see."""


class DecodeError(ValueError):
    """The data is not of the expected type.

    ``problems`` holds every problem, in the order of the document, not only the first.
    """

    type_name: str
    """The name of the type that was expected."""
    problems: tuple[Problem, ...]
    """Everything that is wrong, with JSON Pointers."""

    def __init__(self, type_name: str, problems: Sequence[Problem]) -> None:
        super().__init__(type_name, problems)
        self.type_name = type_name
        self.problems = tuple(problems)

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return f"{self.type_name}: {self.problems[0]}"
        lines = [f"{self.type_name}: {len(self.problems)} problems"]
        lines += [f"  {problem}" for problem in self.problems[:LINES_SHOWN]]
        if len(self.problems) > LINES_SHOWN:
            lines.append(f"  and {len(self.problems) - LINES_SHOWN} more")
        return "\n".join(lines)
