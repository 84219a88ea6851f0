"""The programs for type checkers run, too, and what is expected of checkers is held to them."""

from __future__ import annotations

import ast
import re
import runpy
import typing
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

import realtime_models as rm
from codegen.load import load
from realtime_models.catalog import as_model, find, type_names
from realtime_models.wire import HOMES
from tests.support.paths import ROOT, SCHEMA
from tests.typing import constructions, readings, unions
from tests.typing.expectations import (
    CHECKERS,
    KINDS,
    Expectation,
    Report,
    complaints,
    expectations,
)

HERE = ROOT / "tests" / "typing"
PROGRAMS = sorted(HERE.glob("programs/*.py"))
MISTAKES = sorted(HERE.glob("mistakes/*.py"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_program_runs_and_does_what_it_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = re.findall(r"^(?:from|import) (\w+)", path.read_text("utf-8"), re.MULTILINE)
    if missing := [name for name in imported if not find_spec(name)]:
        pytest.skip(f"needs {missing}")  # The environments of the adapters run theirs.
    # Python 3.10 has neither; to checkers they are more, to Python nothing else.
    monkeypatch.setattr(typing, "assert_type", lambda value, kind: value, raising=False)
    monkeypatch.setattr(typing, "assert_never", pytest.fail, raising=False)
    runpy.run_path(str(path), run_name="__main__")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_program_pins_types_and_makes_no_mistake(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "assert_type(" in text
    assert not any(one.for_all for one in expectations(path.name, text))


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_mistakes_are_python_and_are_expected(path: Path) -> None:
    text = path.read_text("utf-8")
    ast.parse(text)
    assert any(one.for_all for one in expectations(path.name, text))


def test_every_kind_of_mistake_is_made_somewhere() -> None:
    texts = {path.name: path.read_text("utf-8") for path in [*PROGRAMS, *MISTAKES]}
    made = {one.kind for file, text in texts.items() for one in expectations(file, text)}
    assert made == set(KINDS)


def generated() -> Mapping[str, str]:
    schema = load(SCHEMA)
    makers = (unions, constructions, readings)
    return {file: text for maker in makers for file, text in maker.programs(schema)}


def test_generated_programs_are_python_and_have_every_type() -> None:
    texts = generated()
    for text in texts.values():
        ast.parse(text)
    for name in type_names():
        assert f"def of_{name}(" in texts[f"read_{HOMES[name]}.py"]
        if as_model(find(name)):
            assert f"m.{name}(" in texts[f"construct_{HOMES[name]}.py"]


def test_every_member_of_a_union_is_matched_and_is_left_out_once() -> None:
    text = generated()["union_RealtimeServerEvent.py"]
    every = text.partition("def without_")[0]
    for member in typing.get_args(rm.RealtimeServerEvent):
        assert f"case {member.__name__}():" in every
        assert f"def without_{member.__name__}(" in text


EXPECTED = """
first(1)  # error: argument
# error: reveal, only ty: it knows more,
# and says so.
second(
    2,
)
third(3)  # error: comparison, not ty, pyrefly: they compare anything
"""


def test_expectations_are_at_their_line_or_above_it() -> None:
    assert list(expectations("a.py", EXPECTED)) == [
        Expectation("a.py", 2, "argument", CHECKERS, True),
        Expectation("a.py", 5, "reveal", ("ty",), False),
        Expectation("a.py", 8, "comparison", ("mypy", "pyright", "basedpyright"), True),
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "# error",
        "# error: nonsense",
        "# error: argument, not ty",
        "# error: argument, not ty:",
        "# error: argument, not pytype: it is gone",
        "# error: argument, but not ty: why",
        "# errors: argument",
    ],
)
def test_a_malformed_expectation_is_refused(comment: str) -> None:
    with pytest.raises(ValueError, match=r"^a\.py:1: no "):
        list(expectations("a.py", f"f()  {comment}\n"))


RIGHT = [
    Report("a.py", 2, "arg-type", "Argument 1"),
    Report("a.py", 8, "comparison-overlap", "Never equal"),
]


def told(checker: str, reports: list[Report]) -> list[str]:
    return list(complaints(checker, expectations("a.py", EXPECTED), reports))


def test_a_checker_that_reports_what_is_expected_gives_no_complaint() -> None:
    assert told("mypy", RIGHT) == []
    assert told("mypy", [*RIGHT, RIGHT[0]]) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda right: right[1:], ["a.py:2: missing argument: mypy says nothing of it"]),
        (
            lambda right: [*right, Report("a.py", 3, "arg-type", "Argument 2")],
            ["a.py:3: unexpected arg-type: Argument 2"],
        ),
        (
            lambda right: [*right, Report("b.py", 2, "arg-type", "Argument 1")],
            ["b.py:2: unexpected arg-type: Argument 1"],
        ),
        (
            lambda right: [Report("a.py", 2, "import-not-found", "Cannot find"), right[1]],
            [
                "a.py:2: unexpected import-not-found: Cannot find",
                "a.py:2: missing argument: mypy says nothing of it",
            ],
        ),
        (
            lambda right: [*right, Report("a.py", 5, "assert-type", "Other type")],
            ["a.py:5: unexpected assert-type: Other type"],
        ),
    ],
)
def test_missing_and_unexpected_mistakes_are_reported(
    change: Callable[[list[Report]], list[Report]], expected: list[str]
) -> None:
    assert told("mypy", change(RIGHT)) == expected


def test_an_exception_that_no_longer_holds_is_reported() -> None:
    reports = [
        Report("a.py", 2, "bad-argument-type", "m"),
        Report("a.py", 8, "bad-comparison", "m"),
    ]
    assert told("pyrefly", reports) == ["a.py:8: unexpected bad-comparison: m"]


def test_the_consequences_of_a_mistake_are_no_surprise_beside_it_only() -> None:
    consequence = Report("a.py", 2, "reportUnknownMemberType", "m")
    right = [
        Report("a.py", 2, "reportArgumentType", "m"),
        Report("a.py", 8, "reportUnnecessaryComparison", "m"),
    ]
    assert told("pyright", [*right, consequence]) == []
    assert told("pyright", [consequence, right[1]]) == [
        "a.py:2: missing argument: pyright says nothing of it"
    ]
    elsewhere = Report("a.py", 3, "reportUnknownMemberType", "m")
    assert told("pyright", [*right, elsewhere]) == ["a.py:3: unexpected reportUnknownMemberType: m"]
