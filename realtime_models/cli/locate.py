"""From a JSON Pointer to the line of the text where the value stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def line_of(text: str, pointer: str) -> int:
    """The line (from 1) of the value at ``pointer``, or of the nearest value around it.

    ``text`` is JSON that has been read before, so it is not proven again.
    """
    nearest = 0
    for place, offset in _values(text):
        if place == pointer:
            nearest = offset
            break
        if pointer.startswith(f"{place}/"):
            nearest = offset
    return text.count("\n", 0, nearest) + 1


def _values(text: str) -> Iterator[tuple[str, int]]:
    """Every value of a text, each before those inside it: its pointer and its offset."""
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
            yield "".join(f"/{step}" for step in path), match.start()
            if token in ("{", "["):
                path.append("" if token == "{" else 0)
            names_next = token == "{"


def _escaped(token: str) -> str:
    """A name as it stands in the text, as a step of a pointer."""
    return str(json.loads(token)).replace("~", "~0").replace("/", "~1")
