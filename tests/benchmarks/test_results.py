"""Raw data is saved completely, and ratios compare times of the same round."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.report import quantity, tables, times
from benchmarks.results import OURS, Figure, Results, environment, load, save


def results(measure: str = "work", peer: str = "other", subjects: int = 5) -> Results:
    """Ours takes 1, 2 and 3 in the rounds; the other twice, four times and twice as long."""
    figures = [
        figure
        for index in range(subjects)
        for figure in (
            Figure(measure, f"message {index}", OURS, "ns", [1e3, 2e3, 3e3]),
            Figure(measure, f"message {index}", peer, "ns", [2e3, 8e3, 6e3]),
        )
    ]
    return Results({"python": "some"}, figures, {peer: ["does less"]})


def test_a_ratio_is_the_median_of_the_ratios_of_the_rounds() -> None:
    assert results().ratio("message 0", "other") == 2
    assert results().ratio("message 0", OURS, "other") == 0.5


def test_a_ratio_of_what_was_not_measured_is_none() -> None:
    assert results().ratio("message 0", "nobody") is None
    assert results().mean_ratio("nobody") is None


def test_a_mean_is_geometric() -> None:
    assert results().mean_ratio("other") == pytest.approx(2)


def test_saved_results_can_be_loaded(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    save(results(), file)
    assert load(file) == results()
    assert file.read_text("utf-8").count("\n    {") == len(results().figures)


def test_raw_data_is_rounded_to_four_digits() -> None:
    figure = Figure("work", "message", OURS, "ns", [1.23456, 123456.0])
    assert figure.rounded().rounds == [1.235, 123500.0]


def test_the_environment_tells_python_and_what_else_ran() -> None:
    found = environment("tests")
    assert found["python"].startswith("CPython")
    assert found["note"] == "tests"
    assert "note" not in environment()


def test_a_table_shows_our_time_and_the_ratios_of_others() -> None:
    [text] = tables(results())
    lines = text.splitlines()
    assert lines[0] == "### work"
    assert lines[2] == "|  | realtime_models | other |"
    assert lines[4] == "| message 0 | 2 µs | 2.00 |"
    assert lines[-1] == "| geometric mean | 1 | 2.00 |"


def test_a_table_of_few_sizes_has_no_mean() -> None:
    [text] = tables(results(subjects=3))
    assert "geometric" not in text


@pytest.mark.parametrize(
    ("ratio", "shown"), [(0.254, "0.25"), (2, "2.00"), (12.34, "12.3"), (123.4, "123"), (None, "")]
)
def test_a_ratio_is_shown_with_three_digits(ratio: float | None, shown: str) -> None:
    assert times(ratio) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (785.4, "ns", "785 ns"),
        (6640.0, "ns", "6.64 µs"),
        (4.58e6, "ns", "4.58 ms"),
        (2e9, "ns", "2 s"),
        (0.5, "ns", "0.5 ns"),
        (688.0, "bytes", "688 B"),
        (7990.0, "bytes", "7.99 kB"),
    ],
)
def test_a_quantity_is_shown_in_the_unit_that_fits_it(value: float, unit: str, shown: str) -> None:
    assert quantity(value, unit) == shown
