"""The server's side of one voice session: client events in, server events out, no connection.

It is as strict as the API: it answers anything that ``check`` finds in a client event with an
``error`` event, unknown fields included. So a client that works with it sends valid events.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator

from ids import Ids
from items import BYTES_PER_SECOND, Items, completed, last_id, truncated, without_audio
from response import respond
from settings import updated

from realtime_models import (
    RealtimeBetaServerEventErrorError,
    RealtimeClientEvent,
    RealtimeClientEventConversationItemCreate,
    RealtimeClientEventConversationItemDelete,
    RealtimeClientEventConversationItemRetrieve,
    RealtimeClientEventConversationItemTruncate,
    RealtimeClientEventInputAudioBufferAppend,
    RealtimeClientEventInputAudioBufferClear,
    RealtimeClientEventInputAudioBufferCommit,
    RealtimeClientEventResponseCreate,
    RealtimeClientEventSessionUpdate,
    RealtimeConversationItem,
    RealtimeConversationItemMessageUser,
    RealtimeConversationItemMessageUserContentInner,
    RealtimeResponseCreateParams,
    RealtimeServerEvent,
    RealtimeServerEventConversationItemAdded,
    RealtimeServerEventConversationItemDeleted,
    RealtimeServerEventConversationItemDone,
    RealtimeServerEventConversationItemInputAudioTranscriptionCompleted,
    RealtimeServerEventConversationItemRetrieved,
    RealtimeServerEventConversationItemTruncated,
    RealtimeServerEventError,
    RealtimeServerEventInputAudioBufferCleared,
    RealtimeServerEventInputAudioBufferCommitted,
    RealtimeServerEventSessionCreated,
    RealtimeServerEventSessionUpdated,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponseGA,
    TranscriptTextUsageDuration,
    check,
    realtime_client_event_from_json,
)


class Conversation:
    """The settings of a session, its items so far, and its uncommitted audio."""

    def __init__(self, session: RealtimeSessionCreateResponseGA) -> None:
        self._ids = Ids()
        self._session = session
        self._items: Items = {}
        self._audio = b""

    def open(self) -> RealtimeServerEvent:
        """Return the first event of the server."""
        return RealtimeServerEventSessionCreated(event_id=self._ids.event(), session=self._session)

    def answer(self, message: str | bytes) -> Iterator[RealtimeServerEvent]:
        """Yield the server's answer to any message of a client."""
        event = realtime_client_event_from_json(message, invalid="keep")
        problems = list(event.problems) or check("RealtimeClientEvent", event.to_dict())
        if problems:
            yield self._refusal(event, problems[0].code, f"{problems[0]}")
        else:
            yield from self._act(event)

    def _act(self, event: RealtimeClientEvent) -> Iterator[RealtimeServerEvent]:
        ids, items = self._ids, self._items
        match event:
            case RealtimeClientEventSessionUpdate(session=RealtimeSessionCreateRequestGA() as new):
                self._session = updated(self._session, new)
                yield RealtimeServerEventSessionUpdated(event_id=ids.event(), session=self._session)
            case RealtimeClientEventInputAudioBufferAppend(audio=audio):
                try:
                    self._audio += b64decode(audio, validate=True)
                except ValueError:
                    yield self._refusal(event, "invalid_value", "/audio: expected Base64")
            case RealtimeClientEventInputAudioBufferClear():
                self._audio = b""
                yield RealtimeServerEventInputAudioBufferCleared(event_id=ids.event())
            case RealtimeClientEventInputAudioBufferCommit() if self._audio:
                yield from self._commit(self._audio)
                self._audio = b""
            case RealtimeClientEventConversationItemCreate(item=item):
                yield from self._add(completed(item, ids.new("item")))
            case RealtimeClientEventConversationItemRetrieve(item_id=key) if key in items:
                yield RealtimeServerEventConversationItemRetrieved(
                    event_id=ids.event(), item=items[key]
                )
            case RealtimeClientEventConversationItemTruncate(item_id=key) if key in items:
                items[key] = truncated(items[key], event.content_index, event.audio_end_ms)
                yield RealtimeServerEventConversationItemTruncated(
                    event_id=ids.event(),
                    item_id=key,
                    content_index=event.content_index,
                    audio_end_ms=event.audio_end_ms,
                )
            case RealtimeClientEventConversationItemDelete(item_id=key) if key in items:
                del items[key]
                yield RealtimeServerEventConversationItemDeleted(event_id=ids.event(), item_id=key)
            case RealtimeClientEventResponseCreate(response=wishes):
                wishes = wishes or RealtimeResponseCreateParams()
                yield from respond(ids, items, self._session, wishes)
            case _:
                yield self._refusal(event, "invalid_state", "There is nothing to apply this to.")

    def _commit(self, audio: bytes) -> Iterator[RealtimeServerEvent]:
        """Turn the buffer into a message of the user, transcribe it, and yield the events."""
        seconds = len(audio) / BYTES_PER_SECOND
        transcript = f"{seconds} seconds of sound"
        part = RealtimeConversationItemMessageUserContentInner(
            type="input_audio", audio=b64encode(audio).decode(), transcript=transcript
        )
        item = RealtimeConversationItemMessageUser(content=[part])
        item_id = self._ids.new("item")
        yield RealtimeServerEventInputAudioBufferCommitted(
            event_id=self._ids.event(), previous_item_id=last_id(self._items), item_id=item_id
        )
        yield from self._add(completed(item, item_id))
        yield RealtimeServerEventConversationItemInputAudioTranscriptionCompleted(
            event_id=self._ids.event(),
            item_id=item_id,
            content_index=0,
            transcript=transcript,
            usage=TranscriptTextUsageDuration(seconds=seconds),
        )

    def _add(self, item: RealtimeConversationItem) -> Iterator[RealtimeServerEvent]:
        """Add an item to the conversation, and yield the events."""
        previous = last_id(self._items)
        self._items[f"{item.to_dict()['id']}"] = item
        yield RealtimeServerEventConversationItemAdded(
            event_id=self._ids.event(), previous_item_id=previous, item=without_audio(item)
        )
        yield RealtimeServerEventConversationItemDone(
            event_id=self._ids.event(), previous_item_id=previous, item=without_audio(item)
        )

    def _refusal(self, event: RealtimeClientEvent, code: str, message: str) -> RealtimeServerEvent:
        """Return an error that names the client event at fault; the session goes on."""
        cause = event.to_dict().get("event_id")
        return RealtimeServerEventError(
            event_id=self._ids.event(),
            error=RealtimeBetaServerEventErrorError(
                type="invalid_request_error",
                code=code,
                message=message,
                event_id=cause if isinstance(cause, str) else None,
            ),
        )
