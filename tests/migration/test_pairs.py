"""What becomes of a value in the other form: cases of our own, and those that were collected."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import realtime_models as rm
from realtime_models import Model
from realtime_models.migration import Converted
from tests.support.cases import by_stem, load
from tests.support.paths import DATA, REFERENCE, needs_reference
from tests.support.reference import captured
from tests.support.snake import decode

CASES = sorted((DATA / "conversions").glob("*.json"))
UNIONS = {
    ("ga", "client"): "RealtimeBetaClientEvent",
    ("ga", "server"): "RealtimeBetaServerEvent",
    ("beta", "client"): "RealtimeClientEvent",
    ("beta", "server"): "RealtimeServerEvent",
}
"""The unions of what is given, by the form that it is converted to, and by who sends it."""
CONVERT: dict[str, Callable[..., Converted[Any]]] = {"ga": rm.to_ga, "beta": rm.to_beta}
READERS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "server": (rm.realtime_beta_server_event_from_dict, rm.realtime_server_event_from_dict),
    "client": (rm.realtime_beta_client_event_from_dict, rm.realtime_client_event_from_dict),
}


def written(converted: Converted[Any]) -> Any:
    """Return the JSON of what came of a conversion."""
    return converted.value and converted.value.to_dict()


@pytest.mark.parametrize("path", CASES, ids=by_stem)
def test_a_value_is_converted_as_expected(path: Path) -> None:
    case = load(path)
    converted = CONVERT[case["to"]](decode(case["type"], case["given"]))
    assert written(converted) == case["expected"]
    assert [[told.pointer, told.message] for told in converted.lost] == case["lost"]
    assert {(told.severity, told.code) for told in converted.lost} <= {("notice", "no_place")}


PAIRS: list[tuple[type[Model], type[Model]]] = [
    (rm.RealtimeSessionCreateRequest, rm.RealtimeSessionCreateRequestGA),
    (rm.RealtimeSession, rm.RealtimeSessionCreateResponseGA),
    (rm.RealtimeBetaResponse, rm.RealtimeResponse),
    (rm.RealtimeBetaResponseCreateParams, rm.RealtimeResponseCreateParams),
]
BROKEN: list[tuple[str, str, Any]] = [
    ("ga", "client", {"type": "session.update", "session": 5}),
    ("ga", "client", {"type": "session.update", "session": {"input_audio_format": 5}}),
    ("ga", "client", {"type": "session.update", "session": {"modalities": [5]}}),
    ("ga", "client", {"type": "session.update", "session": {"tools": [5]}}),
    ("ga", "client", {"type": "session.update", "session": {"tools": {"type": "function"}}}),
    ("ga", "client", {"type": "session.update", "session": {"turn_detection": 5}}),
    ("ga", "client", {"type": "session.update", "session": {"input_audio_noise_reduction": 5}}),
    ("ga", "client", {"type": "response.create", "response": {"input": 5}}),
    (
        *("ga", "client"),
        {
            "type": "conversation.item.create",
            "item": {"type": "message", "role": "user", "content": [5]},
        },
    ),
    ("beta", "server", {"type": "response.done", "response": {"output": 5}}),
    ("beta", "server", {"type": "session.created", "event_id": "e"}),
]


@pytest.mark.parametrize(("to", "side", "event"), BROKEN, ids=str)
def test_what_was_kept_though_it_is_broken_stays_broken(to: str, side: str, event: Any) -> None:
    value = READERS[side][to == "beta"](event, invalid="keep")
    assert value.problems
    converted = CONVERT[to](value)
    assert converted.lost == ()
    assert {problem.code for problem in converted.value.problems} == {
        problem.code for problem in value.problems
    }


def test_turn_detection_whose_type_is_an_array_is_lost() -> None:
    session = {"turn_detection": {"type": ["server_vad"], "create_response": True}}
    data = {"type": "session.update", "session": session}
    update = rm.RealtimeBetaClientEventSessionUpdate.from_dict(data, invalid="keep")
    lost = rm.to_ga(update).lost
    assert [(one.pointer, one.code) for one in lost] == [("/session/turn_detection", "no_place")]


KEPT: list[tuple[str, type[Model], Any, Any]] = [
    ("beta", rm.RealtimeSessionCreateRequestGA, {"type": "dubbing", "language": "de"}, None),
    (
        *("ga", rm.RealtimeSessionCreateRequest, {"input_audio_format": {"type": "audio/pcmu"}}),
        {"type": "realtime", "audio": {"input": {"format": {"type": "audio/pcmu"}}}},
    ),
    (
        *("beta", rm.RealtimeSessionCreateRequestGA),
        {"type": "realtime", "audio": {"output": {"format": 5}}},
        {"output_audio_format": 5},
    ),
    (
        *("beta", rm.RealtimeSessionCreateRequestGA),
        {"type": "realtime", "audio": {"input": {"turn_detection": {"threshold": 0.5}}}},
        {"turn_detection": {"threshold": 0.5}},
    ),
]
"""What is kept of a class, and what becomes of it, if that is something else."""


@pytest.mark.parametrize(("to", "kind", "given", "expected"), KEPT, ids=str)
def test_what_was_kept_moves_as_it_is(
    to: str, kind: type[Model], given: Any, expected: Any
) -> None:
    converted = CONVERT[to](kind.from_dict(given, invalid="keep"))
    assert (written(converted), converted.lost) == (expected or given, ())


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_a_class_becomes_that_of_the_other_form(pair: tuple[type[Model], type[Model]]) -> None:
    beta, ga = (kind.from_dict({}, invalid="keep") for kind in pair)
    assert type(CONVERT["ga"](beta).value) is type(ga)
    assert type(CONVERT["beta"](ga).value) is type(beta)


def test_an_event_whose_tag_is_broken_is_unknown() -> None:
    value = rm.RealtimeBetaClientEventSessionUpdate.from_dict({"type": 5}, invalid="keep")
    assert isinstance(rm.to_ga(value).value, rm.Unknown)


def test_a_request_of_the_current_form_stays_as_it_is() -> None:
    case = load(DATA / "conversions" / "beta_session_with_every_field.json")
    event = decode(case["type"], case["given"])
    assert CONVERT["ga"](event) == Converted(event)


def pairs() -> list[Any]:
    """Return the collected cases, without those of the HTTP interface."""
    if not REFERENCE.is_dir():
        return []
    lines = (REFERENCE / "pairs.jsonl").read_text("utf-8").splitlines()
    return [pair for pair in map(json.loads, lines) if pair["direction"] != "http"]


@needs_reference
@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair['direction']} {pair['name']}")
def test_a_collected_case_is_converted_as_expected(pair: Any) -> None:
    forms, side = pair["direction"].split()
    to = forms.partition("→")[2]
    union = UNIONS[to, side]
    converted = CONVERT[to](decode(union, pair["input"]))
    assert written(converted) == pair["expected"]
    assert sorted(told.pointer for told in converted.lost) == sorted(pair["lost"])
    if pair["expected"] and side == "client":
        assert rm.check(UNIONS["beta" if to == "ga" else "ga", side], pair["expected"]) == []


def recorded() -> list[tuple[str, str, Any]]:
    """Return the events of whole connections: the file, who sent each, and the event."""
    found: list[tuple[str, str, Any]] = []
    for path in sorted((REFERENCE / "sessions").glob("*.jsonl")):
        lines = map(json.loads, path.read_text("utf-8").splitlines())
        found += [(path.stem, line["_direction"], line["event"]) for line in lines]
    return found


@needs_reference
def test_recorded_connections_are_converted_whole() -> None:
    counts = {"beta": 0, "ga": 0}
    for file, side, event in recorded():
        form = file.partition("_")[0]
        if form in counts:
            value = READERS[side][form == "ga"](event)
            converted = CONVERT["beta" if form == "ga" else "ga"](value)
            counts[form] += 1
            if event["type"] == "conversation.item.done":
                assert converted.value is None
                continue
            assert converted.value is not None
            assert not isinstance(converted.value, rm.Unknown)
            assert converted.value.problems == ()
            if side == "client":
                union = UNIONS[form, side]
                assert rm.check(union, converted.value.to_dict()) == []
    assert counts == {"beta": 273, "ga": 650}


def foreign() -> list[Any]:
    """Return events as other servers send them, and messages of all kinds."""
    found = [payload["payload"] for payload in captured()]
    for path in sorted((REFERENCE / "dialects").glob("*.jsonl")):
        found += map(json.loads, path.read_text("utf-8").splitlines())
    return [*found, *[event for _, _, event in recorded()]]


@needs_reference
def test_no_recorded_event_raises_in_either_direction() -> None:
    events = [event for event in foreign() if isinstance(event, dict)]
    assert len(events) > 1300
    for event in events:
        for readers in READERS.values():
            for read in readers:
                value = read(event, invalid="keep")
                assert CONVERT["ga"](value).value is not None
                CONVERT["beta"](value)


def test_a_type_without_another_form_is_refused() -> None:
    for value, name in ((rm.RealtimeFunctionTool(), "RealtimeFunctionTool"), (5, "int")):
        with pytest.raises(TypeError, match=f"^{name} has no other form$"):
            CONVERT["ga"](value)
