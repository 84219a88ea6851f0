"""Fold the events of either form of the API, and read what they give."""

from typing import assert_type

from realtime_models import (
    Conversation,
    RealtimeBetaResponse,
    RealtimeBetaServerEvent,
    RealtimeClientEvent,
    RealtimeConversationItem,
    RealtimeConversationItemFunctionCall,
    RealtimeResponse,
    RealtimeResponseUsage,
    RealtimeServerEvent,
    RealtimeSessionCreateResponseGA,
    RealtimeTranslationServerEvent,
    text_of,
)

Event = RealtimeServerEvent | RealtimeBetaServerEvent | RealtimeTranslationServerEvent


def follow(conversation: Conversation, event: Event, answered: RealtimeClientEvent) -> str:
    """Return what was said in the item that an event changes."""
    conversation.sent(answered)
    item_id = conversation.receive(event)
    assert_type(item_id, str | None)
    item = conversation.item(item_id or "")
    assert_type(item, RealtimeConversationItem | None)
    return text_of(item) if item else ""


def calls(conversation: Conversation) -> list[str]:
    """Return the calls in the items."""
    return [
        f"{item.name}({item.arguments})"
        for item in conversation.items
        if isinstance(item, RealtimeConversationItemFunctionCall)
    ]


def tell(conversation: Conversation) -> None:
    """Print the rest."""
    assert_type(conversation.response, RealtimeResponse | RealtimeBetaResponse | None)
    assert_type(conversation.responses, tuple[RealtimeResponse | RealtimeBetaResponse, ...])
    assert_type(conversation.usage, RealtimeResponseUsage)
    for response in conversation.responses:
        print(response.status or "?", len(response.output or ()))
    for error, answered in conversation.refusals:
        print(error.message, answered.to_dict() if answered else None)
    for item_id, milliseconds in conversation.truncated.items():
        print(item_id, milliseconds + 1)
    if isinstance(conversation.session, RealtimeSessionCreateResponseGA):
        print(conversation.session.id)
    print(conversation.unplaced + 1, [limit.remaining for limit in conversation.rate_limits])
