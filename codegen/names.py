"""Names in Python for names of the schema."""

from __future__ import annotations

import re


def snake(name: str) -> str:
    """Return a name in snake case: ``realtime_mcp_tool_call`` for ``RealtimeMCPToolCall``."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return words.lower()
