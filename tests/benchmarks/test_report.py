"""The raw data and the tables that are shown are of one run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.report import BEGIN, END, HEADLINES, insert, report
from benchmarks.results import OURS, Figure, Results, load
from tests.support.paths import ROOT

FOLDER = ROOT / "benchmarks"
KEPT = load(FOLDER / "results.json")


def small() -> Results:
    about = dict.fromkeys(["date", "python", "build", "system", "processor"], "some")
    title = HEADLINES[0].measure
    figures = [
        Figure(title, "message", OURS, "ns", [1.0]),
        Figure(title, "message", "slow", "ns", [12.0]),
        Figure("other", "message", "slow, lighter", "ns", [3.0]),
    ]
    return Results(about, figures, {OURS: [], "slow": ["does less", "and less"]})


def test_a_report_has_the_headlines_of_what_was_measured() -> None:
    lines = report(small()).splitlines()
    assert "|  | slow |" in lines
    assert f"| {HEADLINES[0].title} | 12.0 |" in lines
    assert not any(headline.title in "".join(lines) for headline in HEADLINES[1:])


def test_a_report_says_what_a_peer_does_less() -> None:
    lines = report(small()).splitlines()
    assert "* slow: does less; and less." in lines
    assert not any(line.startswith(f"* {OURS}") for line in lines)


def test_a_report_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text(f"before\n{BEGIN}old\n{END}after\n", "utf-8")
    insert(small(), file)
    once = file.read_text("utf-8")
    insert(small(), file)
    assert file.read_text("utf-8") == once
    assert once.startswith(f"before\n{BEGIN}")
    assert once.endswith(f"{END}after\n")
    assert "old" not in once


def test_a_file_without_a_place_for_a_report_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text("nothing\n", "utf-8")
    with pytest.raises(ValueError, match="has no place for a report"):
        insert(small(), file)
    assert file.read_text("utf-8") == "nothing\n"


def test_the_readme_shows_the_kept_data() -> None:
    assert f"{BEGIN}\n{report(KEPT)}\n{END}" in (FOLDER / "README.md").read_text("utf-8")


def test_the_front_page_shows_some_of_it() -> None:
    _, speed = (ROOT / "README.md").read_text("utf-8").split("## Speed\n")
    rows = re.findall(r"^\|.*\|$", speed.partition("\n## ")[0], re.MULTILINE)
    assert len(rows) > 3
    assert set(rows) <= set(report(KEPT).splitlines())
    assert KEPT.environment["date"] in speed


def test_the_kept_data_is_complete() -> None:
    assert all(headline.ratios(KEPT) for headline in HEADLINES)
