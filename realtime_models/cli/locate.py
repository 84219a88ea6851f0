"""From a JSON Pointer to the line of the text where the value stands."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def lines_of(text: str, pointers: Collection[str]) -> Mapping[str, int]:
    """The lines (from 1) of the values at ``pointers``, or of the nearest values around them.

    ``text`` is JSON that has been read before, so it is not proven again. It is walked once for
    all pointers, for a long document may have many problems.
    """
    wanted = {place for pointer in pointers for place in _around(pointer)}
    depth = max((place.count("/") for place in wanted), default=0)
    found: dict[str, int] = {}
    line, counted = 1, 0
    for place, offset in _values(text, depth):
        if place in wanted:
            line += text.count("\n", counted, offset)
            counted = offset
            found[place] = line
    return {
        pointer: next(found[place] for place in _around(pointer) if place in found)
        for pointer in pointers
    }


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
    names_next = False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == ":":
            names_next = False
        elif token in ("}", "]"):
            path.pop()
        elif token == ",":
            index = path[-1]
            names_next = isinstance(index, str)
            if isinstance(index, int):
                path[-1] = index + 1
        elif names_next:
            path[-1] = _escaped(token)
        else:
            if len(path) <= depth:
                yield "".join(f"/{step}" for step in path), match.start()
            if token in ("{", "["):
                path.append("" if token == "{" else 0)
            names_next = token == "{"


def _escaped(token: str) -> str:
    """A name as it stands in the text, as a step of a pointer."""
    name: object = json.loads(token)
    return str(name).replace("~", "~0").replace("/", "~1")
