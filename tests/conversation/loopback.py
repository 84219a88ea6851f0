"""The loopback server in a process of its own, and its log of the messages."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from realtime_models import RealtimeServerEvent
from tests.support.programs import serve

PATIENCE: Final = 60.0
"""The seconds after which a conversation that hangs fails."""


@dataclass(frozen=True)
class Loopback:
    """A running server."""

    websocket_url: str
    http_url: str
    log: Path

    def frames(self, session: int = 1) -> list[str]:
        """Return all messages of a session as they were sent, from either side, in order."""
        return (self.log / f"session-{session:04}.jsonl").read_text("utf-8").rstrip().split("\n")


@dataclass(frozen=True)
class OfficialSession:
    """A session of the official client."""

    said: list[str]
    """Every message from either side, as it was sent."""
    received: list[tuple[str, Any]]
    """What the client received, each with what its connection decodes it to."""


@dataclass(frozen=True)
class OurSession:
    """A session of a client with our types."""

    said: list[str]
    """Every message from either side, as it was sent."""
    received: list[RealtimeServerEvent]
    """What the client received."""


@contextlib.contextmanager
def loopback(log: Path, *options: str) -> Iterator[Loopback]:
    """Run a server that logs the messages in the folder ``log``."""
    ports = ("--port", "0", "--http-port", "0", "--log", log)
    with serve("loopback/server.py", *ports, *options, lines=2) as (websocket_url, http_url):
        yield Loopback(websocket_url, http_url, log)


@contextlib.contextmanager
def gateway(log: Path) -> Iterator[tuple[list[str], Loopback]]:
    """Run the server, and a gateway to it for clients of the beta.

    The gateway prints its URL first; after the block, there is all that it printed.
    """
    with loopback(log) as server:
        options = ("--port", "0", "--url", server.websocket_url)
        with serve("gateway.py", *options, lines=1) as said:
            yield said, server
