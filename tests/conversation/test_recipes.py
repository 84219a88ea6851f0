"""The recipes that need packages of others, against servers on this machine.

Each runs with our types and with raw dicts, which must send and print the same.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
import wave
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.conversation.loopback import Loopback
from tests.docs.test_recipes import TWICE
from tests.support.paths import EXAMPLES
from tests.support.programs import run, serve

RECORDED = EXAMPLES / "recipes" / "recorded"
KEY = base64.b64encode(b"of the tests").decode()


@pytest.fixture
def url(server: Loopback) -> str:
    return f"{server.websocket_url}/realtime?model=gpt-realtime"


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    """A quarter of a second of silence, as a WAV file."""
    path = tmp_path / "speech.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 24_000, 0, "NONE", "not compressed"))
        file.writeframes(bytes(12_000))
    return path


def sent(server: Loopback) -> list[dict[str, Any]]:
    """Return what the client sent: the events of the server alone have an ``event_id``."""
    messages = [json.loads(frame) for frame in server.frames()]
    events = [data for data in messages if "event_id" not in data]
    for event in events:  # Our items have this constant.
        event.get("item", {}).pop("object", None)
    return events


def frames(path: Path) -> int:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        return len(file.readframes(10**6)) // 2


@TWICE
def test_a_connection_is_made_to_openai_and_to_azure(raw: str, server: Loopback, url: str) -> None:
    printed, _ = run(f"recipes/connect{raw}.py", REALTIME_URL=url)
    assert printed == "gpt-realtime listens\n"
    printed, _ = run(
        f"recipes/connect{raw}.py",
        AZURE_OPENAI_ENDPOINT=server.websocket_url.replace("ws", "http", 1).removesuffix("/v1"),
        AZURE_OPENAI_DEPLOYMENT="voice",
        AZURE_OPENAI_API_KEY="sk-azure",
        OPENAI_API_KEY="",
    )
    assert printed == "voice listens\n"


@TWICE
def test_a_written_message_is_answered(raw: str, server: Loopback, url: str) -> None:
    printed, _ = run(f"recipes/send_text{raw}.py", REALTIME_URL=url)
    assert printed == "You said: Good evening!\ncompleted\n"
    part = {"type": "input_text", "text": "Good evening!"}
    assert sent(server) == [
        {
            "type": "session.update",
            "session": {"type": "realtime", "output_modalities": ["text"]},
        },
        {
            "type": "conversation.item.create",
            "item": {"type": "message", "role": "user", "content": [part]},
        },
        {"type": "response.create"},
    ]


@TWICE
def test_speech_is_answered_by_speech(
    raw: str, server: Loopback, url: str, speech: Path, tmp_path: Path
) -> None:
    answer = tmp_path / "answer.wav"
    printed, _ = run(f"recipes/speak{raw}.py", speech, answer, REALTIME_URL=url)
    assert printed == "You said: 0.25 seconds of sound\n"
    assert frames(answer) == 6 * 2400  # a tenth of a second for each of six words
    events = sent(server)
    assert events[0]["session"] == {
        "type": "realtime",
        "audio": {"input": {"turn_detection": None}},
    }
    assert [event["type"] for event in events[1:]] == [
        *["input_audio_buffer.append"] * 3,
        "input_audio_buffer.commit",
        "response.create",
    ]


@TWICE
def test_functions_are_called(raw: str, server: Loopback, url: str) -> None:
    printed, _ = run(f"recipes/call_functions{raw}.py", REALTIME_URL=url)
    assert printed.splitlines() == [
        "One moment, please.",
        "The function says: 21 degrees in Rome",
    ]
    events = sent(server)
    assert [event["type"] for event in events] == [
        *("session.update", "conversation.item.create", "response.create"),
        *("conversation.item.create", "response.create"),
    ]
    assert events[3]["item"] == {
        "type": "function_call_output",
        "call_id": "call_1",
        "output": "21 degrees in Rome",
    }


@TWICE
def test_a_proxy_keeps_the_settings_and_counts_the_tokens(raw: str, url: str) -> None:
    with serve(f"recipes/proxy{raw}.py", lines=1, PORT="0", REALTIME_URL=url) as told:
        port = told[0].removeprefix("port ")
        printed, _ = run("recipes/send_text.py", REALTIME_URL=f"ws://127.0.0.1:{port}")
    # The settings of the server are those for speech.
    assert printed == "error: Settings are ours.\n\ncompleted\n"
    assert told[1:] == ["6 tokens"]


@TWICE
def test_a_session_is_logged_and_read_again(raw: str, url: str, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    printed, _ = run(f"recipes/log_and_replay{raw}.py", log, REALTIME_URL=url)
    asked, said = printed.splitlines()
    assert asked == "1 asked: mine_1"
    assert said.endswith(" said: I am listening.")
    messages = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [messages[0]["type"], messages[1]["type"]] == ["response.create", "session.created"]
    assert messages[-1]["type"] == "response.done"


def played(recipe: str, recording: Path, *arguments: Path) -> list[str]:
    """Return the lines that a recipe prints while a recorded session is played to it."""
    with serve("loopback/replay.py", recording, "--port", "0", lines=1) as (url,):
        printed, _ = run(f"recipes/{recipe}.py", *arguments, REALTIME_URL=url)
    return printed.splitlines()


@TWICE
def test_an_answer_can_be_interrupted(raw: str) -> None:
    printed = played(f"interrupt{raw}", RECORDED / "interrupted.jsonl")
    assert printed == ["cancelled", "cut: item_1"]


@TWICE
def test_speech_is_transcribed(raw: str, speech: Path) -> None:
    printed = played(f"transcribe{raw}", RECORDED / "transcribed.jsonl", speech)
    assert printed == ["Moin| aus Husum.|", "Moin aus Husum."]


@TWICE
def test_speech_is_translated(raw: str, speech: Path, tmp_path: Path) -> None:
    translated = tmp_path / "translated.wav"
    recording = EXAMPLES / "logs" / "translation.jsonl"
    printed = played(f"translate{raw}", recording, speech, translated)
    assert printed == ["Où est le"]
    assert frames(translated) == 6


def test_the_player_of_recordings_refuses_what_the_api_does_not_describe(tmp_path: Path) -> None:
    from websockets.sync.client import connect

    with (
        serve("loopback/replay.py", RECORDED / "interrupted.jsonl", "--port", "0", lines=1) as (
            url,
        ),
        connect(url) as connection,
    ):
        connection.recv()
        connection.send('{"type": "response.create", "mood": "bright"}')
        assert json.loads(connection.recv())["error"] == {
            "type": "invalid_request_error",
            "code": "unknown_field",
            "message": "/mood: expected only fields of RealtimeClientEventResponseCreate,"
            " found one that it does not have",
        }


class Recorder(BaseHTTPRequestHandler):
    """Answers every request, and remembers it."""

    heard: list[tuple[str, object]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.heard.append((self.path, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def api() -> Iterator[tuple[str, list[tuple[str, object]]]]:
    """The URL of an API on this machine, and what is posted to it."""
    Recorder.heard = []
    with HTTPServer(("127.0.0.1", 0), Recorder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/", Recorder.heard
        server.shutdown()


def webhook(url: str, caller: str, called: str, key: bytes = b"of the tests") -> int:
    """Post a signed webhook, and return the status of the answer."""
    headers = [{"name": "From", "value": caller}, {"name": "To", "value": called}]
    body = json.dumps(
        {
            "object": "event",
            "id": "evt_1",
            "type": "realtime.call.incoming",
            "created_at": 1795366800,
            "data": {"call_id": "rtc_1", "sip_headers": headers},
        }
    )
    now = str(int(time.time()))
    signed = hmac.new(key, f"wh_1.{now}.{body}".encode(), hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(signed).decode()}"
    words = {"webhook-id": "wh_1", "webhook-timestamp": now, "webhook-signature": signature}
    try:
        with urlopen(Request(url, body.encode(), words), timeout=30) as answer:
            return int(answer.status)
    except HTTPError as refused:
        refused.close()
        return refused.code


@TWICE
def test_calls_are_accepted_referred_and_rejected(
    raw: str, api: tuple[str, list[tuple[str, object]]]
) -> None:
    base_url, heard = api
    with serve(
        f"recipes/answer_calls{raw}.py",
        lines=1,
        PORT="0",
        OPENAI_BASE_URL=base_url,
        OPENAI_WEBHOOK_SECRET=f"whsec_{KEY}",
    ) as (url,):
        assert webhook(url, "sip:guest@there", "sip:boss@here", b"a wrong key") == 400
        assert heard == []
        assert webhook(url, "sip:guest@there", "sip:boss@here") == 204
        assert webhook(url, "sip:anonymous@there", "sip:boss@here") == 204
    calls = "/v1/realtime/calls/rtc_1"
    session = {"type": "realtime", "model": "gpt-realtime", "instructions": "Help."}
    assert heard == [
        (f"{calls}/accept", session),
        (f"{calls}/refer", {"target_uri": "tel:+390401234567"}),
        (f"{calls}/reject", {"status_code": 603}),
    ]
