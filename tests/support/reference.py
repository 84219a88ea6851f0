"""The outside facts: the API's own examples, and what real servers were seen to send."""

from __future__ import annotations

import json
from typing import Any

from tests.support.paths import REFERENCE

BROKEN = {
    "RealtimeBetaServerEventConversationItemRetrieved": "its type is conversation.item.created",
    "RealtimeServerEventInputAudioBufferDtmfEventReceived": "its type begins with a space",
}
"""The examples that do not match their own type; as events they are decoded all the same."""

ANSWERS = {
    "POST /realtime/client_secrets": "RealtimeCreateClientSecretResponse",
    "POST /realtime/sessions": "RealtimeSessionCreateResponse",
    "POST /realtime/transcription_sessions": "RealtimeTranscriptionSessionCreateResponse",
    "POST /realtime/translations/client_secrets": "RealtimeTranslationClientSecretCreateResponse",
}
"""What the operations answer with."""


def examples() -> list[tuple[str, Any]]:
    """Return the API description's examples, each with its type."""
    if not REFERENCE.is_dir():
        return []
    entries = json.loads((REFERENCE / "examples.json").read_text("utf-8"))
    return [(e.get("schema") or ANSWERS[e["operation"]], e["example"]) for e in entries]


def captured() -> list[dict[str, Any]]:
    """Return what real servers and clients were seen to send."""
    if not REFERENCE.is_dir():
        return []
    lines = (REFERENCE / "captured.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]
