"""Which type a JSON object is recognised as, if the user does not name one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from realtime_models import realtime_beta_server_event_from_dict
from realtime_models.cli.check import NO_API
from realtime_models.cli.recognise import Recogniser
from tests.cli.inputs import STARTED, Run, write
from tests.support.cases import TYPES
from tests.support.paths import EXAMPLES, REFERENCE, needs_reference
from tests.support.recognise import recognise
from tests.support.snake import decode

BETA_DELTA = b'{"type": "response.text.delta", "event_id": "e", "delta": "x"}'


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: str(path.stem))
def test_an_example_is_recognised_as_what_it_decodes_to(path: Path) -> None:
    data = json.loads(path.read_text("utf-8"))
    assert recognise(data) == type(decode(TYPES[path.stem], data)).__name__


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("logs/*")), ids=lambda path: str(path.stem))
def test_all_of_a_session_is_recognised_and_of_one_api(path: Path) -> None:
    recogniser = Recogniser()
    kinds = [recogniser.find(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    assert all(isinstance(kind, type) for kind in kinds)
    apis = {"beta": "beta", "translation": "translation", "http": None}
    assert recogniser.api == apis.get(path.stem, "ga")
    assert set(recogniser.telling) <= {recogniser.api}


@needs_reference
def test_captured_sessions_and_events_are_what_they_are_known_to_be() -> None:
    for line in (REFERENCE / "captured.jsonl").read_text("utf-8").splitlines():
        captured = json.loads(line)
        name = recognise(captured["payload"])
        # If both APIs have an event, it alone cannot tell which one it belongs to.
        ours, theirs = (str(n).replace("Beta", "") for n in (name, captured["schema_hint"]))
        assert ours == theirs or "SessionCreateRe" in ours, captured["id"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"type": "error"}, "RealtimeServerEventError"),
        ({"type": "error", "error": 5, "other": {}}, "RealtimeServerEventError"),
        ({"type": "realtime", "id": "s", "object": "o"}, "RealtimeSessionCreateResponseGA"),
        ({"type": "realtime", "audio": {}}, "RealtimeSessionCreateRequestGA"),
        ({"type": "transcription"}, "RealtimeTranscriptionSessionCreateRequestGA"),
        ({"type": "mcp", "server_label": "s", "server_url": "u"}, "MCPTool"),
        ({"type": "mcp", "server_label": "s", "name": "n"}, "ToolChoiceMCP"),
        ({"type": "mcp", "level": "info", "text": "up"}, None),
        ({"type": "audio/pcm"}, "RealtimeAudioFormatsPCM"),
        ({"type": "text", "text": "Ciao"}, None),
        ({"type": "realtime.call.incoming"}, "WebhookRealtimeCallIncoming"),
        ({"type": "live.call.incoming", "id": "evt_1"}, "unknown (Live API?)"),
    ],
)
def test_tags_and_required_fields_say_what_an_object_is(data: Any, name: str | None) -> None:
    assert recognise(data) == name


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"id": "sess_1", "object": "realtime.session"}, "RealtimeSessionCreateResponse"),
        ({"client_secret": {}, "voice": "sage"}, "RealtimeSessionCreateRequest"),
        ({"id": "a", "model": "b"}, None),
        ({"retention_ratio": 1, "token_limits": {}}, None),
        ({"post_instructions": 1}, None),
        ({"role": "user", "content": "Ciao"}, None),
        ({"message": "m", "code": "c"}, None),
        ({"level": "info", "time": 5}, None),
        ({"sdp": "v=0"}, "RealtimeCallCreateRequest"),
        ({"sdp": "v=0", "a": 1, "b": 2}, None),
        ({"error": {"message": "m", "type": "t", "code": "c"}}, "ErrorResponse"),
        ({"error": {"message": "m"}, "level": "info"}, None),
        ({"error": "timeout"}, None),
    ],
)
def test_without_tags_an_object_is_only_a_document_that_it_fits_well(
    data: Any, name: str | None
) -> None:
    assert recognise(data) == name


def test_of_many_unlike_objects_each_is_recognised() -> None:
    assert {recognise({f"colour_{number}": "red"}) for number in range(1100)} == {None}
    assert recognise({"sdp": "v=0"}) == "RealtimeCallCreateRequest"


def test_objects_of_one_shape_are_told_apart_by_their_tags() -> None:
    session = {"modalities": ["text"], "voice": "sage"}
    kinds = [
        Recogniser().find({"type": "session.update", "session": {**session, "type": tag}})
        for tag in ("realtime", "nothing")
    ]
    assert [getattr(kind, "__name__", kind) for kind in kinds] == [
        "RealtimeClientEventSessionUpdate",
        "RealtimeBetaClientEventSessionUpdate",
    ]


@pytest.mark.parametrize("tag", [None, "", "ping", "user.login", 5, 2.5, ["error"], {"a": "b"}])
def test_a_type_that_is_no_type_of_ours_is_none(tag: Any) -> None:
    assert recognise({"type": tag, "colour": "red"}) is None
    assert recognise({"type": tag}) is None


def test_a_type_that_is_named_like_an_event_is_a_newer_event() -> None:
    assert recognise({"type": "session.vanished"}) == "RealtimeServerEvent"
    assert recognise({"type": "session.vanished"}, "beta") == "RealtimeBetaServerEvent"


@pytest.mark.parametrize(
    ("api", "name"),
    [
        (None, "RealtimeServerEventInputAudioBufferCleared"),
        ("ga", "RealtimeServerEventInputAudioBufferCleared"),
        ("beta", "RealtimeBetaServerEventInputAudioBufferCleared"),
        ("translation", "RealtimeServerEventInputAudioBufferCleared"),
    ],
)
def test_an_event_of_both_apis_is_the_current_one_unless_said(api: str | None, name: str) -> None:
    assert recognise(json.loads(STARTED), api) == name


@pytest.mark.parametrize(
    ("session", "name"),
    [
        ({"modalities": ["text"], "tool_choice": 5}, "RealtimeBetaClientEventSessionUpdate"),
        ({"instructions": "Hi", "tool_choice": 5}, "RealtimeBetaClientEventSessionUpdate"),
        ({"type": "realtime", "tool_choice": 5}, "RealtimeClientEventSessionUpdate"),
        ({"output_modalities": ["text"], "audio": {}}, "RealtimeClientEventSessionUpdate"),
        (
            {"audio": {"output": {"language": "it"}}},
            "RealtimeTranslationClientEventSessionUpdate",
        ),
        (
            {"type": "realtime", "modalities": ["text"], "voice": "sage", "temperature": 0.8},
            "RealtimeClientEventSessionUpdate",
        ),
        (
            {"voice": "sage", "speed": 1, "audio": {"output": {"voice": "sage"}}},
            "RealtimeClientEventSessionUpdate",
        ),
        (
            {"voice": "Tina", "audio": {"input": {"format": {"type": "pcm", "sample_rate": 1}}}},
            "RealtimeBetaClientEventSessionUpdate",
        ),
        (
            {"voice": {"name": "Ava", "type": "a"}, "turn_detection": {"type": "client_vad"}},
            "RealtimeBetaClientEventSessionUpdate",
        ),
        (
            {"modalities": ["text"], "tool_choice": {"type": "function", "function": {}}},
            "RealtimeBetaClientEventSessionUpdate",
        ),
    ],
)
def test_what_an_event_holds_tells_its_api(session: Any, name: str) -> None:
    assert recognise({"type": "session.update", "session": session}) == name


def test_an_update_that_tells_no_api_is_of_the_one_that_the_file_speaks() -> None:
    recogniser = Recogniser()
    recogniser.find({"type": "session.created", "session": {"type": "realtime"}})
    kind = recogniser.find({"type": "session.update", "session": {"instructions": "Hi"}})
    assert isinstance(kind, type)
    assert kind.__name__ == "RealtimeClientEventSessionUpdate"


@pytest.mark.parametrize("tag", ["response.output_audio.done", "conversation.item.added"])
def test_an_event_of_the_beta_is_of_the_class_that_its_union_has(tag: str) -> None:
    kept = realtime_beta_server_event_from_dict({"type": tag}, invalid="keep")
    assert recognise({"type": tag}, "beta") == type(kept).__name__


TRANSLATION = {"type": "session.created", "session": {"type": "translation"}}
LIVE_DELTA = {"type": "session.output_audio.delta", "delta": "AAAA"}


@pytest.mark.parametrize(
    ("events", "api"),
    [
        ([LIVE_DELTA], "live"),
        ([{"type": "session.input_transcript.delta", "event_id": "e", "start_ms": 5}], "live"),
        ([{"type": "session.started"}, {"type": "session.closed", "event_id": "e"}], "live"),
        ([{"type": "session.started"}, {"type": "session.vanished"}], "live"),
        ([{**LIVE_DELTA, "event_id": "e"}], "translation"),
        ([{"type": "session.close"}], "translation"),
        ([{"type": "session.input_audio_buffer.append", "audio": ""}], "translation"),
        ([TRANSLATION, LIVE_DELTA], "translation"),
        ([{"type": "live.call.incoming"}], None),
    ],
)
def test_events_of_the_live_api_are_no_broken_ones_of_another(events: Any, api: Any) -> None:
    recogniser = Recogniser()
    kinds = [recogniser.find(event) for event in events]
    assert recogniser.api == api
    assert (kinds[-1] == "unknown (Live API?)") == (api in ("live", None))


def test_an_api_that_the_user_names_is_not_doubted() -> None:
    assert recognise(LIVE_DELTA, "translation") == (
        "RealtimeTranslationServerEventSessionOutputAudioDelta"
    )


def test_a_file_of_the_live_api_is_said_to_be_one(run: Run) -> None:
    write("a.jsonl", b'{"type": "session.started", "text": "{\\"type\\": \\"error\\"}"}')
    assert run("check", "--strict", "a.jsonl") == (
        1,
        [
            f"a.jsonl:1: notice: {NO_API.message}",
            "1 document, 1 problem",
            "  unknown (Live API?): 1 document, 1 problem",
            "API: unknown (Live API?) (1 of 1 event exists only there)",
        ],
        "",
    )


def test_one_event_tells_the_api_of_all_in_the_file(run: Run) -> None:
    write("a.jsonl", STARTED, BETA_DELTA, STARTED)
    _, out, _ = run("check", "a.jsonl")
    assert "  RealtimeBetaServerEventInputAudioBufferCleared: 2 documents, 0 problems" in out
    assert out[-1] == "API: beta (1 of 3 events exists only there)"


def test_a_new_session_may_speak_another_api(run: Run) -> None:
    logs = [EXAMPLES / "logs" / f"{name}.jsonl" for name in ("beta", "voice")]
    _, out, _ = run("check", write("a.jsonl", *[log.read_bytes() for log in logs]))
    assert out[0] == "112 documents, 0 problems"
    _, beta, _ = run("check", str(logs[0]))
    assert set(beta[1:-1]) < set(out)
