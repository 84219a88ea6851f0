"""Recorded connections as events, and events written short."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from realtime_models import (
    Conversation,
    RealtimeBetaClientEvent,
    RealtimeBetaServerEvent,
    RealtimeClientEvent,
    RealtimeServerEvent,
    realtime_beta_client_event_from_dict,
    realtime_beta_server_event_from_dict,
    realtime_client_event_from_dict,
    realtime_server_event_from_dict,
)
from tests.support.paths import REFERENCE

RECORDINGS: Final = sorted((REFERENCE / "sessions").glob("*.jsonl"))


@dataclass(frozen=True)
class Recorded:
    """An event of a recording: decoded, and as it was."""

    event: RealtimeServerEvent | RealtimeBetaServerEvent
    data: dict[str, Any]


def received(path: Path) -> list[Recorded]:
    """Return what the server sent, decoded in the form that it speaks."""
    beta = path.name.startswith("beta_")
    read = realtime_beta_server_event_from_dict if beta else realtime_server_event_from_dict
    return [Recorded(read(data, invalid="keep"), data) for data in _sent_by(path, "server")]


def sent(path: Path) -> list[RealtimeClientEvent | RealtimeBetaClientEvent]:
    """Return what the client sent."""
    beta = path.name.startswith("beta_")
    read = realtime_beta_client_event_from_dict if beta else realtime_client_event_from_dict
    return [read(data, invalid="keep") for data in _sent_by(path, "client")]


def _sent_by(path: Path, side: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [line["event"] for line in lines if line["_direction"] == side]


def event(type: str, **fields: object) -> RealtimeServerEvent:
    """Return an event of the server."""
    data = {"type": type, "event_id": "event_1", "content_index": 0, "output_index": 0, **fields}
    return realtime_server_event_from_dict(data, invalid="keep")


def fold(*events: RealtimeServerEvent, **options: Any) -> Conversation:
    """Return the conversation that has had some events."""
    conversation = Conversation(**options)
    for each in events:
        conversation.receive(each)
    return conversation


def message(item_id: str, text: str = "", role: str = "user", **fields: object) -> dict[str, Any]:
    """Return an item with a text."""
    kind = "output_text" if role == "assistant" else "input_text"
    content = [{"type": kind, "text": text}] if text else []
    return {"id": item_id, "type": "message", "role": role, "content": content, **fields}


def added(item_id: str, previous: object = None, role: str = "user") -> RealtimeServerEvent:
    """Return the announcement of a message."""
    item = message(item_id, f"I am {item_id}.", role)
    return event("conversation.item.added", previous_item_id=previous, item=item)


def delta(text: str, item_id: str = "a", name: str = "output_text") -> RealtimeServerEvent:
    """Return a piece of what the model writes or says in the response ``r``."""
    return event(f"response.{name}.delta", response_id="r", item_id=item_id, delta=text)


def response(end: str, response_id: str = "r", **fields: object) -> RealtimeServerEvent:
    """Return the begin or the end of a response."""
    return event(f"response.{end}", response={"id": response_id, **fields})
