"""With ``invalid="keep"`` a loop over messages goes on, whatever arrives."""

from __future__ import annotations

import pickle
from inspect import signature
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import realtime_models as rm
from codegen.names import snake
from realtime_models.catalog import as_model, find, type_names
from tests.support.snake import outcome
from tests.support.strategies import JSON, mutated

EVENTS = [name for name in type_names() if name.endswith(("ServerEvent", "ClientEvent"))]
UNIONS = [
    name
    for name in type_names()
    if as_model(find(name)) is None
    and "invalid" in signature(getattr(rm, f"{snake(name)}_from_dict")).parameters
]


def decoder(name: str, source: str = "dict") -> Any:
    return getattr(rm, f"{snake(name)}_from_{source}")


def test_there_are_six_unions_of_events() -> None:
    assert len(EVENTS) == 6
    assert set(EVENTS) < set(UNIONS)


@pytest.mark.parametrize("name", UNIONS)
@given(data=st.data())
def test_what_cannot_be_decoded_is_kept_with_its_problems(name: str, data: st.DataObject) -> None:
    value = data.draw(mutated(name) | JSON)
    kept = decoder(name)(value, invalid="keep")
    expected = outcome(name, value)
    if isinstance(expected, rm.DecodeError):
        assert isinstance(kept, rm.Unknown)
        assert kept.problems == expected.problems
        assert kept.to_dict() == (value if isinstance(value, dict) else {})
    else:
        assert kept == expected


def test_a_kept_message_says_what_it_is_and_what_is_wrong() -> None:
    text = '{"type": "error", "event_id": 5, "error": {"message": "m", "type": "t"}}'
    with pytest.raises(rm.DecodeError):
        rm.realtime_server_event_from_json(text)
    kept = rm.realtime_server_event_from_json(text, invalid="keep")
    assert isinstance(kept, rm.Unknown)
    assert kept.type == "error"
    assert [str(problem) for problem in kept.problems] == [
        "/event_id: expected string, found integer"
    ]
    assert kept.to_dict()["event_id"] == 5
    assert repr(kept) == (
        "Unknown(type='error', fields=['error', 'event_id', 'type'],"
        " problems=(Problem(pointer='/event_id', severity='error', code='wrong_type',"
        " message='expected string, found integer'),))"
    )
    assert pickle.loads(pickle.dumps(kept)) == kept


@pytest.mark.parametrize("text", ["", "nope", b"\xff", "[1]", "null", "3", '{"type": "error"'])
def test_text_that_is_no_json_object_is_kept_as_an_empty_one(text: str | bytes) -> None:
    kept = rm.realtime_server_event_from_json(text, invalid="keep")
    assert isinstance(kept, rm.Unknown)
    assert (kept.to_dict(), kept.type) == ({}, None)
    assert len(kept.problems) == 1


def test_members_that_json_cannot_express_are_left_out() -> None:
    deep: Any = []
    for _ in range(300):
        deep = [deep]
    data: Any = {"type": "error", "set": {1}, "nan": float("nan"), "deep": deep, 7: 8, "fine": [1]}
    kept = rm.realtime_server_event_from_dict(data, invalid="keep")
    assert kept.to_dict() == {"type": "error", "fine": [1]}
    assert isinstance(kept, rm.Unknown)
    assert {"/event_id", "/set", "/nan"} < {problem.pointer for problem in kept.problems}


def test_what_is_newer_is_not_invalid() -> None:
    newer = rm.realtime_server_event_from_dict({"type": "newer"}, invalid="keep")
    assert newer == rm.Unknown({"type": "newer"})
