"""One JSON message a file: the valid ones come back equal, the invalid ones name every problem."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import realtime_models as rm
from tests.support.paths import DATA, EXAMPLES
from tests.support.snake import decode, write

VALID = sorted((DATA / "valid").glob("*.json"))
INVALID = sorted((DATA / "invalid").glob("*.json"))
NOTICES = sorted((DATA / "notices").glob("*.json"))
TYPES = {
    "session_create_response": "RealtimeSessionCreateResponse",
    "session_create_response_ga": "RealtimeSessionCreateResponseGA",
    "session_create_request_ga": "RealtimeSessionCreateRequestGA",
    "session_update": "RealtimeClientEvent",
    "session_created": "RealtimeServerEvent",
    "session_created_full": "RealtimeServerEvent",
    "session_updated": "RealtimeServerEvent",
    "error": "RealtimeServerEvent",
}


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def by_name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", VALID, ids=by_name)
def test_a_valid_message_comes_back_equal(path: Path) -> None:
    case = load(path)
    assert write(case["type"], decode(case["type"], case["data"])) == case["data"]
    assert [p for p in rm.check(case["type"], case["data"]) if p.severity == "error"] == []


@pytest.mark.parametrize("path", INVALID, ids=by_name)
def test_an_invalid_message_is_refused_with_every_problem(path: Path) -> None:
    case = load(path)
    with pytest.raises(rm.DecodeError) as info:
        decode(case["type"], case["data"])
    found = [[problem.pointer, problem.code, problem.message] for problem in info.value.problems]
    assert found == case["problems"]


@pytest.mark.parametrize("path", NOTICES, ids=by_name)
def test_what_goes_beyond_the_description_is_noticed(path: Path) -> None:
    case = load(path)
    assert write(case["type"], decode(case["type"], case["data"])) == case["data"]
    found = [
        [problem.pointer, problem.code, problem.message]
        for problem in rm.check(case["type"], case["data"])
        if problem.severity == "notice"
    ]
    assert found == case["notices"]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=by_name)
def test_an_example_is_exactly_what_the_api_describes(path: Path) -> None:
    data = load(path)
    assert rm.check(TYPES[path.stem], data) == []
    assert write(TYPES[path.stem], decode(TYPES[path.stem], data)) == data
