"""The state of a conversation, folded from its events: items, responses, usage.

Pure data: no socket, no thread, no clock. Events of both forms of the API are read by their tags.

* The server is right: what it says at the end replaces what deltas have built, but not by an empty
  or absent value, since some servers send finals without content.
* Values are made when they are first heard of; what a user says when its place is known, or itself.
* A delta costs the same however long its item is: pieces are joined when asked for.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Final, TypeAlias

from ._runtime.base import Model
from ._runtime.json_values import FrozenDict, JsonValue, is_array, is_map
from ._runtime.model import Unknown
from ._runtime.sentinel import UNSET
from .wire.beta_session import RealtimeSession, RealtimeTranscriptionSessionCreateResponse
from .wire.client_secrets import RealtimeServerEventSessionCreatedSession
from .wire.items import RealtimeConversationItem, realtime_conversation_item_from_dict
from .wire.response import RealtimeBetaResponse, RealtimeResponse, RealtimeResponseUsage
from .wire.server_events import RealtimeBetaServerEventErrorError
from .wire.server_events import RealtimeBetaServerEventRateLimitsUpdatedRateLimitsInner as RateLimit
from .wire.translation import RealtimeTranslationSession

Session: TypeAlias = (
    RealtimeServerEventSessionCreatedSession
    | RealtimeSession
    | RealtimeTranscriptionSessionCreateResponse
    | RealtimeTranslationSession
)
Response: TypeAlias = RealtimeResponse | RealtimeBetaResponse
Refusal: TypeAlias = "tuple[RealtimeBetaServerEventErrorError, Model | None]"
"""An error, and the client event that it answers, if that is known."""
Key: TypeAlias = "tuple[int, str]"
"""The part of an item, and its field."""

HELD: Final = 200
"""How many sent events, and how many refusals, are held."""
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
# What changes nothing here, by its tag, or by its tag without the last word.
QUIET: Final = (
    *("conversation", "conversation.item.input_audio_transcription.failed", "session.closed"),
    *("conversation.item.input_audio_transcription.segment", "input_audio_buffer"),
    *("mcp_list_tools", "output_audio_buffer", "response.mcp_call"),
)


class Misfit(Exception):
    """An event is broken, late, unknown, or about what is not there."""


class Growing:
    """An item: what the server last said of it, and what came since."""

    def __init__(self) -> None:
        self.said: RealtimeConversationItem | None = None
        self.pieces: dict[Key, list[str]] = {}  # instead of what was said
        self.types: dict[int, str] = {}  # of the parts that pieces came for
        self.settled: set[Key] = set()  # the last word came
        self.final = False  # the last word on the whole came
        self.cut: dict[int, int] = {}  # the bytes of sound that truncation leaves, by part
        self.listed = self.announced = False  # is one of the conversation's; has its place
        self.previous: str | None = None
        self.response: str | None = None
        self.folded: RealtimeConversationItem | None = None

    def grow(self, key: Key, kind: str, piece: str, *, last: bool) -> None:
        """Add a piece of a field, or take the last word on it."""
        if key in self.settled and not last:
            raise Misfit
        known = "" if key in self.pieces else _words_of(self.said).get(key, "")
        if known and self.final and not last:
            return
        # Servers that announce a call with its first fragment go on from there; those that announce
        # a message with its first words repeat them.
        pieces = self.pieces.setdefault(key, [known] if key[1] == "arguments" else [])
        if last:
            self.settled.add(key)
            pieces[:] = [piece or "".join(pieces)]
        else:
            pieces.append(piece)
        self.types.setdefault(key[0], kind)
        self.folded = None

    def say(self, said: RealtimeConversationItem, *, last: bool) -> None:
        """Take what the server says of the whole; words that it leaves out stay."""
        known, new = _words_of(self.said), _words_of(said)
        if last or not (self.final or known):
            self.said = said if new or not known else self.said
            self.final, self.folded = last, None
        if last:
            self.pieces = {key: p for key, p in self.pieces.items() if key not in new and any(p)}

    def fold(self) -> RealtimeConversationItem | None:
        """Return the item as far as it is known."""
        if self.folded is None and self.said and (self.pieces or self.cut):
            data = self.said.to_dict()
            content = data.get("content")
            parts = dict(enumerate(content if isinstance(content, list) else []))
            for (index, field), pieces in self.pieces.items():
                words = _sound(pieces) if field == "audio" else "".join(pieces)
                if field != "audio":
                    pieces[:] = [words]
                whole = data if field == "arguments" else parts.setdefault(index, {})
                if isinstance(whole, dict):
                    whole.setdefault("type", self.types[index])
                    whole[field] = words or whole.get(field, words)
            for index, size in self.cut.items():
                part = parts.get(index)
                if isinstance(part, dict) and isinstance(sound := part.get("audio"), str):
                    part["audio"] = _sound([sound], size)
            if parts:
                data["content"] = [parts[index] for index in sorted(parts)]
            self.folded = realtime_conversation_item_from_dict(data, invalid="keep")
        return self.folded or self.said


class Conversation:
    """A conversation, folded from the events of its server.

    Give :meth:`receive` every event, whatever it is: it never raises. What is handed out never
    changes. Audio is held with ``audio=True`` only, and of the finished responses the last
    ``keep_responses``.
    """

    def __init__(self, *, audio: bool = False, keep_responses: int = 100) -> None:
        self.session: Session | None = None
        """The newest session, in the form that the server speaks."""
        self.rate_limits: tuple[RateLimit, ...] = ()
        """The newest rate limits."""
        self.unplaced = 0
        """How many events did not fit: broken, late, unknown, or about what is not there."""
        self.responses: tuple[Response, ...] = ()
        """The finished responses, newest last; one that was cut off has the status that it had."""
        self.usage = RealtimeResponseUsage(total_tokens=0, input_tokens=0, output_tokens=0)
        """The tokens of all finished responses."""
        self.truncated: FrozenDict[int] = FrozenDict({})
        """The milliseconds that the user heard of the items that were cut to that."""
        self.refusals: tuple[Refusal, ...] = ()
        """The newest errors, each with the client event that it answers, if that is known."""
        self._audio, self._keep_responses = audio, keep_responses
        self._items: dict[str, Growing] = {}
        self._order: list[str] = []
        self._deleted: set[str] = set()
        self._root: str | None = None  # the last item of an earlier connection
        self._open: dict[str, Response] = {}
        self._outputs: dict[str, dict[str, None]] = {}  # the items of open responses
        self._closed: dict[str, bool] = {}  # whether the server said that it is over
        self._sent: dict[str, Model] = {}
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
            found = [key for key, said in self._open.items() if _joins(said)] or [*self._open]
            self._folded_response = self._so_far(found[-1])
        return self._folded_response

    def sent(self, event: Model) -> None:
        """Remember an event that you send, so that an error can be matched to it."""
        if event_id := _text(event, "event_id"):
            self._sent[event_id] = event
            if len(self._sent) > HELD:
                del self._sent[next(iter(self._sent))]

    def receive(self, event: Model) -> str | None:
        """Take an event of the server; return the ID of the item that it changed, if any."""
        tag = _text(event, "type") or ""
        name = tag if tag in HANDLERS or tag in QUIET else tag.rpartition(".")[0]
        handler = HANDLERS.get(name)
        if handler is None:
            self.unplaced += name not in QUIET
            return None
        self._folded_items = self._folded_response = None
        try:
            return handler(self, event, tag)
        except Misfit:
            self.unplaced += 1
            return None

    def _growing(self, item_id: str) -> Growing:
        """Return an item that may be heard of for the first time, but was not deleted."""
        if item_id in self._deleted:
            raise Misfit
        return self._items.setdefault(item_id, Growing())

    def _fold(self, item_ids: Iterable[str]) -> tuple[RealtimeConversationItem, ...]:
        known = [self._items[item_id].fold() for item_id in item_ids if item_id in self._items]
        return tuple([item for item in known if item])

    def _grow(self, event: Model, tag: str) -> str | None:
        """Take a piece of words or sound, or the last word on it."""
        name, _, end = tag.rpartition(".")
        (field, kind), last = GROWING[name], end != "delta"
        if field == "audio" and (last or not self._audio):
            return None
        item_id, piece = _id(event), _text(event, field if last else "delta")
        item = self._items.get(item_id)
        # What a user says has its own events, but no response.
        if item is None or item.said is None or item.response is None:
            item = self._hear(event, item_id, kind if last or kind != "input_audio" else "")
        if piece is None or (item.final and kind != "input_audio"):
            raise Misfit
        if field == "audio" and len(piece) % 4:  # no Base64
            raise Misfit
        item.grow((_index(event), field), kind, piece, last=last)
        return item_id if item.said else None

    def _hear(self, event: Model, item_id: str, kind: str) -> Growing:
        """Return an item; make it, if its kind is given and nothing was heard of it."""
        response_id = _text(event, "response_id") or ""
        over = self._closed.get(response_id)
        if over and item_id not in self._items:
            raise Misfit
        item = self._growing(item_id)
        if kind and item.said is None:
            item.said = _begun(event, item_id, kind)
        if response_id and over is None:
            if response_id not in self._open:
                beta = isinstance(self.session, RealtimeSession)
                made = RealtimeBetaResponse if beta else RealtimeResponse
                self._open[response_id] = made(id=response_id, status="in_progress", output=[])
            item.response = response_id
            self._outputs.setdefault(response_id, {})[item_id] = None
        if kind and (over is not None or not response_id or _joins(self._open[response_id])):
            self._place(item_id, item, item.previous or UNSET)
        return item

    def _take_item(self, event: Model, tag: str) -> str:
        """Take an item: announced, finished, or retrieved."""
        said, last = _read(event, "item"), not tag.endswith(("added", "created"))
        if not isinstance(said, RealtimeConversationItem):
            raise Misfit
        item_id, output = _id(said, "id"), tag.startswith("response.")
        if not last and not output:
            self._deleted.discard(item_id)
        item = self._hear(event, item_id, "message") if output else self._growing(item_id)
        item.say(self._kept(said), last=last and _text(said, "status") != "in_progress")
        if not output:
            previous = _read(event, "previous_item_id")
            # A final often has null although the announcement named the item before.
            self._place(item_id, item, previous or UNSET if last else previous, not last)
        return item_id

    def _take_part(self, event: Model, tag: str) -> str:
        """Take a part of an item: begun, or finished."""
        item_id, index, part = _id(event), _index(event), _read(event, "part")
        item, last = self._hear(event, item_id, "message"), tag.endswith("done")
        kind = _text(part, "type") or "text"
        # The current form has a short name here, and a long one in the item.
        if _read(self._open.get(item.response or ""), "output_modalities") and "_" not in kind:
            kind = f"output_{kind}"
        for field in ("text", "transcript"):
            words = _text(part, field)
            # What a part begins with is repeated by its deltas.
            if words is not None and not item.final and (last or not words):
                item.grow((index, field), kind, words, last=last)
        return item_id

    def _kept(self, said: RealtimeConversationItem) -> RealtimeConversationItem:
        """Return an item without its audio, unless that is held."""
        if self._audio or all(field != "audio" for _, field in _words_of(said)):
            return said
        data = said.to_dict()
        content = data["content"]
        for part in content if isinstance(content, list) else ():
            if isinstance(part, dict):
                part.pop("audio", None)
        return realtime_conversation_item_from_dict(data, invalid="keep")

    def _place(
        self, item_id: str, item: Growing, previous: object, announced: bool = False
    ) -> None:
        """Put an item after the one named, first for null, before one that names it, or last."""
        if item.listed and (item.announced or not announced):
            return
        if item.listed:
            self._order.remove(item_id)
        item.listed, item.announced = True, announced
        item.previous = previous if isinstance(previous, str) else item.previous
        # Null means nothing for output and tool calls, with which xAI sends it too.
        first = not item.response and "function" not in (_text(item.said, "type") or "")
        place = len(self._order)
        if item.previous in self._order:
            place = self._order.index(item.previous) + 1
        elif previous == "root" or (previous is None and first):
            place = self._order.index(self._root) + 1 if self._root in self._order else 0
        else:
            after = [n for n, key in enumerate(self._order) if self._items[key].previous == item_id]
            place = after[0] if after else place
        self._order.insert(place, item_id)

    def _take_place(self, event: Model, tag: str) -> None:
        """Remember the place of an item that is to come."""
        self._growing(_id(event)).previous = _text(event, "previous_item_id")

    def _delete(self, event: Model, tag: str) -> str:
        item_id = _id(event)
        self._deleted.add(item_id)
        left = {key: end for key, end in self.truncated.items() if key != item_id}
        self.truncated = FrozenDict(left)
        if item_id not in self._order:
            raise Misfit
        place = self._order.index(item_id)
        if item_id == self._root:
            self._root = self._order[place - 1] if place else None
        del self._order[place], self._items[item_id]
        return item_id

    def _truncate(self, event: Model, tag: str) -> str:
        item_id, end = _id(event), _read(event, "audio_end_ms")
        if not isinstance(end, int):
            raise Misfit
        item = self._growing(item_id)
        self.truncated = FrozenDict({**self.truncated, item_id: end})
        item.cut[_index(event)] = max(0, end) * _bytes_per_ms(self.session)
        item.folded = None
        return item_id

    def _take_session(self, event: Model, tag: str) -> None:
        session = _read(event, "session")
        if not isinstance(session, Session):
            raise Misfit
        self.session = session
        if tag.endswith("created"):
            for response_id in [*self._open]:
                self._close(response_id, self._so_far(response_id), False)
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
        refusal = (error, self._sent.get(error.event_id or ""))
        self.refusals = (*self.refusals, refusal)[-HELD:]

    def _take_response(self, event: Model, tag: str) -> None:
        """Take a response: begun, or finished."""
        said = _read(event, "response")
        if not isinstance(said, Response):
            raise Misfit
        if tag.endswith("done"):
            return self._finish(said)
        response_id = _id(said, "id")
        if response_id in self._closed:
            raise Misfit
        for other in [other for other in self._open if other != response_id]:
            # One response at a time adds to the conversation; some servers do not say of an earlier
            # one that it is over.
            if _joins(said) and _joins(self._open[other]):
                self._close(other, self._so_far(other), False)
        self._open[response_id] = said
        return None

    def _finish(self, said: Response) -> None:
        """Take a finished response: its items, and what it cost."""
        response_id = _text(said, "id") or f"nameless {len(self._closed)}"
        joins = _joins(said) and _joins(self._open.get(response_id, said))
        output: list[RealtimeConversationItem] = []
        for one in said.output or ():
            item_id = _text(one, "id") or ""
            item = self._items.get(item_id) or Growing()
            if joins and item_id and item_id not in self._deleted:
                self._items[item_id] = item
                self._place(item_id, item, UNSET)
            item.say(self._kept(one), last=True)
            output.append(item.fold() or one)
        if not self._closed.get(response_id) and isinstance(said.usage, Model):
            total = self.usage.to_dict()
            _add(total, said.usage.to_dict())
            self.usage = RealtimeResponseUsage.from_dict(total, invalid="keep")
        heard = self._outputs.get(response_id, ())
        self._close(response_id, _with_output(said, tuple(output) or self._fold(heard)), True)

    def _so_far(self, response_id: str) -> Response:
        output = self._fold(self._outputs.get(response_id, ()))
        return _with_output(self._open[response_id], output)

    def _close(self, response_id: str, response: Response, done: bool) -> None:
        self._open.pop(response_id, None)
        for item_id in self._outputs.pop(response_id, ()):
            if item_id in self._items and not self._items[item_id].listed:
                del self._items[item_id]
        self._closed[response_id] = done
        earlier = [one for one in self.responses if not one.id or one.id != response.id]
        self.responses = (*earlier, response)[max(0, len(earlier) + 1 - self._keep_responses) :]


# What takes an event, by its tag in the same way.
HANDLERS: Final[dict[str, Callable[[Conversation, Model, str], str | None]]] = {
    **dict.fromkeys(GROWING, Conversation._grow),
    "conversation.item": Conversation._take_item,
    "conversation.item.deleted": Conversation._delete,
    "conversation.item.truncated": Conversation._truncate,
    "error": Conversation._take_error,
    "input_audio_buffer.committed": Conversation._take_place,
    "rate_limits": Conversation._take_limits,
    "response": Conversation._take_response,
    "response.content_part": Conversation._take_part,
    "response.output_item": Conversation._take_item,
    "session": Conversation._take_session,
    "transcription_session": Conversation._take_session,
}


def text_of(item: RealtimeConversationItem) -> str:
    """Return what was said or written in an item, a part a line; nothing if it is no message."""
    content = _read(item, "content")
    parts = content if is_array(content) else ()
    words = [_text(part, "text") or _text(part, "transcript") for part in parts]
    return "\n".join([word for word in words if word])


def _read(value: object, name: str) -> object:
    """Return a field of a model, also of one that this version does not know."""
    if isinstance(value, Unknown):
        value = value.data
    if is_map(value):
        return value.get(name, UNSET)
    field: object = getattr(value, name, UNSET)
    return field


def _text(value: object, name: str) -> str | None:
    field = _read(value, name)
    return field if isinstance(field, str) else None


def _id(value: Model, name: str = "item_id") -> str:
    if item_id := _text(value, name):
        return item_id
    raise Misfit


def _index(event: Model) -> int:
    index = _read(event, "content_index")
    return index if isinstance(index, int) else 0


def _words_of(item: RealtimeConversationItem | None) -> dict[Key, str]:
    """Return the words and sounds in an item."""
    content = _read(item, "content")
    found = {(0, "arguments"): _text(item, "arguments")}
    for index, part in enumerate(content if is_array(content) else ()):
        for field in ("text", "transcript", "audio"):
            found[index, field] = _text(part, field)
    return {key: words for key, words in found.items() if words}


def _sound(pieces: Iterable[str], size: int | None = None) -> str:
    """Join Base64 texts, each of which may end with padding; leave out what is no Base64."""
    sound = bytearray()
    for piece in pieces:
        with suppress(ValueError):
            sound += b64decode(piece)
    return b64encode(sound[:size]).decode()


def _bytes_per_ms(session: Session | None) -> int:
    """Return how many bytes a millisecond of output audio has."""
    encoding = _read(_read(_read(session, "audio"), "output"), "format")
    kind, rate = _text(encoding, "type"), _read(encoding, "rate")
    if (kind or _text(session, "output_audio_format") or "pcm16") not in ("audio/pcm", "pcm16"):
        return 8  # G.711
    return 2 * (rate if isinstance(rate, int) else 24_000) // 1000


def _begun(event: Model, item_id: str, kind: str) -> RealtimeConversationItem:
    """Make an item that nothing announced."""
    data: dict[str, object] = {"type": kind, "name": _text(event, "name") or "", "arguments": ""}
    if kind not in ("function_call", "mcp_call"):
        role = "user" if kind == "input_audio" else "assistant"
        data = {"type": "message", "role": role, "content": []}
    elif kind == "mcp_call":
        data["server_label"] = ""
    else:
        data["call_id"] = _text(event, "call_id") or ""
    return realtime_conversation_item_from_dict({"id": item_id, **data}, invalid="keep")


def _joins(response: Response) -> bool:
    """Whether a response adds to the conversation: null says that it does not."""
    return response.conversation_id is not None


def _with_output(response: Response, output: tuple[RealtimeConversationItem, ...]) -> Response:
    if not output or output == response.output:
        return response
    if isinstance(response, RealtimeBetaResponse):
        return replace(response, output=output)
    return replace(response, output=output)


def _add(total: dict[str, JsonValue], more: dict[str, JsonValue]) -> None:
    """Add up whole numbers, also those in objects."""
    for name, value in more.items():
        earlier = total.setdefault(name, {} if isinstance(value, dict) else 0)
        if isinstance(value, dict) and isinstance(earlier, dict):
            _add(earlier, value)
        elif isinstance(value, int) and isinstance(earlier, int):
            total[name] = earlier + value
