"""What ``examples/gateway.py`` sends to a current server is what the official client knows."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from openai.types import realtime
from pydantic import TypeAdapter
from websockets.asyncio.client import ClientConnection, connect

from tests.conversation.loopback import PATIENCE, gateway
from tests.conversation.material import KEY, MODEL

SENT: list[dict[str, Any]] = [
    {
        "type": "session.update",
        "event_id": "mine_1",
        "session": {
            "modalities": ["text", "audio"],
            "voice": "sage",
            "speed": 1.25,
            "input_audio_format": "pcm16",
            "output_audio_format": "pcm16",
            "input_audio_transcription": {"model": "whisper-1", "language": "it"},
            "input_audio_noise_reduction": {"type": "near_field"},
            "turn_detection": {"type": "server_vad", "threshold": 0.4, "eagerness": "low"},
            "temperature": 0.7,
            "max_response_output_tokens": "inf",
            "input_audio_sampling_rate": 24000,
        },
    },
    {
        "type": "conversation.item.create",
        "item": {"type": "message", "role": "user", "content": [{"type": "text", "text": "Hi"}]},
    },
    {"type": "response.create", "response": {"modalities": ["text"], "temperature": 0.7}},
]
"""What a client of the beta sends."""
ENDS = ("session.updated", "conversation.item.created", "response.done")
"""What it waits for after each."""
NEWER = "response.mood.updated"
"""What no client knows."""


async def until(connection: ClientConnection, last: str) -> list[Any]:
    """Receive events until one of this type; return them."""
    received: list[Any] = []
    while not received or received[-1]["type"] != last:
        received.append(json.loads(await connection.recv()))
    return received


async def converse(url: str) -> list[Any]:
    """Send the messages as a client of the beta does; return what was received."""
    headers = {"Authorization": f"Bearer {KEY}", "OpenAI-Beta": "realtime=v1"}
    address = f"{url}/realtime?model={MODEL}"
    async with connect(address, additional_headers=headers) as connection:
        received = await until(connection, "session.created")
        for message, last in zip(SENT, ENDS, strict=True):
            await connection.send(json.dumps(message))
            received += await until(connection, last)
    return received


def test_the_newest_official_client_knows_all_that_is_said_at_the_server(tmp_path: Path) -> None:
    with gateway(tmp_path / "log") as (printed, server):
        received = asyncio.run(asyncio.wait_for(converse(printed[0]), PATIENCE))
        said = [json.loads(frame) for frame in server.frames()]
    events: TypeAdapter[Any] = TypeAdapter(realtime.RealtimeServerEvent)
    requests: TypeAdapter[Any] = TypeAdapter(realtime.RealtimeClientEvent)
    from_client = [data for data in said if data["type"] in {sent["type"] for sent in SENT}]
    assert len(from_client) == len(SENT)
    for data in from_client:
        assert requests.validate_python(data).to_dict(exclude_unset=True) == data
    for data in said:
        if data not in from_client and data["type"] != NEWER:
            assert events.validate_python(data).type == data["type"]
    assert {data["type"] for data in received if data["type"].startswith("response.")} == {
        *("response.created", "response.done", "response.text.delta", "response.text.done"),
        *("response.output_item.added", "response.output_item.done"),
        *("response.content_part.added", "response.content_part.done", NEWER),
    }
    unknown = "this library does not know it, and the server might refuse it"
    not_taken = "the current API does not take `temperature`"
    refused = "the current API refuses `eagerness` with `server_vad`"
    assert [line for line in printed[1:] if line.startswith("client: ")] == [
        f"client: /session/input_audio_sampling_rate: {unknown}",
        f"client: /session/temperature: {not_taken}",
        f"client: /session/turn_detection/eagerness: {refused}",
        f"client: /response/temperature: {not_taken}",
    ]
    assert {line for line in printed[1:] if line.startswith("server: ")} == {
        "server: the beta does not tell when an item is done"
    }
