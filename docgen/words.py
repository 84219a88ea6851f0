"""Pieces of Markdown for all pages of the reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from realtime_models.catalog import type_names
from realtime_models.wire import HOMES

from .facts import is_beta, members, shown, tags

__all__ = ["breakable", "first_sentence", "joined", "link", "linked", "title"]

LIBRARY: Final = {
    "FrozenDict": "python.md#realtime_models._runtime.json_values.FrozenDict",
    "JsonObject": "python.md#realtime_models._runtime.json_values.JsonObject",
    "Unknown": "python.md#realtime_models._runtime.model.Unknown",
}
"""The hand-written classes that annotations name, with their links."""


def joined(blocks: Iterable[str]) -> str:
    """Return a page made of blocks."""
    return "\n\n".join(blocks) + "\n"


def title(area: str) -> str:
    """Return the name of an area as a title."""
    return area.replace("_", " ").capitalize()


def link(name: str, field: str = "") -> str:
    """Return a name, perhaps with a field, linked to its description if there is one."""
    if name in HOMES:
        place, words = f"{name}.md", shown(name)
        if field:
            place, words = f"{place}#{field}", f"{words}.{field}"
        return f"[{breakable(words)}]({place})"
    return f"[{breakable(name)}]({LIBRARY[name]})" if name in LIBRARY else name


def breakable(name: str) -> str:
    """Return a name that a narrow screen can break between its words."""
    between = r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[._](?=[a-z])"
    return re.sub(between, r"\g<0><wbr>", name)


def first_sentence(text: str) -> str:
    """Return the first sentence of a description."""
    return re.split(r"(?<=[.;])\s+(?=[A-Z`])", text, maxsplit=1)[0].removesuffix(";")


def linked(text: str, name: str) -> str:
    """Return a description for the page of a type, with links from the names in its code."""
    pages = _pages(beta=is_beta(name))

    def replaced(match: re.Match[str]) -> str:
        page = pages.get(match[1], name)
        return match[0] if page == name else f"[{match[0]}]({page}.md)"

    return re.sub(r"`([^`]+)`", replaced, text)


@cache
def _pages(*, beta: bool) -> Mapping[str, str]:
    """Return the pages of types and events by their names; the events are those of one API."""
    prefix = "RealtimeBeta" if beta else "Realtime"
    found = {word: name for name in type_names() for word in (name, shown(name))}
    for union in (f"{prefix}ServerEvent", f"{prefix}ClientEvent"):
        for model in members(union):
            found |= dict.fromkeys(tags(model)[0], model.__name__)
    return found
