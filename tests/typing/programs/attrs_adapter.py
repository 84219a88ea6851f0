"""The adapter for attrs: the static types of our classes are not lost on the way."""

from collections.abc import Callable
from typing import assert_type

import attrs
import cattrs

from realtime_models import RealtimeFunctionTool, RealtimeServerEvent, WireModel
from realtime_models_attrs import Mirror, configure, to_attrs


@attrs.frozen
class Call:
    tool: RealtimeFunctionTool
    events: list[RealtimeServerEvent]


@attrs.define
class Setup:
    tool: Mirror[RealtimeFunctionTool]


def structured(read: Callable[[object, type[Call]], Call]) -> None:
    call = read({"tool": {"name": "f"}, "events": [{"type": "newer"}]}, Call)
    assert_type(call.tool, RealtimeFunctionTool)
    assert_type(call.events, list[RealtimeServerEvent])
    assert call.tool == RealtimeFunctionTool.from_dict({"name": "f"})


if __name__ == "__main__":
    setup = Setup(to_attrs(RealtimeFunctionTool)(name="f"))
    assert_type(setup.tool, Mirror[RealtimeFunctionTool])
    assert_type(setup.tool.to_wire(), RealtimeFunctionTool)
    for converter in (cattrs.Converter(), cattrs.BaseConverter()):
        configure(converter)
        structured(converter.structure)

    mirror = to_attrs(RealtimeFunctionTool)
    assert_type(mirror, type[Mirror[RealtimeFunctionTool]])
    tool = RealtimeFunctionTool(name="f")
    made = mirror.from_wire(tool)
    assert_type(made.to_wire(), RealtimeFunctionTool)
    assert_type(made.name, object)
    assert_type(Mirror[WireModel].from_wire(tool).to_wire(), WireModel)
    mirror(name="f", parameters={"type": "object"})
    # error: argument, only pyrefly: it knows a class as one of attrs by its decorator only
    attrs.fields(mirror)
