"""A loop over the messages of a WebSocket that goes on whatever the server sends."""

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Protocol, assert_type

from realtime_models import (
    Problem,
    RealtimeClientEventResponseCreate,
    RealtimeServerEvent,
    RealtimeServerEventError,
    RealtimeServerEventInputAudioBufferSpeechStarted,
    RealtimeServerEventRateLimitsUpdated,
    RealtimeServerEventResponseAudioDelta,
    RealtimeServerEventResponseDone,
    RealtimeServerEventResponseTextDelta,
    RealtimeServerEventSessionCreated,
    RealtimeServerEventSessionUpdated,
    Unknown,
    UnsetType,
    realtime_server_event_from_json,
)


class Socket(Protocol):
    """What this program needs of a WebSocket, whoever makes it."""

    def __aiter__(self) -> AsyncIterator[str | bytes]: ...
    async def send(self, message: str, /) -> None: ...


class Speaker:
    """Plays what it hears."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.audio = bytearray()
        self.notes: list[str] = []

    def hear(self, event: RealtimeServerEvent) -> None:
        match event:
            case event if event.problems:
                # error: reveal, only ty: it knows that there are some, which has no spelling
                assert_type(event.problems, tuple[Problem, ...])
                self.notes.append(f"broken: {event.problems[0]}")
            case RealtimeServerEventResponseTextDelta(delta=delta):
                assert_type(delta, str)
                self.text.append(delta)
            case RealtimeServerEventResponseAudioDelta(delta=delta, content_index=index):
                assert_type(index, int)
                self.audio += base64.b64decode(delta)
            case RealtimeServerEventInputAudioBufferSpeechStarted():
                self.audio.clear()
            case RealtimeServerEventSessionCreated() | RealtimeServerEventSessionUpdated():
                assert_type(
                    event, RealtimeServerEventSessionCreated | RealtimeServerEventSessionUpdated
                )
                session = event.session
                kind = session.tag if isinstance(session, Unknown) else session.type
                self.notes.append(f"session: {kind}")
            case RealtimeServerEventRateLimitsUpdated(rate_limits=limits):
                for limit in limits:
                    assert_type(limit.remaining, int | UnsetType | None)
                    if isinstance(limit.remaining, int) and limit.remaining < 100:
                        self.notes.append(f"only {limit.remaining} {limit.name or 'units'} left")
            case RealtimeServerEventError(error=error):
                assert_type(error.code, str | UnsetType | None)
                self.notes.append(error.code or error.message)
            case Unknown(tag=tag):
                self.notes.append(f"newer: {tag}")
            case _:
                assert_type(event.event_id, str | UnsetType | None)
                self.notes.append(event.type)


async def listen(socket: Socket, speaker: Speaker) -> None:
    await socket.send(RealtimeClientEventResponseCreate().to_json())
    async for message in socket:
        event = realtime_server_event_from_json(message, invalid="keep")
        assert_type(event, RealtimeServerEvent)
        speaker.hear(event)
        if isinstance(event, RealtimeServerEventResponseDone):
            assert_type(event.response.id, str | UnsetType | None)
            break


class Recording:
    """A socket that plays back what a server once sent."""

    def __init__(self, *messages: str | bytes) -> None:
        self.messages = messages
        self.sent: list[str] = []

    async def __aiter__(self) -> AsyncIterator[str | bytes]:
        for message in self.messages:
            yield message

    async def send(self, message: str, /) -> None:
        self.sent.append(message)


if __name__ == "__main__":
    place = '"response_id": "r", "item_id": "i", "output_index": 0, "content_index": 0'
    recording = Recording(
        '{"type": "session.created", "event_id": "1", "session": {"type": "surprise"}}',
        '{"type": "response.output_text.delta", "event_id": "2", "delta": "Hi", ' + place + "}",
        b'{"type": "response.output_audio.delta", "event_id": "3", "delta": "AAA=", '
        + place.encode()
        + b"}",
        '{"type": "rate_limits.updated", "event_id": "4", "rate_limits": [{"remaining": 7}]}',
        '{"type": "error", "event_id": "5", "error": {"type": "t", "message": "oh"}}',
        '{"type": "error", "event_id": 6}',
        '{"type": "response.dreamed"}',
        '{"type": "input_audio_buffer.cleared", "event_id": "7"}',
        '{"type": "response.done", "event_id": "8", "response": {}}',
        '{"type": "never read"}',
    )
    speaker = Speaker()
    asyncio.run(listen(recording, speaker))
    assert recording.sent == ['{"type":"response.create"}']
    assert (speaker.text, bytes(speaker.audio)) == (["Hi"], b"\0\0")
    assert speaker.notes == [
        "session: surprise",
        "only 7 units left",
        "oh",
        "broken: /event_id: expected string, found integer",
        "newer: response.dreamed",
        "input_audio_buffer.cleared",
        "response.done",
    ]
