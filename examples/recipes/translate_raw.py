"""The same with raw dicts."""

import json
import os
import sys
import wave
from base64 import b64decode, b64encode

from websockets.sync.client import connect

URL = "wss://api.openai.com/v1/realtime/translations?model=gpt-realtime-translate"
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

settings = {"audio": {"output": {"language": "fr"}}}

with connect(os.environ.get("REALTIME_URL", URL), additional_headers=HEADERS) as connection:
    connection.send(json.dumps({"type": "session.update", "session": settings}))
    with wave.open(sys.argv[1]) as speech:
        while chunk := speech.readframes(4800):  # 200 milliseconds, the length of a frame
            sound = b64encode(chunk).decode()
            append = {"type": "session.input_audio_buffer.append", "audio": sound}
            connection.send(json.dumps(append))
    connection.send(json.dumps({"type": "session.close"}))
    with wave.open(sys.argv[2], "wb") as translated:
        translated.setparams((1, 2, 24_000, 0, "NONE", "not compressed"))
        for text in connection:
            event = json.loads(text)
            if event["type"] == "session.output_audio.delta":
                translated.writeframes(b64decode(event["delta"]))
            elif event["type"] == "session.output_transcript.delta":
                print(event["delta"], flush=True)
            elif event["type"] == "session.closed":
                break
