"""The inputs of the command line's tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

Run: TypeAlias = Callable[..., tuple[int, list[str], str]]

GOOD = b'{"type": "error", "event_id": "e", "error": {"type": "t", "message": "m"}}'
WRONG = b'{"type": "error", "event_id": 5, "error": {"type": "t", "message": "m"}}'
NEWER = b'{"type": "session.vanished"}'
STARTED = b'{"type": "input_audio_buffer.cleared", "event_id": "e"}'
CLEAN = [
    "1 document, 0 problems",
    "  RealtimeServerEventError: 1 document, 0 problems",
    "API: current, it seems",
]
NOT_JSON = ["1 document, 1 problem", "  (not JSON): 1 document, 1 problem"]
THREE_MISTAKES = """\
{
  "type": "session.created",
  "event_id": 7,
  "session": {
    "type": "realtime",
    "object": "realtime.session",
    "audio": {
      "input": {
        "format": {
          "type": "audio/pcm",
          "rate": "fast"
        }
      }
    }
  }
}
"""


def write(name: str, *lines: bytes) -> str:
    """Write a file into the working folder."""
    Path(name).write_bytes(b"\n".join(lines))
    return name
