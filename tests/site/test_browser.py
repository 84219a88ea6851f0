"""Pages in a browser, small and large, light and dark: everybody can read them, and all of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.support.paths import ROOT

SITE: Final = ROOT / "site"
PAGES: Final = (
    "index.html",
    "guides/null.html",
    "guides/speed.html",
    "guides/vendoring.html",
    "reference/index.html",
    "reference/events.html",
    "reference/python.html",
    "reference/sdk-names.html",
    "reference/server_events.html",
    "reference/RealtimeTurnDetectionServerVad.html",
)
"""A page of each kind, and those with the widest tables."""
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")

AXE: Final = """async () => (await axe.run({resultTypes: ["violations"]})).violations
    .filter(({impact}) => impact === "serious" || impact === "critical")
    .map(({id, nodes}) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`)"""
"""The serious findings of axe, each with the first place."""
CUT: Final = """() => [...document.querySelectorAll("article :is(h1, h2, h3, p, dt, dd, th, td)")]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
    .map(element => element.textContent.trim())"""
"""The text that is not within the width of the screen; code may be wider, and scrolls."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    installed = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=installed, args=["--no-sandbox"])
        except Error:
            pytest.skip("needs Chromium, or `playwright install chromium`")
        yield started
        started.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_readable(browser: Browser, path: str, width: int, scheme: Any) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto((SITE / path).as_uri())
    assert page.evaluate("document.body.dataset.mdColorScheme") == (
        "slate" if scheme == "dark" else "default"
    )
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    assert page.evaluate(AXE) == []
    assert page.evaluate(CUT) == []
    page.close()
