"""JSON texts, one a file: RFC 8259 decides which of them are JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import realtime_models as rm
from realtime_models._runtime.json_text import parse_json
from tests.support.paths import DATA

ACCEPTED = sorted((DATA / "text" / "accepted").glob("*.json"))
REFUSED = sorted((DATA / "text" / "refused").glob("*.json"))


def outcome(text: str | bytes | bytearray) -> tuple[str, ...]:
    """Return the codes of the problems of a text as an event."""
    kept = rm.realtime_server_event_from_json(text, invalid="keep")
    return tuple(problem.code for problem in kept.problems) if isinstance(kept, rm.Unknown) else ()


@pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: str(path.stem))
def test_a_text_that_is_json_is_read(path: Path) -> None:
    text = path.read_bytes()
    assert repr(parse_json(text, "x")) == repr(json.loads(text.decode("utf-8-sig")))
    assert parse_json(bytearray(text), "x") == parse_json(text.decode("utf-8"), "x")
    assert "invalid_json" not in outcome(text)


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: str(path.stem))
def test_a_text_that_is_not_json_is_refused_with_one_problem(path: Path) -> None:
    text = path.read_bytes()
    assert outcome(text) == ("invalid_json",)
    assert outcome(bytearray(text)) == ("invalid_json",)
    with pytest.raises(rm.DecodeError):
        rm.RealtimeFunctionTool.from_json(text)


def test_the_error_of_an_alias_names_it() -> None:
    with pytest.raises(rm.DecodeError, match="^ToolChoiceOptions: expected string, found integer$"):
        rm.tool_choice_options_from_dict(5)
    with pytest.raises(rm.DecodeError) as info:
        rm.realtime_turn_detection_from_json("nope")
    message = "RealtimeTurnDetection: expected JSON, found an error at line 1, column 1"
    assert str(info.value) == message
    assert rm.realtime_turn_detection_from_json("null") is None
