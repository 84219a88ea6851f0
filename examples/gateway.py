"""Let clients of the beta talk to a server of the current API.

    python examples/gateway.py --port 8767

Clients connect to ``ws://127.0.0.1:8767/v1`` as they did to the beta, with their own keys. Needs
the package ``websockets``. ``--url`` connects to another server, for instance
``examples/loopback/server.py``.

What has no place in the other form is printed, and left out: `temperature`, for one, of which a
server of the current API would refuse the whole message.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable
from functools import partial
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from realtime_models import (
    Problem,
    realtime_beta_client_event_from_json,
    realtime_server_event_from_json,
    to_beta,
    to_ga,
)


async def to_server(client: ServerConnection, server: ClientConnection) -> None:
    """Forward what the client says, in the current form."""
    async for message in client:
        converted = to_ga(realtime_beta_client_event_from_json(message, invalid="keep"))
        tell("client", converted.lost)
        await server.send(converted.value.to_json())


async def to_client(server: ClientConnection, client: ServerConnection) -> None:
    """Forward what the server says, in the form of the beta."""
    async for message in server:
        converted = to_beta(realtime_server_event_from_json(message, invalid="keep"))
        tell("server", converted.lost)
        if converted.value is not None:
            await client.send(converted.value.to_json())


def tell(side: str, lost: Iterable[Problem]) -> None:
    """Print what is lost of a message."""
    for problem in lost:
        print(f"{side}: {problem}", flush=True)


async def join(url: str, client: ServerConnection) -> None:
    """Connect a client to the server until one of them leaves."""
    assert client.request
    # The beta's own header must not go on: the server would close the connection.
    headers = {"Authorization": client.request.headers.get("Authorization", "")}
    address = f"{url}/realtime?{urlsplit(client.request.path).query}"
    async with connect(address, additional_headers=headers, max_size=2**24) as server:
        both = [to_server(client, server), to_client(server, client)]
        tasks = [asyncio.ensure_future(one) for one in both]
        _, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, ConnectionClosed):
                print(f"connection lost: {result}", flush=True)


async def run(port: int, url: str) -> None:
    """Serve clients until the program is interrupted."""
    async with serve(partial(join, url), "127.0.0.1", port, max_size=2**24) as gateway:
        print(f"ws://127.0.0.1:{gateway.sockets[0].getsockname()[1]}/v1", flush=True)
        await gateway.wait_closed()


def main() -> None:
    """Serve clients of the beta."""
    parser = argparse.ArgumentParser(description="Let clients of the beta talk to a new server.")
    parser.add_argument("--port", type=int, default=8767)
    parser.add_argument("--url", default="wss://api.openai.com/v1")
    options = parser.parse_args()
    asyncio.run(run(options.port, options.url))


if __name__ == "__main__":
    main()
