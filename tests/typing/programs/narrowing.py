"""Narrow whole unions by tag, as code that knows the messages of the API does."""

from typing import assert_type

from realtime_models import (
    RealtimeClientEvent,
    RealtimeClientEventSessionUpdate,
    RealtimeConversationItem,
    RealtimeConversationItemFunctionCall,
    RealtimeResponse,
    RealtimeServerEvent,
    RealtimeServerEventError,
    RealtimeServerEventResponseDone,
    RealtimeServerEventResponseTextDelta,
    Unknown,
    UnsetType,
    realtime_client_event_from_dict,
    realtime_conversation_item_from_dict,
    realtime_server_event_from_dict,
)


def handle(event: RealtimeServerEvent) -> str:
    if event.type == "response.done":
        assert_type(event, RealtimeServerEventResponseDone)
        assert_type(event.response, RealtimeResponse)
        return event.response.id or ""
    if event.type == "response.output_text.delta":
        assert_type(event, RealtimeServerEventResponseTextDelta)
        return event.delta
    if event.type == "error":
        assert_type(event, RealtimeServerEventError)
        return event.error.message
    return logged(event)


def logged(event: RealtimeServerEvent) -> str:
    """A line for a log: the tag, also of what is newer than the library."""
    tag = event.tag if isinstance(event, Unknown) else event.type
    return f"{tag} {event.event_id or '-'}"


def by_match(event: RealtimeServerEvent) -> str:
    match event.type:
        case "response.output_text.delta":
            return "text"
        case None:
            assert_type(event.event_id, str | UnsetType | None)
            return "newer"
        case _:
            return "other"


def called(item: RealtimeConversationItem) -> str | None:
    if item.type == "function_call":
        assert_type(item, RealtimeConversationItemFunctionCall)
        return item.arguments
    assert_type(item.id, str | UnsetType | None)
    return item.id or None


def updates(event: RealtimeClientEvent) -> bool:
    if event.type == "session.update":
        assert_type(event, RealtimeClientEventSessionUpdate)
        return bool(event.session)
    return False


if __name__ == "__main__":
    done = {"type": "response.done", "event_id": "e", "response": {"id": "r"}}
    assert handle(realtime_server_event_from_dict(done)) == "r"
    error = {"type": "error", "event_id": "e", "error": {"type": "t", "message": "oh"}}
    assert handle(realtime_server_event_from_dict(error)) == "oh"
    newer = realtime_server_event_from_dict({"type": "response.dreamed", "event_id": "e2"})
    assert newer.type is None
    assert handle(newer) == "response.dreamed e2"
    assert by_match(newer) == "newer"
    cleared = {"type": "input_audio_buffer.cleared", "event_id": "e3"}
    assert handle(realtime_server_event_from_dict(cleared)) == "input_audio_buffer.cleared e3"
    call = {"type": "function_call", "name": "f", "arguments": "{}"}
    assert called(realtime_conversation_item_from_dict(call)) == "{}"
    assert called(realtime_conversation_item_from_dict({"type": "dream", "id": "i"})) == "i"
    update = {"type": "session.update", "session": {"type": "realtime"}}
    assert updates(realtime_client_event_from_dict(update))
    assert not updates(Unknown({"type": "session.update"}))
