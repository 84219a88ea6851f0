"""Write both directions of a session to a file, a message a line, and read it again."""

import os
import sys

from websockets.sync.client import connect

import realtime_models as rm

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

connected = connect(URL, additional_headers=HEADERS, max_size=2**24)
with connected as connection, open(sys.argv[1], "w", encoding="utf-8") as log:
    wanted = rm.RealtimeClientEventResponseCreate(event_id="mine_1").to_json()
    connection.send(wanted)
    print(wanted, file=log)
    for text in connection:
        event = rm.realtime_server_event_from_json(text, invalid="keep")
        print(event.to_json(), file=log)  # as it came, in one line
        if event.type == "response.done":
            break

with open(sys.argv[1], encoding="utf-8") as log:
    for number, line in enumerate(log, 1):
        entry = rm.realtime_event_from_json(line, invalid="keep")
        if entry.problems:
            print(number, "broken:", entry.problems[0])
        elif entry.type == "response.create":
            print(number, "asked:", entry.event_id)
        elif entry.type == "response.output_audio_transcript.done":
            print(number, "said:", entry.transcript)
