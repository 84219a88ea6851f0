"""The state of a conversation, folded from its events: items, responses, usage.

It is pure data: typed events in, typed state out; no socket, no thread, no clock. Events are read
by tag, in both forms of the API, and whatever arrives in whatever order, nothing is raised.

* The server is right. Deltas build a value, and what the server says at the end replaces it, but
  not by an empty or absent value: some servers send finals without content.
* Values are made when they are first heard of. What a user says is the exception: where it belongs
  is unknown until its item is announced, or its transcript complete.
* A delta costs the same however long its item is: pieces are kept, and joined when asked for.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, TypeAlias, TypeVar

from ._runtime.json_values import FrozenDict, JsonObject, JsonValue, is_array
from ._runtime.model import Model, Unknown
from ._runtime.sentinel import UNSET
from .wire.beta_session import RealtimeSession, RealtimeTranscriptionSessionCreateResponse
from .wire.client_secrets import RealtimeServerEventSessionCreatedSession
from .wire.items import RealtimeConversationItem, realtime_conversation_item_from_dict
from .wire.response import RealtimeBetaResponse, RealtimeResponse, RealtimeResponseUsage
from .wire.server_events import (
    RealtimeBetaServerEventErrorError,
    RealtimeBetaServerEventRateLimitsUpdatedRateLimitsInner,
    RealtimeServerEventResponseContentPartAdded,
)
from .wire.translation import RealtimeTranslationSession

Session: TypeAlias = (
    RealtimeServerEventSessionCreatedSession
    | RealtimeSession
    | RealtimeTranscriptionSessionCreateResponse
    | RealtimeTranslationSession
)
Response: TypeAlias = RealtimeResponse | RealtimeBetaResponse
RateLimit: TypeAlias = RealtimeBetaServerEventRateLimitsUpdatedRateLimitsInner
Refusal: TypeAlias = "tuple[RealtimeBetaServerEventErrorError, Model | None]"
"""An error, and the client event that it answers, if that is known."""

V = TypeVar("V")

HELD: Final = 200
"""How many sent events, and how many refusals, are held."""
FIELDS: Final = ("text", "transcript", "audio")
# What grows: the field, and the type of the part or item that has it. The two forms of the API have
# different names for the same.
GROWING: Final = {
    "response.output_text": ("text", "output_text"),
    "response.text": ("text", "text"),
    "response.output_audio_transcript": ("transcript", "output_audio"),
    "response.audio_transcript": ("transcript", "audio"),
    "response.output_audio": ("audio", "output_audio"),
    "response.audio": ("audio", "audio"),
    "response.function_call_arguments": ("arguments", "function_call"),
    "response.mcp_call_arguments": ("arguments", "mcp_call"),
    "conversation.item.input_audio_transcription": ("transcript", "input_audio"),
}
# What changes nothing here.
QUIET: Final = (
    "conversation.created conversation.item.input_audio_transcription.failed"
    " conversation.item.input_audio_transcription.segment input_audio_buffer.cleared"
    " input_audio_buffer.dtmf_event_received input_audio_buffer.speech_started"
    " input_audio_buffer.speech_stopped input_audio_buffer.timeout_triggered"
    " mcp_list_tools.completed mcp_list_tools.failed mcp_list_tools.in_progress"
    " output_audio_buffer.cleared output_audio_buffer.started output_audio_buffer.stopped"
    " response.mcp_call.completed response.mcp_call.failed response.mcp_call.in_progress"
    " session.closed"
)


class Misfit(Exception):
    """An event is broken, late, or about what is not there."""


class Growing:
    """An item: what the server last said of it, and what came since."""

    def __init__(self) -> None:
        self.said: RealtimeConversationItem | None = None
        self.pieces: dict[tuple[int, str], list[str]] = {}  # by part and field, instead of `said`
        self.types: dict[int, str] = {}  # of the parts that pieces came for
        self.settled: set[tuple[int, str]] = set()  # the fields whose last word came
        self.final = False  # the last word on the whole came
        self.cut: dict[int, int] = {}  # the bytes that truncation leaves, by part
        self.listed = False  # it is one of the conversation's
        self.announced = False  # the server told its place
        self.previous: str | None = None
        self.response: str | None = None
        self.folded: RealtimeConversationItem | None = None

    def grow(self, key: tuple[int, str], kind: str, piece: str, *, last: bool) -> None:
        """Add a piece of a field, or take the last word on it."""
        if (key in self.settled and not last) or (self.said and not _has(self.said, key[1])):
            raise Misfit
        pieces = self.pieces.get(key)
        if pieces is None or (last and piece):
            # Servers that announce a call with its first fragment go on from there; those that
            # announce a message with its first words repeat them.
            begun = [] if last else [word for *_, f, word in _words(self.said) if f == "arguments"]
            pieces = self.pieces[key] = begun
        pieces.append(piece)
        self.types[key[0]], self.folded = kind, None
        if last:
            self.settled.add(key)

    def say(self, said: RealtimeConversationItem, *, last: bool) -> None:
        """Take what the server says of the whole; words that it leaves out stay."""
        if not last and (self.final or any(_words(self.said))):
            return
        if last:
            for index, kind, field, words in _words(self.said):
                self.pieces.setdefault((index, field), [words])
                self.types.setdefault(index, kind)
            for index, _, field, _ in _words(said):
                self.pieces.pop((index, field), None)
            # A part without words is there only if the server says so.
            self.pieces = {key: words for key, words in self.pieces.items() if any(words)}
        self.said, self.final, self.folded = said, last, None

    def fold(self) -> RealtimeConversationItem | None:
        """Return the item as far as it is known."""
        if self.folded is None and self.said and (self.pieces or self.cut):
            data = self.said.to_dict()
            content = data.get("content")
            parts: dict[int, JsonValue] = dict(
                enumerate(content if isinstance(content, list) else ())
            )
            for (index, field), pieces in self.pieces.items():
                pieces[:] = [_sound(pieces) if field == "audio" else "".join(pieces)]
                if field == "arguments":
                    data[field] = pieces[0]
                elif isinstance(part := parts.setdefault(index, {"type": self.types[index]}), dict):
                    part[field] = pieces[0]
            for index, size in self.cut.items():
                part = parts.get(index)
                if isinstance(part, dict) and isinstance(audio := part.get("audio"), str):
                    part["audio"] = _sound([audio], size)
            if parts:
                data["content"] = [parts[index] for index in sorted(parts)]
            self.folded = realtime_conversation_item_from_dict(data, invalid="keep")
        return self.folded or self.said


class Answer:
    """A response that is not over, and the items heard of it."""

    def __init__(self, said: Response) -> None:
        self.said = said
        self.items: dict[str, None] = {}


class Conversation:
    """A conversation, folded from the events of its server.

    Give it every event: :meth:`receive` never raises. What it hands out never changes later.
    The audio of items is held with ``audio=True`` only, and of the finished responses the last
    ``keep_responses``.
    """

    def __init__(self, *, audio: bool = False, keep_responses: int = 100) -> None:
        self.session: Session | None = None
        """The newest session, in the form that the server speaks."""
        self.rate_limits: tuple[RateLimit, ...] = ()
        """The newest rate limits."""
        self.unplaced = 0
        """How many events did not fit: broken, late, unknown, or about what is not there."""
        self._audio, self._keep_responses = audio, keep_responses
        self._items: dict[str, Growing] = {}
        self._order: list[str] = []
        self._deleted: set[str] = set()
        self._root: str | None = None  # the last item of an earlier connection
        self._open: dict[str, Answer] = {}
        self._closed: dict[str, bool] = {}  # whether the server said that it is over
        self._responses: dict[str, Response] = {}
        self._usage: dict[str, JsonValue] = {
            "total_tokens": 0,
            "input_tokens": 0,
            "output_tokens": 0,
        }
        self._truncated: dict[str, int] = {}
        self._sent: dict[str, Model] = {}
        self._refusals: deque[Refusal] = deque(maxlen=HELD)
        self._folded_items: tuple[RealtimeConversationItem, ...] | None = None
        self._folded_response: Response | None = None

    @property
    def items(self) -> tuple[RealtimeConversationItem, ...]:
        """The items in the conversation's order, each as far as it is known."""
        if self._folded_items is None:
            self._folded_items = self._fold(self._order)
        return self._folded_items

    def item(self, item_id: str) -> RealtimeConversationItem | None:
        """Return an item of the conversation, or ``None`` if it has none of this ID."""
        item = self._items.get(item_id)
        return item.fold() if item and item.listed else None

    @property
    def response(self) -> Response | None:
        """The active response, with what it has so far; out of band only if there is no other."""
        if self._folded_response is None and self._open:
            answers = list(self._open.values())
            answer = ([one for one in answers if _joins(one.said)] or answers)[-1]
            self._folded_response = _with_output(answer.said, self._fold(answer.items))
        return self._folded_response

    @property
    def responses(self) -> tuple[Response, ...]:
        """The finished responses, newest last.

        One that a newer one or a new connection cut off has the status that it had.
        """
        return tuple(self._responses.values())

    @property
    def usage(self) -> RealtimeResponseUsage:
        """The tokens of all finished responses."""
        return RealtimeResponseUsage.from_dict(self._usage, invalid="keep")

    @property
    def truncated(self) -> FrozenDict[int]:
        """The items that were cut to what the user heard, each with the milliseconds of that."""
        return FrozenDict(self._truncated)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The newest errors, each with the client event that it answers, if that is known."""
        return tuple(self._refusals)

    def sent(self, event: Model) -> None:
        """Remember an event that you send, so that an error can be matched to it."""
        if event_id := _text(event, "event_id"):
            self._sent[event_id] = event
            _drop_oldest(self._sent, HELD)

    def receive(self, event: Model) -> str | None:
        """Take an event of the server; return the ID of the item that it changed, if any."""
        tag = _text(event, "type") or ""
        handler = HANDLERS.get(tag)
        try:
            if handler is None:
                raise Misfit
            item_id = handler(self, event, tag)
        except Misfit:
            self.unplaced += 1
            item_id = None
        if item_id or handler is not Conversation._quiet:
            self._folded_items = self._folded_response = None
        return item_id

    def _fold(self, item_ids: Iterable[str]) -> tuple[RealtimeConversationItem, ...]:
        known = [self._items[item_id].fold() for item_id in item_ids if item_id in self._items]
        return tuple([item for item in known if item])

    def _quiet(self, event: Model, tag: str) -> None:
        """Do nothing: the event says nothing of what is held here."""

    def _grow(self, event: Model, tag: str) -> str | None:
        """Take a piece of words or sound, or the last word on it."""
        name, _, end = tag.rpartition(".")
        (field, kind), last = GROWING[name], end != "delta"
        if field == "audio" and (last or not self._audio):
            return None
        item_id, piece = _id(event, "item_id"), _text(event, field if last else "delta")
        item = self._items.get(item_id)
        if kind == "input_audio":
            item = self._hear_user(event, item_id, last)
        elif item is None or item.said is None or item.response is None:
            item = self._hear(event, item_id, kind)
        if piece is None or (item.final and kind != "input_audio"):
            raise Misfit
        item.grow((_index(event), field), kind, piece, last=last)
        return item_id if item.said else None

    def _hear_user(self, event: Model, item_id: str, last: bool) -> Growing:
        """Return the item that a transcript belongs to, although it may not be announced yet."""
        if item_id in self._deleted:
            raise Misfit
        item = self._items.setdefault(item_id, Growing())
        if last and item.said is None:
            item.said = _begun(event, item_id, "user")
            self._place(item_id, item, item.previous)
        return item

    def _hear(self, event: Model, item_id: str, kind: str) -> Growing:
        """Return an item of a response, made if nothing was heard of it."""
        response_id = _text(event, "response_id") or ""
        if item_id in self._deleted or (
            item_id not in self._items and self._closed.get(response_id)
        ):
            raise Misfit
        item = self._items.setdefault(item_id, Growing())
        if item.said is None:
            item.said = _begun(event, item_id, kind)
        answer = self._answer(response_id)
        if answer:
            answer.items[item_id] = None
            item.response = response_id
        if answer is None or _joins(answer.said):
            self._place(item_id, item, UNSET)
        return item

    def _take_item(self, event: Model, tag: str) -> str:
        """Take an item of the conversation: announced, finished, or retrieved."""
        said, last = _item(event), tag not in ANNOUNCED
        item_id = _id(said, "id")
        if last and item_id in self._deleted:
            raise Misfit
        self._deleted.discard(item_id)
        item = self._items.setdefault(item_id, Growing())
        item.say(self._kept(said), last=last and _text(said, "status") != "in_progress")
        previous = _read(event, "previous_item_id")
        # A final often has null although the announcement named the item before.
        self._place(item_id, item, (previous or UNSET) if last else previous, announced=not last)
        return item_id

    def _take_output(self, event: Model, tag: str) -> str:
        """Take an item of a response: begun, or finished."""
        said = _item(event)
        item_id = _id(said, "id")
        item = self._hear(event, item_id, "assistant")
        item.say(self._kept(said), last=tag == "response.output_item.done")
        return item_id

    def _take_part(self, event: Model, tag: str) -> str:
        """Take a part of an item: begun, or finished."""
        item_id, part, last = _id(event, "item_id"), _read(event, "part"), tag[-4:] == "done"
        item, index = self._hear(event, item_id, "assistant"), _index(event)
        kind = _text(part, "type") or "text"
        if isinstance(event, RealtimeServerEventResponseContentPartAdded):
            # The current form has the short name here, and the long one in the item.
            kind = kind if kind.startswith("output_") else f"output_{kind}"
        for field in FIELDS[:2]:
            words = _text(part, field)
            if words is None or item.final:
                continue
            # What a part begins with is repeated by its deltas.
            if last or not (words or item.pieces.get((index, field))):
                item.grow((index, field), item.types.get(index, kind), words, last=last)
        return item_id

    def _kept(self, said: RealtimeConversationItem) -> RealtimeConversationItem:
        """Return an item without its audio, unless that is held."""
        if self._audio or all(field != "audio" for _, _, field, _ in _words(said)):
            return said
        data = said.to_dict()
        content = data["content"]
        for part in content if isinstance(content, list) else ():
            if isinstance(part, dict):
                part.pop("audio", None)
        return realtime_conversation_item_from_dict(data, invalid="keep")

    def _place(
        self, item_id: str, item: Growing, previous: object, *, announced: bool = False
    ) -> None:
        """Put an item after the one named, first for null, before one that names it, or last."""
        if item.listed and (item.announced or not announced):
            return
        if item.listed:
            self._order.remove(item_id)
        item.listed, item.announced = True, announced
        item.previous = previous if isinstance(previous, str) else item.previous
        # Output is never first, nor are calls and their results, which xAI sends with null.
        first = (
            previous is None
            and not item.response
            and "call" not in (_text(item.said, "type") or "")
        )
        place = len(self._order)
        if item.previous in self._order:
            place = self._order.index(item.previous) + 1
        elif announced and (first or previous == "root"):
            place = self._order.index(self._root) + 1 if self._root in self._order else 0
        else:
            named = [
                i for i, other in enumerate(self._order) if self._items[other].previous == item_id
            ]
            place = named[0] if named else place
        self._order.insert(place, item_id)

    def _commit(self, event: Model, tag: str) -> None:
        """Remember the place of an item that is to come."""
        item_id = _id(event, "item_id")
        if item_id in self._deleted:
            raise Misfit
        self._items.setdefault(item_id, Growing()).previous = _text(event, "previous_item_id")

    def _delete(self, event: Model, tag: str) -> str:
        item_id = _id(event, "item_id")
        self._deleted.add(item_id)
        self._truncated.pop(item_id, None)
        item = self._items.pop(item_id, None)
        if item is None or not item.listed:
            raise Misfit
        place = self._order.index(item_id)
        if item_id == self._root:
            self._root = self._order[place - 1] if place else None
        del self._order[place]
        return item_id

    def _truncate(self, event: Model, tag: str) -> str:
        item_id, end = _id(event, "item_id"), _read(event, "audio_end_ms")
        if item_id in self._deleted or not isinstance(end, int):
            raise Misfit
        self._truncated[item_id] = end
        item = self._items.setdefault(item_id, Growing())
        item.cut[_index(event)] = max(0, end) * _bytes_per_ms(self.session)
        item.folded = None
        return item_id

    def _take_session(self, event: Model, tag: str) -> None:
        session = _read(event, "session")
        if not isinstance(session, Session):
            raise Misfit
        self.session = session
        if tag in ("session.created", "transcription_session.created"):
            for response_id in list(self._open):
                self._cut_off(response_id)
            self._root = self._order[-1] if self._order else None

    def _take_limits(self, event: Model, tag: str) -> None:
        limits = _read(event, "rate_limits")
        if not is_array(limits):
            raise Misfit
        self.rate_limits = tuple([limit for limit in limits if isinstance(limit, RateLimit)])

    def _take_error(self, event: Model, tag: str) -> None:
        error = _read(event, "error")
        if not isinstance(error, RealtimeBetaServerEventErrorError):
            raise Misfit
        self._refusals.append((error, self._sent.get(error.event_id or "")))

    def _answer(self, response_id: str) -> Answer | None:
        """Return an open response, made if nothing was heard of it."""
        if not response_id or response_id in self._closed:
            return None
        if response_id not in self._open:
            made = (
                RealtimeBetaResponse
                if isinstance(self.session, RealtimeSession)
                else RealtimeResponse
            )
            self._open[response_id] = Answer(made(id=response_id, status="in_progress", output=[]))
        return self._open[response_id]

    def _open_response(self, event: Model, tag: str) -> None:
        said = _response(event)
        response_id = _id(said, "id")
        if response_id in self._closed:
            raise Misfit
        for other, answer in list(self._open.items()):
            # One response at a time adds to the conversation; some servers do not say of an
            # earlier one that it is over.
            if other != response_id and _joins(said) and _joins(answer.said):
                self._cut_off(other)
        self._open.setdefault(response_id, Answer(said)).said = said

    def _close_response(self, event: Model, tag: str) -> None:
        said = _response(event)
        response_id = _text(said, "id") or f"nameless {len(self._closed)}"
        answer = self._open.pop(response_id, None) or Answer(said)
        joins = _joins(said) and _joins(answer.said)
        output = tuple([self._finish(item, joins) for item in said.output or ()])
        self._store(response_id, _with_output(said, output or self._fold(answer.items)))
        for item_id in (
            () if joins else (*answer.items, *[_text(item, "id") or "" for item in output])
        ):
            self._leave(item_id)
        if not self._closed.get(response_id) and isinstance(said.usage, Model):
            _add(self._usage, said.usage.to_dict())
        self._closed[response_id] = True

    def _finish(self, said: RealtimeConversationItem, joins: bool) -> RealtimeConversationItem:
        """Take an item of a finished response, and return it with what was known of it."""
        item_id, kept = _text(said, "id"), self._kept(said)
        if not item_id or item_id in self._deleted:
            return kept
        item = self._items.setdefault(item_id, Growing())
        item.say(kept, last=True)
        if joins:
            self._place(item_id, item, UNSET)
        return item.fold() or kept

    def _leave(self, item_id: str) -> None:
        """Drop an item of a response out of band."""
        item = self._items.get(item_id)
        if item and not item.announced:
            del self._items[item_id]
            if item.listed:
                self._order.remove(item_id)

    def _cut_off(self, response_id: str) -> None:
        answer = self._open.pop(response_id)
        self._closed[response_id] = False
        self._store(response_id, _with_output(answer.said, self._fold(answer.items)))

    def _store(self, response_id: str, response: Response) -> None:
        self._responses.pop(response_id, None)
        self._responses[response_id] = response
        _drop_oldest(self._responses, self._keep_responses)


ANNOUNCED: Final = ("conversation.item.added", "conversation.item.created")
HANDLERS: Final[Mapping[str, Callable[[Conversation, Model, str], str | None]]] = {
    **dict.fromkeys(QUIET.split(), Conversation._quiet),
    **{f"{name}.{end}": Conversation._grow for name in GROWING for end in ("delta", "done")},
    "conversation.item.input_audio_transcription.completed": Conversation._grow,
    # From xAI: the whole transcript so far.
    "conversation.item.input_audio_transcription.updated": Conversation._grow,
    **dict.fromkeys(ANNOUNCED, Conversation._take_item),
    "conversation.item.done": Conversation._take_item,
    "conversation.item.retrieved": Conversation._take_item,
    "conversation.item.deleted": Conversation._delete,
    "conversation.item.truncated": Conversation._truncate,
    "input_audio_buffer.committed": Conversation._commit,
    "response.created": Conversation._open_response,
    "response.done": Conversation._close_response,
    "response.output_item.added": Conversation._take_output,
    "response.output_item.done": Conversation._take_output,
    "response.content_part.added": Conversation._take_part,
    "response.content_part.done": Conversation._take_part,
    "session.created": Conversation._take_session,
    "session.updated": Conversation._take_session,
    "transcription_session.created": Conversation._take_session,
    "transcription_session.updated": Conversation._take_session,
    "rate_limits.updated": Conversation._take_limits,
    "error": Conversation._take_error,
}


def text_of(item: RealtimeConversationItem) -> str:
    """Return what was said or written in an item, a part a line; nothing if it is no message."""
    content = _read(item, "content")
    parts = content if is_array(content) else ()
    return "\n".join(
        [words for part in parts if (words := _text(part, "text") or _text(part, "transcript"))]
    )


def _read(value: object, name: str) -> object:
    """Return a field of a model, also of one that this version does not know."""
    if isinstance(value, Unknown):
        value = value.data
    field: object = (
        value.get(name, UNSET) if isinstance(value, JsonObject) else getattr(value, name, UNSET)
    )
    return field


def _text(value: object, name: str) -> str | None:
    field = _read(value, name)
    return field if isinstance(field, str) else None


def _id(value: object, name: str) -> str:
    item_id = _text(value, name)
    if not item_id:
        raise Misfit
    return item_id


def _index(event: Model) -> int:
    index = _read(event, "content_index")
    return index if isinstance(index, int) else 0


def _item(event: Model) -> RealtimeConversationItem:
    item = _read(event, "item")
    if not isinstance(item, RealtimeConversationItem):
        raise Misfit
    return item


def _response(event: Model) -> Response:
    response = _read(event, "response")
    if not isinstance(response, Response):
        raise Misfit
    return response


def _has(item: RealtimeConversationItem, field: str) -> bool:
    """Whether an item can have the words of a field."""
    kinds = (
        ("function_call", "mcp_call", "mcp_approval_request")
        if field == "arguments"
        else ("message",)
    )
    return _text(item, "type") in kinds


def _words(item: RealtimeConversationItem | None) -> Iterator[tuple[int, str, str, str]]:
    """Yield the words and sounds in an item: part, its type, field, value."""
    if arguments := _text(item, "arguments"):
        yield 0, "", "arguments", arguments
    content = _read(item, "content")
    for index, part in enumerate(content if is_array(content) else ()):
        for field in FIELDS:
            if words := _text(part, field):
                yield index, _text(part, "type") or "", field, words


def _sound(pieces: Iterable[str], size: int | None = None) -> str:
    """Join Base64 texts, each of which may end with padding; leave out what is no Base64."""
    sound = bytearray()
    for piece in pieces:
        with suppress(ValueError):
            sound += b64decode(piece)
    return b64encode(sound[:size]).decode()


def _bytes_per_ms(session: Session | None) -> int:
    """Return how many bytes a millisecond of output audio has."""
    encoding: object = session
    for name in ("audio", "output", "format"):
        encoding = _read(encoding, name)
    kind, rate = (
        _text(encoding, "type") or _text(session, "output_audio_format"),
        _read(encoding, "rate"),
    )
    if kind in ("audio/pcmu", "audio/pcma", "g711_ulaw", "g711_alaw"):
        return 8
    return 2 * (rate if isinstance(rate, int) else 24_000) // 1000


def _begun(event: Model, item_id: str, kind: str) -> RealtimeConversationItem:
    """Make an item that nothing announced."""
    data: dict[str, JsonValue] = {"id": item_id, "object": "realtime.item", "status": "in_progress"}
    if kind == "mcp_call":
        data = {"id": item_id, "type": kind, "server_label": "", "name": "", "arguments": ""}
    elif kind == "function_call":
        name, call_id = _text(event, "name") or "", _text(event, "call_id") or ""
        data.update(type=kind, call_id=call_id, name=name, arguments="")
    else:
        role = "user" if kind == "user" else "assistant"
        data.update(type="message", role=role, content=[])
    return realtime_conversation_item_from_dict(data, invalid="keep")


def _joins(response: Response) -> bool:
    """Whether a response adds to the conversation: null says that it does not."""
    return response.conversation_id is not None


def _with_output(response: Response, output: tuple[RealtimeConversationItem, ...]) -> Response:
    if not output or output == response.output:
        return response
    if isinstance(response, RealtimeBetaResponse):
        return replace(response, output=output)
    return replace(response, output=output)


def _drop_oldest(values: dict[str, V], most: int) -> None:
    while len(values) > most:
        del values[next(iter(values))]


def _add(total: dict[str, JsonValue], more: Mapping[str, JsonValue]) -> None:
    """Add up whole numbers, also those in objects."""
    for name, value in more.items():
        earlier = total.setdefault(name, {} if isinstance(value, dict) else 0)
        if isinstance(value, dict) and isinstance(earlier, dict):
            _add(earlier, value)
        elif isinstance(value, int) and isinstance(earlier, int):
            total[name] = earlier + value
