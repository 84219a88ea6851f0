"""A Realtime server on this machine, to try clients with: no key, no cost, no model.

    python examples/loopback/server.py --log logs

It speaks WebSocket (with the package ``websockets``) and, on a port of its own, HTTP for client
secrets; the two lines that it prints are their base URLs. It accepts any API key that begins with
``sk-``, and any client secret that it minted. ``--log`` writes the events of every session to a
file, a JSON object a line. With ``--faults`` the first connection breaks in the middle of a
response, and every response contains messages that the API does not describe.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from client_secrets import ClientSecretServer
from conversation import Conversation
from settings import new_session
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from realtime_models import (
    RealtimeServerEventResponseCreated,
    RealtimeSessionCreateResponseGA,
)

HOST = "127.0.0.1"
PATHS = ("/v1/realtime", "/openai/v1/realtime")
"""OpenAI's path, and Azure's."""
FAULTS = ('{"type": "response.done", "event_id": "event_x", "response": "lost"}', "not even JSON")
"""A malformed message with a known tag, and one that is not JSON."""


class LoopbackServer:
    """Holds a conversation for each connection."""

    def __init__(self, http: ClientSecretServer, log: Path | None, *, faults: bool) -> None:
        self._http = http
        self._log = log
        self._faults = faults
        self._numbers = count(1)

    def admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Refuse a handshake that the API would refuse."""
        if urlsplit(request.path).path not in PATHS:
            return connection.respond(HTTPStatus.NOT_FOUND, f"Nothing but {PATHS[0]} is here.\n")
        if not _key(request).startswith("sk-") and _key(request) not in self._http.minted:
            return connection.respond(HTTPStatus.UNAUTHORIZED, "A key is needed.\n")
        return None

    async def converse(self, connection: ServerConnection) -> None:
        """Serve one connection, from its first event to its end."""
        number = next(self._numbers)
        session = self._session(f"sess_{number}", connection.request)
        conversation = Conversation(session)
        with self._notes(number) as note, contextlib.suppress(ConnectionClosed):
            await _send(connection, note, conversation.open().to_json())
            async for message in connection:
                note(message if isinstance(message, str) else message.decode(errors="replace"))
                for event in conversation.answer(message):
                    await _send(connection, note, event.to_json())
                    if self._faults and isinstance(event, RealtimeServerEventResponseCreated):
                        for fault in FAULTS:
                            await _send(connection, note, fault)
                        if number == 1:
                            connection.transport.abort()

    def _session(self, session_id: str, request: Request | None) -> RealtimeSessionCreateResponseGA:
        """Return the initial settings: those of the client secret, or the server's own."""
        minted = self._http.minted.get(_key(request)) if request else None
        if minted:
            return replace(minted, id=session_id)
        query = parse_qs(urlsplit(request.path).query) if request else {}
        return new_session(session_id, query.get("model", ["gpt-realtime"])[0])

    @contextlib.contextmanager
    def _notes(self, number: int) -> Iterator[Callable[[str], None]]:
        """Log the messages of a connection, one a line."""
        if self._log is None:
            yield lambda message: None
            return
        with open(self._log / f"session-{number:04}.jsonl", "w", encoding="utf-8") as file:
            # A line break in JSON text can only be white space between tokens.
            yield lambda message: print(message.replace("\n", " "), file=file, flush=True)


def _key(request: Request) -> str:
    azure = request.headers.get("api-key", "")
    return request.headers.get("Authorization", azure).removeprefix("Bearer ")


async def _send(connection: ServerConnection, note: Callable[[str], None], message: str) -> None:
    note(message)
    await connection.send(message)


async def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="A Realtime server on this machine.")
    parser.add_argument("--port", type=int, default=8765, help="of the WebSocket; 0: any")
    parser.add_argument("--http-port", type=int, default=8766, help="for client secrets; 0: any")
    parser.add_argument("--log", type=Path, help="folder for a file of events a session")
    parser.add_argument("--faults", action="store_true", help="misbehave")
    arguments = parser.parse_args()
    if arguments.log:
        arguments.log.mkdir(parents=True, exist_ok=True)
    http = ClientSecretServer(HOST, arguments.http_port)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    loopback = LoopbackServer(http, arguments.log, faults=arguments.faults)
    async with serve(
        loopback.converse, HOST, arguments.port, process_request=loopback.admit, max_size=2**24
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        print(f"ws://{HOST}:{port}/v1\nhttp://{HOST}:{http.server_port}/v1", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
