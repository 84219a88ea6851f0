"""The transcript of a session: a line a message, with the official client's class for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from openai.types import realtime
from pydantic import TypeAdapter

from realtime_models import (
    Unknown,
    realtime_client_event_from_dict,
    realtime_server_event_from_dict,
)

THEIRS: Mapping[str, Any] = {
    "client": TypeAdapter(realtime.RealtimeClientEvent),
    "server": TypeAdapter(realtime.RealtimeServerEvent),
}
"""The official client's unions, which validate what either side sends."""


def side(frame: str) -> str:
    """Return which side sends an event; unknown events are from a server."""
    event = realtime_client_event_from_dict(json.loads(frame))
    return "server" if isinstance(event, Unknown) else "client"


def is_known(frame: str) -> bool:
    """Whether this version of the library knows the event."""
    event = realtime_server_event_from_dict(json.loads(frame))
    return side(frame) == "client" or not isinstance(event, Unknown)


def transcript(frames: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a session, each message judged by the official client's union."""
    for frame in frames:
        data = json.loads(frame)
        name = "(newer than both libraries)"
        if is_known(frame):
            name = type(THEIRS[side(frame)].validate_json(frame)).__name__
        yield f"{side(frame)}  {data['type']:<53}  {name}"
