"""The messages that are measured: single ones from ``data/``, and a whole conversation.

They are written for this purpose, as servers send them: with all fields of a real message, nulls
where servers send nulls, and nothing that a peer cannot decode.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Final, TypeAlias

Message: TypeAlias = "dict[str, object]"

EVENT: Final = "RealtimeServerEvent"
"""The union that decodes every event, as in a loop that reads a socket."""
SESSION: Final = "RealtimeSessionCreateResponse"
AUDIO_BYTES: Final = 3072
"""64 ms of 24 kHz PCM, or 4 KB of base64."""
DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Payload:
    """One message, as a dict and as JSON text."""

    name: str
    type_name: str
    """The type that it is decoded as: an object or a union of our schema."""
    data: Message
    text: str


def payloads() -> list[Payload]:
    """Return the single messages, in the order of the tables."""
    return [
        _payload("session.created", read("session_created")),
        _payload("session.updated", read("session_updated")),
        _payload("response.output_audio.delta", read("response_output_audio_delta")),
        _payload("response.output_text.delta", read("response_output_text_delta")),
        _payload("conversation.item.added", read("conversation_item_added")),
        _payload("response.done, function call", read("response_done")),
        _payload("response.done, ten items", read("response_done_ten")),
        _payload("rate_limits.updated", read("rate_limits_updated")),
        _payload("error", read("error")),
        _payload(SESSION, read("session_create_response"), SESSION),
    ]


def whole_conversation(size: int = 2000) -> list[Payload]:
    """Return the events that a client receives in one long conversation, in order.

    The user speaks, the model answers aloud, and in every third turn it calls a function first. As
    in real calls, most events are small pieces of audio and of its transcript.
    """
    events = islice(_events(), size)
    return [
        _payload(str(event["type"]), event | {"event_id": f"event_CkW9hX2mPq{number:08}"})
        for number, event in enumerate(events)
    ]


def _events() -> Iterator[Message]:
    yield read("session_created")
    yield read("session_updated")
    parts = {file.stem: file.read_text("utf-8") for file in (DATA / "turn").iterdir()}
    for number in count(1):
        text = parts["question"] + parts["call"] * (number % 3 == 0) + parts["speech"]
        text = text.replace("NUMBER", f"{number:015}").replace("PREVIOUS", f"{number - 1:015}")
        yield from map(json.loads, _with_audio(text).splitlines())


def read(name: str) -> Message:
    """Return a fresh copy of a message in ``data/``."""
    message: Message = json.loads(_with_audio((DATA / f"{name}.json").read_text("utf-8")))
    return message


def _with_audio(text: str) -> str:
    """Fill in the same bytes every time: to a decoder they are no different from sound."""
    audio = random.Random(AUDIO_BYTES).randbytes(AUDIO_BYTES)
    return text.replace("AUDIO", base64.b64encode(audio).decode())


def _payload(name: str, data: Message, type_name: str = EVENT) -> Payload:
    text = json.dumps(data, separators=(",", ":"))
    # Parsed from the text, so that messages share no strings that they would not share in use.
    return Payload(name, type_name, json.loads(text), text)
