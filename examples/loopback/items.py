"""What a server does to the items of a conversation: fill in, show, and cut."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import fields
from typing import TypeAlias

from realtime_models import (
    JsonValue,
    RealtimeConversationItem,
    realtime_conversation_item_from_dict,
)

Items: TypeAlias = dict[str, RealtimeConversationItem]
"""A conversation: its items by their IDs, in order."""

BYTES_PER_SECOND = 48_000
"""Of 24 kHz mono 16-bit PCM."""


def last_id(items: Items) -> str | None:
    """The ID of the item that a new one comes after."""
    return next(reversed(items), None)


def completed(item: RealtimeConversationItem, item_id: str) -> RealtimeConversationItem:
    """An item with what a client may leave out; the ID is taken if the client chose none."""
    names = {field.name for field in fields(item)}
    given = {"id": item_id, "object": "realtime.item", "status": "completed"}
    filled = {name: value for name, value in given.items() if name in names}
    return realtime_conversation_item_from_dict({**filled, **item.to_dict()})


def without_audio(item: RealtimeConversationItem) -> RealtimeConversationItem:
    """An item as events show it: audio is sent in pieces, and whole only when it is asked for."""
    data = item.to_dict()
    for part in parts(data):
        part.pop("audio", None)
    return realtime_conversation_item_from_dict(data)


def truncated(
    item: RealtimeConversationItem, content_index: int, audio_end_ms: int
) -> RealtimeConversationItem:
    """An item cut to what the user heard, without the transcript, which would say too much."""
    data = item.to_dict()
    for part in parts(data)[content_index : content_index + 1]:
        part.pop("transcript", None)
        audio = b64decode(f"{part.get('audio') or ''}")
        part["audio"] = b64encode(audio[: audio_end_ms * BYTES_PER_SECOND // 1000]).decode()
    return realtime_conversation_item_from_dict(data)


def parts(item: dict[str, JsonValue]) -> list[dict[str, JsonValue]]:
    """The content of a message; other items have none."""
    content = item.get("content")
    return [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []
