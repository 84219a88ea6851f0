"""The SDK's pydantic classes, as JSON Schemas and beside our types of the same meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openai.types import beta, realtime, webhooks
from openai.types.beta.realtime import session_create_response as beta_session
from openai.types.beta.realtime import transcription_session
from openai.types.realtime import realtime_transcription_session_create_request as transcription
from pydantic import TypeAdapter

PAIRS: Mapping[str, Any] = {
    "RealtimeServerEvent": realtime.RealtimeServerEvent,
    "RealtimeClientEvent": realtime.RealtimeClientEvent,
    "RealtimeTranslationServerEvent": realtime.RealtimeTranslationServerEvent,
    "RealtimeTranslationClientEvent": realtime.RealtimeTranslationClientEvent,
    "RealtimeBetaServerEvent": beta.realtime.RealtimeServerEvent,
    "RealtimeBetaClientEvent": beta.realtime.RealtimeClientEvent,
    "RealtimeCreateClientSecretResponse": realtime.ClientSecretCreateResponse,
    "RealtimeTranslationClientSecretCreateResponse": (
        realtime.RealtimeTranslationClientSecretCreateResponse
    ),
    "RealtimeSessionCreateRequestGA": realtime.RealtimeSessionCreateRequest,
    "RealtimeTranscriptionSessionCreateRequestGA": (
        transcription.RealtimeTranscriptionSessionCreateRequest
    ),
    "RealtimeSessionCreateResponse": beta_session.SessionCreateResponse,
    "RealtimeTranscriptionSessionCreateResponse": transcription_session.TranscriptionSession,
    "RealtimeSession": beta.realtime.Session,
    "RealtimeConversationItem": realtime.ConversationItem,
    "RealtimeConversationItemWithReference": beta.realtime.ConversationItemWithReference,
    "RealtimeResponseItemReference": realtime.ResponseItemReference,
    "WebhookRealtimeCallIncoming": webhooks.RealtimeCallIncomingWebhookEvent,
}
"""Our roots, and the SDK's."""


def schemas() -> dict[str, Any]:
    """Return the SDK's schemas under our names, and all that they refer to under their own."""
    found: dict[str, Any] = {}
    for name, kind in PAIRS.items():
        schema = TypeAdapter(kind).json_schema()
        for key, node in schema.pop("$defs", {}).items():
            found[f"{name}.{key}"] = _renamed(node, name)
        found[name] = _renamed(schema, name)
    return found


def _renamed(node: Any, root: str) -> Any:
    """Return a node with references that include the name of its root."""
    if isinstance(node, dict):
        return {
            key: f"#/{root}.{value.rpartition('/')[2]}" if key == "$ref" else _renamed(value, root)
            for key, value in node.items()
        }
    return [_renamed(item, root) for item in node] if isinstance(node, list) else node
