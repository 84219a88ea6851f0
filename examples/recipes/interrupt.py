"""Let the user interrupt: stop the answer, and tell the server how much of it was heard."""

import os
import time
from base64 import b64decode

from websockets.sync.client import connect

import realtime_models as rm

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}
item, received, begun = "", 0, 0.0  # what is played, its milliseconds so far, since when

with connect(URL, additional_headers=HEADERS, max_size=2**24) as connection:
    connection.send(rm.RealtimeClientEventResponseCreate().to_json())
    for text in connection:
        event = rm.realtime_server_event_from_json(text)
        if event.type == "response.output_audio.delta":
            if event.item_id != item:
                item, received, begun = event.item_id, 0, time.monotonic()
            received += len(b64decode(event.delta)) // 48  # and play it
        elif event.type == "input_audio_buffer.speech_started" and item:
            heard = min(received, round(1000 * (time.monotonic() - begun)))
            cancel = rm.RealtimeClientEventResponseCancel()  # harmless where nothing is active
            cut = rm.RealtimeClientEventConversationItemTruncate(
                item_id=item, content_index=0, audio_end_ms=heard
            )
            connection.send(cancel.to_json())
            connection.send(cut.to_json())
        elif event.type == "response.done":
            print(event.response.status)
        elif event.type == "conversation.item.truncated":
            print("cut:", event.item_id)
