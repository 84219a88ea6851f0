"""Data that cannot be decoded is decoded slowly, and only once; other errors are our bugs."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any

import pytest

import realtime_models as rm
from realtime_models import DecodeError, Problem, RealtimeFunctionTool, Unknown
from realtime_models._runtime import fallback
from realtime_models._runtime.shape import TypeShape
from realtime_models._runtime.slow_decoder import examine
from realtime_models.wire import server_events, tools

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
    """The values that are decoded slowly."""
    asked: list[object] = []

    def counted(shape: TypeShape, data: object) -> object:
        asked.append(data)
        return examine(shape, data)

    monkeypatch.setattr(fallback, "examine", counted)
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
def test_what_is_wrong_deep_inside_is_decoded_slowly_once(
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


def test_what_can_be_decoded_is_not_decoded_slowly(calls: list[object]) -> None:
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


NO_STACK = Problem(
    "", "error", "too_deep", "expected room on the stack to read it, found too little"
)


def with_little_stack(frames: int, call: Callable[[], Any]) -> Any:
    """Call a function with only so many frames left on the stack."""

    def down(used: int) -> Any:
        return call() if used <= frames else down(used - 1)

    return down(sys.getrecursionlimit() - len(inspect.stack(0)))


def nested(depth: int) -> Any:
    data: Any = {}
    for _ in range(depth):
        data = {"a": data}
    return data


@pytest.mark.parametrize("name", ["f", 5], ids=["healthy", "broken"])
def test_a_stack_that_is_nearly_full_is_a_problem(name: Any) -> None:
    data = {"type": "function", "name": name, "parameters": nested(150)}
    union = rm.realtime_response_create_params_tools_inner_from_dict
    for decode in (RealtimeFunctionTool.from_dict, union):
        with pytest.raises(DecodeError) as info:
            with_little_stack(100, lambda decode=decode: decode(data))  # type: ignore[misc]
        assert info.value.problems == (NO_STACK,)
        assert info.value.type_name == "RealtimeFunctionTool"
        kept = with_little_stack(100, lambda decode=decode: decode(data, invalid="keep"))  # type: ignore[misc]
        assert type(kept) is RealtimeFunctionTool
        assert (kept.problems, kept.to_dict()) == ((NO_STACK,), {})
    with pytest.raises(DecodeError) as info:
        with_little_stack(100, lambda: Unknown.from_dict(data))
    assert info.value.problems == (NO_STACK,)
    assert with_little_stack(100, lambda: rm.check("RealtimeFunctionTool", data)) == [NO_STACK]
    found = with_little_stack(100, lambda: Unknown.from_dict(data, invalid="keep"))
    assert (found.problems, found.to_dict()) == ((NO_STACK,), {})


@pytest.mark.parametrize("start", range(7))
def test_a_stack_of_any_size_gives_the_value_or_a_problem(start: int) -> None:
    data = {"type": "function", "name": "f", "parameters": nested(150)}
    found = set[object]()
    for frames in range(30 + start, 700, 7):
        try:
            value = with_little_stack(frames, lambda: RealtimeFunctionTool.from_dict(data))
            found.add(value.name)
        except DecodeError as error:
            found.add(error.problems)
    assert found == {"f", (NO_STACK,)}


@pytest.mark.parametrize("invalid", ["raise", "keep"])
def test_a_union_without_unknown_raises_what_no_variant_can_keep(invalid: Any) -> None:
    union: object = RealtimeFunctionTool | rm.MCPToolFilter
    with pytest.raises(DecodeError, match="^Union: expected JSON"):
        fallback.decode_json(union, RealtimeFunctionTool.from_dict, "nope", invalid, "Union")


@pytest.mark.parametrize("word", ["Keep", "", "ignore", None, True])
def test_any_other_word_for_invalid_is_refused_at_once(word: Any) -> None:
    healthy = {"type": "error", "event_id": "e", "error": {"type": "t", "message": "m"}}
    message = f'^invalid must be "raise" or "keep", not {word!r}$'
    for data in (healthy, {**healthy, "event_id": 5}, {"type": "newer"}):
        for decode in (
            rm.RealtimeServerEventError.from_dict,
            rm.realtime_server_event_from_dict,
            Unknown.from_dict,
        ):
            with pytest.raises(ValueError, match=message):
                decode(data, invalid=word)
    for text in ('{"type": "newer"}', "{}", "nope"):
        with pytest.raises(ValueError, match=message):
            rm.realtime_server_event_from_json(text, invalid=word)
        with pytest.raises(ValueError, match=message):
            RealtimeFunctionTool.from_json(text, invalid=word)
