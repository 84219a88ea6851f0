"""A conversation as a client receives it: its events, in order, from the first to the last.

The user speaks, the model answers aloud, and in every third turn it calls a function first. How
often each kind of event comes is what real calls show: most of them are small pieces of audio
and of its transcript.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final, TypeAlias

__all__ = ["conversation"]

Message: TypeAlias = "dict[str, object]"

QUESTION: Final = "Hello, I would like to order a dozen pretzels for tomorrow morning, please."
ANSWER: Final = "Gladly! A dozen pretzels for tomorrow. At what time would you like to come by?"
ARGUMENTS: Final = '{"article": "pretzel", "day": "2026-11-24"}'
AUDIO_PER_WORD: Final = 4


def conversation(
    size: int, opening: list[Message], response_done: Message, audio: str
) -> list[Message]:
    """The first ``size`` events: the opening, and then one turn after the other."""
    turns = (_turn(number, response_done, audio) for number in itertools.count(1))
    events = itertools.chain(opening, itertools.chain.from_iterable(turns))
    return list(itertools.islice(_numbered(events), size))


def _numbered(events: Iterator[Message]) -> Iterator[Message]:
    for number, event in enumerate(events):
        yield {"type": event["type"], "event_id": f"event_CkW9hX2mPq{number:08}"} | {
            key: value for key, value in event.items() if key not in ("type", "event_id")
        }


def _turn(number: int, response_done: Message, audio: str) -> Iterator[Message]:
    """What one question of the user leads to."""
    yield from _question(number)
    if number % 3 == 0:
        yield from _response(number, "call", response_done, _call(number))
    yield from _response(number, "talk", response_done, _speech(number, audio))


def _question(number: int) -> Iterator[Message]:
    item = f"item_CkWuS{number:015}"
    start = number * 9000
    yield {
        "type": "input_audio_buffer.speech_started",
        "audio_start_ms": start,
        "item_id": item,
    }
    yield {
        "type": "input_audio_buffer.speech_stopped",
        "audio_end_ms": start + 3100,
        "item_id": item,
    }
    before = f"item_CkWaN{number - 1:015}" if number > 1 else None
    yield {"type": "input_audio_buffer.committed", "previous_item_id": before, "item_id": item}
    message: Message = {
        "id": item,
        "object": "realtime.item",
        "type": "message",
        "status": "completed",
        "role": "user",
        "content": [{"type": "input_audio", "transcript": None}],
    }
    yield {"type": "conversation.item.added", "previous_item_id": before, "item": message}
    yield {"type": "conversation.item.done", "previous_item_id": before, "item": message}
    place: Message = {"item_id": item, "content_index": 0}
    for word in _words(QUESTION):
        yield {
            "type": "conversation.item.input_audio_transcription.delta",
            "delta": word,
            **place,
        }
    yield {
        "type": "conversation.item.input_audio_transcription.completed",
        "transcript": QUESTION,
        "usage": {
            "type": "tokens",
            "total_tokens": 48,
            "input_tokens": 31,
            "input_token_details": {"text_tokens": 0, "audio_tokens": 31},
            "output_tokens": 17,
        },
        **place,
    }


def _response(
    number: int, kind: str, done: Message, output: tuple[Message, list[Message]]
) -> Iterator[Message]:
    """A response of one item, with the events that the item brings."""
    item, events = output
    template = done["response"]
    assert isinstance(template, dict)
    response = template | {"id": f"resp_CkW{kind}{number:012}"}
    yield {
        "type": "response.created",
        "response": response | {"status": "in_progress", "output": [], "usage": None},
    }
    yield {
        "type": "rate_limits.updated",
        "rate_limits": [
            {
                "name": "tokens",
                "limit": 40000,
                "remaining": 39000 - number,
                "reset_seconds": 1.5,
            }
        ],
    }
    place: Message = {"response_id": response["id"], "output_index": 0}
    started = item | {"status": "in_progress"}
    if "content" in started:
        started["content"] = []
    yield {"type": "response.output_item.added", "item": started, **place}
    yield {"type": "conversation.item.added", "previous_item_id": None, "item": started}
    for event in events:
        yield {"type": event["type"], **place, **event}
    yield {"type": "response.output_item.done", "item": item, **place}
    yield {"type": "conversation.item.done", "previous_item_id": None, "item": item}
    yield {"type": "response.done", "response": response | {"output": [item]}}


def _speech(number: int, audio: str) -> tuple[Message, list[Message]]:
    """A spoken answer, and the events that bring it."""
    place: Message = {"item_id": f"item_CkWaN{number:015}", "content_index": 0}
    events: list[Message] = [
        {
            "type": "response.content_part.added",
            "part": {"type": "audio", "transcript": ""},
            **place,
        }
    ]
    for word in _words(ANSWER):
        events.append({"type": "response.output_audio_transcript.delta", "delta": word, **place})
        piece: Message = {"type": "response.output_audio.delta", "delta": audio, **place}
        events += [piece] * AUDIO_PER_WORD
    events += [
        {"type": "response.output_audio.done", **place},
        {"type": "response.output_audio_transcript.done", "transcript": ANSWER, **place},
        {
            "type": "response.content_part.done",
            "part": {"type": "audio", "transcript": ANSWER},
            **place,
        },
    ]
    item: Message = {
        "id": place["item_id"],
        "object": "realtime.item",
        "type": "message",
        "status": "completed",
        "role": "assistant",
        "content": [{"type": "output_audio", "transcript": ANSWER}],
    }
    return item, events


def _call(number: int) -> tuple[Message, list[Message]]:
    """A function call, and the events that bring it."""
    place: Message = {"item_id": f"item_CkWfC{number:015}", "call_id": f"call_{number:016}"}
    delta = "response.function_call_arguments.delta"
    events: list[Message] = [{"type": delta, "delta": word, **place} for word in _words(ARGUMENTS)]
    events.append(
        {
            "type": "response.function_call_arguments.done",
            "name": "look_up_stock",
            "arguments": ARGUMENTS,
            **place,
        }
    )
    item: Message = {
        "id": place["item_id"],
        "object": "realtime.item",
        "type": "function_call",
        "status": "completed",
        "name": "look_up_stock",
        "call_id": place["call_id"],
        "arguments": ARGUMENTS,
    }
    return item, events


def _words(text: str) -> list[str]:
    """The words with the space before each, as tokens are."""
    first, *others = text.split(" ")
    return [first, *(f" {word}" for word in others)]
