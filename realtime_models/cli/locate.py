"""From JSON Pointers to the lines of a text, and names that an object gives twice.

The text is JSON that has been read before, so it is not proven again. It is walked once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Final

from .._runtime.errors import Problem

_TEXT: Final = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKEN: Final = re.compile(rf'({_TEXT})\s*:|[{{}}\[\],]|{_TEXT}|[^\s{{}}\[\]:,"]+')
"""A name, what opens, closes or parts values, and a value."""


class Place(dict[str, "Place"]):
    """The places in a value that are looked for, and the line of the value, if it is there."""

    line: int = 0


def lines_of(text: str, pointers: Collection[str]) -> dict[str, int]:
    """Return the lines (from 1) of the values at ``pointers``, or of the nearest around them."""
    if not pointers or "\n" not in text:
        return dict.fromkeys(pointers, 1)
    root, nowhere = Place(), Place()
    places = {pointer: [root] for pointer in pointers}
    for pointer, around in places.items():
        for step in pointer.split("/"):
            around.append(around[-1].setdefault(step, Place()))
    line, last = 1, 0
    path = [root]
    for steps, offset, _ in _values(text):
        place = path[len(steps) - 1].get(str(steps[-1]), nowhere)
        path[len(steps) :] = [place]
        line, last = line + text.count("\n", last, offset), offset
        place.line = line
    return {pointer: max(place.line for place in around) for pointer, around in places.items()}


def repeated(text: str) -> Iterator[Problem]:
    """Find the values whose name their object has given before: readers keep the last."""
    message = "expected names that differ in an object, found this one twice; the last one is read"
    for steps, _, is_again in _values(text):
        if is_again:
            yield Problem("/".join(map(str, steps)), "notice", "repeated_name", message)


def _values(text: str) -> Iterator[tuple[list[str | int], int, bool]]:
    """Walk the values: the steps of their pointers, their offsets, if their names are repeated."""
    steps: list[str | int] = [""]
    names: list[set[str]] = [set()]
    is_again = False
    for match in _TOKEN.finditer(text):
        token = match[0]
        if match[1]:
            name: str = json.loads(match[1])
            is_again = name in names[-1]
            names[-1].add(name)
            steps[-1] = name.replace("~", "~0").replace("/", "~1")
        elif token == ",":
            steps[-1] = steps[-1] + 1 if isinstance(steps[-1], int) else ""
        elif token in ("}", "]"):
            steps.pop()
            names.pop()
        else:
            yield steps, match.start(), is_again
            is_again = False
            if token in ("{", "["):
                steps.append("" if token == "{" else 0)
                names.append(set())
