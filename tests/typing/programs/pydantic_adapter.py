"""The adapter for pydantic: the static types of our classes are not lost on the way."""

from typing import Annotated, assert_type

from pydantic import BaseModel, TypeAdapter

from realtime_models import MCPTool, RealtimeFunctionTool, RealtimeServerEvent, UnsetType
from realtime_models_pydantic import Mirror, Wire, install, to_pydantic


class Call(BaseModel):
    tool: Annotated[RealtimeFunctionTool, Wire]
    events: list[Annotated[RealtimeServerEvent, Wire]]


class Setup(BaseModel):
    tool: Mirror[RealtimeFunctionTool]
    others: list[Mirror[RealtimeFunctionTool] | Mirror[MCPTool]] = []


if __name__ == "__main__":
    tool = RealtimeFunctionTool(name="f")
    call = Call(tool=tool, events=[])
    assert_type(call.tool, RealtimeFunctionTool)
    assert_type(call.tool.name, str | UnsetType | None)
    assert_type(call.events, list[RealtimeServerEvent])
    adapter = TypeAdapter(Annotated[RealtimeFunctionTool, Wire])
    assert_type(adapter.validate_python({}), RealtimeFunctionTool)
    install()

    mirror = to_pydantic(RealtimeFunctionTool)
    assert_type(mirror, type[Mirror[RealtimeFunctionTool]])
    made = mirror.from_wire(tool)
    assert_type(made.to_wire(), RealtimeFunctionTool)
    assert_type(made.name, object)
    assert_type(made.model_fields_set, set[str])
    made.description = "Ring the bell."
    mirror(name="f", parameters={"type": "object"})

    setup = Setup.model_validate({"tool": {"name": "f"}, "others": [{"name": "g"}]})
    assert_type(setup.tool, Mirror[RealtimeFunctionTool])
    assert_type(setup.tool.to_wire(), RealtimeFunctionTool)
    assert_type(setup.others, list[Mirror[RealtimeFunctionTool] | Mirror[MCPTool]])
    setup.tool = mirror(name="h")
    assert setup.model_dump_json() == (
        '{"tool":{"type":"function","name":"h"},"others":[{"type":"function","name":"g"}]}'
    )
