"""Data that cannot be decoded is checked once more, and only once; other errors are our bugs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import realtime_models as rm
from realtime_models import DecodeError, Problem, RealtimeFunctionTool
from realtime_models._runtime import checker, fallback
from realtime_models.wire import server_events, tools

Finder = Callable[..., list[Problem]]

DEEP = {
    "type": "session.created",
    "event_id": "e",
    "session": {
        "type": "realtime",
        "audio": {"input": {"turn_detection": {"type": "server_vad", "threshold": "high"}}},
    },
}
POINTER = "/session/audio/input/turn_detection/threshold"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The shapes that the checker was called with."""
    asked: list[object] = []
    find: Finder = checker.find_problems

    def counted(shape: object, data: object, **options: bool) -> list[Problem]:
        asked.append(data)
        return find(shape, data, **options)

    monkeypatch.setattr(fallback, "find_problems", counted)
    return asked


@pytest.mark.parametrize("invalid", ["raise", "keep"])
@pytest.mark.parametrize(
    "decode",
    [
        rm.RealtimeServerEventSessionCreated.from_dict,
        rm.realtime_server_event_from_dict,
        lambda data, invalid: rm.realtime_server_event_from_json(
            '{"type":"session.created","event_id":"e","session":{"type":"realtime","audio":'
            '{"input":{"turn_detection":{"type":"server_vad","threshold":"high"}}}}}',
            invalid=invalid,
        ),
    ],
    ids=["class", "union", "text"],
)
def test_the_checker_runs_once_for_what_is_wrong_deep_inside(
    calls: list[object], decode: Any, invalid: str
) -> None:
    if invalid == "raise":
        with pytest.raises(DecodeError) as info:
            decode(DEEP, invalid=invalid)
        problems = info.value.problems
    else:
        problems = decode(DEEP, invalid=invalid).problems
    assert POINTER in [problem.pointer for problem in problems]
    assert calls == [DEEP]


def test_the_checker_does_not_run_for_what_can_be_decoded(calls: list[object]) -> None:
    data = {"type": "error", "event_id": "e", "error": {"type": "t", "message": "m"}}
    rm.realtime_server_event_from_dict(data)
    rm.realtime_server_event_from_dict(data, invalid="keep")
    assert calls == []


def test_an_error_that_the_data_does_not_explain_is_raised_unchanged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(data: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(tools, "_read_RealtimeFunctionTool", broken)
    monkeypatch.setitem(server_events._by_tag_RealtimeServerEvent, "error", broken)
    for invalid in ("raise", "keep"):
        with pytest.raises(KeyError, match="a bug"):
            RealtimeFunctionTool.from_dict({"name": "f"}, invalid=invalid)
        error = {"type": "error", "event_id": "e", "error": {"type": "t", "message": "m"}}
        with pytest.raises(KeyError, match="a bug"):
            rm.realtime_server_event_from_dict(error, invalid=invalid)


@pytest.mark.parametrize("place", ["reader", "checker"])
@pytest.mark.parametrize("invalid", ["raise", "keep"])
def test_a_stack_that_is_nearly_full_is_a_problem_too(
    monkeypatch: pytest.MonkeyPatch, place: str, invalid: Any
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise RecursionError

    data: Any = {"name": "f"}
    if place == "reader":
        monkeypatch.setattr(tools, "_read_RealtimeFunctionTool", full)
    else:
        monkeypatch.setattr(fallback, "find_problems", full)
        data = {"name": 1}
    problem = Problem(
        "", "error", "too_deep", "expected room on the stack to read it, found too little"
    )
    if invalid == "raise":
        with pytest.raises(DecodeError) as info:
            RealtimeFunctionTool.from_dict(data)
        assert info.value.problems == (problem,)
    else:
        assert RealtimeFunctionTool.from_dict(data, invalid="keep").problems == (problem,)


@pytest.mark.parametrize("invalid", ["raise", "keep"])
def test_a_union_without_unknown_raises_what_no_variant_can_keep(invalid: Any) -> None:
    union: object = RealtimeFunctionTool | rm.MCPToolFilter
    with pytest.raises(DecodeError, match="^Union: expected JSON"):
        fallback.union_from_json("Union", union, RealtimeFunctionTool.from_dict, "nope", invalid)


def test_nothing_is_kept_when_the_stack_is_too_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep = fallback.keep

    def full(cls: type[rm.RealtimeFunctionTool], data: dict[str, object], found: Any) -> object:
        if data:
            raise RecursionError
        return keep(cls, data, found)

    monkeypatch.setattr(fallback, "keep", full)
    kept = RealtimeFunctionTool.from_dict({"name": 1}, invalid="keep")
    assert [problem.code for problem in kept.problems] == ["too_deep"]
    assert kept.to_dict() == {}


@pytest.mark.parametrize("word", ["Keep", "", "ignore", None, True])
def test_any_other_word_for_invalid_is_refused_at_once(word: Any) -> None:
    healthy = {"type": "error", "event_id": "e", "error": {"type": "t", "message": "m"}}
    message = f'^invalid must be "raise" or "keep", not {word!r}$'
    for data in (healthy, {**healthy, "event_id": 5}, {"type": "newer"}):
        for decode in (
            rm.RealtimeServerEventError.from_dict,
            rm.realtime_server_event_from_dict,
            rm.Unknown.from_dict,
        ):
            with pytest.raises(ValueError, match=message):
                decode(data, invalid=word)
    for text in ('{"type": "newer"}', "{}", "nope"):
        with pytest.raises(ValueError, match=message):
            rm.realtime_server_event_from_json(text, invalid=word)
        with pytest.raises(ValueError, match=message if text != "nope" else "expected JSON"):
            rm.RealtimeFunctionTool.from_json(text, invalid=word)
