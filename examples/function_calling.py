"""Let the model call your functions: ask, run what it calls, send the result, get the answer.

    OPENAI_API_KEY=sk-... python examples/function_calling.py "What is the weather in Rome?"

Needs the package ``websockets``. ``--url`` connects to another server, for instance
``examples/loopback/server.py``.
"""

from __future__ import annotations

import argparse
import json
import os

from websockets.sync.client import connect
from websockets.sync.connection import Connection

from realtime_models import (
    Conversation,
    RealtimeClientEvent,
    RealtimeClientEventConversationItemCreate,
    RealtimeClientEventResponseCreate,
    RealtimeClientEventSessionUpdate,
    RealtimeConversationItemFunctionCall,
    RealtimeConversationItemFunctionCallOutput,
    RealtimeConversationItemMessageUser,
    RealtimeConversationItemMessageUserContentInner,
    RealtimeFunctionTool,
    RealtimeServerEventError,
    RealtimeSessionCreateRequestGA,
    realtime_server_event_from_json,
    text_of,
)

GET_WEATHER = RealtimeFunctionTool(
    name="get_weather",
    description="The weather in a city, now.",
    parameters={
        "type": "object",
        "properties": {"city": {"type": "string"}},
        "required": ["city"],
    },
)


def get_weather(city: str) -> dict[str, object]:
    """Return the weather, made up; a real function would look it up."""
    return {"city": city, "celsius": 21, "sky": "clear"}


def run(call: RealtimeConversationItemFunctionCall) -> RealtimeConversationItemFunctionCallOutput:
    """Return the result of a call, or an error, since the model may write wrong arguments."""
    try:
        output = get_weather(**json.loads(call.arguments))
    except (TypeError, ValueError) as error:
        output = {"error": f"{error}"}
    return RealtimeConversationItemFunctionCallOutput(
        call_id=call.call_id or "", output=json.dumps(output)
    )


def send(connection: Connection, event: RealtimeClientEvent) -> None:
    """Send an event."""
    connection.send(event.to_json())


def respond(connection: Connection, conversation: Conversation) -> None:
    """Ask the model for a response, and wait until it is done."""
    send(connection, RealtimeClientEventResponseCreate())
    earlier = len(conversation.responses)
    for message in connection:
        event = realtime_server_event_from_json(message, invalid="keep")
        conversation.receive(event)
        if event.problems:
            print("malformed:", event.problems[0])
        elif isinstance(event, RealtimeServerEventError):
            raise SystemExit(f"error: {event.error.message}")
        elif len(conversation.responses) > earlier:
            return
    raise SystemExit("the server closed the connection")


def converse(connection: Connection, question: str) -> str:
    """Ask a question, and run functions until the model has its answer."""
    settings = RealtimeSessionCreateRequestGA(output_modalities=["text"], tools=[GET_WEATHER])
    send(connection, RealtimeClientEventSessionUpdate(session=settings))
    part = RealtimeConversationItemMessageUserContentInner(type="input_text", text=question)
    asked = RealtimeConversationItemMessageUser(content=[part])
    send(connection, RealtimeClientEventConversationItemCreate(item=asked))
    conversation = Conversation()
    while True:
        respond(connection, conversation)
        done = conversation.responses[-1]
        if done.status != "completed":
            raise SystemExit(f"the response was {done.status}")
        output = done.output or ()
        calls = [item for item in output if isinstance(item, RealtimeConversationItemFunctionCall)]
        if not calls:
            return "\n".join(map(text_of, output))
        for call in calls:
            result = run(call)
            print(f"{call.name}({call.arguments}) = {result.output}")
            send(connection, RealtimeClientEventConversationItemCreate(item=result))


def main() -> None:
    """Ask the question of the command line."""
    parser = argparse.ArgumentParser(description="Ask something that takes a function to answer.")
    parser.add_argument("question", nargs="?", default="What is the weather in Rome?")
    parser.add_argument("--url", default="wss://api.openai.com/v1")
    parser.add_argument("--model", default="gpt-realtime")
    options = parser.parse_args()
    key = os.environ.get("OPENAI_API_KEY", "")
    with connect(
        f"{options.url}/realtime?model={options.model}",
        additional_headers={"Authorization": f"Bearer {key}"},
    ) as connection:
        print(converse(connection, options.question))


if __name__ == "__main__":
    main()
