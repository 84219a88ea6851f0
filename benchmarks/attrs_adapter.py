"""What the adapter for attrs and cattrs costs beyond plain ``from_dict`` and ``to_dict``.

Also how long cattrs alone takes with attrs classes of the same fields, our mirrors, by its own
hooks: what a team would have without this library.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs
import cattrs

from realtime_models import (
    RealtimeFunctionTool,
    RealtimeServerEvent,
    RealtimeServerEventSessionCreated,
    WireModel,
    realtime_server_event_from_dict,
)
from realtime_models_attrs import configure, to_attrs

from .overhead import heading, row

EXAMPLES = Path(__file__).parent.parent / "examples"


@attrs.frozen
class Held:
    """An attrs class with a union of ours and a model of ours, each in a container."""

    events: list[RealtimeServerEvent]
    tools: dict[str, RealtimeFunctionTool]


def main() -> None:
    """Measure each way of the adapter against the plain one."""
    converter = cattrs.Converter()
    configure(converter)
    event = json.loads((EXAMPLES / "session_created_full.json").read_text("utf-8"))
    tool = {"type": "function", "name": "f", "description": "d", "parameters": {"type": "object"}}
    heading(f"cattrs {version()}")
    model_rows("session.created", RealtimeServerEventSessionCreated, event, converter)
    model_rows("function tool", RealtimeFunctionTool, tool, converter)
    raw: dict[str, object] = {"events": [event] * 4, "tools": {"a": tool, "b": tool}}
    held = converter.structure(raw, Held)
    row("attrs class: structure", lambda: by_hand(raw), lambda: converter.structure(raw, Held))
    row("attrs class: unstructure", lambda: written(held), lambda: converter.unstructure(held))


def model_rows(
    name: str, model: type[WireModel], data: Mapping[str, object], converter: cattrs.Converter
) -> None:
    """Measure one model there and back, as it is and by its mirror."""
    ours = model.from_dict(data)
    mirror = to_attrs(model)
    mirrored = mirror.from_wire(ours)
    decode: Callable[[], object] = lambda: model.from_dict(data)  # noqa: E731
    row(f"{name}: structure", decode, lambda: converter.structure(data, model))
    row(f"{name}: structure a mirror", decode, lambda: converter.structure(data, mirror))
    row(f"{name}: unstructure", ours.to_dict, lambda: converter.unstructure(ours))
    row(f"{name}: unstructure a mirror", ours.to_dict, lambda: converter.unstructure(mirrored))


def by_hand(raw: dict[str, object]) -> Held:
    """What one writes without the adapter."""
    events, tools = raw["events"], raw["tools"]
    assert isinstance(events, list)
    assert isinstance(tools, dict)
    return Held(
        [realtime_server_event_from_dict(event) for event in events],
        {name: RealtimeFunctionTool.from_dict(tool) for name, tool in tools.items()},
    )


def written(held: Held) -> object:
    """The way back, without the adapter."""
    return {
        "events": [event.to_dict() for event in held.events],
        "tools": {name: tool.to_dict() for name, tool in held.tools.items()},
    }


def version() -> str:
    """The version of cattrs."""
    from importlib.metadata import version

    return version("cattrs")


if __name__ == "__main__":
    main()
