"""Names in Python for names of the schema."""

from __future__ import annotations

import re


def snake(name: str) -> str:
    """``RealtimeMCPToolCall`` as ``realtime_mcp_tool_call``: a run of capitals is one word."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return words.lower()


def constant(name: str, suffix: str) -> str:
    """The name of a module's private constant that belongs to a schema."""
    return f"_{snake(name).upper()}_{suffix}"
