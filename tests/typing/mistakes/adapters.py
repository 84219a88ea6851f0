"""Where an adapter is given what is not ours, or another type of ours."""

from typing import Annotated

import cattrs
from pydantic import BaseModel

from realtime_models import MCPTool, RealtimeFunctionTool, RealtimeServerEvent
from realtime_models_attrs import configure, to_attrs
from realtime_models_pydantic import Mirror, Wire, to_pydantic


class Call(BaseModel):
    tool: Annotated[RealtimeFunctionTool, Wire]
    events: list[Annotated[RealtimeServerEvent, Wire]]


class Setup(BaseModel):
    tool: Mirror[RealtimeFunctionTool]


def wrong(setup: Setup, number: Mirror[int]) -> None:  # error: bound
    print(number)
    setup.tool.to_wire().nome  # error: attribute
    tool: Mirror[RealtimeFunctionTool] = to_pydantic(MCPTool)(server_label="s")  # error: assignment
    print(tool)


other = MCPTool(server_label="s")
Call(tool=RealtimeFunctionTool(name="f"), events=[])
# error: argument, not ty, pyrefly: they take it that pydantic converts what a model is given
Call(tool=other, events=[])
Call(tool=RealtimeFunctionTool(name="f"))  # error: call
to_pydantic(int)  # error: argument
to_pydantic(RealtimeFunctionTool).from_wire(other)  # error: argument

configure(cattrs.Converter())
configure("converter")  # error: argument
to_attrs(int)  # error: argument
to_attrs(RealtimeFunctionTool).from_wire(other)  # error: argument
