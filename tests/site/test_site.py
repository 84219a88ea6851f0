"""The site as a browser gets it: all pages, nothing from other hosts, and a working search."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from docgen.facts import members, tags
from realtime_models.catalog import type_names
from tests.support.paths import ROOT

SITE: Final = ROOT / "site"
LOADING: Final = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
"""The elements that make a browser fetch something, each with the attribute for the URL."""
MENU: Final = 60
"""The most links that the menu may have, since every page contains all of it."""


class Page(HTMLParser):
    """What a page loads and links to, and how many links its menu has."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.menu_links = 0
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in LOADING and named.get("rel") != "canonical":
            self.loaded.append(named.get(LOADING[tag], ""))
        if tag == "a" and "href" in named:
            self.links.append(named["href"])
        if tag == "a" and "md-nav__link" in named.get("class", ""):
            self.menu_links += not named.get("href", "").startswith("#")  # of the page itself


@pytest.fixture(scope="module", autouse=True)
def is_built() -> None:
    assert SITE.is_dir(), "`mkdocs build --strict` comes first"


@cache
def pages() -> dict[str, Page]:
    return {str(path.relative_to(SITE)): Page(path) for path in SITE.rglob("*.html")}


@cache
def found_by_search() -> dict[str, dict[str, object]]:
    index = json.loads((SITE / "search" / "search_index.json").read_text("utf-8"))
    return {entry["location"]: entry for entry in index["docs"]}


def test_there_is_a_page_for_every_type() -> None:
    for name in type_names():
        assert (SITE / "reference" / f"{name}.html").is_file()


def test_links_lead_to_files_so_that_no_server_is_needed() -> None:
    for path, page in pages().items():
        if path == "404.html":  # A server shows it in the place of any other page.
            continue
        for link in page.links:
            to = urlsplit(link)
            if not to.scheme and to.path:
                assert SITE.joinpath(path).parent.joinpath(to.path).is_file(), (path, link)


def test_nothing_is_loaded_from_other_hosts() -> None:
    assert [path for path, page in pages().items() for url in page.loaded if "//" in url] == []
    for path in SITE.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import )[\"']?(?:https?:)?//", path.read_text("utf-8")) == []


def test_the_menu_stays_small_however_many_types_there_are() -> None:
    for path, page in pages().items():
        assert 0 < page.menu_links <= MENU, path


def test_the_search_finds_types_fields_and_events() -> None:
    for name in type_names():
        assert f"reference/{name}.html" in found_by_search()
    assert "reference/RealtimeTurnDetectionServerVad.html#silence_duration_ms" in found_by_search()
    for model in members("RealtimeServerEvent"):
        entry = found_by_search()[f"reference/{model.__name__}.html"]
        assert entry["tags"] == list(tags(model)[0])
