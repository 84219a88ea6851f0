"""The same with raw dicts."""

import json
import os

from websockets.sync.client import connect

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

settings = {"type": "realtime", "output_modalities": ["text"]}
part = {"type": "input_text", "text": "Good evening!"}
message = {"type": "message", "role": "user", "content": [part]}

with connect(URL, additional_headers=HEADERS) as connection:
    connection.send(json.dumps({"type": "session.update", "session": settings}))
    connection.send(json.dumps({"type": "conversation.item.create", "item": message}))
    connection.send(json.dumps({"type": "response.create"}))
    for text in connection:
        event = json.loads(text)
        if event["type"] == "response.output_text.delta":
            print(event["delta"], end="", flush=True)
        elif event["type"] == "error":
            print("error:", event["error"]["message"])
        elif event["type"] == "response.done":
            print("\n", event["response"]["status"], sep="")
            break
