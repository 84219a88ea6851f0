"""What the guide and the README say about vendoring is true."""

from __future__ import annotations

import importlib
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from realtime_models.__main__ import main
from realtime_models.cli.vendor import STATUSES
from tests.support.paths import ROOT
from tests.support.snippets import snippets
from tests.vendoring.copies import vendor

PAGES = [ROOT / "docs" / "guides" / "vendoring.md", ROOT / "README.md"]
INLINE = re.findall(r"`(python -m realtime_models vendor [^`]+)`", PAGES[1].read_text("utf-8"))
COMMANDS = [*snippets(PAGES[0], "sh"), *INLINE]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_writes_what_can_be_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)
    assert words[:4] == ["python", "-m", "realtime_models", "vendor"]
    assert main(words[3:]) == 0
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == "app"]:
        monkeypatch.delitem(sys.modules, name)
    copied = importlib.import_module(words[4].removesuffix(".py").replace("/", "."))
    assert copied.__version__
    assert main(["vendor", words[4], "--check"]) == 0


def test_both_pages_have_commands() -> None:
    assert (len(COMMANDS), len(INLINE)) == (6, 2)


def test_the_code_that_the_guide_shows_is_in_a_copy(tmp_path: Path) -> None:
    (shown,) = snippets(PAGES[0], "python3")
    path = tmp_path / "copied.py"
    assert vendor(path, "RealtimeFunctionTool") == 0
    assert shown.strip() in path.read_text("utf-8")


def test_the_sizes_in_the_guide_are_those_of_today(tmp_path: Path) -> None:
    rows = re.findall(r"^\| (.+) \| (\d+) kB \| (\d+) kB \|$", PAGES[0].read_text("utf-8"), re.M)
    assert len(rows) == 5
    for number, (name, *told) in enumerate(rows):
        folder = tmp_path / str(number)
        copied = folder / ("copied.py" if "`" in name else "copied")
        assert vendor(copied, *([name.strip("`")] if "`" in name else [])) == 0
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        archive = Path(shutil.make_archive(str(folder), "zip", folder))
        for found, expected in zip((size, archive.stat().st_size), told, strict=True):
            assert found / 1000 == pytest.approx(int(expected), rel=0.05)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("RealtimeFunctionTool", 55_000),
        ("RealtimeSessionCreateResponse", 152_000),
        ("RealtimeServerEvent", 482_000),
    ],
)
def test_a_file_keeps_to_its_budget(tmp_path: Path, name: str, most: int) -> None:
    assert vendor(path := tmp_path / "copied.py", name) == 0
    assert path.stat().st_size <= most


def test_the_statuses_in_the_guide_are_those_of_the_command() -> None:
    rows = re.findall(r"^\| (\d) \| (.+) \|$", PAGES[0].read_text("utf-8"), re.M)
    assert [(int(number), words) for number, words in rows] == list(STATUSES.values())
