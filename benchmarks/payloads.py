"""The messages that are measured: single ones from ``data/``, and a whole conversation.

They are written for this, as servers send them: all fields that a real message has, nulls where
servers send nulls, and nothing that a peer could not decode.
"""

from __future__ import annotations

import base64
import copy
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from .conversation import conversation

__all__ = ["EVENT", "Message", "Payload", "audio_delta", "payloads", "whole_conversation"]

Message: TypeAlias = "dict[str, object]"

EVENT: Final = "RealtimeServerEvent"
"""The union through which every event is decoded, as in the loop that reads a socket."""
EVENTS_IN_CONVERSATION: Final = 2000
AUDIO_BYTES: Final = 3072
"""64 ms of 24 kHz PCM, which is 4 KB of base64."""
DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Payload:
    """One message, as a dict and as the JSON text of it."""

    name: str
    type_name: str
    """What it is decoded as: an object or a union of our schema."""
    data: Message
    text: str


def payloads() -> list[Payload]:
    """The single messages, in the order of the tables."""
    return [
        _payload("session.created", read("session_created")),
        _payload("session.updated", read("session_updated")),
        _payload("response.output_audio.delta", audio_delta(AUDIO_BYTES)),
        _payload("response.output_text.delta", read("response_output_text_delta")),
        _payload("conversation.item.added", read("conversation_item_added")),
        _payload("response.done, function call", read("response_done")),
        _payload("response.done, ten items", response_done(10)),
        _payload("rate_limits.updated", read("rate_limits_updated")),
        _payload("error", read("error")),
        _payload(
            "RealtimeSessionCreateResponse",
            read("session_create_response"),
            "RealtimeSessionCreateResponse",
        ),
    ]


def whole_conversation() -> list[Payload]:
    """The events that a client receives in one long conversation, in their order."""
    return [
        _payload(str(event["type"]), event)
        for event in conversation(
            EVENTS_IN_CONVERSATION,
            [read("session_created"), read("session_updated")],
            read("response_done"),
            audio(AUDIO_BYTES),
        )
    ]


def read(name: str) -> Message:
    """A fresh copy of a message in ``data/``."""
    message: Message = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return message


def audio(size: int) -> str:
    """Bytes that are always the same, as base64: to a decoder, sound is no different."""
    return base64.b64encode(random.Random(size).randbytes(size)).decode()


def audio_delta(size: int) -> Message:
    """A piece of audio of a number of bytes."""
    return read("response_output_audio_delta") | {"delta": audio(size)}


def response_done(items: int) -> Message:
    """The end of a response that produced a number of items, messages and calls in turn."""
    message = read("response_done")
    response = message["response"]
    assert isinstance(response, dict)
    [call] = response["output"]
    spoken = read("conversation_item_added")["item"]
    assert isinstance(spoken, dict)
    answer = spoken | {
        "role": "assistant",
        "content": [{"type": "output_audio", "transcript": "A dozen pretzels, for tomorrow."}],
    }
    response["output"] = [
        copy.deepcopy([answer, call][number % 2]) | {"id": f"item_CkW4eB7rSn2UyFj{number:05}"}
        for number in range(items)
    ]
    return message


def _payload(name: str, data: Message, type_name: str = EVENT) -> Payload:
    text = json.dumps(data, separators=(",", ":"))
    # Read back from the text, so that no two messages share a string that only we made once.
    return Payload(name, type_name, json.loads(text), text)
