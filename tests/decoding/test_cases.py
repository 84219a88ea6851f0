"""One JSON message a file: valid ones come back equal, invalid ones name every problem."""

from __future__ import annotations

from pathlib import Path

import pytest

import realtime_models as rm
from tests.support.cases import INVALID, NOTICES, SHOWN, TYPES, VALID, by_stem, load
from tests.support.snake import decode, write


@pytest.mark.parametrize("path", VALID, ids=by_stem)
def test_a_valid_message_comes_back_equal(path: Path) -> None:
    case = load(path)
    assert write(case["type"], decode(case["type"], case["data"])) == case["data"]
    assert [p for p in rm.check(case["type"], case["data"]) if p.severity == "error"] == []


@pytest.mark.parametrize("path", INVALID, ids=by_stem)
def test_an_invalid_message_is_refused_with_every_problem(path: Path) -> None:
    case = load(path)
    with pytest.raises(rm.DecodeError) as info:
        decode(case["type"], case["data"])
    found = [[problem.pointer, problem.code, problem.message] for problem in info.value.problems]
    assert found == case["problems"]


@pytest.mark.parametrize("path", NOTICES, ids=by_stem)
def test_data_beyond_the_description_gets_a_notice(path: Path) -> None:
    case = load(path)
    assert write(case["type"], decode(case["type"], case["data"])) == case["data"]
    found = [
        [problem.pointer, problem.code, problem.message]
        for problem in rm.check(case["type"], case["data"])
        if problem.severity == "notice"
    ]
    assert found == case["notices"]


@pytest.mark.parametrize("path", SHOWN, ids=by_stem)
def test_an_example_is_exactly_what_the_api_describes(path: Path) -> None:
    data = load(path)
    assert rm.check(TYPES[path.stem], data) == []
    assert write(TYPES[path.stem], decode(TYPES[path.stem], data)) == data
