"""What the adapter for pydantic costs beyond plain ``from_dict`` and ``to_dict``.

Both run in turn in every round; a ratio is the median over the rounds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import pydantic
from pydantic import BaseModel, TypeAdapter

from realtime_models import (
    RealtimeFunctionTool,
    RealtimeServerEvent,
    RealtimeServerEventSessionCreated,
    WireModel,
    realtime_server_event_from_dict,
)
from realtime_models_pydantic import Wire, to_pydantic

from .overhead import heading, row

EXAMPLES = Path(__file__).parent.parent / "examples"


class Held(BaseModel):
    """A pydantic model with a union of ours and a model of ours, each in a container."""

    events: list[Annotated[RealtimeServerEvent, Wire]]
    tools: dict[str, Annotated[RealtimeFunctionTool, Wire]]


def main() -> None:
    """Measure each way of the adapter against the plain one."""
    event = json.loads((EXAMPLES / "session_created_full.json").read_text("utf-8"))
    tool = {"type": "function", "name": "f", "description": "d", "parameters": {"type": "object"}}
    heading(f"pydantic {pydantic.VERSION}")
    model_rows("session.created", RealtimeServerEventSessionCreated, event)
    union: TypeAdapter[Any] = TypeAdapter(Annotated[RealtimeServerEvent, Wire])
    decode: Callable[[], object] = lambda: realtime_server_event_from_dict(event)  # noqa: E731
    row("a server event: validate", decode, lambda: union.validate_python(event))
    model_rows("function tool", RealtimeFunctionTool, tool)
    raw: dict[str, Any] = {"events": [event] * 4, "tools": {"a": tool, "b": tool}}
    held = Held.model_validate(raw)
    row("pydantic model: validate", lambda: by_hand(raw), lambda: Held.model_validate(raw))
    row("pydantic model: dump", lambda: written(held), held.model_dump)


def model_rows(name: str, model: type[WireModel], data: Mapping[str, object]) -> None:
    """Measure one model there and back, as it is and by its mirror."""
    hint: Any = model
    ours, mirror = model.from_dict(data), to_pydantic(model)
    mirrored = mirror.from_wire(ours)
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[hint, Wire])
    decode: Callable[[], object] = lambda: model.from_dict(data)  # noqa: E731
    row(f"{name}: validate", decode, lambda: adapter.validate_python(data))
    row(f"{name}: validate a mirror", decode, lambda: mirror.model_validate(data))
    row(f"{name}: dump", ours.to_dict, lambda: adapter.dump_python(ours))
    row(f"{name}: dump a mirror", ours.to_dict, lambda: mirrored.model_dump(exclude_unset=True))


def by_hand(raw: dict[str, Any]) -> object:
    """What one writes without the adapter."""
    return (
        [realtime_server_event_from_dict(event) for event in raw["events"]],
        {name: RealtimeFunctionTool.from_dict(tool) for name, tool in raw["tools"].items()},
    )


def written(held: Held) -> object:
    """The way back, without the adapter."""
    return {
        "events": [event.to_dict() for event in held.events],
        "tools": {name: tool.to_dict() for name, tool in held.tools.items()},
    }


if __name__ == "__main__":
    main()
