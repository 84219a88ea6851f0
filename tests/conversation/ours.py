"""The same session as a user of our types writes it, over a plain WebSocket."""

from __future__ import annotations

from typing import TypeVar

from websockets.asyncio.client import ClientConnection, connect

from realtime_models import (
    UNSET,
    AudioTranscription,
    RealtimeAudioFormatsPCM,
    RealtimeClientEvent,
    RealtimeClientEventConversationItemCreate,
    RealtimeClientEventConversationItemDelete,
    RealtimeClientEventConversationItemRetrieve,
    RealtimeClientEventConversationItemTruncate,
    RealtimeClientEventInputAudioBufferAppend,
    RealtimeClientEventInputAudioBufferClear,
    RealtimeClientEventInputAudioBufferCommit,
    RealtimeClientEventOutputAudioBufferClear,
    RealtimeClientEventResponseCancel,
    RealtimeClientEventResponseCreate,
    RealtimeClientEventSessionUpdate,
    RealtimeConversationItemFunctionCall,
    RealtimeConversationItemFunctionCallOutput,
    RealtimeConversationItemMessageAssistant,
    RealtimeConversationItemMessageUser,
    RealtimeConversationItemMessageUserContentInner,
    RealtimeFunctionTool,
    RealtimeResponseCreateParams,
    RealtimeServerEvent,
    RealtimeServerEventConversationItemDeleted,
    RealtimeServerEventConversationItemDone,
    RealtimeServerEventConversationItemInputAudioTranscriptionCompleted,
    RealtimeServerEventConversationItemRetrieved,
    RealtimeServerEventConversationItemTruncated,
    RealtimeServerEventError,
    RealtimeServerEventInputAudioBufferCleared,
    RealtimeServerEventResponseDone,
    RealtimeServerEventSessionCreated,
    RealtimeServerEventSessionUpdated,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateRequestGAAudio,
    RealtimeSessionCreateRequestGAAudioInput,
    RealtimeSessionCreateRequestGAAudioOutput,
    RealtimeTruncationRetentionRatio,
    TracingConfiguration,
    realtime_server_event_from_json,
)
from tests.conversation.material import (
    FIRST_HALF,
    INSTRUCTIONS,
    KEY,
    MODEL,
    PARAMETERS,
    SECOND_HALF,
    get_weather,
)

E = TypeVar("E", bound=RealtimeServerEvent)

SETTINGS = RealtimeSessionCreateRequestGA(
    instructions=INSTRUCTIONS,
    output_modalities=["audio"],
    audio=RealtimeSessionCreateRequestGAAudio(
        input=RealtimeSessionCreateRequestGAAudioInput(
            format=RealtimeAudioFormatsPCM(rate=24000),
            transcription=AudioTranscription(model="gpt-4o-transcribe", language="it"),
            turn_detection=None,
        ),
        output=RealtimeSessionCreateRequestGAAudioOutput(voice="cedar", speed=1.25),
    ),
    tools=[RealtimeFunctionTool(name="get_weather", parameters=PARAMETERS)],
    tool_choice="auto",
    max_output_tokens="inf",
    truncation=RealtimeTruncationRetentionRatio(retention_ratio=0.8),
    tracing=TracingConfiguration(workflow_name="weather", metadata={"tags": ["a", 1, None]}),
)


class Client:
    """Sends events, and keeps what it receives."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.received: list[RealtimeServerEvent] = []

    async def send(self, *events: RealtimeClientEvent) -> None:
        for event in events:
            await self._connection.send(event.to_json())

    async def until(self, kind: type[E]) -> E:
        """Return the next event of a kind."""
        while True:
            event = realtime_server_event_from_json(await self._connection.recv())
            self.received.append(event)
            if isinstance(event, kind):
                return event


async def converse(url: str) -> list[RealtimeServerEvent]:
    """Run the session; return what the client received, decoded."""
    headers = {"Authorization": f"Bearer {KEY}"}
    async with connect(f"{url}/realtime?model={MODEL}", additional_headers=headers) as connection:
        client = Client(connection)
        await client.until(RealtimeServerEventSessionCreated)
        await client.send(RealtimeClientEventSessionUpdate(event_id="mine_1", session=SETTINGS))
        await client.until(RealtimeServerEventSessionUpdated)
        heard = await speak(client)
        message = await take_turns(client)
        await look_back(client, heard, message)
        return client.received


async def speak(client: Client) -> str:
    """Speak, after clearing the buffer once; return the ID of the user's message."""
    await client.send(
        RealtimeClientEventInputAudioBufferAppend(audio=FIRST_HALF),
        RealtimeClientEventInputAudioBufferClear(),
    )
    await client.until(RealtimeServerEventInputAudioBufferCleared)
    await client.send(
        RealtimeClientEventInputAudioBufferAppend(audio=FIRST_HALF),
        RealtimeClientEventInputAudioBufferAppend(audio=SECOND_HALF, event_id="mine_2"),
        RealtimeClientEventInputAudioBufferCommit(),
    )
    heard = await client.until(RealtimeServerEventConversationItemInputAudioTranscriptionCompleted)
    return heard.item_id


async def take_turns(client: Client) -> str:
    """Let the model call a function and use its result; return the ID of the message before."""
    await client.send(RealtimeClientEventResponseCreate())
    done = await client.until(RealtimeServerEventResponseDone)
    message, call = done.response.output or ()
    assert isinstance(message, RealtimeConversationItemMessageAssistant)
    assert isinstance(call, RealtimeConversationItemFunctionCall)
    result = RealtimeConversationItemFunctionCallOutput(
        object=UNSET, call_id=call.call_id or "", output=get_weather(call.arguments)
    )
    await client.send(RealtimeClientEventConversationItemCreate(item=result))
    await client.until(RealtimeServerEventConversationItemDone)
    wishes = RealtimeResponseCreateParams(
        output_modalities=["text"], tool_choice="none", metadata={"turn": "2"}
    )
    await client.send(RealtimeClientEventResponseCreate(response=wishes))
    await client.until(RealtimeServerEventResponseDone)
    return message.id or ""


async def look_back(client: Client, heard: str, message: str) -> None:
    """Change earlier items, and ask for what is impossible."""
    thanks = RealtimeConversationItemMessageUser(
        id="item_of_mine",
        object=UNSET,
        content=[
            RealtimeConversationItemMessageUserContentInner(
                type="input_text", text="Grazie, così va bene 🙂"
            )
        ],
    )
    await client.send(RealtimeClientEventConversationItemCreate(item=thanks))
    await client.until(RealtimeServerEventConversationItemDone)
    await client.send(
        RealtimeClientEventConversationItemTruncate(
            item_id=message, content_index=0, audio_end_ms=100
        )
    )
    await client.until(RealtimeServerEventConversationItemTruncated)
    await client.send(RealtimeClientEventConversationItemRetrieve(item_id=message))
    await client.until(RealtimeServerEventConversationItemRetrieved)
    await client.send(RealtimeClientEventConversationItemDelete(item_id=heard))
    await client.until(RealtimeServerEventConversationItemDeleted)
    await client.send(
        RealtimeClientEventResponseCancel(response_id="resp_of_nobody", event_id="mine_3")
    )
    await client.until(RealtimeServerEventError)
    await client.send(RealtimeClientEventOutputAudioBufferClear())
    await client.until(RealtimeServerEventError)
