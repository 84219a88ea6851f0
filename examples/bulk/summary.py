"""Summarise a log of server events: pure functions that any engine can run.

``summarise`` returns the summary of some lines and ``merge`` that of two summaries. Order and
grouping make no difference to ``merge``, so the parts of an archive can be read anywhere, at any
time. The sums are of integers, which are the same in every order; sums of floats are not.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from realtime_models import (
    RealtimeConversationItemFunctionCall,
    RealtimeServerEvent,
    RealtimeServerEventError,
    RealtimeServerEventResponseAudioDelta,
    RealtimeServerEventResponseDone,
    Unknown,
    realtime_server_event_from_json,
)


@dataclass
class Summary:
    """The summary of some lines."""

    events: Counter[str] = field(default_factory=Counter)
    """Events by type."""
    newer: Counter[str] = field(default_factory=Counter)
    """Events by type, for types that this version of the library does not know."""
    malformed: int = 0
    """Lines that are not events."""
    errors: Counter[str] = field(default_factory=Counter)
    """Errors by code."""
    calls: Counter[str] = field(default_factory=Counter)
    """Calls by function."""
    input_tokens: int = 0
    output_tokens: int = 0
    audio_bytes: int = 0
    """Of the model's speech."""

    @property
    def lines(self) -> int:
        """All of them."""
        return self.events.total() + self.newer.total() + self.malformed


def summarise(lines: Iterable[bytes]) -> Summary:
    """Return the summary of lines, each with one event as JSON."""
    summary = Summary()
    for line in lines:
        _count(summary, realtime_server_event_from_json(line, invalid="keep"))
    return summary


def summarise_part(path: str) -> Summary:
    """Return the summary of a part of an archive: gzipped JSON Lines."""
    with gzip.open(path, "rb") as lines:
        return summarise(lines)


def merge(one: Summary, other: Summary) -> Summary:
    """Return the summary of two summaries together."""
    return Summary(
        events=one.events + other.events,
        newer=one.newer + other.newer,
        malformed=one.malformed + other.malformed,
        errors=one.errors + other.errors,
        calls=one.calls + other.calls,
        input_tokens=one.input_tokens + other.input_tokens,
        output_tokens=one.output_tokens + other.output_tokens,
        audio_bytes=one.audio_bytes + other.audio_bytes,
    )


def as_text(summary: Summary) -> str:
    """Return a summary as readable text, the same for equal summaries."""
    lines: list[str] = []
    for name, value in vars(summary).items():
        if isinstance(value, Counter):
            lines += [f"{name}: {key}: {count}" for key, count in sorted(value.items())]
        else:
            lines.append(f"{name}: {value}")
    return "\n".join(lines)


def _count(summary: Summary, event: RealtimeServerEvent) -> None:
    match event:
        case _ if event.problems:
            summary.malformed += 1
            return
        case Unknown(tag=tag):
            summary.newer[tag or ""] += 1
            return
        case RealtimeServerEventResponseAudioDelta(delta=delta):
            summary.audio_bytes += len(delta) * 3 // 4 - delta.count("=", -2)
        case RealtimeServerEventError(error=error):
            summary.errors[error.code or ""] += 1
        case RealtimeServerEventResponseDone(response=response):
            for item in response.output or ():
                if isinstance(item, RealtimeConversationItemFunctionCall):
                    summary.calls[item.name] += 1
            if response.usage:
                summary.input_tokens += response.usage.input_tokens or 0
                summary.output_tokens += response.usage.output_tokens or 0
    summary.events[event.type] += 1
