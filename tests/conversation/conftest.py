"""The session, run once with each client."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversation import official, ours
from tests.conversation.loopback import PATIENCE, Loopback, OfficialSession, OurSession, loopback


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Loopback]:
    """A fresh loopback server."""
    with loopback(tmp_path / "log") as running:
        yield running


@pytest.fixture(scope="session")
def official_session(tmp_path_factory: pytest.TempPathFactory) -> OfficialSession:
    """The session with the official client."""
    with loopback(tmp_path_factory.mktemp("official")) as running:
        received = asyncio.run(asyncio.wait_for(official.converse(running.websocket_url), PATIENCE))
        return OfficialSession(running.frames(), received)


@pytest.fixture(scope="session")
def our_session(tmp_path_factory: pytest.TempPathFactory) -> OurSession:
    """The session with a client of our types."""
    with loopback(tmp_path_factory.mktemp("ours")) as running:
        received = asyncio.run(asyncio.wait_for(ours.converse(running.websocket_url), PATIENCE))
        return OurSession(running.frames(), received)
