"""The items of a conversation on a server: complete, show, and truncate them."""

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
"""The bytes of 24 kHz mono 16-bit PCM."""


def last_id(items: Items) -> str | None:
    """Return the ID of the item that a new one comes after."""
    return next(reversed(items), None)


def completed(item: RealtimeConversationItem, item_id: str) -> RealtimeConversationItem:
    """Return an item with the fields that a client may leave out; ``item_id`` is the default ID."""
    names = {field.name for field in fields(item)}
    given = {"id": item_id, "object": "realtime.item", "status": "completed"}
    filled = {name: value for name, value in given.items() if name in names}
    return realtime_conversation_item_from_dict({**filled, **item.to_dict()})


def without_audio(item: RealtimeConversationItem) -> RealtimeConversationItem:
    """Return an item as events show it, without its audio, which only retrieval returns."""
    data = item.to_dict()
    for part in parts(data):
        part.pop("audio", None)
    return realtime_conversation_item_from_dict(data)


def truncated(
    item: RealtimeConversationItem, content_index: int, audio_end_ms: int
) -> RealtimeConversationItem:
    """Return an item cut to what the user heard, without its transcript."""
    data = item.to_dict()
    for part in parts(data)[content_index : content_index + 1]:
        part.pop("transcript", None)
        audio = b64decode(f"{part.get('audio') or ''}")
        part["audio"] = b64encode(audio[: audio_end_ms * BYTES_PER_SECOND // 1000]).decode()
    return realtime_conversation_item_from_dict(data)


def parts(item: dict[str, JsonValue]) -> list[dict[str, JsonValue]]:
    """Return the content of a message; other items have none."""
    content = item.get("content")
    return [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []
