"""The same with raw dicts."""

import json
import os
import sys

from websockets.sync.client import connect

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

connected = connect(URL, additional_headers=HEADERS, max_size=2**24)
with connected as connection, open(sys.argv[1], "w", encoding="utf-8") as log:
    wanted = json.dumps({"type": "response.create", "event_id": "mine_1"})
    connection.send(wanted)
    print(wanted, file=log)
    for text in connection:
        event = json.loads(text)
        print(json.dumps(event), file=log)  # as it came, in one line
        if event["type"] == "response.done":
            break

with open(sys.argv[1], encoding="utf-8") as log:
    for number, line in enumerate(log, 1):
        event = json.loads(line)
        if event["type"] == "response.create":
            print(number, "asked:", event.get("event_id"))
        elif event["type"] == "response.output_audio_transcript.done":
            print(number, "said:", event["transcript"])
