"""Decode a session, look into it, change it, and write it back."""

from dataclasses import replace
from pathlib import Path

from realtime_models import DecodeError, RealtimeSessionCreateResponse

text = Path(__file__).with_name("session_create_response.json").read_bytes()
session = RealtimeSessionCreateResponse.from_json(text)

# Absent is UNSET, null is None: both are false, so one test finds the value.
if session.audio and session.audio.input and session.audio.input.turn_detection:
    print("silence:", session.audio.input.turn_detection.silence_duration_ms, "ms")
for tool in session.tools or ():
    print("tool:", tool.name)

slower = replace(session, instructions="Speak slowly.")
print("changed:", slower != session, "- JSON:", len(slower.to_json()), "characters")

try:
    RealtimeSessionCreateResponse.from_dict({"expires_at": "soon", "tools": [{"name": 5}]})
except DecodeError as error:
    print(error)
