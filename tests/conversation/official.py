"""The session as a user of the official client writes it: plain dicts out, its classes in."""

from __future__ import annotations

from typing import Any

from openai import AsyncOpenAI

from tests.conversation.material import (
    FIRST_HALF,
    INSTRUCTIONS,
    KEY,
    MODEL,
    PARAMETERS,
    SECOND_HALF,
    get_weather,
)


async def converse(url: str) -> list[tuple[str, Any]]:
    """Run the session; return each frame that the client received, and what it decodes it to."""
    client = AsyncOpenAI(api_key=KEY, websocket_base_url=url)
    received: list[tuple[str, Any]] = []
    async with client, client.realtime.connect(model=MODEL) as connection:

        async def until(last: str) -> Any:
            while True:
                frame = await connection.recv_bytes()
                event = connection.parse_event(frame)
                received.append((frame.decode(), event))
                if event.type == last:
                    return event

        await until("session.created")
        await connection.session.update(
            event_id="mine_1",
            session={
                "type": "realtime",
                "instructions": INSTRUCTIONS,
                "output_modalities": ["audio"],
                "audio": {
                    "input": {
                        "format": {"type": "audio/pcm", "rate": 24000},
                        "transcription": {"model": "gpt-4o-transcribe", "language": "it"},
                        "turn_detection": None,
                    },
                    "output": {"voice": "cedar", "speed": 1.25},
                },
                "tools": [{"type": "function", "name": "get_weather", "parameters": PARAMETERS}],
                "tool_choice": "auto",
                "max_output_tokens": "inf",
                "truncation": {"type": "retention_ratio", "retention_ratio": 0.8},
                "tracing": {"workflow_name": "weather", "metadata": {"tags": ["a", 1, None]}},
            },
        )
        await until("session.updated")
        await connection.input_audio_buffer.append(audio=FIRST_HALF)
        await connection.input_audio_buffer.clear()
        await until("input_audio_buffer.cleared")
        await connection.input_audio_buffer.append(audio=FIRST_HALF)
        await connection.input_audio_buffer.append(audio=SECOND_HALF, event_id="mine_2")
        await connection.input_audio_buffer.commit()
        heard = await until("conversation.item.input_audio_transcription.completed")
        await connection.response.create()
        done = await until("response.done")
        message, call = done.response.output
        await connection.conversation.item.create(
            item={
                "type": "function_call_output",
                "call_id": call.call_id,
                "output": get_weather(call.arguments),
            }
        )
        await until("conversation.item.done")
        await connection.response.create(
            response={
                "output_modalities": ["text"],
                "tool_choice": "none",
                "metadata": {"turn": "2"},
            }
        )
        await until("response.done")
        await connection.conversation.item.create(
            item={
                "id": "item_of_mine",
                "type": "message",
                "role": "user",
                "content": [{"type": "input_text", "text": "Grazie, così va bene 🙂"}],
            }
        )
        await until("conversation.item.done")
        await connection.conversation.item.truncate(
            item_id=message.id, content_index=0, audio_end_ms=100
        )
        await until("conversation.item.truncated")
        await connection.conversation.item.retrieve(item_id=message.id)
        await until("conversation.item.retrieved")
        await connection.conversation.item.delete(item_id=heard.item_id)
        await until("conversation.item.deleted")
        await connection.response.cancel(response_id="resp_of_nobody", event_id="mine_3")
        await until("error")
        await connection.output_audio_buffer.clear()
        await until("error")
    return received
