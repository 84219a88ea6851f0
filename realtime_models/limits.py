"""Whether a value keeps the limits that the API documents. Decoding never asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import wording
from .errors import Problem
from .hints import Limits
from .values import PlainList


def exceeded(limits: Limits, value: object, pointer: str) -> Iterator[Problem]:
    """The limits that a value exceeds, as notices."""
    if isinstance(value, (int, float)):
        if limits.minimum is not None and value < limits.minimum:
            yield wording.too_small(pointer, limits.minimum)
        if limits.maximum is not None and value > limits.maximum:
            yield wording.too_large(pointer, limits.maximum)
    elif isinstance(value, str):
        yield from _count(pointer, "characters", limits.min_length, limits.max_length, len(value))
        if limits.pattern is not None and not re.search(limits.pattern, value):
            yield wording.not_matching(pointer, limits.pattern)
    elif type(value) is PlainList:
        yield from _count(pointer, "items", limits.min_items, limits.max_items, len(value))


def _count(
    pointer: str, things: str, least: int | None, most: int | None, found: int
) -> Iterator[Problem]:
    if least is not None and found < least:
        yield wording.too_short(pointer, things, least, found)
    if most is not None and found > most:
        yield wording.too_long(pointer, things, most, found)
