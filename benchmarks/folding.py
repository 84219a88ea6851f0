"""``python -m benchmarks.folding`` measures ``Conversation`` beside decoding its events.

It prints the time of an event in a whole conversation, the time of the deltas of one item, and the
memory that they leave. Times are the best of some runs, in processor time.
"""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

from realtime_models import Conversation, RealtimeServerEvent, realtime_server_event_from_json

from .payloads import read, whole_conversation


def main(events: int = 2000, runs: int = 5) -> None:
    """Print the times and the memory."""
    texts = [payload.text for payload in whole_conversation(events)]
    decoded = decode(texts)
    decoding = best(partial(decode, texts), runs)
    print(f"decoding: {decoding / events * 1e6:.2f} µs an event")
    for audio in (False, True):
        seconds = best(partial(fold, decoded, audio), runs)
        times = f"{seconds / events * 1e6:.2f} µs an event, {seconds / decoding:.2f} of decoding"
        print(f"folding, {audio=}: {times}")
    text = json.dumps(read("response_output_text_delta"))
    for length in (events // 2, events, events * 2):
        seconds = best(partial(fold, decode([text] * length), False), runs)
        print(f"folding {length} deltas of one item: {seconds * 1e3:.2f} ms")
    sound = json.dumps(read("response_output_audio_delta"))
    for audio in (False, True):
        print(f"memory of {events * 50} deltas of audio, {audio=}: ", end="")
        print(f"{memory(sound, events * 50, audio) / 1e6:.2f} MB")


def decode(texts: list[str]) -> list[RealtimeServerEvent]:
    """Decode the events."""
    return [realtime_server_event_from_json(text) for text in texts]


def fold(events: list[RealtimeServerEvent], audio: bool) -> Conversation:
    """Fold the events, and read what they give."""
    conversation = Conversation(audio=audio)
    for event in events:
        conversation.receive(event)
    assert conversation.items
    return conversation


def best(work: Callable[[], object], runs: int) -> float:
    """Return the least seconds that some work takes."""
    seconds: list[float] = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def memory(text: str, deltas: int, audio: bool) -> int:
    """Return the bytes that the deltas of one item leave in a conversation."""
    conversation = Conversation(audio=audio)
    tracemalloc.start()
    for _ in range(deltas):
        conversation.receive(realtime_server_event_from_json(text))
    left, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return left


if __name__ == "__main__":
    main()
