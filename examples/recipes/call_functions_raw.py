"""The same with raw dicts."""

import json
import os

from websockets.sync.client import connect

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}
CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def get_weather(city: str) -> str:
    return f"21 degrees in {city}"


tool = {
    "type": "function",
    "name": "get_weather",
    "description": "The weather now.",
    "parameters": CITY,
}
settings = {"type": "realtime", "output_modalities": ["text"], "tools": [tool]}
part = {"type": "input_text", "text": "Is it warm?"}
message = {"type": "message", "role": "user", "content": [part]}

with connect(URL, additional_headers=HEADERS) as connection:
    connection.send(json.dumps({"type": "session.update", "session": settings}))
    connection.send(json.dumps({"type": "conversation.item.create", "item": message}))
    connection.send(json.dumps({"type": "response.create"}))
    for text in connection:
        event = json.loads(text)
        if event["type"] == "response.output_text.done":
            print(event["text"])
        elif event["type"] == "response.done":
            output = event["response"].get("output") or []
            calls = [item for item in output if item["type"] == "function_call"]
            if not calls:
                break
            for call in calls:
                result = get_weather(**json.loads(call["arguments"]))
                item = {"type": "function_call_output", "output": result}
                item["call_id"] = call["call_id"]
                connection.send(json.dumps({"type": "conversation.item.create", "item": item}))
            connection.send(json.dumps({"type": "response.create"}))
