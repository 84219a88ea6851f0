"""Every snippet and every command of the guides does what the page says."""

from __future__ import annotations

import importlib
import inspect
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.generate import generate
from tests.support.pages import PAGES, by_path, is_ours
from tests.support.paths import ROOT
from tests.support.snippets import printed, said, snippets


@pytest.mark.parametrize("page", PAGES, ids=by_path)
def test_the_snippets_of_a_page_print_what_their_comments_say(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    if schema := "\n".join(snippets(page, "yaml")):
        # A page with a schema uses the library that is generated from it.
        monkeypatch.setitem(sys.modules, "realtime_models", generate(tmp_path, lamps=schema))
    namespace: dict[str, object] = {"__name__": __name__}  # Each continues the one before.
    for snippet in filter(is_ours, snippets(page, "python")):
        assert printed(snippet, namespace) == said(snippet), snippet


@pytest.mark.parametrize("page", PAGES, ids=by_path)
def test_the_generated_code_that_a_page_shows_is_generated(page: Path, tmp_path: Path) -> None:
    if shown := snippets(page, "py"):
        package = generate(tmp_path, lamps="\n".join(snippets(page, "yaml")))
        code = inspect.getsource(importlib.import_module(f"{package.__name__}.wire.lamps"))
        for lines in shown:
            assert lines.strip() in code


@pytest.mark.parametrize("page", PAGES, ids=by_path)
def test_the_json_of_a_page_is_json(page: Path) -> None:
    for text in snippets(page, "json"):
        json.loads(text)


@pytest.mark.parametrize("page", PAGES, ids=by_path)
def test_the_commands_of_a_page_print_what_it_shows(page: Path) -> None:
    for session in snippets(page, "console"):
        command, _, shown = session.removeprefix("$ ").partition("\n")
        if " -m realtime_models " in command:
            ours = command.replace("python3", shlex.quote(sys.executable))
            run = subprocess.run(ours, shell=True, cwd=ROOT, capture_output=True, encoding="utf-8")
            assert run.stdout == shown, command
            assert run.stderr == ""
