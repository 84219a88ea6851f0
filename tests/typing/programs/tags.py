"""Dispatch by the tag of an event, as code for raw dictionaries does."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal, assert_type

from realtime_models import (
    RealtimeConversationItem,
    RealtimeConversationItemMessage,
    RealtimeConversationItemMessageAssistant,
    RealtimeConversationItemMessageSystem,
    RealtimeConversationItemMessageUser,
    RealtimeServerEvent,
    RealtimeServerEventError,
    RealtimeServerEventResponseAudioDelta,
    RealtimeServerEventResponseTextDelta,
    Unknown,
    realtime_conversation_item_from_dict,
)


def delta(
    event: RealtimeServerEventResponseTextDelta | RealtimeServerEventResponseAudioDelta,
) -> str:
    if event.type == "response.output_text.delta":
        assert_type(event, RealtimeServerEventResponseTextDelta)
        return event.delta
    assert_type(event, RealtimeServerEventResponseAudioDelta)
    return "(sound)"


def speaker(message: RealtimeConversationItemMessage) -> str:
    match message:
        case RealtimeConversationItemMessageSystem() | RealtimeConversationItemMessageUser():
            assert_type(message.role, Literal["system", "user"])
            return message.role
        case RealtimeConversationItemMessageAssistant(role=role):
            assert_type(role, Literal["assistant"])
            return role
        case _:
            return "someone"


def is_message(item: RealtimeConversationItem) -> bool:
    return item.type == "message"


def count(events: Iterable[RealtimeServerEvent]) -> Counter[str]:
    seen: Counter[str] = Counter(event.type or "unknown" for event in events)
    assert_type(seen, Counter[str])
    return seen


if __name__ == "__main__":
    place = {"response_id": "r", "item_id": "i", "output_index": 0, "content_index": 0}
    data = {"event_id": "e", "delta": "a", **place}
    text = {"type": "response.output_text.delta", **data}
    sound = {"type": "response.output_audio.delta", **data}
    assert delta(RealtimeServerEventResponseTextDelta.from_dict(text)) == "a"
    read_text = RealtimeServerEventResponseTextDelta.from_dict(text)
    events: list[RealtimeServerEvent] = [read_text, Unknown({"type": "newer"})]
    assert count(events) == {"response.output_text.delta": 1, "unknown": 1}
    assert delta(RealtimeServerEventResponseAudioDelta.from_dict(sound)) == "(sound)"
    for role in ("user", "assistant"):
        message: dict[str, object] = {"type": "message", "role": role, "content": []}
        read = realtime_conversation_item_from_dict(message)
        assert is_message(read)
        assert isinstance(
            read, (RealtimeConversationItemMessageUser, RealtimeConversationItemMessageAssistant)
        )
        assert speaker(read) == role
    assert RealtimeServerEventError.__match_args__ == ()
