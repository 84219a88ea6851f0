"""What nobody can change: fields, arrays, free-form JSON, and what a class is."""

from dataclasses import replace

from realtime_models import (
    UNSET,
    DecodeError,
    JsonMapping,
    Problem,
    RealtimeFunctionTool,
    RealtimeSessionCreateResponse,
    Unknown,
)

tool = RealtimeFunctionTool(name="f", parameters={"type": "object"})
unknown = Unknown({"type": "newer"})
problem = Problem("", "error", "missing", "expected string")

tool.name = "g"  # error: frozen
tool.parameters = UNSET  # error: frozen
tool.extra = JsonMapping({})  # error: frozen
del tool.name  # error: frozen, not mypy: it lets a field that cannot be assigned be deleted
unknown.data = JsonMapping({})  # error: frozen
problem.code = "pattern"  # error: frozen
tool.nick = "h"  # error: attribute

unknown.data["type"] = "older"  # error: item


def collections(session: RealtimeSessionCreateResponse, tool: RealtimeFunctionTool) -> None:
    if session.tools:
        session.tools[0] = tool  # error: item
        session.tools.append(tool)  # error: attribute
    if tool.parameters:
        tool.parameters["type"] = "array"  # error: item
        del tool.parameters["type"]  # error: item
        tool.parameters.update({})  # error: attribute
        tool.parameters.pop("type")  # error: attribute


# The signature of replace takes any names; some checkers know better.
replace(tool, nme="g")  # error: call, not pyright, basedpyright, ty: see above
replace(tool, name=5)  # error: argument, not pyright, basedpyright, ty: see above
DecodeError("RealtimeFunctionTool")  # error: call
