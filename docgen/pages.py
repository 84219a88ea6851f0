"""All pages of the reference."""

from __future__ import annotations

from collections.abc import Iterator

from .facts import areas
from .index_pages import area_page, event_page, front_page
from .sdk_names import sdk_names_page
from .type_page import type_page

__all__ = ["pages"]


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path under ``reference/`` and the text of every page."""
    yield "index.md", front_page()
    yield "events.md", event_page()
    yield "sdk-names.md", sdk_names_page()
    for area, names in areas().items():
        yield f"{area}.md", area_page(area)
        yield from ((f"{name}.md", type_page(name)) for name in names)
