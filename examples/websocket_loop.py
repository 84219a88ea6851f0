"""Ask by voice and save the spoken answer: the loop at the heart of a voice application.

    OPENAI_API_KEY=sk-... python examples/websocket_loop.py question.pcm answer.pcm

The files hold raw audio, 24 kHz mono 16-bit: ``ffmpeg -i question.wav -f s16le -ar 24000 -ac 1
question.pcm``. Needs the package ``websockets``. ``--url`` connects to another server, for instance
``examples/loopback/server.py --faults``.

No message from a server ends the loop. It reports events that are newer than this program
or malformed, and ``error`` events, after which the session goes on. Only a lost connection ends a
session, and then the loop opens a new one.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from base64 import b64decode, b64encode
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from realtime_models import (
    Conversation,
    RealtimeClientEvent,
    RealtimeClientEventInputAudioBufferAppend,
    RealtimeClientEventInputAudioBufferCommit,
    RealtimeClientEventResponseCreate,
    RealtimeClientEventSessionUpdate,
    RealtimeServerEventError,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateRequestGAAudio,
    RealtimeSessionCreateRequestGAAudioInput,
    Unknown,
    realtime_server_event_from_json,
    text_of,
)
from realtime_models import RealtimeConversationItemMessageAssistant as Assistant

CHUNK = 4800
"""The bytes of audio in an event: a tenth of a second."""
PAUSE = 1.0
"""The seconds before the next attempt at a session."""

# We end the question ourselves: null, not absent, turns voice detection off.
SETTINGS = RealtimeSessionCreateRequestGA(
    audio=RealtimeSessionCreateRequestGAAudio(
        input=RealtimeSessionCreateRequestGAAudioInput(turn_detection=None)
    )
)


async def speak(connection: ClientConnection, question: bytes) -> None:
    """Send the question in pieces, as a microphone would."""
    events: list[RealtimeClientEvent] = [RealtimeClientEventSessionUpdate(session=SETTINGS)]
    for start in range(0, len(question), CHUNK):
        audio = b64encode(question[start : start + CHUNK]).decode()
        events.append(RealtimeClientEventInputAudioBufferAppend(audio=audio))
    events += [RealtimeClientEventInputAudioBufferCommit(), RealtimeClientEventResponseCreate()]
    for event in events:
        await connection.send(event.to_json())


async def listen(connection: ClientConnection) -> bytes:
    """Receive events until the answer is complete; raise ``ConnectionClosed`` if it never is."""
    conversation = Conversation(audio=True)
    while not conversation.responses:
        event = realtime_server_event_from_json(await connection.recv(), invalid="keep")
        item = conversation.item(conversation.receive(event) or "")
        if event.problems:
            print(f"malformed {type(event).__name__}: {event.problems[0]}")
        elif isinstance(event, Unknown):
            print("newer than this program:", event.tag)
        elif isinstance(event, RealtimeServerEventError):
            print("error:", event.error.message)
        elif item and event.type.endswith(("transcription.completed", "audio_transcript.done")):
            print("model:" if isinstance(item, Assistant) else "you:", text_of(item))
    answers = [item for item in conversation.items if isinstance(item, Assistant)]
    return b"".join([b64decode(part.audio or "") for item in answers for part in item.content])


async def ask(url: str, key: str, question: bytes) -> bytes:
    """Return the answer to a question, in as many sessions as it takes."""
    headers = {"Authorization": f"Bearer {key}"}
    # The iterator also retries, and waits longer each time, while it cannot connect.
    async for connection in connect(url, additional_headers=headers, max_size=2**24):
        try:
            _, answer = await asyncio.gather(speak(connection, question), listen(connection))
            await connection.close()
            return answer
        except ConnectionClosed as closed:
            print("connection lost:", closed)
            await asyncio.sleep(PAUSE)
    raise AssertionError("the iterator above has no end")


def main() -> None:
    """Ask what is in one file, and save the answer in the other."""
    parser = argparse.ArgumentParser(description="Ask by voice and save the spoken answer.")
    parser.add_argument("question", type=Path, help="raw audio, 24 kHz mono 16-bit")
    parser.add_argument("answer", type=Path, help="written in the same format")
    parser.add_argument("--url", default="wss://api.openai.com/v1")
    parser.add_argument("--model", default="gpt-realtime")
    options = parser.parse_args()
    url = f"{options.url}/realtime?model={options.model}"
    key = os.environ.get("OPENAI_API_KEY", "")
    options.answer.write_bytes(asyncio.run(ask(url, key, options.question.read_bytes())))


if __name__ == "__main__":
    main()
