"""Mistakes of programs that narrow by tag."""

from realtime_models import (
    RealtimeClientEvent,
    RealtimeConversationItem,
    RealtimeServerEvent,
    Unknown,
    or_none,
    or_unset,
    value_or,
    RealtimeSessionCreateRequestGA,
    RealtimeTurnDetectionServerVad,
)


def handle(event: RealtimeServerEvent) -> None:
    if event.type == "response.done":
        event.response.id
        event.respnse  # error: attribute
        event.response.identifier  # error: attribute
    if event.type == "error":
        event.error.message.upper()
        event.response  # error: attribute


def others(item: RealtimeConversationItem, event: RealtimeClientEvent) -> None:
    if item.type == "function_call":
        item.arguments.upper()
        item.content  # error: attribute
    if event.type == "response.create":
        event.session  # error: attribute


def unknown(event: Unknown) -> None:
    event.type.upper()  # error: attribute
    event.tag.upper()  # error: attribute
    event.id.upper()  # error: attribute


def bridges(threshold: float | None, words: str | None) -> None:
    RealtimeTurnDetectionServerVad(threshold=or_unset(threshold))
    RealtimeTurnDetectionServerVad(threshold=threshold)  # error: argument
    RealtimeSessionCreateRequestGA(instructions=words)  # error: argument
    RealtimeSessionCreateRequestGA(instructions=or_none(words))  # error: argument
    RealtimeSessionCreateRequestGA(model=or_unset(threshold))  # error: argument
    value_or(threshold, "none").upper()  # error: attribute
    or_unset(words).upper()  # error: attribute
