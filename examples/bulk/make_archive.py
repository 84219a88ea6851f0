"""Make up an archive of server events for the other programs: gzipped JSON Lines.

    python examples/bulk/make_archive.py archive --parts 8 --sessions 100

The same seed gives the same archive, byte for byte. One line in a few hundred is not what the API
describes: an event newer than the library, or a line that was cut off.
"""

from __future__ import annotations

import argparse
import gzip
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from random import Random

from realtime_models import (
    RealtimeBetaServerEventErrorError,
    RealtimeConversationItem,
    RealtimeConversationItemFunctionCall,
    RealtimeConversationItemMessageAssistant,
    RealtimeConversationItemMessageAssistantContentInner,
    RealtimeResponse,
    RealtimeResponseUsage,
    RealtimeServerEvent,
    RealtimeServerEventConversationItemInputAudioTranscriptionCompleted,
    RealtimeServerEventError,
    RealtimeServerEventInputAudioBufferCommitted,
    RealtimeServerEventInputAudioBufferSpeechStarted,
    RealtimeServerEventInputAudioBufferSpeechStopped,
    RealtimeServerEventResponseAudioDelta,
    RealtimeServerEventResponseAudioTranscriptDelta,
    RealtimeServerEventResponseCreated,
    RealtimeServerEventResponseDone,
    RealtimeServerEventSessionCreated,
    RealtimeSessionCreateResponseGA,
    RealtimeSessionCreateResponseGAAudio,
    RealtimeSessionCreateResponseGAAudioOutput,
    Unknown,
)

WORDS = ("a", "and", "boat", "calm", "evening", "for", "harbour", "is", "of", "sea", "the", "tide")
FUNCTIONS = ("get_weather", "book_table", "find_ship")
ERRORS = ("rate_limit_exceeded", "invalid_value")


def make_archive(folder: Path, parts: int, sessions: int, seed: int) -> list[Path]:
    """Write an archive; each part has the given number of sessions."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"part-{number:04}.jsonl.gz" for number in range(1, parts + 1)]
    for path in paths:
        random = Random(f"{seed}/{path.name}")
        lines = [line for _ in range(sessions) for line in session(random)]
        # By default the header of the file contains the time.
        path.write_bytes(gzip.compress("".join(lines).encode(), compresslevel=6, mtime=0))
    return paths


def session(random: Random) -> Iterator[str]:
    """Yield the lines of one session."""
    for event in events(random):
        text = event.to_json()
        if random.random() < 0.002:
            text = text[: random.randrange(1, len(text))]
        yield f"{text}\n"


def events(random: Random) -> Iterator[RealtimeServerEvent]:
    """Yield the events of one session."""
    output = RealtimeSessionCreateResponseGAAudioOutput(voice=random.choice(["marin", "cedar"]))
    yield RealtimeServerEventSessionCreated(
        event_id=new_id(random, "event"),
        session=RealtimeSessionCreateResponseGA(
            id=new_id(random, "sess"),
            model="gpt-realtime",
            output_modalities=["audio"],
            instructions=text(random, 40),
            audio=RealtimeSessionCreateResponseGAAudio(output=output),
            expires_at=1_795_000_000 + random.randrange(10**6),
        ),
    )
    for _ in range(random.randrange(1, 6)):
        yield from question(random)
        yield from answer(random)
        if random.random() < 0.1:
            mood = {"type": "response.mood.updated", "event_id": new_id(random, "event")}
            yield Unknown(mood)
        if random.random() < 0.05:
            error = RealtimeBetaServerEventErrorError(
                type="server_error", code=random.choice(ERRORS), message=text(random, 8)
            )
            yield RealtimeServerEventError(event_id=new_id(random, "event"), error=error)


def question(random: Random) -> Iterator[RealtimeServerEvent]:
    """Yield the events of a question by the user."""
    item_id = new_id(random, "item")
    start = random.randrange(10**6)
    yield RealtimeServerEventInputAudioBufferSpeechStarted(
        event_id=new_id(random, "event"), audio_start_ms=start, item_id=item_id
    )
    yield RealtimeServerEventInputAudioBufferSpeechStopped(
        event_id=new_id(random, "event"), audio_end_ms=start + 1500, item_id=item_id
    )
    yield RealtimeServerEventInputAudioBufferCommitted(
        event_id=new_id(random, "event"), previous_item_id=None, item_id=item_id
    )
    yield RealtimeServerEventConversationItemInputAudioTranscriptionCompleted(
        event_id=new_id(random, "event"),
        item_id=item_id,
        content_index=0,
        transcript=text(random, random.randrange(4, 20)),
    )


def answer(random: Random) -> Iterator[RealtimeServerEvent]:
    """Yield the events of an answer by the model, which now and then calls a function."""
    response_id, item_id = new_id(random, "resp"), new_id(random, "item")
    response = RealtimeResponse(id=response_id, status="in_progress", output=[])
    yield RealtimeServerEventResponseCreated(event_id=new_id(random, "event"), response=response)
    transcript = text(random, random.randrange(5, 40))
    for word in transcript.split():
        yield RealtimeServerEventResponseAudioTranscriptDelta(
            event_id=new_id(random, "event"),
            response_id=response_id,
            item_id=item_id,
            output_index=0,
            content_index=0,
            delta=f"{word} ",
        )
        yield RealtimeServerEventResponseAudioDelta(
            event_id=new_id(random, "event"),
            response_id=response_id,
            item_id=item_id,
            output_index=0,
            content_index=0,
            delta=b64encode(random.randbytes(random.randrange(1200, 3600))).decode(),
        )
    output = said(random, item_id, transcript)
    read, written = random.randrange(50, 5000), random.randrange(20, 500)
    usage = RealtimeResponseUsage(
        total_tokens=read + written, input_tokens=read, output_tokens=written
    )
    done = RealtimeResponse(id=response_id, status="completed", output=output, usage=usage)
    yield RealtimeServerEventResponseDone(event_id=new_id(random, "event"), response=done)


def said(random: Random, item_id: str, transcript: str) -> list[RealtimeConversationItem]:
    """Return the items of a response."""
    part = RealtimeConversationItemMessageAssistantContentInner(
        type="output_audio", transcript=transcript
    )
    message = RealtimeConversationItemMessageAssistant(
        id=item_id, status="completed", content=[part]
    )
    if random.random() < 0.7:
        return [message]
    call = RealtimeConversationItemFunctionCall(
        id=new_id(random, "item"),
        status="completed",
        call_id=new_id(random, "call"),
        name=random.choice(FUNCTIONS),
        arguments='{"city": "Rome"}',
    )
    return [message, call]


def text(random: Random, words: int) -> str:
    """Return some words."""
    return " ".join(random.choices(WORDS, k=words))


def new_id(random: Random, kind: str) -> str:
    """Return an ID as servers make them."""
    return f"{kind}_{random.getrandbits(72):018x}"


def main() -> None:
    """Write the archive that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make up an archive of events.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--parts", type=int, default=8)
    parser.add_argument("--sessions", type=int, default=100, help="in each part")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    paths = make_archive(options.folder, options.parts, options.sessions, options.seed)
    print(f"{len(paths)} parts, {sum(path.stat().st_size for path in paths)} bytes")


if __name__ == "__main__":
    main()
