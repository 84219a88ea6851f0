"""What both clients send: the same session, written once for each."""

from __future__ import annotations

import json
from base64 import b64encode

MODEL = "gpt-realtime"
KEY = "sk-of-the-tests"
INSTRUCTIONS = "Tell the weather."
FIRST_HALF = b64encode(bytes(4800)).decode()
SECOND_HALF = b64encode(bytes(range(240)) * 10).decode()
PARAMETERS = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
}


def get_weather(arguments: str) -> str:
    """Return the function that the model calls: JSON text in, JSON text out."""
    return json.dumps({"city": json.loads(arguments)["city"], "celsius": 21})
