"""From a JSON Pointer to the line of the text where the value stands."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

_TEXT: Final = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKEN: Final = re.compile(rf'({_TEXT})\s*:|[{{}}\[\],]|{_TEXT}|[^\s{{}}\[\]:,"]+')
"""A name, what opens, closes or parts values, and a value."""


def lines_of(text: str, pointers: Collection[str]) -> Mapping[str, int]:
    """The lines (from 1) of the values at ``pointers``, or of the nearest values around them.

    ``text`` is JSON that has been read before, so it is not proven again.
    """
    wanted = {place for pointer in pointers for place in _around(pointer)}
    depth = max((place.count("/") for place in wanted), default=0)
    found = {place: offset for place, offset in _values(text, depth) if place in wanted}
    nearest = {pointer: next(filter(found.__contains__, _around(pointer))) for pointer in pointers}
    return {pointer: text.count("\n", 0, found[place]) + 1 for pointer, place in nearest.items()}


def repeated(text: str) -> Iterator[str]:
    """The pointers of values whose name their object has given before: readers keep the last."""
    seen: set[str] = set()
    for pointer, _ in _values(text, len(text)):
        if pointer in seen:
            yield pointer
            # What is in the second value does not repeat what was in the first.
            seen = {other for other in seen if not other.startswith(f"{pointer}/")}
        seen.add(pointer)


def _around(pointer: str) -> Iterator[str]:
    """A pointer and those to the values around it, the document itself last."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
    yield ""


def _values(text: str, depth: int) -> Iterator[tuple[str, int]]:
    """The values of a text down to a depth, each before those in it: its pointer and its offset."""
    path: list[int | str] = []  # the index in each open array, the name in each open object
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match[1]:
            name: object = json.loads(match[1])
            path[-1] = str(name).replace("~", "~0").replace("/", "~1")
        elif token in ("}", "]"):
            path.pop()
        elif token == ",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else ""
        else:
            if len(path) <= depth:
                yield "".join(f"/{step}" for step in path), match.start()
            if token in ("{", "["):
                path.append("" if token == "{" else 0)
