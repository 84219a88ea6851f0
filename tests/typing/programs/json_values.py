"""Look into free-form JSON: the parameters of a tool, fields from the future, whole objects."""

import json
from typing import assert_type

from realtime_models import (
    UNSET,
    FrozenDict,
    JsonMapping,
    JsonObject,
    JsonValue,
    MCPTool,
    RealtimeFunctionTool,
    Unknown,
    UnsetType,
)


def required(tool: RealtimeFunctionTool) -> list[str]:
    assert_type(tool.parameters, JsonObject | UnsetType | None)
    if not tool.parameters:
        return []
    names = tool.parameters.get("required")
    assert_type(names, JsonValue | None)
    if not isinstance(names, (list, tuple)):
        return []
    return [name for name in names if isinstance(name, str)]


def headers(tool: MCPTool) -> dict[str, str]:
    assert_type(tool.headers, FrozenDict[str] | UnsetType | None)
    return dict(tool.headers or {})


def newer(tool: RealtimeFunctionTool) -> JsonValue:
    assert_type(tool.extra, JsonMapping)
    return tool.extra["strict"]


def total(value: JsonValue) -> float:
    """The sum of all the numbers in it."""
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return sum(total(item) for item in value)
    if isinstance(value, (dict, FrozenDict)):
        return sum(total(member) for member in value.values())
    return 0


if __name__ == "__main__":
    parameters: dict[str, JsonValue] = {"type": "object", "required": ["town"]}
    tool = RealtimeFunctionTool(name="weather", parameters=parameters, extra={"strict": True})
    assert required(tool) == ["town"]
    assert required(RealtimeFunctionTool(parameters=UNSET)) == []
    assert newer(tool) is True
    assert json.loads(json.dumps(tool.parameters)) == parameters
    assert headers(MCPTool(server_label="s", headers={"A": "b"})) == {"A": "b"}
    unknown = Unknown({"type": "newer", "sizes": [1, 2.5, {"more": 3}]})
    assert_type(unknown.data, JsonMapping)
    assert_type(unknown.to_dict(), dict[str, JsonValue])
    assert total(dict(unknown.data)) == total(unknown.to_dict()) == 6.5
    assert hash(unknown) == hash(Unknown.from_dict(unknown.to_dict()))
