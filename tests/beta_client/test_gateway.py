"""The official client of the beta, through ``examples/gateway.py``, at a current server."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI

from realtime_models import check
from tests.conversation.loopback import PATIENCE, gateway
from tests.conversation.material import FIRST_HALF, KEY, MODEL, PARAMETERS, get_weather


async def converse(url: str) -> list[Any]:
    """Hold a conversation as programs of the beta do; return the events that were received."""
    # Only version 1 of the client has these members, and types are checked without it.
    client: Any = AsyncOpenAI(api_key=KEY, websocket_base_url=url)
    received: list[Any] = []
    async with client, client.beta.realtime.connect(model=MODEL) as connection:

        async def until(last: str) -> Any:
            while True:
                received.append(await connection.recv())
                if received[-1].type == last:
                    return received[-1]

        await until("session.created")
        await connection.session.update(
            session={
                "modalities": ["text", "audio"],
                "instructions": "Tell the weather.",
                "voice": "sage",
                "input_audio_format": "pcm16",
                "output_audio_format": "pcm16",
                "input_audio_transcription": {"model": "whisper-1"},
                "turn_detection": None,
                "temperature": 0.7,
                "max_response_output_tokens": 800,
                "tools": [{"type": "function", "name": "get_weather", "parameters": PARAMETERS}],
            }
        )
        await until("session.updated")
        await connection.input_audio_buffer.append(audio=FIRST_HALF)
        await connection.input_audio_buffer.commit()
        await until("conversation.item.input_audio_transcription.completed")
        await connection.response.create()
        done = await until("response.done")
        call = done.response.output[-1]
        await connection.conversation.item.create(
            item={
                "type": "function_call_output",
                "call_id": call.call_id,
                "output": get_weather(call.arguments),
            }
        )
        await until("conversation.item.created")
        await connection.conversation.item.create(
            item={
                "type": "message",
                "role": "assistant",
                "content": [{"type": "text", "text": "One moment."}],
            }
        )
        await until("conversation.item.created")
        await connection.response.create(response={"modalities": ["text"]})
        await until("response.done")
    return received


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], list[dict[str, Any]]]:
    """What the client received, and every message at the server, from either side."""
    with gateway(tmp_path_factory.mktemp("log")) as (said, server):
        received = asyncio.run(asyncio.wait_for(converse(said[0]), PATIENCE))
        return received, [json.loads(frame) for frame in server.frames()]


def test_the_client_is_that_of_the_beta() -> None:
    assert openai.__version__.startswith("1.")


def test_the_client_receives_events_of_the_beta_in_the_order_of_the_server(
    talk: tuple[list[Any], list[dict[str, Any]]],
) -> None:
    received, frames = talk
    from_server = [frame for frame in frames if "event_id" in frame]
    expected = [frame for frame in from_server if frame["type"] != "conversation.item.done"]
    assert [event.event_id for event in received] == [frame["event_id"] for frame in expected]
    for event in received:
        if event.type != "response.mood.updated":  # It is newer than our types and the client's.
            name = "".join(map(str.capitalize, event.type.replace(".", "_").split("_")))
            assert type(event).__name__ == f"{name}Event"
            assert check("RealtimeBetaServerEvent", event.to_dict(exclude_unset=True)) == []


def test_the_client_reads_what_it_knows_from_the_beta(
    talk: tuple[list[Any], list[dict[str, Any]]],
) -> None:
    received, _ = talk
    session = received[1].session
    assert session.modalities == ["audio", "text"]
    assert (session.voice, session.turn_detection) == ("sage", None)
    assert (session.input_audio_format, session.output_audio_format) == ("pcm16", "pcm16")
    assert session.max_response_output_tokens == 800
    done = [event.response for event in received if event.type == "response.done"]
    assert [[item.type for item in response.output] for response in done] == [
        ["message", "function_call"],
        ["message"],
    ]
    assert done[0].output[0].content[0].transcript == "One moment, please."
    assert done[1].output[0].content[0].type == "text"
    assert done[1].modalities == ["text"]


def test_the_server_accepts_what_the_client_sends(
    talk: tuple[list[Any], list[dict[str, Any]]],
) -> None:
    _, frames = talk
    sent = [frame for frame in frames if "event_id" not in frame]
    assert [frame["type"] for frame in sent] == [
        "session.update",
        "input_audio_buffer.append",
        "input_audio_buffer.commit",
        "response.create",
        "conversation.item.create",
        "conversation.item.create",
        "response.create",
    ]
    for frame in sent:
        assert check("RealtimeClientEvent", frame) == []
    assert "temperature" not in sent[0]["session"]
    assert "error" not in {frame["type"] for frame in frames}
