"""The programs of ``examples/`` that talk over a WebSocket, against the loopback server."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conversation.loopback import Loopback, loopback
from tests.support.paths import EXAMPLES
from tests.support.programs import run

README = (EXAMPLES / "README.md").read_text("utf-8")
LOST = "connection lost: no close frame received or sent"


def test_functions_are_called_until_there_is_an_answer(server: Loopback) -> None:
    printed, _ = run("function_calling.py", "Is it warm?", "--url", server.websocket_url)
    assert (
        f"$ python examples/function_calling.py --url ws://127.0.0.1:8765/v1\n{printed}" in README
    )
    result = '{"city": "Rome", "celsius": 21, "sky": "clear"}'
    assert printed.splitlines() == [
        f'get_weather({{"city": "Rome"}}) = {result}',
        f"The function says: {result}",
    ]


def test_a_spoken_question_gets_a_spoken_answer(server: Loopback, tmp_path: Path) -> None:
    question, answer = tmp_path / "question.pcm", tmp_path / "answer.pcm"
    question.write_bytes(bytes(12_000))
    printed, _ = run("websocket_loop.py", question, answer, "--url", server.websocket_url)
    assert printed.splitlines() == [
        "you: 0.25 seconds of sound",
        "newer than this program: response.mood.updated",
        "model: You said: 0.25 seconds of sound",
    ]
    assert len(answer.read_bytes()) == 6 * 4800  # a tenth of a second for each of six words
    sent = [json.loads(frame) for frame in server.frames()]
    assert [data["type"] for data in sent[1:7]] == [
        "session.update",
        "session.updated",
        *["input_audio_buffer.append"] * 3,
        "input_audio_buffer.commit",
    ]
    assert sent[1]["session"]["audio"]["input"] == {"turn_detection": None}


def test_the_loop_outlives_what_a_server_can_do_to_it(tmp_path: Path) -> None:
    question, answer = tmp_path / "question.pcm", tmp_path / "answer.pcm"
    question.write_bytes(bytes(12_000))
    with loopback(tmp_path / "log", "--faults") as server:
        printed, _ = run("websocket_loop.py", question, answer, "--url", server.websocket_url)
    malformed = [
        "you: 0.25 seconds of sound",
        "malformed RealtimeServerEventResponseDone: /response: expected object, found string",
        "malformed Unknown: expected JSON, found an error at line 1, column 1",
    ]
    assert printed.splitlines() == [
        *malformed,
        LOST,
        *malformed,
        "newer than this program: response.mood.updated",
        "model: You said: 0.25 seconds of sound",
    ]
    assert len(answer.read_bytes()) == 6 * 4800


def test_an_error_does_not_end_the_loop(server: Loopback, tmp_path: Path) -> None:
    question, answer = tmp_path / "question.pcm", tmp_path / "answer.pcm"
    question.write_bytes(b"")
    printed, _ = run("websocket_loop.py", question, answer, "--url", server.websocket_url)
    assert printed.splitlines() == [
        "error: There is nothing to apply this to.",
        "newer than this program: response.mood.updated",
        "model: I am listening.",
    ]
