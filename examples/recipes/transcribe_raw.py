"""The same with raw dicts."""

import json
import os
import sys
import wave
from base64 import b64encode

from websockets.sync.client import connect

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?intent=transcription")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

model = {"model": "gpt-4o-transcribe", "language": "de"}
audio = {"input": {"transcription": model, "turn_detection": None}}
settings = {"type": "transcription", "audio": audio}

with connect(URL, additional_headers=HEADERS) as connection:
    connection.send(json.dumps({"type": "session.update", "session": settings}))
    with wave.open(sys.argv[1]) as speech:
        while chunk := speech.readframes(2400):  # a tenth of a second
            sound = b64encode(chunk).decode()
            connection.send(json.dumps({"type": "input_audio_buffer.append", "audio": sound}))
    connection.send(json.dumps({"type": "input_audio_buffer.commit"}))
    for text in connection:
        event = json.loads(text)
        if event["type"] == "conversation.item.input_audio_transcription.delta":
            print(event.get("delta") or "", end="|", flush=True)
        elif event["type"] == "conversation.item.input_audio_transcription.completed":
            print("\n", event["transcript"], sep="")
            break
        elif event["type"] == "conversation.item.input_audio_transcription.failed":
            raise SystemExit(event["error"].get("message"))
