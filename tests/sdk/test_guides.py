"""What the guides say about the official SDK, tested with the SDK itself."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from openai.resources.realtime.realtime import AsyncRealtimeConnection

from tests.support.paths import ROOT
from tests.support.snippets import printed, said, snippets

PAGE = ROOT / "docs" / "guides" / "migrating.md"
CREATED = b'{"type": "session.created", "event_id": "e", "session": {"type": "realtime", %s}}'


class Wire:
    """The socket of a connection: it keeps what is sent, and has one message to receive."""

    def __init__(self, message: bytes) -> None:
        self.message = message
        self.sent: list[bytes | str] = []

    async def send(self, data: bytes | str) -> None:
        self.sent.append(data)

    async def recv(self, decode: bool) -> bytes:
        assert decode is False
        return self.message


def connection(wire: Wire) -> AsyncRealtimeConnection:
    """Return the SDK's own connection over a wire."""
    any_wire: Any = wire
    return AsyncRealtimeConnection(any_wire)


@pytest.fixture(name="page")
def run_page() -> dict[str, Any]:
    """The names that the page has defined when all of it has run."""
    namespace: dict[str, Any] = {}
    for snippet in snippets(PAGE, "python"):
        assert printed(snippet, namespace) == said(snippet), snippet
    return namespace


def test_our_messages_go_through_the_official_client(page: dict[str, Any]) -> None:
    wire = Wire(CREATED % b'"object": "realtime.session", "id": "s"')
    event = asyncio.run(page["ask"](connection(wire)))
    assert type(event).__name__ == "RealtimeServerEventSessionCreated"
    assert wire.sent == [
        page["RealtimeClientEventSessionUpdate"](session=page["settings"]).to_json()
    ]


def test_what_the_page_says_of_the_sdk_is_so() -> None:
    parse = connection(Wire(b"")).parse_event
    newer: Any = parse(b'{"type": "response.dreamed", "event_id": "e"}')
    assert type(newer).__name__ == "ConversationCreatedEvent"
    broken: Any = parse(CREATED % b'"audio": {"output": {"speed": "fast"}}')
    assert broken.session.audio.output.speed == "fast"
    absent: Any = parse(CREATED % b'"object": "realtime.session"')
    null: Any = parse(CREATED % b'"instructions": null')
    assert absent.session.instructions is null.session.instructions is None
    broken.session.audio.output.speed = 1.0
    broken.session.audio.output.sped = 2.0
