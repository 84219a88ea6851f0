"""The messages of ``tests/data`` and ``examples``, one a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from tests.support.paths import DATA, EXAMPLES

VALID: Final = sorted((DATA / "valid").glob("*.json"))
INVALID: Final = sorted((DATA / "invalid").glob("*.json"))
NOTICES: Final = sorted((DATA / "notices").glob("*.json"))
SHOWN: Final = sorted(EXAMPLES.glob("*.json"))
TYPES: Final = {
    "session_create_response": "RealtimeSessionCreateResponse",
    "session_create_response_ga": "RealtimeSessionCreateResponseGA",
    "session_create_request_ga": "RealtimeSessionCreateRequestGA",
    "session_update": "RealtimeClientEvent",
    "session_created": "RealtimeServerEvent",
    "session_created_full": "RealtimeServerEvent",
    "session_updated": "RealtimeServerEvent",
    "error": "RealtimeServerEvent",
}
"""The types of the messages in ``examples``."""


def load(path: Path) -> Any:
    """Return the JSON in a file."""
    return json.loads(path.read_text("utf-8"))


def by_stem(path: Path) -> str:
    """Return the id of a test of one file."""
    return path.stem
