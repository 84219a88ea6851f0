"""From JSON Pointers to the lines of a text, and names that an object gives twice.

The text is JSON that has been read before, so it is not proven again. It is walked once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

_TEXT: Final = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKEN: Final = re.compile(rf'({_TEXT})\s*:|[{{}}\[\],]|{_TEXT}|[^\s{{}}\[\]:,"]+')
"""A name, what opens, closes or parts values, and a value."""


@dataclass
class Place:
    """The line of a value, if it is there, and the places in it that are looked for."""

    line: int = 0
    inner: dict[str, Place] = field(default_factory=dict[str, "Place"])


def lines_of(text: str, pointers: Collection[str]) -> dict[str, int]:
    """Return the lines (from 1) of the values at ``pointers``, or of the nearest around them."""
    root = Place()
    for pointer in pointers:
        place = root
        for step in pointer.split("/")[1:]:
            place = place.inner.setdefault(step, Place())
    line, last = 1, 0
    path: list[Place | None] = []
    for depth, step, offset, _ in _values(text):
        around = path[depth - 1] if depth else None
        wanted = around.inner.get(step) if around else None if depth else root
        path[depth:] = [wanted]
        if wanted:
            line, last = line + text.count("\n", last, offset), offset
            wanted.line = line
    found: dict[str, int] = {}
    for pointer in pointers:
        place = root
        for step in pointer.split("/")[1:]:
            if not place.inner[step].line:
                break
            place = place.inner[step]
        found[pointer] = place.line
    return found


def repeated(text: str) -> Iterator[str]:
    """Find the values whose name their object has given before: readers keep the last."""
    path: list[str] = []
    for depth, step, _, is_again in _values(text):
        path[depth:] = [step]
        if is_again:
            yield "/".join(path)


def _values(text: str) -> Iterator[tuple[int, str, int, bool]]:
    """Walk the values: how deep each is, its name or index, its offset, if its name is repeated."""
    steps: list[str | int] = [""]
    names: list[set[str]] = []
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
            yield len(names), str(steps[-1]), match.start(), is_again
            is_again = False
            if token in ("{", "["):
                steps.append("" if token == "{" else 0)
                names.append(set())
