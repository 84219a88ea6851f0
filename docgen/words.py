"""Pieces of Markdown that all pages of the reference are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from realtime_models.catalog import type_names
from realtime_models.wire import HOMES

from .facts import members, tags

__all__ = ["breakable", "first_sentence", "joined", "link", "linked", "title"]

LIBRARY: Final = {
    "FrozenDict": "python.md#realtime_models._runtime.json_values.FrozenDict",
    "JsonObject": "python.md#realtime_models._runtime.json_values.JsonObject",
    "Unknown": "python.md#realtime_models._runtime.model.Unknown",
}
"""The hand-written classes that annotations name, with their places."""


def joined(blocks: Iterable[str]) -> str:
    """A page of its blocks."""
    return "\n\n".join(blocks) + "\n"


def title(area: str) -> str:
    """The name of an area, for people."""
    return area.replace("_", " ").capitalize()


def link(name: str) -> str:
    """A name in an annotation, linked to where it is described, if that is here."""
    place = f"{name}.md" if name in HOMES else LIBRARY.get(name)
    return f"[{breakable(name)}]({place})" if place else name


def breakable(name: str) -> str:
    """A name that a narrow screen breaks between its words."""
    between = r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[._](?=[a-z])"
    return re.sub(between, r"\g<0><wbr>", name)


def first_sentence(text: str) -> str:
    """The first sentence of a description."""
    return re.split(r"(?<=[.;])\s+(?=[A-Z`])", text, maxsplit=1)[0].removesuffix(";")


def linked(text: str, name: str) -> str:
    """A description on the page of a type, its code linked if it names an event or a type."""
    pages = _pages(beta="Beta" in name)

    def replaced(match: re.Match[str]) -> str:
        page = pages.get(match[1], name)
        return match[0] if page == name else f"[{match[0]}]({page}.md)"

    return re.sub(r"`([^`]+)`", replaced, text)


@cache
def _pages(*, beta: bool) -> Mapping[str, str]:
    """The pages of types and events by their names; events are those of one API."""
    prefix = "RealtimeBeta" if beta else "Realtime"
    found = {name: name for name in type_names()}
    for union in (f"{prefix}ServerEvent", f"{prefix}ClientEvent"):
        for model in members(union):
            found |= dict.fromkeys(tags(model)[0], model.__name__)
    return found
