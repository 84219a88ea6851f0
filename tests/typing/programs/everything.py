"""Import all names at once, as notebooks do: the models are among them, and no modules."""

from typing import assert_type

# error: wildcard, only pyright, basedpyright: they advise against it, and define the names
from realtime_models import *


def names(tools: tuple[RealtimeTool, ...], limit: RealtimeRateLimit) -> list[str]:
    assert_type(tools, tuple[RealtimeResponseCreateParamsToolsInner, ...])
    assert_type(limit.remaining, int | UnsetType | None)
    session: list[str] = [
        tool.name or "" for tool in tools if isinstance(tool, RealtimeFunctionTool)
    ]
    return session


if __name__ == "__main__":
    items: tuple[RealtimeTool, ...] = (RealtimeFunctionTool(name="f"),)
    assert names(items, RealtimeRateLimit(name="tokens")) == ["f"]
    error = RealtimeError(type="t", message="m")
    assert_type(error, RealtimeBetaServerEventErrorError)
    choice: RealtimeToolChoice = "auto"
    assert RealtimeSessionCreateRequestGA(tools=items, tool_choice="auto").tool_choice == choice
