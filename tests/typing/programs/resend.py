"""Send what was received, once more: a session after a reconnection, and its conversation."""

from collections.abc import Sequence
from typing import assert_type

from realtime_models import (
    RealtimeClientEvent,
    RealtimeClientEventConversationItemCreate,
    RealtimeClientEventSessionUpdate,
    RealtimeConversationItemFunctionCall,
    RealtimeConversationItemMessageUser,
    RealtimeConversationItemMessageUserContentInner,
    RealtimeServerEventSessionCreated,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponseGA,
)


def resume(
    created: RealtimeServerEventSessionCreated,
    spoken: Sequence[RealtimeConversationItemMessageUser],
) -> list[RealtimeClientEvent]:
    events: list[RealtimeClientEvent] = []
    if isinstance(created.session, RealtimeSessionCreateResponseGA):
        session = created.session.to_request()
        assert_type(session, RealtimeSessionCreateRequestGA)
        events.append(RealtimeClientEventSessionUpdate(session=session))
    for item in spoken:
        assert_type(item.to_request(), RealtimeConversationItemMessageUser)
        events.append(RealtimeClientEventConversationItemCreate(item=item.to_request()))
    return events


def calls(items: Sequence[RealtimeConversationItemFunctionCall]) -> dict[str, str]:
    return {item.call_id: item.arguments for item in items if item.call_id}


if __name__ == "__main__":
    session = {"type": "realtime", "id": "s", "object": "realtime.session", "expires_at": 0}
    created = RealtimeServerEventSessionCreated.from_dict(
        {"type": "session.created", "event_id": "e", "session": session}
    )
    words = RealtimeConversationItemMessageUserContentInner(type="input_text", text="Hello")
    spoken = RealtimeConversationItemMessageUser(id="i", status="completed", content=[words])
    assert [event.to_dict() for event in resume(created, [spoken])] == [
        {"type": "session.update", "session": {"type": "realtime"}},
        {
            "type": "conversation.item.create",
            "item": {
                "id": "i",
                "object": "realtime.item",
                "type": "message",
                "status": "completed",
                "role": "user",
                "content": [{"type": "input_text", "text": "Hello"}],
            },
        },
    ]
    assert calls([RealtimeConversationItemFunctionCall(name="f", arguments="{}")]) == {}
