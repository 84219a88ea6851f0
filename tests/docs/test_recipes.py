"""The recipes that need only the standard library, each beside the same job with raw dicts.

``tests/conversation/test_recipes.py`` runs the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.support.paths import EXAMPLES, ROOT
from tests.support.programs import run, serve

RECIPES = sorted(path for path in (EXAMPLES / "recipes").glob("*.py") if "_raw" not in path.stem)
PAGE = (ROOT / "docs" / "guides" / "recipes.md").read_text("utf-8")
TWICE = pytest.mark.parametrize("raw", ["", "_raw"], ids=["typed", "raw"])
"""Everything must be so with our types and with raw dicts."""


def lines(path: Path) -> int:
    return sum(bool(line.strip()) for line in path.read_text("utf-8").splitlines())


@pytest.fixture
def base_url() -> Iterator[str]:
    """The URL of a server that mints client secrets."""
    with serve("loopback/client_secrets.py", "--port", "0", lines=1) as (url,):
        yield url


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: str(path.stem))
def test_a_recipe_is_short_and_hardly_longer_than_with_raw_dicts(path: Path) -> None:
    typed, raw = lines(path), lines(path.with_name(f"{path.stem}_raw.py"))
    assert 10 <= typed <= 40
    assert typed <= 1.3 * raw


def test_the_page_shows_every_recipe_beside_its_raw_version() -> None:
    shown = re.findall(r'^ *--8<-- "examples/recipes/(\w+)\.py"$', PAGE, re.MULTILINE)
    typed = [path.stem for path in RECIPES]
    assert sorted(shown) == sorted([*typed, *(f"{name}_raw" for name in typed)])
    assert [f"{name}_raw" for name in shown[::2]] == shown[1::2]


@TWICE
def test_the_cost_of_a_log_is_told(raw: str) -> None:
    printed, _ = run(f"recipes/cost{raw}.py", EXAMPLES / "logs" / "voice.jsonl")
    assert printed.splitlines() == [
        "text: 295 read, 128 of them from the cache, 32 written",
        "audio: 60 read, 0 of them from the cache, 48 written",
        "$0.006223",
    ]


@TWICE
def test_usage_is_stored_though_fields_of_it_are_absent(raw: str, tmp_path: Path) -> None:
    bare = {"type": "response.done", "event_id": "1", "response": {"id": "r", "usage": {}}}
    log = tmp_path / "log.jsonl"
    text = (EXAMPLES / "logs" / "voice.jsonl").read_text("utf-8")
    log.write_text(f"{text.strip()}\n{json.dumps(bare)}\n", "utf-8")
    printed, _ = run(f"recipes/store_usage{raw}.py", log, tmp_path / "usage.db")
    assert printed.splitlines() == [
        "r None None None None",
        "resp_V1 completed 154 64 18",
        "resp_V2 completed 201 64 62",
    ]


@TWICE
def test_a_browser_gets_a_client_secret(raw: str, base_url: str) -> None:
    program = f"recipes/serve_secrets{raw}.py"
    with (
        serve(program, lines=1, PORT="0", OPENAI_BASE_URL=base_url) as said,
        urlopen(Request(said[0], b""), timeout=30) as answer,
    ):
        assert answer.read().startswith(b"ek_")
    assert re.fullmatch(r"realtime \d+", said[1])


@TWICE
def test_the_reason_of_a_refusal_is_told(raw: str, base_url: str) -> None:
    printed, _ = run(f"recipes/http_error{raw}.py", OPENAI_BASE_URL=base_url)
    assert printed.splitlines() == [
        "400",
        "invalid_request_error",
        "invalid_value",
        "/expires_after/seconds: expected a number of at least 10, found a smaller one",
    ]
