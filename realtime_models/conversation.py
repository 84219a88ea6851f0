"""The state of a conversation, folded from its events: items, responses, usage.

Pure data: no socket, no thread, no clock. Events of both forms of the API are read by their tags.

* The server is right: its last word on an item, or on a field of one, replaces what deltas have
  built, but not by an empty or absent value, since some servers send finals without content.
* Items and responses are made when they are first heard of. What a user says becomes an item of the
  conversation when its place is known, or all of it.
* An item has one place, and moves only when the server announces it after it was heard of.
* A delta costs the same however long its item is: pieces are joined when asked for.
* What is handed out is frozen, and made anew after a change only.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final, TypeAlias

from ._runtime.base import Model
from ._runtime.json_values import DICT, FrozenDict, JsonValue, is_array, is_map
from ._runtime.model import Unknown
from ._runtime.sentinel import UNSET
from .wire.beta_session import RealtimeSession, RealtimeTranscriptionSessionCreateResponse
from .wire.client_secrets import RealtimeServerEventSessionCreatedSession
from .wire.items import RealtimeConversationItem, realtime_conversation_item_from_dict
from .wire.response import RealtimeBetaResponse, RealtimeResponse, RealtimeResponseUsage
from .wire.server_events import (
    RealtimeBetaServerEventErrorError,
    RealtimeBetaServerEventRateLimitsUpdatedRateLimitsInner,
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
RefusalError: TypeAlias = RealtimeBetaServerEventErrorError
Refusal: TypeAlias = "tuple[RefusalError, Model | None]"
"""An error, and the client event that it answers, if that is known."""

HELD: Final = 200  # sent events, and refusals
FIELDS: Final = ("text", "transcript", "audio", "arguments")  # that hold words or sound
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


class Pieces(list[str]):
    """The words of a field as they come, joined when asked for."""

    settled = False  # whether the last word came


class Growing:
    """An item as it grows: what the server said of it; a field that deltas came for is Pieces."""

    def __init__(self, item_id: str, audio: bool) -> None:
        self.id: str = item_id
        self.audio: bool = audio
        self.data: dict[str, object] | None = None  # if anything is known
        self.parts: dict[int, object] = {}  # of its content, by index
        self.final: bool = False  # whether the last word on the whole came
        self.is_earlier: bool = False  # of an earlier connection
        self.placed: bool | None = None  # in the conversation; whether the server announced it
        self.previous: str | None = None  # the item that it follows
        self.heard: tuple[int, int] | None = None  # by the user: milliseconds, and bytes of audio
        self.folded: RealtimeConversationItem | None = None

    def grow(self, index: object, field: str, kind: str, piece: str, *, last: bool) -> None:
        """Add a piece of a field, or take the last word on it."""
        call, number = field == "arguments", index if isinstance(index, int) else 0
        part = self.data if call else self.parts.setdefault(number, {"type": kind})
        if not part or type(part) is not DICT:
            raise Misfit
        words = part.get(field)
        if not isinstance(words, Pieces):
            if words and self.final and not last:
                return
            # Servers that announce a call with its first fragment go on from there; those that
            # announce a message with its first words repeat them.
            said = [words] if isinstance(words, str) and (last or call) else []
            words = part[field] = Pieces(said)
        if last:
            words[:], words.settled = [piece or "".join(words)], True
        elif words.settled:
            raise Misfit
        else:
            words.append(piece)
        self.folded = None

    def say(self, said: RealtimeConversationItem, *, last: bool) -> None:
        """Take what the server says of the whole; words that it leaves out stay."""
        if last or not self.final:
            data: dict[str, object] = {**said.to_dict()}
            self._keep(self.data, data, last)
            content = data.get("content")
            parts = dict(enumerate(content if is_array(content) else ()))
            for index, part in parts.items():
                self._keep(self.parts.get(index), part, last)
            self.parts = parts if last and parts else {**self.parts, **parts}
            self.data, self.final, self.folded = data, last, None

    def _keep(self, old: object, new: object, last: bool) -> None:
        """Put words that are known into what is said, unless it is the last word and has some."""
        if type(new) is DICT and not self.audio and isinstance(new.get("audio"), str):
            del new["audio"]
        if type(new) is DICT and type(old) is DICT:
            for field in FIELDS:
                if _words_in(old, field) and not (last and _words_in(new, field)):
                    new[field] = old[field]

    def fold(self) -> RealtimeConversationItem | None:
        """Return the item as far as it is known."""
        if self.folded is None and self.data is not None:
            data = self._joined(self.data)
            if self.parts:
                parts = [part for _, part in sorted(self.parts.items())]
                data["content"] = [self._joined(p) if type(p) is DICT else p for p in parts]
            self.folded = realtime_conversation_item_from_dict(data, invalid="keep")
        return self.folded

    def _joined(self, part: dict[str, object]) -> dict[str, object]:
        """Return a part, or the item, with its words joined and its sound cut."""
        held = [field for field in FIELDS if isinstance(part.get(field), (str, Pieces))]
        size = self.heard[1] if self.heard else None
        return {**part, **{field: _words_in(part, field, size) for field in held}}


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
        self.unplaced: int = 0
        """How many events did not fit: broken, late, unknown, or about what is not there."""
        self.responses: tuple[Response, ...] = ()
        """The finished responses, newest last; one that was cut off has the status that it had."""
        self.usage: RealtimeResponseUsage = RealtimeResponseUsage(
            total_tokens=0, input_tokens=0, output_tokens=0
        )
        """The tokens of all finished responses."""
        self.refusals: tuple[Refusal, ...] = ()
        """The newest errors, each with the client event that it answers, if that is known."""
        self._audio, self._keep_responses = audio, keep_responses
        self._known: dict[str, Growing] = {}
        self._order: list[Growing] = []  # those that are in the conversation
        self._deleted: set[str] = set()
        self._open: dict[str, Response] = {}
        self._outputs: dict[str, list[Growing]] = {}  # of open responses
        self._closed: dict[str, bool] = {}  # whether the server said that it is over
        self._sent: dict[str, Model] = {}
        self._items: tuple[RealtimeConversationItem, ...] | None = None
        self._response: Response | None = None

    @property
    def items(self) -> tuple[RealtimeConversationItem, ...]:
        """The items in the conversation's order, each as far as it is known."""
        if self._items is None:
            self._items = _folded(self._order)
        return self._items

    def item(self, item_id: str) -> RealtimeConversationItem | None:
        """Return an item of the conversation, or ``None`` if it has none of this ID."""
        item = self._known.get(item_id)
        return item.fold() if item and item.placed is not None else None

    @property
    def response(self) -> Response | None:
        """The active response, with what it has so far; out of band only if there is no other."""
        if self._response is None and self._open:
            found = [key for key, said in self._open.items() if _joins(said)] or [*self._open]
            self._response = self._so_far(found[-1])
        return self._response

    @property
    def truncated(self) -> FrozenDict[int]:
        """The milliseconds that the user heard of the items that were cut to that."""
        return FrozenDict({key: item.heard[0] for key, item in self._known.items() if item.heard})

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
        if name in QUIET:
            return None
        try:
            if name not in HANDLERS:
                raise Misfit
            self._items = self._response = None
            return HANDLERS[name](self, event, tag)
        except Misfit:
            self.unplaced += 1
            return None

    def _hear(self, event: Model, kind: str = "") -> Growing:
        """Return the item of an event; make it, if its kind is given and nothing is known of it."""
        item_id = _text(event, "item_id") or _text(_read(event, "item"), "id") or ""
        response_id = _text(event, "response_id") or ""
        over = self._closed.get(response_id)
        item = self._known.get(item_id) or Growing(item_id, self._audio)
        if not item_id or item_id in self._deleted or (over and item_id not in self._known):
            raise Misfit
        self._known[item_id] = item
        if kind and item.data is None:
            item.data = _begun(event, item_id, kind)
        if response_id and over is None:
            if response_id not in self._open:
                is_beta = isinstance(self.session, RealtimeSession)
                made = RealtimeBetaResponse if is_beta else RealtimeResponse
                self._open[response_id] = made(id=response_id, status="in_progress", output=[])
            output = self._outputs.setdefault(response_id, [])
            if item not in output:
                output.append(item)
        if kind and (over is not None or not response_id or _joins(self._open[response_id])):
            self._place(item, item.previous)
        return item

    def _grow(self, event: Model, tag: str) -> str | None:
        """Take a piece of words or sound, or the last word on it."""
        name, _, end = tag.rpartition(".")
        (field, kind), last = GROWING[name], end != "delta"
        if field == "audio" and (last or not self._audio):
            return None
        piece, user = _text(event, field if last else "delta"), kind == "input_audio"
        # What a user says is no item before its place is known, or all of it.
        item = self._hear(event, "" if user and not last else kind)
        if piece is None or (item.final and not user) or (field == "audio" and len(piece) % 4):
            raise Misfit
        item.grow(_read(event, "content_index"), field, kind, piece, last=last)
        return item.id if item.data else None

    def _take_part(self, event: Model, tag: str) -> str:
        """Take a part of an item: begun, or finished."""
        part, last, item = _read(event, "part"), tag.endswith("done"), self._hear(event, "message")
        kind = _text(part, "type") or "text"
        field = "text" if kind.endswith("text") else "transcript"
        response, words = self._open.get(_text(event, "response_id") or ""), _text(part, field)
        # The current form has a short name here, and a long one in the item.
        if "_" not in kind and _read(response, "output_modalities"):
            kind = f"output_{kind}"
        if words is not None and not item.final:
            # What a part begins with is repeated by its deltas.
            piece = words if last else ""
            item.grow(_read(event, "content_index"), field, kind, piece, last=last)
        return item.id

    def _take_item(self, event: Model, tag: str) -> str:
        """Take an item: announced, finished, or retrieved."""
        said, last = _read(event, "item"), not tag.endswith(("added", "created"))
        if not isinstance(said, RealtimeConversationItem):
            raise Misfit
        output = tag.startswith("response.")
        if not last and not output:
            self._deleted.discard(_text(said, "id") or "")
        item = self._hear(event, "message" if output else "")
        item.say(said, last=last and _text(said, "status") != "in_progress")
        if not output:
            self._place(item, _read(event, "previous_item_id"), not last)
        return item.id

    def _place(self, item: Growing, previous: object, announced: bool = False) -> None:
        """Put an item after the one named, first for null, before one that names it, or last."""
        if item.placed or item.placed is announced:
            return
        # Null means nothing in finals, whose announcement often named the item before, for output,
        # and for tool calls, with which xAI sends it too.
        is_call = "function" in str(item.data and item.data.get("type"))
        first = announced and previous is None and item.placed is None and not is_call
        if item.placed is not None:
            self._order.remove(item)
        item.placed = announced
        item.previous = previous if isinstance(previous, str) else item.previous
        before = [n + 1 for n, one in enumerate(self._order) if one.id == item.previous]
        after = [n for n, one in enumerate(self._order) if one.previous == item.id]
        if not before and (previous == "root" or first):
            before = [sum(one.is_earlier for one in self._order)]
        self._order.insert([*before, *after, len(self._order)][0], item)

    def _commit(self, event: Model, tag: str) -> None:
        """Remember the place of an item that is to come."""
        self._hear(event).previous = _text(event, "previous_item_id")

    def _delete(self, event: Model, tag: str) -> str:
        item_id = _text(event, "item_id") or ""
        item = self._known.pop(item_id, None)
        self._deleted.add(item_id)
        if item is None or item.placed is None:
            raise Misfit
        self._order.remove(item)
        return item.id

    def _truncate(self, event: Model, tag: str) -> str:
        end = _read(event, "audio_end_ms")
        if not isinstance(end, int):
            raise Misfit
        item = self._hear(event)
        item.heard, item.folded = (end, max(0, end) * _bytes_per_ms(self.session)), None
        return item.id

    def _take_state(self, event: Model, tag: str) -> None:
        """Take a session, the rate limits, or an error."""
        if isinstance(session := _read(event, "session"), Session):
            self.session = session
            if tag.endswith("created"):
                for response_id in [*self._open]:
                    self._close(response_id, done=False)
                for item in self._order:
                    item.is_earlier = True
        elif is_array(limits := _read(event, "rate_limits")):
            self.rate_limits = tuple([limit for limit in limits if isinstance(limit, RateLimit)])
        elif isinstance(error := _read(event, "error"), RefusalError):
            refusal = (error, self._sent.get(error.event_id or ""))
            self.refusals = (*self.refusals, refusal)[-HELD:]
        else:
            raise Misfit

    def _take_response(self, event: Model, tag: str) -> None:
        """Take a response: begun, or finished, with its items and what it cost."""
        said, done = _read(event, "response"), tag.endswith("done")
        response_id = _text(said, "id") or (f"nameless {len(self._closed)}" if done else "")
        over = self._closed.get(response_id)
        if not isinstance(said, Response) or not response_id or (over is not None and not done):
            raise Misfit
        joins = _joins(said) and _joins(self._open.get(response_id, said))
        self._open[response_id] = said
        if not done:
            # One response at a time adds to the conversation; some servers do not say of an
            # earlier one that it is over.
            for other_id, other in [*self._open.items()]:
                if other is not said and joins and _joins(other):
                    self._close(other_id, done=False)
            return
        output: list[Growing] = []
        for one in said.output or ():
            item_id = _text(one, "id") or ""
            item = self._known.get(item_id) or Growing(item_id, self._audio)
            if joins and item_id and item_id not in self._deleted:
                self._known[item_id] = item
                self._place(item, None)
            item.say(one, last=True)
            output.append(item)
        self._outputs[response_id] = output or self._outputs.get(response_id, [])
        if not over and isinstance(said.usage, Model):
            total = self.usage.to_dict()
            _add(total, said.usage.to_dict())
            self.usage = RealtimeResponseUsage.from_dict(total, invalid="keep")
        self._close(response_id, done=True)

    def _so_far(self, response_id: str) -> Response:
        """Return an open response with the items that it has so far."""
        said, output = self._open[response_id], _folded(self._outputs.get(response_id, []))
        return replace(said, output=output) if output else said

    def _close(self, response_id: str, *, done: bool) -> None:
        """Take a response as over, whether or not the server said so."""
        response = self._so_far(response_id)
        del self._open[response_id]
        for item in self._outputs.pop(response_id, []):
            if item.placed is None:
                self._known.pop(item.id, None)
        self._closed[response_id] = done
        earlier = [one for one in self.responses if not one.id or one.id != response.id]
        self.responses = (*earlier, response)[max(0, len(earlier) + 1 - self._keep_responses) :]


# What takes an event, by its tag in the same way.
HANDLERS: Final[dict[str, Callable[[Conversation, Model, str], str | None]]] = {
    **dict.fromkeys(GROWING, Conversation._grow),
    "conversation.item": Conversation._take_item,
    "conversation.item.deleted": Conversation._delete,
    "conversation.item.truncated": Conversation._truncate,
    "error": Conversation._take_state,
    "input_audio_buffer.committed": Conversation._commit,
    "rate_limits": Conversation._take_state,
    "response": Conversation._take_response,
    "response.content_part": Conversation._take_part,
    "response.output_item": Conversation._take_item,
    "session": Conversation._take_state,
    "transcription_session": Conversation._take_state,
}


def text_of(item: RealtimeConversationItem) -> str:
    """Return what was said or written in an item, a part a line; nothing if it is no message."""
    content = _read(item, "content")
    parts = content if is_array(content) else ()
    words = [_text(part, "text") or _text(part, "transcript") for part in parts]
    return "\n".join([word for word in words if word])


def _read(value: object, name: str) -> object:
    """Return a field of a model, also of one that this version does not know."""
    held = value.data if isinstance(value, Unknown) else value
    if isinstance(held, Model):
        field: object = getattr(held, name, UNSET)
        return field
    return held.get(name, UNSET) if is_map(held) else UNSET


def _text(value: object, name: str) -> str | None:
    field = _read(value, name)
    return field if isinstance(field, str) else None


def _words_in(part: dict[str, object], field: str, size: int | None = None) -> str:
    """Return the words, or so many bytes of sound, in a field; nothing if there are none."""
    words = part.get(field)
    pieces = words if isinstance(words, Pieces) else [words] if isinstance(words, str) else []
    pieces[:] = [_sound(pieces, size) if field == "audio" else "".join(pieces)]
    return pieces[0]


def _sound(pieces: list[str], size: int | None = None) -> str:
    """Join Base64 texts, of which some may end with padding, and cut the bytes to a size."""
    if size is None and not any("=" in piece for piece in pieces[:-1]):
        return "".join(pieces)
    sound = bytearray()
    for piece in pieces:
        with suppress(ValueError):
            sound += b64decode(piece)
    return b64encode(sound[:size]).decode()


def _folded(items: list[Growing]) -> tuple[RealtimeConversationItem, ...]:
    return tuple([one for item in items if (one := item.fold())])


def _bytes_per_ms(session: Session | None) -> int:
    """Return how many bytes a millisecond of output audio has."""
    encoding = _read(_read(_read(session, "audio"), "output"), "format")
    kind, rate = _text(encoding, "type"), _read(encoding, "rate")
    if (kind or _text(session, "output_audio_format") or "pcm16") not in ("audio/pcm", "pcm16"):
        return 8  # G.711
    return 2 * (rate if isinstance(rate, int) else 24_000) // 1000


def _begun(event: Model, item_id: str, kind: str) -> dict[str, object]:
    """Return an item that nothing announced."""
    if kind not in ("function_call", "mcp_call"):
        role = "user" if kind == "input_audio" else "assistant"
        return {"id": item_id, "type": "message", "role": role, "content": []}
    own = {"server_label": ""} if kind == "mcp_call" else {"call_id": _text(event, "call_id") or ""}
    return {"id": item_id, "type": kind, **own, "name": _text(event, "name") or "", "arguments": ""}


def _joins(response: Response) -> bool:
    """Return whether a response adds to the conversation: null says that it does not."""
    return response.conversation_id is not None


def _add(total: dict[str, JsonValue], more: dict[str, JsonValue]) -> None:
    """Add up whole numbers, also those in objects."""
    for name, value in more.items():
        earlier = total.setdefault(name, {} if isinstance(value, dict) else 0)
        if isinstance(value, dict) and isinstance(earlier, dict):
            _add(earlier, value)
        elif isinstance(value, int) and isinstance(earlier, int):
            total[name] = earlier + value
