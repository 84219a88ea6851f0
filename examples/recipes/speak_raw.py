"""The same with raw dicts."""

import json
import os
import sys
import wave
from base64 import b64decode, b64encode

from websockets.sync.client import connect

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

# The file ends the question: null, not absent, turns voice detection off.
settings = {"type": "realtime", "audio": {"input": {"turn_detection": None}}}

with connect(URL, additional_headers=HEADERS, max_size=2**24) as connection:
    connection.send(json.dumps({"type": "session.update", "session": settings}))
    with wave.open(sys.argv[1]) as question:
        while chunk := question.readframes(2400):  # a tenth of a second
            sound = b64encode(chunk).decode()
            connection.send(json.dumps({"type": "input_audio_buffer.append", "audio": sound}))
    connection.send(json.dumps({"type": "input_audio_buffer.commit"}))
    connection.send(json.dumps({"type": "response.create"}))
    with wave.open(sys.argv[2], "wb") as answer:
        answer.setparams((1, 2, 24_000, 0, "NONE", "not compressed"))
        for text in connection:
            event = json.loads(text)
            if event["type"] == "response.output_audio.delta":
                answer.writeframes(b64decode(event["delta"]))
            elif event["type"] == "response.output_audio_transcript.done":
                print(event["transcript"])
            elif event["type"] == "response.done":
                break
