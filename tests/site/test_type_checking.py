"""The snippets of the guides under mypy in strict mode: it says what they say it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mypy import api

from tests.support.pages import PAGES, by_path, is_ours
from tests.support.snippets import snippets

CHECKED = [page for page in PAGES if snippets(page, "python") and not snippets(page, "yaml")]


@pytest.mark.parametrize("page", CHECKED, ids=by_path)
def test_mypy_finds_exactly_the_errors_that_a_page_shows(page: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("\n".join(filter(is_ours, snippets(page, "python"))), encoding="utf-8")
    output, _, _ = api.run(["--strict", "--config-file=", str(program)])
    found: dict[int, str] = {}
    for line, message in re.findall(r"^.*?:(\d+): error: (.*)$", output, re.MULTILINE):
        found.setdefault(int(line), message)
    shown = dict(enumerate(program.read_text("utf-8").splitlines(), 1))
    expected = {line: text.partition("# error: ")[2] for line, text in shown.items()}
    expected = {line: message for line, message in expected.items() if message}
    assert found.keys() == expected.keys(), output
    for line, message in expected.items():
        assert found[line].startswith(message)
