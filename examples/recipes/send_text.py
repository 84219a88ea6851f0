"""Send what a user wrote, and print the answer as it comes."""

import os

from websockets.sync.client import connect

import realtime_models as rm

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

settings = rm.RealtimeSessionCreateRequestGA(output_modalities=["text"])
part = rm.RealtimeConversationItemMessageUserContentInner(type="input_text", text="Good evening!")
message = rm.RealtimeConversationItemMessageUser(content=[part])

with connect(URL, additional_headers=HEADERS) as connection:
    connection.send(rm.RealtimeClientEventSessionUpdate(session=settings).to_json())
    connection.send(rm.RealtimeClientEventConversationItemCreate(item=message).to_json())
    connection.send(rm.RealtimeClientEventResponseCreate().to_json())
    for text in connection:
        event = rm.realtime_server_event_from_json(text, invalid="keep")
        if event.problems:
            print("broken:", event.problems[0])
        elif event.type == "response.output_text.delta":
            print(event.delta, end="", flush=True)
        elif event.type == "error":
            print("error:", event.error.message)
        elif event.type == "response.done":
            print("\n", event.response.status, sep="")
            break
