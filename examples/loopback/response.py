"""One response of a scripted model, in the events that the Realtime API sends.

The answer depends on the last item: for a user's message the model calls the first function of the
session, or without one repeats the message; for a function's result it repeats the result.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple, TypeAlias

from ids import Ids, Place
from items import Items, last_id, without_audio
from telling import tell_call, tell_speech, tell_text, voice

from realtime_models import (
    RealtimeBetaResponseUsageOutputTokenDetails,
    RealtimeBetaServerEventRateLimitsUpdatedRateLimitsInner,
    RealtimeConversationItem,
    RealtimeConversationItemFunctionCall,
    RealtimeConversationItemFunctionCallOutput,
    RealtimeConversationItemMessageAssistant,
    RealtimeConversationItemMessageAssistantContentInner,
    RealtimeConversationItemMessageUser,
    RealtimeFunctionTool,
    RealtimeResponse,
    RealtimeResponseCreateParams,
    RealtimeResponseUsage,
    RealtimeServerEvent,
    RealtimeServerEventConversationItemAdded,
    RealtimeServerEventConversationItemDone,
    RealtimeServerEventRateLimitsUpdated,
    RealtimeServerEventResponseCreated,
    RealtimeServerEventResponseDone,
    RealtimeServerEventResponseOutputItemAdded,
    RealtimeServerEventResponseOutputItemDone,
    RealtimeSessionCreateResponseGA,
    Unknown,
)

Modality: TypeAlias = Literal["audio", "text"]


class Call(NamedTuple):
    """A function call by the model."""

    name: str
    arguments: str


def respond(
    ids: Ids,
    items: Items,
    session: RealtimeSessionCreateResponseGA,
    wishes: RealtimeResponseCreateParams,
) -> Iterator[RealtimeServerEvent]:
    """Yield the events of one response, and add the model's items to ``items``."""
    modalities = wishes.output_modalities or session.output_modalities or ("audio",)
    modality: Modality = "text" if "text" in modalities else "audio"
    response_id = ids.new("resp")
    response = RealtimeResponse(
        id=response_id,
        status="in_progress",
        output=[],
        metadata=wishes.metadata,
        output_modalities=[modality],
    )
    yield RealtimeServerEventResponseCreated(event_id=ids.event(), response=response)
    yield rate_limits(ids)
    # Servers have new events before libraries know them: a client must always expect one.
    yield Unknown({"type": "response.mood.updated", "event_id": ids.event(), "mood": "cheerful"})
    heard = [*items.values()]
    said: list[RealtimeConversationItem] = []
    for index, part in enumerate(plan(heard, session)):
        place = Place(response_id, index, ids.new("item"))
        if isinstance(part, Call):
            yield from call(ids, items, place, part)
        else:
            yield from say(ids, items, place, part, modality)
        said.append(without_audio(items[place.item_id]))
    done = replace(response, status="completed", output=tuple(said), usage=usage(heard, said))
    yield RealtimeServerEventResponseDone(event_id=ids.event(), response=done)


def plan(
    heard: list[RealtimeConversationItem], session: RealtimeSessionCreateResponseGA
) -> list[str | Call]:
    """Return the next text or call of the model."""
    match heard[-1:]:
        case [RealtimeConversationItemFunctionCallOutput(output=output)]:
            return [f"The function says: {output}"]
        case [RealtimeConversationItemMessageUser(content=content)]:
            for tool in session.tools or ():
                if isinstance(tool, RealtimeFunctionTool) and tool.name:
                    return ["One moment, please.", Call(tool.name, arguments_for(tool))]
            return ["You said: " + " ".join(part.text or part.transcript or "" for part in content)]
        case _:
            return ["I am listening."]


def arguments_for(tool: RealtimeFunctionTool) -> str:
    """Arguments as a model writes them: JSON text, here with Rome for every parameter."""
    parameters = tool.parameters.get("properties") if tool.parameters else None
    return json.dumps(dict.fromkeys(parameters if isinstance(parameters, dict) else (), "Rome"))


def say(
    ids: Ids, items: Items, place: Place, text: str, modality: Modality
) -> Iterator[RealtimeServerEvent]:
    """Yield the events of a message, from the empty item to the complete one."""
    part = (
        RealtimeConversationItemMessageAssistantContentInner(type="output_text", text=text)
        if modality == "text"
        else RealtimeConversationItemMessageAssistantContentInner(
            type="output_audio", audio=voice(text), transcript=text
        )
    )
    item = RealtimeConversationItemMessageAssistant(
        id=place.item_id, status="completed", content=[part]
    )
    yield from begin(ids, items, place, replace(item, status="in_progress", content=()))
    yield from (tell_text if modality == "text" else tell_speech)(ids, place, text)
    yield from end(ids, items, place, item)


def call(ids: Ids, items: Items, place: Place, wanted: Call) -> Iterator[RealtimeServerEvent]:
    """Yield the events of a function call, from the empty item to the complete one."""
    call_id = ids.new("call")
    item = RealtimeConversationItemFunctionCall(
        id=place.item_id,
        status="completed",
        call_id=call_id,
        name=wanted.name,
        arguments=wanted.arguments,
    )
    yield from begin(ids, items, place, replace(item, status="in_progress", arguments=""))
    yield from tell_call(ids, place, call_id, wanted.name, wanted.arguments)
    yield from end(ids, items, place, item)


def begin(
    ids: Ids, items: Items, place: Place, item: RealtimeConversationItem
) -> Iterator[RealtimeServerEvent]:
    """Yield the events that add an empty item to the response and the conversation."""
    yield RealtimeServerEventResponseOutputItemAdded(
        event_id=ids.event(),
        response_id=place.response_id,
        output_index=place.output_index,
        item=item,
    )
    yield RealtimeServerEventConversationItemAdded(
        event_id=ids.event(), previous_item_id=last_id(items), item=item
    )


def end(
    ids: Ids, items: Items, place: Place, item: RealtimeConversationItem
) -> Iterator[RealtimeServerEvent]:
    """Yield the events that complete an item, and keep it in the conversation."""
    previous = last_id(items)
    items[place.item_id] = item
    yield RealtimeServerEventConversationItemDone(
        event_id=ids.event(), previous_item_id=previous, item=without_audio(item)
    )
    yield RealtimeServerEventResponseOutputItemDone(
        event_id=ids.event(),
        response_id=place.response_id,
        output_index=place.output_index,
        item=without_audio(item),
    )


def usage(
    heard: list[RealtimeConversationItem], said: list[RealtimeConversationItem]
) -> RealtimeResponseUsage:
    """Return the cost of a response, in which every word of JSON is a token."""
    read, written = (sum(len(item.to_json().split()) for item in items) for items in (heard, said))
    return RealtimeResponseUsage(
        total_tokens=read + written,
        input_tokens=read,
        output_tokens=written,
        output_token_details=RealtimeBetaResponseUsageOutputTokenDetails(text_tokens=written),
    )


def rate_limits(ids: Ids) -> RealtimeServerEvent:
    """Return rate limits that are far away."""
    tokens = RealtimeBetaServerEventRateLimitsUpdatedRateLimitsInner(
        name="tokens", limit=40_000, remaining=39_500, reset_seconds=0.75
    )
    return RealtimeServerEventRateLimitsUpdated(event_id=ids.event(), rate_limits=[tokens])
