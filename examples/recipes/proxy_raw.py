"""The same with raw dicts."""

import asyncio
import json
import os

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

URL = os.environ.get("REALTIME_URL", "wss://api.openai.com/v1/realtime?model=gpt-realtime")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}


async def upwards(client: ServerConnection, api: ClientConnection) -> None:
    async for text in client:
        event = json.loads(text)
        if event["type"] == "session.update":
            error = {"type": "invalid_request_error", "message": "Settings are ours."}
            refusal = {"type": "error", "event_id": "event_proxy", "error": error}
            await client.send(json.dumps(refusal))
        else:
            await api.send(text)
    await api.close()


async def downwards(client: ServerConnection, api: ClientConnection) -> None:
    async for text in api:
        event = json.loads(text)
        if event["type"] == "response.done" and event["response"].get("usage"):
            print(event["response"]["usage"].get("total_tokens"), "tokens", flush=True)
        await client.send(text)


async def handle(client: ServerConnection) -> None:
    async with connect(URL, additional_headers=HEADERS, max_size=2**24) as api:
        await asyncio.gather(upwards(client, api), downwards(client, api))


async def main() -> None:
    async with serve(handle, "127.0.0.1", int(os.environ.get("PORT", "8000"))) as server:
        print("port", server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


asyncio.run(main())
