"""The state of a conversation, folded from its events: items, responses, usage.

Pure data: no socket, no thread, no clock. Events of both forms of the API are read by their tags.

* The server is right: its last word on an item, or on a field of one, replaces what deltas have
  built, but not by an empty or absent value, since some servers send finals without content.
* Items and responses are made when they are first heard of.
* An item has one place. It moves only if that was guessed, and the server then names another.
* A delta costs the same however long its item is: pieces are joined when asked for.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Sequence
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
Refusal: TypeAlias = RealtimeBetaServerEventErrorError

NO_USAGE: Final = RealtimeResponseUsage(total_tokens=0, input_tokens=0, output_tokens=0)
HELD: Final = 200  # sent events, and refusals
FIELDS: Final = ("text", "transcript", "audio", "arguments")  # that hold words or sound
WHOLE: Final = -1  # in place of a part's index: of the item itself, which has the arguments
# What grows: the field, and the type of its part or item, which the two forms call differently.
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
    """An item as it grows: what the server said of the whole, and over it the words of fields."""

    def __init__(self, item_id: str) -> None:
        self.id: str = item_id
        # What the server said: the item itself under WHOLE, if anything is known, and its parts.
        self.parts: dict[int, dict[str, object]] = {}
        # By part and field: pieces, joined when asked for, or (in a tuple) the last word.
        self.words: dict[tuple[int, str], list[str] | tuple[str, ...]] = {}
        self.final: bool = False  # whether the last word on the whole came
        self.placed: bool = False  # whether it is in the conversation
        self.previous: str | None = None  # the item that it follows, if the server named one
        self.heard: tuple[int, int] | None = None  # by the user: milliseconds, and bytes of audio
        self.folded: RealtimeConversationItem | None = None

    def say(self, said: RealtimeConversationItem, *, last: bool, audio: bool) -> None:
        """Take what the server says of the whole; words that it leaves out stay."""
        if self.final and not last:
            return
        whole: dict[str, object] = {**said.to_dict()}
        content = whole.get("content")
        listed = [whole, *(content if is_array(content) else ())]
        parts = {index: part for index, part in enumerate(listed, WHOLE) if type(part) is DICT}
        if len(parts) < len(listed):
            parts = {WHOLE: whole}  # Broken content stays as it came.
        for index, part in parts.items():
            if not audio and isinstance(part.get("audio"), str):
                del part["audio"]
            for field in FIELDS:
                words = _text(part, field)
                if words and last:
                    self.words[index, field] = (words,)
                elif words and field == "arguments":
                    # Servers that announce a call with its first fragment go on from there; those
                    # that announce a message with its first words repeat them.
                    self.words.setdefault((index, field), [words])
        self.parts = parts if len(parts) > 1 else {**self.parts, **parts}
        self.final, self.folded = last, None

    def fold(self) -> RealtimeConversationItem | None:
        """Return the item as far as it is known, with its words joined and its sound cut."""
        if self.folded is None and WHOLE in self.parts:
            parts = {index: {**part} for index, part in sorted(self.parts.items())}
            for (index, field), words in self.words.items():
                if words and index in parts:
                    joined = _sound(words, self.heard) if field == "audio" else "".join(words)
                    parts[index][field] = joined
                    if isinstance(words, list):
                        words[:] = [joined]
            whole, *content = parts.values()
            if content:
                whole["content"] = content
            self.folded = realtime_conversation_item_from_dict(whole, invalid="keep")
        return self.folded


class Conversation:
    """A conversation, folded from the events of its server.

    Give :meth:`receive` every event: it never raises, and what is handed out never changes. Audio
    is held with ``audio=True`` only, and of the finished responses the last ``keep_responses``.
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
        self.usage: RealtimeResponseUsage = NO_USAGE
        """The tokens of all finished responses."""
        self.refusals: tuple[tuple[Refusal, Model | None], ...] = ()
        """The newest errors, each with the client event that it answers, if that is known."""
        self._audio, self._keep_responses = audio, keep_responses
        self._is_beta = False  # whether the session has no type, and parts have the beta's names
        self._known: dict[str, Growing] = {}
        # Those that are in the conversation, and among them where this connection begins.
        self._root = Growing("root")
        self._order: list[Growing] = [self._root]
        self._deleted: set[str] = set()
        self._open: dict[str, tuple[Response, dict[str, Growing]]] = {}  # with its output
        self._aside: set[str] = set()  # responses whose output is not in the conversation
        self._closed: dict[str, bool] = {}  # whether the server said so, and its usage is counted
        self._sent: deque[Model] = deque(maxlen=HELD)
        self._items: tuple[RealtimeConversationItem, ...] | None = None
        self._response: Response | None = None

    @property
    def items(self) -> tuple[RealtimeConversationItem, ...]:
        """The items in the conversation's order, each as far as it is known."""
        if self._items is None:
            self._items = tuple([one for item in self._order if (one := item.fold())])
        return self._items

    def item(self, item_id: str) -> RealtimeConversationItem | None:
        """Return an item of the conversation, or ``None`` if it has none of this ID."""
        item = self._known.get(item_id)
        return item.fold() if item and item.placed else None

    @property
    def response(self) -> Response | None:
        """The active response, with what it has so far; out of band only if there is no other."""
        if self._response is None and self._open:
            found = [key for key in self._open if key not in self._aside] or [*self._open]
            self._response = _with_output(*self._open[found[-1]])
        return self._response

    @property
    def truncated(self) -> FrozenDict[int]:
        """The milliseconds that the user heard of the items that were cut to that."""
        return FrozenDict({key: item.heard[0] for key, item in self._known.items() if item.heard})

    def sent(self, event: Model) -> None:
        """Remember an event that you send, so that an error can be matched to it."""
        if _text(event, "event_id"):
            self._sent.append(event)

    def receive(self, event: Model) -> str | None:
        """Take an event of the server; return the ID of the item that it changed, if any."""
        tag = _text(event, "type") or ""
        name = tag if tag in HANDLERS or tag in QUIET else tag.rpartition(".")[0]
        item = None
        try:
            if name not in QUIET:
                self._items = self._response = None
                item = HANDLERS.get(name, Conversation._take_state)(self, event, tag)
        except Misfit:
            self.unplaced += 1
        if item is None or WHOLE not in item.parts:
            return None
        self._place(item)
        return item.id

    def _hear(self, event: Model, said: object = None) -> Growing:
        """Return the item that an event names or holds; make it when it is first heard of."""
        item_id = _text(event, "item_id") or _text(said, "id") or ""
        response_id = _text(event, "response_id") or _text(_read(event, "response"), "id") or ""
        answer = self._open.get(response_id)
        over = not answer and response_id in self._closed
        if not item_id or item_id in self._deleted or (over and item_id not in self._known):
            raise Misfit
        if response_id and not answer and not over:
            made = RealtimeBetaResponse if self._is_beta else RealtimeResponse
            answer = self._open[response_id] = (made(id=response_id, status="in_progress"), {})
        output = answer[1] if answer else {}
        item = output[item_id] = self._known.get(item_id) or output.get(item_id) or Growing(item_id)
        if response_id not in self._aside:
            self._known[item_id] = item
        return item

    def _grow(self, event: Model, tag: str) -> Growing | None:
        """Take a piece of words or sound, or the last word on it, unless that is empty."""
        name, _, end = tag.rpartition(".")
        (field, kind), last = GROWING[name], end != "delta"
        if field == "audio" and (last or not self._audio):
            return None
        item = self._hear(event)
        # What a user says is no item before its place is known, or all of it.
        index = self._begin(item, event, kind, whole=last or kind != "input_audio")
        words = item.words.setdefault((index, field), [])
        piece = _text(event, field if last else "delta")
        if piece is None or (field == "audio" and len(piece) % 4):
            raise Misfit
        if last:
            item.words[index, field] = (piece,) if piece else words
        elif isinstance(words, list):
            words.append(piece)
        elif kind != "input_audio":  # whose items are final before they are transcribed
            raise Misfit
        item.folded = None
        return item

    def _begin(self, item: Growing, event: Model, kind: str, *, whole: bool = True) -> int:
        """Begin the part that an event is about, and the item; return the part's index."""
        if whole and WHOLE not in item.parts:
            item.parts[WHOLE] = _begun(event, item.id, kind)
        number = _read(event, "content_index")
        index = WHOLE if "call" in kind else max(0, number if isinstance(number, int) else 0)
        if index not in item.parts:
            item.parts[index] = {"type": kind.removeprefix("output_") if self._is_beta else kind}
        return index

    def _take_part(self, event: Model, tag: str) -> Growing:
        """Take a part of an item: begun, or finished with its words."""
        item, said = self._hear(event), _read(event, "part")
        kind = _text(said, "type") or "text"
        field = "text" if kind.endswith("text") else "transcript"
        if not item.final:
            # The name is short here, and in the current form it is long in the item.
            index = self._begin(item, event, kind if "_" in kind else f"output_{kind}")
            if (words := _text(said, field)) is not None:
                item.parts[index].setdefault(field, "")
            if words and tag.endswith("done"):
                item.words[index, field] = (words,)
            item.folded = None
        return item

    def _take_item(self, event: Model, tag: str) -> Growing:
        """Take an item: announced, finished, or retrieved."""
        said, begun = _read(event, "item"), tag.endswith(("added", "created"))
        if not isinstance(said, RealtimeConversationItem):
            raise Misfit
        announced = begun and tag.startswith("conversation.")
        if announced:
            self._deleted.discard(_text(said, "id") or "")
        item, previous = self._hear(event, said), _read(event, "previous_item_id")
        last = not begun and _text(said, "status") != "in_progress"
        item.say(said, last=last, audio=self._audio)
        # Null is the beginning, but not in finals, whose announcement often named the item before,
        # for output, and for tool calls, with which xAI sends it too.
        is_call = "function" in (_text(said, "type") or "")
        if previous is None and announced and not item.placed and not is_call:
            previous = "root"
        self._place(item, previous if isinstance(previous, str) else None)
        return item

    def _place(self, item: Growing, previous: str | None = None) -> None:
        """Put an item after the one named, before one that names it, or last; move it only once."""
        if item.id not in self._known or (item.placed and (item.previous or not previous)):
            return
        self._order = [one for one in self._order if one is not item]
        item.placed, item.previous = True, item.previous or previous
        before = [n + 1 for n, one in enumerate(self._order) if one.id == item.previous]
        after = [n for n, one in enumerate(self._order) if one.previous == item.id]
        self._order.insert([*before, *after, len(self._order)][0], item)

    def _mark(self, event: Model, tag: str) -> Growing:
        """Take what is said about an item: its place, how far it was heard, or that it is gone."""
        item, end = self._hear(event), _read(event, "audio_end_ms")
        if tag.endswith("committed"):
            item.previous = _text(event, "previous_item_id")
        elif tag.endswith("deleted"):
            self._known.pop(item.id, None)
            self._deleted.add(item.id)
            self._order = [one for one in self._order if one is not item]
        elif isinstance(end, int):
            item.heard, item.folded = (end, max(0, end) * _bytes_per_ms(self.session)), None
        else:
            raise Misfit
        return item

    def _take_state(self, event: Model, tag: str) -> None:
        """Take a session, the rate limits, or an error."""
        if isinstance(session := _read(event, "session"), Session):
            self.session, self._is_beta = session, "type" not in session.to_dict()
            if tag.endswith("created"):
                for response_id in [*self._open]:
                    self._close(response_id, done=False)
                self._order.remove(self._root)
                self._order.append(self._root)
        elif is_array(limits := _read(event, "rate_limits")):
            self.rate_limits = tuple([one for one in limits if isinstance(one, RateLimit)])
        elif isinstance(error := _read(event, "error"), Refusal):
            answered = [one for one in self._sent if _text(one, "event_id") == error.event_id]
            self.refusals = (*self.refusals, (error, [None, *answered][-1]))[-HELD:]
        else:
            raise Misfit

    def _take_response(self, event: Model, tag: str) -> None:
        """Take a response: begun, or finished, with its items and what it cost."""
        said, done = _read(event, "response"), tag.endswith("done")
        response_id = _text(said, "id") or ""
        counted = self._closed.get(response_id)
        if not isinstance(said, Response) or not response_id or (counted is not None and not done):
            raise Misfit
        if said.conversation_id is None:
            self._aside.add(response_id)
        _, output = self._open.setdefault(response_id, (said, {}))
        listed: dict[str, Growing] = {}
        for one in said.output or ():
            with suppress(Misfit):
                item = self._hear(event, one)
                item.say(one, last=done, audio=self._audio)
                self._place(item)
                listed[item.id] = item
        self._open[response_id] = (said, listed or output)
        if done:
            if not counted and isinstance(said.usage, Model):
                total = self.usage.to_dict()
                _add(total, said.usage.to_dict())
                self.usage = RealtimeResponseUsage.from_dict(total, invalid="keep")
            self._close(response_id, done=True)
        elif response_id not in self._aside:
            # One at a time is in the conversation; some servers do not end an earlier one.
            for other in [key for key in self._open if key not in {*self._aside, response_id}]:
                self._close(other, done=False)

    def _close(self, response_id: str, *, done: bool) -> None:
        """Take a response as over, whether or not the server said so."""
        response = _with_output(*self._open.pop(response_id))
        self._closed[response_id] = done
        earlier = [one for one in self.responses if one.id != response_id]
        self.responses = (*earlier, response)[max(0, len(earlier) + 1 - self._keep_responses) :]


# What takes an event, by its tag in the same way; any other may tell a state of the session.
HANDLERS: Final[dict[str, Callable[[Conversation, Model, str], Growing | None]]] = {
    **dict.fromkeys(GROWING, Conversation._grow),
    "conversation.item": Conversation._take_item,
    "conversation.item.deleted": Conversation._mark,
    "conversation.item.truncated": Conversation._mark,
    "input_audio_buffer.committed": Conversation._mark,
    "response": Conversation._take_response,
    "response.content_part": Conversation._take_part,
    "response.output_item": Conversation._take_item,
}


def text_of(item: RealtimeConversationItem) -> str:
    """Return what was said or written in an item, a part a line; nothing if it is no message."""
    content = _read(item, "content")
    parts = content if is_array(content) else ()
    words = [_text(part, "text") or _text(part, "transcript") or "" for part in parts]
    return "\n".join(filter(None, words))


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


def _sound(pieces: Sequence[str], heard: tuple[int, int] | None) -> str:
    """Join Base64 texts, of which some may end with padding, and cut them to what was heard."""
    if not heard and not any("=" in piece for piece in pieces[:-1]):
        return "".join(pieces)
    sound = bytearray()
    for piece in pieces:
        with suppress(ValueError):
            sound += b64decode(piece)
    return b64encode(sound[: heard[1] if heard else None]).decode()


def _with_output(said: Response, items: dict[str, Growing]) -> Response:
    """Return an open response with the items that it has so far."""
    output = tuple([one for item in items.values() if (one := item.fold())])
    return replace(said, output=output) if output else said


def _bytes_per_ms(session: Session | None) -> int:
    """Return how many bytes a millisecond of output audio has."""
    encoding = _read(_read(_read(session, "audio"), "output"), "format")
    kind, rate = _text(encoding, "type"), _read(encoding, "rate")
    is_pcm = (kind or _text(session, "output_audio_format") or "pcm16") in ("audio/pcm", "pcm16")
    return 2 * (rate if isinstance(rate, int) else 24_000) // 1000 if is_pcm else 8  # G.711


def _begun(event: Model, item_id: str, kind: str) -> dict[str, object]:
    """Return an item that nothing announced."""
    if kind not in ("function_call", "mcp_call"):
        role = "user" if kind == "input_audio" else "assistant"
        return {"id": item_id, "type": "message", "role": role, "content": []}
    own = {"server_label": ""} if kind == "mcp_call" else {"call_id": _text(event, "call_id") or ""}
    return {"id": item_id, "type": kind, **own, "name": _text(event, "name") or "", "arguments": ""}


def _add(total: dict[str, JsonValue], more: dict[str, JsonValue]) -> None:
    """Add up whole numbers, also those in objects."""
    for name, value in more.items():
        earlier = total.setdefault(name, {} if isinstance(value, dict) else 0)
        if isinstance(value, dict) and isinstance(earlier, dict):
            _add(earlier, value)
        elif isinstance(value, int) and isinstance(earlier, int):
            total[name] = earlier + value
