"""Short names for types whose own names are accidents of the API's description.

It leaves them inline, or describes them where the beta uses them, and they are called after that
place. These are the same types, not other ones: what they show of themselves is the long name.
"""

from __future__ import annotations

from typing import TypeAlias

from .wire.server_events import (
    RealtimeBetaServerEventErrorError,
    RealtimeBetaServerEventRateLimitsUpdatedRateLimitsInner,
)
from .wire.tools import (
    RealtimeBetaResponseCreateParamsToolChoice,
    RealtimeResponseCreateParamsToolsInner,
)

__all__ = ["RealtimeError", "RealtimeRateLimit", "RealtimeTool", "RealtimeToolChoice"]

RealtimeError: TypeAlias = RealtimeBetaServerEventErrorError
"""What went wrong, in the event `error`."""
RealtimeRateLimit: TypeAlias = RealtimeBetaServerEventRateLimitsUpdatedRateLimitsInner
"""One of the limits in the event `rate_limits.updated`."""
RealtimeTool: TypeAlias = RealtimeResponseCreateParamsToolsInner
"""A tool: a function, or an MCP server."""
RealtimeToolChoice: TypeAlias = RealtimeBetaResponseCreateParamsToolChoice
"""How the model chooses among tools."""
