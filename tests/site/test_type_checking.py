"""The code on the pages under mypy in strict mode: the errors it finds are those shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mypy import api

from docgen.construction import construction
from realtime_models.catalog import type_names
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


def test_mypy_accepts_the_construction_on_the_page_of_every_type(tmp_path: Path) -> None:
    for name in type_names():
        (tmp_path / f"{name}.py").write_text(construction(name), encoding="utf-8")
    output, _, status = api.run(["--strict", "--config-file=", str(tmp_path)])
    assert status == 0, output
