"""Answer the function calls of a response."""

import json
from collections.abc import Callable, Iterator
from typing import assert_type

from realtime_models import (
    RealtimeClientEvent,
    RealtimeClientEventConversationItemCreate,
    RealtimeClientEventResponseCreate,
    RealtimeConversationItem,
    RealtimeConversationItemFunctionCall,
    RealtimeConversationItemFunctionCallOutput,
    RealtimeConversationItemMessageAssistant,
    RealtimeResponse,
    RealtimeResponseCreateParams,
    RealtimeServerEventResponseDone,
    RealtimeServerEventResponseFunctionCallArgumentsDone,
    UnsetType,
    realtime_client_event_to_dict,
)


def answers(
    response: RealtimeResponse, functions: dict[str, Callable[[str], str]]
) -> Iterator[RealtimeClientEvent]:
    assert_type(response.output, tuple[RealtimeConversationItem, ...] | UnsetType | None)
    called = False
    for item in response.output or ():
        if isinstance(item, RealtimeConversationItemFunctionCall) and item.call_id:
            # error: reveal, only ty: it knows that the value is not empty, which has no spelling
            assert_type(item.call_id, str)
            output = functions[item.name](item.arguments)
            yield RealtimeClientEventConversationItemCreate(
                item=RealtimeConversationItemFunctionCallOutput(call_id=item.call_id, output=output)
            )
            called = True
    if called:
        yield RealtimeClientEventResponseCreate(
            response=RealtimeResponseCreateParams(tool_choice="none")
        )


def said(item: RealtimeConversationItem) -> str:
    """The words of an item, if the model said some."""
    if not isinstance(item, RealtimeConversationItemMessageAssistant):
        return ""
    words: list[str] = []
    for part in item.content:
        assert_type(part.text, str | UnsetType | None)
        if part.text:
            # error: reveal, only ty: it knows that the value is not empty, which has no spelling
            assert_type(part.text, str)
            words.append(part.text)
    return " ".join(words)


def arguments_of(event: RealtimeServerEventResponseFunctionCallArgumentsDone) -> dict[str, object]:
    assert_type(event.arguments, str)
    # error: any, only basedpyright: the result of json.loads is Any
    found: dict[str, object] = json.loads(event.arguments)
    return found


if __name__ == "__main__":
    call = {"type": "function_call", "call_id": "c", "name": "weather", "arguments": "{}"}
    message = {
        "type": "message",
        "role": "assistant",
        "content": [{"type": "output_text", "text": "Let me see."}],
    }
    done = RealtimeServerEventResponseDone.from_dict(
        {"type": "response.done", "event_id": "e", "response": {"output": [message, call]}}
    )
    assert [said(item) for item in done.response.output or ()] == ["Let me see.", ""]
    events = list(answers(done.response, {"weather": lambda arguments: "rain"}))
    assert [realtime_client_event_to_dict(event) for event in events] == [
        {
            "type": "conversation.item.create",
            "item": {
                "object": "realtime.item",
                "type": "function_call_output",
                "call_id": "c",
                "output": "rain",
            },
        },
        {"type": "response.create", "response": {"tool_choice": "none"}},
    ]
    assert list(answers(RealtimeResponse(), {})) == []
    arguments = RealtimeServerEventResponseFunctionCallArgumentsDone(
        event_id="e",
        response_id="r",
        item_id="i",
        output_index=0,
        call_id="c",
        arguments='{"town": "Bonn"}',
    )
    assert arguments_of(arguments) == {"town": "Bonn"}
