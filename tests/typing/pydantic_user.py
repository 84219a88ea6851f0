"""A user of the adapter for pydantic: the static types of our classes are not lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, TypeAdapter

from realtime_models import MCPTool, RealtimeFunctionTool, RealtimeServerEvent, UnsetType
from realtime_models_pydantic import Mirror, Wire, install, to_pydantic

if TYPE_CHECKING:
    from typing_extensions import assert_type


class Call(BaseModel):
    tool: Annotated[RealtimeFunctionTool, Wire]
    events: list[Annotated[RealtimeServerEvent, Wire]]


def fields(call: Call) -> None:
    assert_type(call.tool, RealtimeFunctionTool)
    assert_type(call.tool.name, str | UnsetType | None)
    assert_type(call.events, list[RealtimeServerEvent])
    Call(tool=RealtimeFunctionTool(name="f"), events=[])
    Call(tool=MCPTool(server_label="s"), events=[])  # type: ignore[arg-type]
    adapter = TypeAdapter(Annotated[RealtimeFunctionTool, Wire])
    assert_type(adapter.validate_python({}), RealtimeFunctionTool)
    install()


def mirrors(tool: RealtimeFunctionTool) -> None:
    mirror = to_pydantic(RealtimeFunctionTool)
    assert_type(mirror, type[Mirror[RealtimeFunctionTool]])
    made = mirror.from_wire(tool)
    assert_type(made.to_wire(), RealtimeFunctionTool)
    assert_type(made.name, object)
    assert_type(made.model_fields_set, set[str])
    mirror(name="f", parameters={"type": "object"})
    mirror.from_wire(MCPTool(server_label="s"))  # type: ignore[arg-type]
    to_pydantic(int)  # type: ignore[type-var]
