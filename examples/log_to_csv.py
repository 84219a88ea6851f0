"""Convert a log of events, one JSON object a line, to a table: who said what, and what it cost.

    python examples/log_to_csv.py events.jsonl > table.csv

Only the standard library is used, and memory does not grow with the log. ``-`` is standard input.
Other lines and events without interest are skipped; malformed ones are reported.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator
from typing import TypedDict

from realtime_models import (
    RealtimeServerEvent,
    RealtimeServerEventConversationItemInputAudioTranscriptionCompleted,
    RealtimeServerEventError,
    RealtimeServerEventResponseAudioTranscriptDone,
    RealtimeServerEventResponseDone,
    RealtimeServerEventResponseTextDone,
    TranscriptTextUsageDuration,
    TranscriptTextUsageTokens,
    Unknown,
    realtime_server_event_from_json,
)


class Row(TypedDict, total=False):
    """A row of the table; unknown values stay empty."""

    line: int
    type: str
    id: str
    speaker: str
    text: str
    status: str
    input_tokens: int
    output_tokens: int
    seconds: float


def table(lines: Iterable[bytes]) -> Iterator[Row]:
    """Yield the rows of a log."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        event = realtime_server_event_from_json(line, invalid="keep")
        if event.problems:
            print(f"line {number}: {event.problems[0]}", file=sys.stderr)
            continue
        row = row_of(event)
        if row:
            tag = event.tag if isinstance(event, Unknown) else event.type
            yield {"line": number, "type": f"{tag}", **row}


def row_of(event: RealtimeServerEvent) -> Row:
    """Return the words and costs in an event, if it has any."""
    match event:
        case RealtimeServerEventConversationItemInputAudioTranscriptionCompleted():
            return {
                "id": event.item_id,
                "speaker": "user",
                "text": event.transcript,
                **cost_of_transcript(event),
            }
        case RealtimeServerEventResponseAudioTranscriptDone(item_id=item_id, transcript=text):
            return {"id": item_id, "speaker": "model", "text": text}
        case RealtimeServerEventResponseTextDone(item_id=item_id, text=text):
            return {"id": item_id, "speaker": "model", "text": text}
        case RealtimeServerEventError(error=error):
            return {"id": error.event_id or "", "speaker": "server", "text": error.message}
        case RealtimeServerEventResponseDone(response=response):
            row: Row = {"id": response.id or "", "status": response.status or ""}
            # Absent and null are both false: then there is nothing to report.
            if response.usage:
                row["input_tokens"] = response.usage.input_tokens or 0
                row["output_tokens"] = response.usage.output_tokens or 0
            return row
        case _:
            return {}


def cost_of_transcript(
    event: RealtimeServerEventConversationItemInputAudioTranscriptionCompleted,
) -> Row:
    """Return the cost of a transcription, which depends on the model: tokens, or seconds."""
    match event.usage:
        case TranscriptTextUsageTokens(input_tokens=read, output_tokens=written):
            return {"input_tokens": read, "output_tokens": written}
        case TranscriptTextUsageDuration(seconds=seconds):
            return {"seconds": seconds}
        case _:
            return {}


def main() -> None:
    """Write the table to standard output."""
    parser = argparse.ArgumentParser(description="A log of events as a table.")
    parser.add_argument("log", help="JSON Lines; - is standard input")
    log = parser.parse_args().log
    with (
        sys.stdin.buffer if log == "-" else open(log, "rb") as lines,
        # The format requires UTF-8 and its own line ends, whatever the terminal uses.
        open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as output,
    ):
        writer = csv.DictWriter(output, Row.__annotations__)
        writer.writeheader()
        writer.writerows(table(lines))


if __name__ == "__main__":
    main()
