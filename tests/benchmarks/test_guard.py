"""The guard compares counts, and reports when it cannot count."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmarks import guard
from benchmarks.guard import IMPORTS, PAYLOADS, RECORD, compare, main
from benchmarks.payloads import payloads
from benchmarks.results import environment
from benchmarks.workload import WORK
from benchmarks.workload import main as work


def test_a_count_that_grew_is_reported() -> None:
    lines, worse = compare({"decode": 1000, "encode": 1000}, {"decode": 1030, "encode": 1019})
    assert worse
    assert lines[1].split() == ["decode", "1,030", "1,000", "+3.0%", "MORE"]
    assert lines[2].split() == ["encode", "1,019", "1,000", "+1.9%"]


def test_a_count_that_shrank_or_is_new_is_fine() -> None:
    lines, worse = compare({"decode": 1000}, {"decode": 900, "encode": 5})
    assert not worse
    assert lines[1].split() == ["decode", "900", "1,000", "-10.0%"]
    assert lines[2].split() == ["encode", "5", "new"]


def test_without_valgrind_it_says_that_it_was_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("SKIPPED: ")


def test_the_recorded_counts_are_of_what_is_counted() -> None:
    names = {f"{payload}: {one}" for payload in PAYLOADS for one in WORK} | set(IMPORTS)
    assert set(json.loads(RECORD.read_text("utf-8"))["instructions"]) == names
    assert set(PAYLOADS) <= {payload.name for payload in payloads()}


def counting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, python: str, decode: int) -> Path:
    """Return a file with counts of 100 for a Python, and patch the counts of the guard."""
    file = tmp_path / "guard.json"
    record = {"environment": environment() | {"python": python}, "instructions": {"decode": 100}}
    file.write_text(json.dumps(record), "utf-8")
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(guard, "count", lambda: {"decode": decode})
    return file


@pytest.mark.parametrize(("decode", "status"), [(100, 0), (90, 0), (110, 1)])
def test_the_exit_status_tells_whether_something_grew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, decode: int, status: int
) -> None:
    file = counting(monkeypatch, tmp_path, environment()["python"], decode)
    assert main(["--file", str(file)]) == status


def test_counts_of_another_python_are_shown_but_not_compared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = counting(monkeypatch, tmp_path, "CPython 2.7", 110)
    assert main(["--file", str(file)]) == 0
    assert "not comparable: recorded with CPython 2.7" in capsys.readouterr().out


def test_new_counts_are_kept_on_request(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = counting(monkeypatch, tmp_path, environment()["python"], 110)
    assert main(["--file", str(file), "--record"]) == 0
    assert json.loads(file.read_text("utf-8"))["instructions"] == {"decode": 110}
    assert main(["--file", str(file)]) == 0


@pytest.mark.parametrize("operation", WORK)
def test_the_workload_does_what_is_counted(operation: str) -> None:
    work("error", operation, 1)
