"""Which type a JSON object is recognised as, if the user does not name one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

import pytest

from realtime_models.cli import judge
from realtime_models.cli import recognise as recognising
from realtime_models.cli.documents import Document
from realtime_models.cli.judge import Validator
from realtime_models.cli.options import Options
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
    ],
)
def test_without_tags_an_object_is_only_a_document_that_it_fits_well(
    data: Any, name: str | None
) -> None:
    assert recognise(data) == name


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
    ],
)
def test_what_an_event_holds_tells_its_api(session: Any, name: str) -> None:
    assert recognise({"type": "session.update", "session": session}) == name


def test_one_event_tells_the_api_of_all_in_the_file(run: Run) -> None:
    write("a.jsonl", STARTED, BETA_DELTA, STARTED)
    _, out, _ = run("check", "a.jsonl")
    assert "  RealtimeBetaServerEventInputAudioBufferCleared: 2 documents, 0 problems" in out
    assert out[-1] == "API: beta (by 1 of 3 events)"


def test_a_new_session_may_speak_another_api(run: Run) -> None:
    logs = [EXAMPLES / "logs" / f"{name}.jsonl" for name in ("beta", "voice")]
    _, out, _ = run("check", write("a.jsonl", *[log.read_bytes() for log in logs]))
    assert out[0] == "112 documents, 0 problems"
    _, beta, _ = run("check", str(logs[0]))
    assert set(beta[1:-1]) < set(out)


def test_too_little_stack_is_no_reason_against_a_type(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*arguments: object) -> NoReturn:
        raise RecursionError

    monkeypatch.setattr(recognising, "find_problems", exhausted)
    monkeypatch.setattr(judge, "check", exhausted)
    assert recognise({"type": "session.update", "session": {}}) is not None
    judging = Validator(Options(api=None, type_name="MCPTool", strict=True))
    ((_, name, problems),) = judging.results([Document(1, {})])
    assert (name, [problem.code for problem in problems]) == ("MCPTool", ["too_deep"])
