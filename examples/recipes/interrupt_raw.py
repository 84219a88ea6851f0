"""The same with raw dicts."""

import json
import os
import time
from base64 import b64decode

from websockets.sync.client import connect

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}
item, received, begun = "", 0, 0.0  # what is played, its milliseconds so far, since when

with connect(URL, additional_headers=HEADERS, max_size=2**24) as connection:
    connection.send(json.dumps({"type": "response.create"}))
    for text in connection:
        event = json.loads(text)
        if event["type"] == "response.output_audio.delta":
            if event["item_id"] != item:
                item, received, begun = event["item_id"], 0, time.monotonic()
            received += len(b64decode(event["delta"])) // 48  # and play it
        elif event["type"] == "input_audio_buffer.speech_started" and item:
            heard = min(received, round(1000 * (time.monotonic() - begun)))
            cancel = {"type": "response.cancel"}  # harmless where nothing is active
            cut = {
                "type": "conversation.item.truncate",
                "item_id": item,
                "content_index": 0,
                "audio_end_ms": heard,
            }
            connection.send(json.dumps(cancel))
            connection.send(json.dumps(cut))
        elif event["type"] == "response.done":
            print(event["response"].get("status"))
        elif event["type"] == "conversation.item.truncated":
            print("cut:", event["item_id"])
