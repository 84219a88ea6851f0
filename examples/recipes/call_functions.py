"""Let the model call a function of yours, send its result, and print the answer."""

import json
import os

from websockets.sync.client import connect

import realtime_models as rm

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}
CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def get_weather(city: str) -> str:
    return f"21 degrees in {city}"


tool = rm.RealtimeFunctionTool(name="get_weather", description="The weather now.", parameters=CITY)
settings = rm.RealtimeSessionCreateRequestGA(output_modalities=["text"], tools=[tool])
part = rm.RealtimeConversationItemMessageUserContentInner(type="input_text", text="Is it warm?")
message = rm.RealtimeConversationItemMessageUser(content=[part])

with connect(URL, additional_headers=HEADERS) as connection:
    connection.send(rm.RealtimeClientEventSessionUpdate(session=settings).to_json())
    connection.send(rm.RealtimeClientEventConversationItemCreate(item=message).to_json())
    connection.send(rm.RealtimeClientEventResponseCreate().to_json())
    for text in connection:
        match rm.realtime_server_event_from_json(text):
            case rm.RealtimeServerEventResponseTextDone(text=answer):
                print(answer)
            case rm.RealtimeServerEventResponseDone(response=response):
                output = response.output or ()
                calls = [
                    i for i in output if isinstance(i, rm.RealtimeConversationItemFunctionCall)
                ]
                if not calls:
                    break
                for call in calls:
                    item = rm.RealtimeConversationItemFunctionCallOutput(
                        call_id=call.call_id or "", output=get_weather(**json.loads(call.arguments))
                    )
                    created = rm.RealtimeClientEventConversationItemCreate(item=item)
                    connection.send(created.to_json())
                connection.send(rm.RealtimeClientEventResponseCreate().to_json())
