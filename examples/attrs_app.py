"""Keep recorded conversations in attrs classes, decoded and encoded by a cattrs converter."""

import attrs
import cattrs
from cattrs.preconf.json import make_converter

from realtime_models import (
    RealtimeFunctionTool,
    RealtimeServerEvent,
    RealtimeServerEventError,
    RealtimeSessionCreateRequestGA,
    RealtimeTurnDetection,
    Unknown,
)
from realtime_models_attrs import configure, to_attrs


@attrs.frozen
class Assistant:
    """A team's settings: its own fields beside types and unions of the API."""

    name: str
    session: RealtimeSessionCreateRequestGA
    turn_detection: RealtimeTurnDetection = None
    tools: dict[str, RealtimeFunctionTool] = attrs.field(factory=dict[str, RealtimeFunctionTool])


@attrs.frozen
class Recording:
    """One conversation, with every event of the server."""

    assistant: Assistant
    events: list[RealtimeServerEvent]


converter = make_converter()
configure(converter)

TEXT = """{
  "assistant": {
    "name": "guide",
    "session": {"type": "realtime", "instructions": "Be brief.", "mood": "sunny"},
    "turn_detection": {"type": "semantic_vad", "eagerness": null},
    "tools": {"find": {"type": "function", "name": "find_ship"}}
  },
  "events": [
    {"type": "error", "event_id": "e1", "error": {"type": "server_error", "message": "busy"}},
    {"type": "response.dreamed", "event_id": "e2", "sheep": [1, 2]}
  ]
}"""

recording = converter.loads(TEXT, Recording)
print("session:", recording.assistant.session)
for event in recording.events:
    match event:
        case RealtimeServerEventError(error=error):
            print("error:", error.message)
        case Unknown(tag=tag):
            print("newer than this library:", tag)
        case _:
            print("also:", event.type)

# Absent stays absent, null stays null, and nothing newer is lost.
print("unchanged:", converter.unstructure(recording) == converter.loads(TEXT, dict))

# A field of an attrs class also takes an object that is built by hand.
tool = RealtimeFunctionTool(name="ring_bell")
assistant = attrs.evolve(recording.assistant, tools={"ring": tool})
print("tools:", converter.dumps(assistant.tools))

# The attrs class that mirrors a model knows what the API says of each field.
Tool = to_attrs(RealtimeFunctionTool)
print("name:", attrs.fields(Tool).name.metadata["schema"]["description"])
print("mirror:", Tool(name="ring_bell").to_wire() == tool)

BAD = {
    "assistant": {"name": "guide", "session": {"type": "realtime", "tools": [{"type": "mcp"}]}},
    "events": [{"type": "error", "error": {"type": 5, "message": "busy"}}, "hello"],
}
try:
    converter.structure(BAD, Recording)
except cattrs.BaseValidationError as error:
    for line in cattrs.transform_error(error):
        print("problem:", line)
