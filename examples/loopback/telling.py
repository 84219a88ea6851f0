"""An item of a response in pieces: the events between its start and its end."""

from __future__ import annotations

import math
import re
import struct
from base64 import b64encode
from collections.abc import Iterator

from ids import Ids, Place

from realtime_models import (
    RealtimeBetaServerEventResponseContentPartAddedPart,
    RealtimeBetaServerEventResponseContentPartDonePart,
    RealtimeServerEvent,
    RealtimeServerEventResponseAudioDelta,
    RealtimeServerEventResponseAudioDone,
    RealtimeServerEventResponseAudioTranscriptDelta,
    RealtimeServerEventResponseAudioTranscriptDone,
    RealtimeServerEventResponseContentPartAdded,
    RealtimeServerEventResponseContentPartDone,
    RealtimeServerEventResponseFunctionCallArgumentsDelta,
    RealtimeServerEventResponseFunctionCallArgumentsDone,
    RealtimeServerEventResponseTextDelta,
    RealtimeServerEventResponseTextDone,
)

_WAVE = [round(6000 * math.sin(math.tau * 440 * i / 24_000)) for i in range(2400)]
TONE = struct.pack("<2400h", *_WAVE)
"""A tenth of a second at 440 Hz: the model's voice, as 24 kHz mono 16-bit PCM."""


def pieces(text: str) -> list[str]:
    """Return the words of a text, each with the space that follows it."""
    return re.findall(r"\S+\s*", text)


def voice(text: str) -> str:
    """Return a text as Base64 audio: a tone for each word."""
    return b64encode(TONE * len(text.split())).decode()


def tell_text(ids: Ids, place: Place, text: str) -> Iterator[RealtimeServerEvent]:
    """Yield the events of a written message."""
    response_id, output_index, item_id = place
    yield RealtimeServerEventResponseContentPartAdded(
        event_id=ids.event(),
        response_id=response_id,
        item_id=item_id,
        output_index=output_index,
        content_index=0,
        part=RealtimeBetaServerEventResponseContentPartAddedPart(type="text", text=""),
    )
    for piece in pieces(text):
        yield RealtimeServerEventResponseTextDelta(
            event_id=ids.event(),
            response_id=response_id,
            item_id=item_id,
            output_index=output_index,
            content_index=0,
            delta=piece,
        )
    yield RealtimeServerEventResponseTextDone(
        event_id=ids.event(),
        response_id=response_id,
        item_id=item_id,
        output_index=output_index,
        content_index=0,
        text=text,
    )
    yield RealtimeServerEventResponseContentPartDone(
        event_id=ids.event(),
        response_id=response_id,
        item_id=item_id,
        output_index=output_index,
        content_index=0,
        part=RealtimeBetaServerEventResponseContentPartDonePart(type="text", text=text),
    )


def tell_speech(ids: Ids, place: Place, text: str) -> Iterator[RealtimeServerEvent]:
    """Yield the events of a spoken message: its audio, and the transcript."""
    response_id, output_index, item_id = place
    yield RealtimeServerEventResponseContentPartAdded(
        event_id=ids.event(),
        response_id=response_id,
        item_id=item_id,
        output_index=output_index,
        content_index=0,
        part=RealtimeBetaServerEventResponseContentPartAddedPart(type="audio", transcript=""),
    )
    for piece in pieces(text):
        yield RealtimeServerEventResponseAudioTranscriptDelta(
            event_id=ids.event(),
            response_id=response_id,
            item_id=item_id,
            output_index=output_index,
            content_index=0,
            delta=piece,
        )
        yield RealtimeServerEventResponseAudioDelta(
            event_id=ids.event(),
            response_id=response_id,
            item_id=item_id,
            output_index=output_index,
            content_index=0,
            delta=voice(piece),
        )
    yield RealtimeServerEventResponseAudioDone(
        event_id=ids.event(),
        response_id=response_id,
        item_id=item_id,
        output_index=output_index,
        content_index=0,
    )
    yield RealtimeServerEventResponseAudioTranscriptDone(
        event_id=ids.event(),
        response_id=response_id,
        item_id=item_id,
        output_index=output_index,
        content_index=0,
        transcript=text,
    )
    yield RealtimeServerEventResponseContentPartDone(
        event_id=ids.event(),
        response_id=response_id,
        item_id=item_id,
        output_index=output_index,
        content_index=0,
        part=RealtimeBetaServerEventResponseContentPartDonePart(type="audio", transcript=text),
    )


def tell_call(
    ids: Ids, place: Place, call_id: str, name: str, arguments: str
) -> Iterator[RealtimeServerEvent]:
    """Yield the events of a function call's arguments."""
    response_id, output_index, item_id = place
    for piece in pieces(arguments):
        yield RealtimeServerEventResponseFunctionCallArgumentsDelta(
            event_id=ids.event(),
            response_id=response_id,
            item_id=item_id,
            output_index=output_index,
            call_id=call_id,
            delta=piece,
        )
    yield RealtimeServerEventResponseFunctionCallArgumentsDone(
        event_id=ids.event(),
        response_id=response_id,
        item_id=item_id,
        output_index=output_index,
        call_id=call_id,
        name=name,
        arguments=arguments,
    )
