"""Print the transcript of a log of events as it comes: who says what, word by word.

    python examples/transcript.py examples/logs/voice.jsonl

Only the standard library is used. ``-`` is standard input, for instance ``tail -f session.jsonl``.
A log may hold what the client sent, too: then an error is shown with what it answers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from realtime_models import (
    Conversation,
    Unknown,
    realtime_client_event_from_json,
    realtime_server_event_from_json,
    text_of,
)


def follow(lines: Iterable[bytes]) -> Conversation:
    """Print what is new after each event of a log, and return the conversation at its end."""
    conversation = Conversation()
    shown: dict[str, str] = {}
    speaking = ""
    for line in lines:
        event = realtime_server_event_from_json(line, invalid="keep")
        client_event = realtime_client_event_from_json(line, invalid="keep")
        if not isinstance(client_event, Unknown):
            conversation.sent(client_event)
            continue
        item_id = conversation.receive(event) or ""
        item = conversation.item(item_id)
        before, words = shown.get(item_id, ""), text_of(item) if item else ""
        if item is None or words == before:
            continue
        if item_id == speaking and words.startswith(before):
            print(words[len(before) :], end="", flush=True)
        else:
            begin = "\n" if speaking else ""
            print(f"{begin}{item.to_dict()['role']}: {words}", end="", flush=True)
        shown[item_id], speaking = words, item_id
    print()
    return conversation


def main() -> None:
    """Follow the log of the command line; then tell what it cost, and what went wrong."""
    parser = argparse.ArgumentParser(description="Print the transcript of a log of events.")
    parser.add_argument("log", help="JSON Lines; - is standard input")
    options = parser.parse_args()
    with sys.stdin.buffer if options.log == "-" else open(options.log, "rb") as lines:
        conversation = follow(lines)
    for error, answered in conversation.refusals:
        what = answered.to_dict()["type"] if answered else "nothing in the log"
        print(f"error, answering {what}: {error.message}", file=sys.stderr)
    print(f"{conversation.usage.total_tokens} tokens, {conversation.unplaced} events unplaced")


if __name__ == "__main__":
    main()
