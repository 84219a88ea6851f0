"""A user of the adapter for attrs: the static types of our classes are not lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import cattrs

from realtime_models import MCPTool, RealtimeFunctionTool, RealtimeServerEvent, WireModel
from realtime_models_attrs import Mirror, configure, to_attrs

if TYPE_CHECKING:
    from typing_extensions import assert_type


@attrs.frozen
class Call:
    tool: RealtimeFunctionTool
    events: list[RealtimeServerEvent]


def mirrors(tool: RealtimeFunctionTool) -> None:
    mirror = to_attrs(RealtimeFunctionTool)
    assert_type(mirror, type[Mirror[RealtimeFunctionTool]])
    made = mirror.from_wire(tool)
    assert_type(made.to_wire(), RealtimeFunctionTool)
    assert_type(made.name, object)
    assert_type(Mirror[WireModel].from_wire(tool).to_wire(), WireModel)
    mirror(name="f", parameters={"type": "object"})
    attrs.fields(mirror)
    mirror.from_wire(MCPTool(server_label="s"))  # type: ignore[arg-type]
    to_attrs(int)  # type: ignore[type-var]


def converters(text: str) -> None:
    for converter in (cattrs.Converter(), cattrs.BaseConverter()):
        configure(converter)
        call = converter.structure(text, Call)
        assert_type(call.tool, RealtimeFunctionTool)
        assert_type(call.events, list[RealtimeServerEvent])
    configure("converter")  # type: ignore[arg-type]
