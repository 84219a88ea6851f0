"""The programs of ``examples/`` that need only the standard library do what they say."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from realtime_models import (
    RealtimeBetaServerEventErrorError,
    RealtimeResponse,
    RealtimeResponseUsage,
    RealtimeServerEvent,
    RealtimeServerEventConversationItemInputAudioTranscriptionCompleted,
    RealtimeServerEventError,
    RealtimeServerEventResponseAudioTranscriptDone,
    RealtimeServerEventResponseDone,
    RealtimeServerEventResponseTextDone,
    TranscriptTextUsageDuration,
    TranscriptTextUsageTokens,
    Unknown,
)
from tests.support.paths import EXAMPLES
from tests.support.programs import run, serve

Completed = RealtimeServerEventConversationItemInputAudioTranscriptionCompleted


@pytest.fixture
def base_url() -> Iterator[str]:
    """The URL of a server that mints client secrets."""
    with serve("loopback/client_secrets.py", "--port", "0", lines=1) as (url,):
        yield url


def test_a_session_is_read_and_changed() -> None:
    printed, _ = run("read_session.py")
    assert printed.startswith("silence: 450 ms\ntool: free_tables\nchanged: True - JSON: ")
    assert printed.endswith("  /tools/0/name: expected string, found integer\n")


def test_a_minted_secret_is_not_printed_unless_asked_for(base_url: str) -> None:
    printed, _ = run("mint_client_secret.py", "--base-url", base_url, "--instructions", "Hush.")
    assert printed.startswith("RealtimeCreateClientSecretResponse(value=<hidden>, expires_at=")
    assert "instructions='Hush.'" in printed
    assert "ek_" not in printed
    printed, _ = run("mint_client_secret.py", "--base-url", base_url, "--show")
    assert printed.startswith("ek_")
    assert len(printed.split()) == 1


def test_why_no_secret_was_minted_is_told(base_url: str) -> None:
    arguments = ("mint_client_secret.py", "--base-url")
    _, said = run(*arguments, base_url, "--seconds", "1", status=1)
    assert "/expires_after/seconds: expected a number of at least 10" in said
    _, said = run(*arguments, f"{base_url}/elsewhere", status=1)
    assert "refused" in said
    _, said = run(*arguments, "http://127.0.0.1:1/v1", status=1)
    assert said.startswith("<urlopen error ")


def log() -> Iterator[RealtimeServerEvent | str]:
    """Lines of a log: of every kind in the table, and some others."""
    yield Completed(
        event_id="1",
        item_id="item_1",
        content_index=0,
        transcript="Ciao, così",
        usage=TranscriptTextUsageDuration(seconds=1.5),
    )
    yield Completed(
        event_id="2",
        item_id="item_2",
        content_index=0,
        transcript="a\nb",
        usage=TranscriptTextUsageTokens(input_tokens=3, output_tokens=2, total_tokens=5),
    )
    yield Completed(event_id="3", item_id="item_3", content_index=0, transcript="")
    yield RealtimeServerEventResponseAudioTranscriptDone(
        event_id="4",
        response_id="resp_1",
        item_id="item_4",
        output_index=0,
        content_index=0,
        transcript='"Hi"',
    )
    yield RealtimeServerEventResponseTextDone(
        event_id="5",
        response_id="resp_1",
        item_id="item_5",
        output_index=0,
        content_index=0,
        text="Bye",
    )
    usage = RealtimeResponseUsage(total_tokens=12, input_tokens=10, output_tokens=2)
    done = RealtimeResponse(id="resp_1", status="completed", usage=usage)
    yield RealtimeServerEventResponseDone(event_id="6", response=done)
    yield RealtimeServerEventResponseDone(event_id="7", response=RealtimeResponse())
    error = RealtimeBetaServerEventErrorError(type="server_error", message="Oh")
    yield RealtimeServerEventError(event_id="8", error=error)
    yield ""
    yield Unknown({"type": "response.dreamed"})
    yield '{"type": "response.done", "event_id": "9"}'
    yield "no JSON"


def test_a_log_becomes_a_table(tmp_path: Path) -> None:
    text = "\n".join(line if isinstance(line, str) else line.to_json() for line in log())
    path = tmp_path / "events.jsonl"
    path.write_text(text, "utf-8")
    printed, said = run("log_to_csv.py", path)
    header, *rows = csv.reader(io.StringIO(printed, newline=""))
    assert ",".join(header) == (
        "line,type,id,speaker,text,status,input_tokens,output_tokens,seconds"
    )
    transcribed = "conversation.item.input_audio_transcription.completed"
    assert rows == [
        ["1", transcribed, "item_1", "user", "Ciao, così", "", "", "", "1.5"],
        ["2", transcribed, "item_2", "user", "a\nb", "", "3", "2", ""],
        ["3", transcribed, "item_3", "user", "", "", "", "", ""],
        ["4", "response.output_audio_transcript.done", "item_4", "model", '"Hi"', *[""] * 4],
        ["5", "response.output_text.done", "item_5", "model", "Bye", *[""] * 4],
        ["6", "response.done", "resp_1", "", "", "completed", "10", "2", ""],
        ["7", "response.done", *[""] * 7],
        ["8", "error", "", "server", "Oh", *[""] * 4],
    ]
    assert said.splitlines() == [
        "line 11: /response: expected object, found nothing: this field is required",
        "line 12: expected JSON, found an error at line 1, column 1",
    ]
    assert run("log_to_csv.py", "-", stdin=text) == (printed, said)


def test_a_log_becomes_a_transcript() -> None:
    path = EXAMPLES / "logs" / "voice.jsonl"
    printed, said = run("transcript.py", path)
    assert printed.splitlines() == [
        "system: The guest called before, on Monday.",
        "user: A table for two at eight, please.",
        "assistant: Table four is at the window. Shall I book it?",
        "assistant: Table four is at the window.",
        "assistant: A guest asked for a table for two at eight.",
        "435 tokens, 0 events unplaced",
    ]
    refusal = "The voice cannot be changed after the assistant has spoken."
    assert said == f"error, answering session.update: {refusal}\n"
    assert run("transcript.py", "-", stdin=path.read_text("utf-8")) == (printed, said)
    error = '{"type": "error", "event_id": "1", "error": {"type": "server_error", "message": "Oh"}}'
    printed, said = run("transcript.py", "-", stdin=f"{error}\n\nno JSON")
    assert printed == "\n0 tokens, 2 events unplaced\n"
    assert said == "error, answering nothing in the log: Oh\n"


def test_the_list_of_examples_is_whole() -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| \[(\S+)\]\((\S+)\)", text, re.MULTILINE)
    for _, path in listed:
        assert (EXAMPLES / path).is_file()
    there = {
        path.name
        for path in EXAMPLES.iterdir()
        if path.suffix == ".py" or [*path.glob("*.py"), *path.glob("*.mjs")]
    }
    assert {name for name, _ in listed} == there - {"__pycache__"}
