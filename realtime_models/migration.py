"""Converts values between the two forms of the API: the beta, and the current one.

The correspondence is data: rows, read in both directions. A field without a row has the same name
in both forms. What has no place in the other form is left out and told, with the reason; nothing
is guessed, and nothing added but what the other form requires.

A server refuses a request as a whole for one field that it does not know. Of requests, therefore,
fields that are newer than this library are left out and told, and nulls that mean nothing are left
out. What a server sends keeps both. Values that were kept broken stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Generic, Literal, NamedTuple, Protocol, TypeAlias, TypeVar, overload

from ._runtime.base import Model
from ._runtime.errors import Problem
from ._runtime.json_values import JsonValue
from ._runtime.model import Unknown
from ._runtime.problems import join_pointer, no_place
from ._runtime.sentinel import UNSET, UnsetType
from ._runtime.shape import (
    FieldShape,
    TypeShape,
    model_shape,
    select_model,
    shape_of,
    union_members,
)
from .wire.beta_events import (
    RealtimeBetaClientEvent,
    RealtimeBetaServerEvent,
    realtime_beta_client_event_from_dict,
    realtime_beta_server_event_from_dict,
)
from .wire.beta_session import (
    RealtimeSession,
    RealtimeTranscriptionSessionCreateRequest,
    RealtimeTranscriptionSessionCreateResponse,
)
from .wire.client_events import RealtimeClientEvent, realtime_client_event_from_dict
from .wire.items import (
    RealtimeConversationItem,
    RealtimeConversationItemMessageAssistantContentInner,
    RealtimeConversationItemMessageSystemContentInner,
    RealtimeConversationItemMessageUserContentInner,
)
from .wire.response import (
    RealtimeBetaResponse,
    RealtimeBetaResponseCreateParams,
    RealtimeResponse,
    RealtimeResponseCreateParams,
)
from .wire.server_events import RealtimeServerEvent, realtime_server_event_from_dict
from .wire.session import (
    RealtimeSessionCreateRequest,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponseGA,
)
from .wire.transcription import (
    RealtimeTranscriptionSessionCreateRequestGA,
    RealtimeTranscriptionSessionCreateResponseGA,
)

Form: TypeAlias = Literal["ga", "beta"]
OTHER: Final[Mapping[Form, str]] = {"ga": "the current API", "beta": "the beta"}
Fields: TypeAlias = Mapping[str, FieldShape]
Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True)
class Converted(Generic[Value_co]):
    """A value in the other form of the API, and what has no place there."""

    value: Value_co
    """The value; ``None`` where the other form has nothing like it."""
    lost: tuple[Problem, ...] = ()
    """What is left out: its place in what was given, and why. The code is ``no_place``."""


class Job(NamedTuple):
    """A conversion: its direction, whether a server has to accept the result, what is lost."""

    to: Form
    is_request: bool
    lost: list[Problem]

    def lose(self, pointer: str, because: str) -> UnsetType:
        """Tell that a value has no place."""
        self.lost.append(no_place(pointer, because))
        return UNSET


Change: TypeAlias = Callable[[Job, JsonValue, str], "JsonValue | UnsetType"]
"""Converts the value at a pointer; ``UNSET`` leaves it out. Broken values stay as they are."""


def convert_setting(job: Job, value: JsonValue, at: str) -> JsonValue | UnsetType:
    """Return a setting that is alike in both forms; null says nothing in a request."""
    return UNSET if value is None and job.is_request else value


class Row(NamedTuple):
    """A field of both forms, or the tag of an object; or one that only one form has."""

    beta: str | None
    ga: str | None
    """Where a field stands in its object: the current API nests what is flat in the beta."""
    change: Change = convert_setting
    because: str = ""
    """Why it has no place in the other form."""
    is_read: bool = False
    """Whether it is another name in the beta, which is read, but never written."""

    def ends(self, to: Form) -> tuple[str | None, str | None]:
        """Return the name that is read, if one is, and the name that is written."""
        ga = None if self.is_read and to == "beta" else self.ga
        return (self.beta, ga) if to == "ga" else (ga, self.beta)


Rows: TypeAlias = tuple[Row, ...]


def only_beta(because: str, *names: str) -> Rows:
    """Return the rows of what has no place in the current API."""
    return tuple([Row(name, None, because=because.format(name)) for name in names])


def only_ga(because: str, *names: str) -> Rows:
    """Return the rows of what has no place in the beta."""
    return tuple([Row(None, name, because=because.format(name)) for name in names])


def convert_fields(job: Job, value: JsonValue, at: str, rows: Rows = ()) -> JsonValue:
    """Convert an object."""
    if not isinstance(value, dict):
        return value
    moved: list[tuple[str, str, JsonValue]] = []
    for row in rows:
        source, target = row.ends(job.to)
        old = take(value, source.split("/")) if source else UNSET
        if not source or isinstance(old, UnsetType):
            continue
        pointer = f"{at}/{source}"
        new = row.change(job, old, pointer) if target else job.lose(pointer, row.because)
        if target and not isinstance(new, UnsetType):
            moved.append((pointer, target, new))
    for pointer, target, new in moved:
        if not put(value, target.split("/"), new) and new is not None:
            job.lose(pointer, f"`{target}` has another value already")
    return value


def take(data: dict[str, JsonValue], path: list[str]) -> JsonValue | UnsetType:
    """Remove a value from nested objects, and the objects that are then empty."""
    if len(path) == 1:
        return data.pop(path[0], UNSET)
    inner = data.get(path[0])
    found = take(inner, path[1:]) if isinstance(inner, dict) else UNSET
    if inner in (None, {}):
        data.pop(path[0], None)
    return found


def put(data: dict[str, JsonValue], path: list[str], value: JsonValue) -> bool:
    """Put a value into nested objects, unless another is there; whether it was put."""
    if len(path) == 1:
        if data.get(path[0]) is not None:
            return False
        data[path[0]] = value
        return True
    inner: JsonValue = {} if data.get(path[0]) is None else data[path[0]]
    data[path[0]] = inner
    return isinstance(inner, dict) and put(inner, path[1:], value)


def convert_session(kind: str, rows: Rows, job: Job, value: JsonValue, at: str) -> JsonValue:
    """Convert a session: the current API requires its type, which the beta does not take."""
    if not isinstance(value, dict) or value.get("type", kind) != kind:
        return value  # A session of another type is newer than this library.
    value.pop("type", None)
    value = {"type": kind, **value} if job.to == "ga" else value
    return convert_fields(job, value, at, rows)


def convert_items(change: Change, job: Job, value: JsonValue, at: str) -> JsonValue:
    """Convert the items of an array; those without a place are left out."""
    if not isinstance(value, list):
        return value
    found = [change(job, one, f"{at}/{index}") for index, one in enumerate(value)]
    return [one for one in found if not isinstance(one, UnsetType)]


def convert_modalities(job: Job, value: JsonValue, at: str) -> JsonValue | UnsetType:
    """Convert the kinds of output: audio brings its transcript, which is text in the beta."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return value
    for index, one in enumerate(value):
        if one not in ("text", "audio"):
            job.lose(f"{at}/{index}", f"{OTHER[job.to]} has no such output")
    if "audio" in value:
        return ["audio"] if job.to == "ga" else ["audio", "text"]
    return ["text"] if "text" in value else UNSET


FORMATS: Final[Mapping[str, dict[str, JsonValue]]] = {
    "pcm16": {"type": "audio/pcm", "rate": 24000},
    "g711_ulaw": {"type": "audio/pcmu"},
    "g711_alaw": {"type": "audio/pcma"},
}


def convert_format(job: Job, value: JsonValue, at: str) -> JsonValue | UnsetType:
    """Convert a format: a name in the beta, an object in the current API; null says nothing."""
    if value is None:
        return UNSET
    if isinstance(value, str):
        if value not in FORMATS:
            return job.lose(at, f"{OTHER[job.to]} has no such format")
        return {**FORMATS[value]} if job.to == "ga" else value
    if not isinstance(value, dict) or job.to == "ga":
        return value
    for name, listed in FORMATS.items():
        if value.get("type") == listed["type"] and value.get("rate") in (None, listed.get("rate")):
            for other in sorted(value.keys() - listed.keys()):
                job.lose(join_pointer(at, other), "a format of the beta is only a name")
            return name
    return job.lose(at, f"{OTHER[job.to]} has no such format")


def expect_type(
    to: Form, types: tuple[str, ...], job: Job, value: JsonValue, at: str
) -> JsonValue | UnsetType:
    """Convert an object of a request, of which a form takes only some types."""
    kind = value.get("type", types[0]) if isinstance(value, dict) else types[0]
    if job.is_request and job.to == to and kind not in types:
        return job.lose(at, f"{OTHER[to]} takes only {' and '.join(types)} here")
    return value


def convert_tool(job: Job, value: JsonValue, at: str) -> JsonValue | UnsetType:
    """Convert a tool of a request: the beta has only functions, which may lack their type."""
    if isinstance(value, dict):
        value.setdefault("type", "function")
        if value == {"type": "function"}:  # Vendors nest the rest of it.
            return job.lose(at, "a tool needs a name")
        if job.to == "ga" and "server_label" in value:
            return value
    return expect_type(job.to, ("function",), job, value, at)


DETECTIONS: Final[Mapping[str, Rows]] = {
    "server_vad": only_beta("the current API refuses `{}` with `server_vad`", "eagerness"),
    "semantic_vad": only_beta(
        "the current API refuses `{}` with `semantic_vad`",
        *("threshold", "prefix_padding_ms", "silence_duration_ms", "idle_timeout_ms"),
    ),
}
"""The ways to detect turns: the beta has the fields of both in one object."""
NO_DETECTION: Final = (None, "none", "client_vad")
"""What vendors write for none."""


def convert_detection(
    job: Job, value: JsonValue, at: str, rows: Rows = ()
) -> JsonValue | UnsetType:
    """Convert turn detection."""
    if isinstance(value, dict) and job.to == "ga":
        kind = value.setdefault("type", "server_vad")
        if kind in NO_DETECTION:
            return None
        if job.is_request and kind not in ("server_vad", "semantic_vad"):
            return job.lose(at, "the current API has no such turn detection")
        rows = (*rows, *DETECTIONS.get(str(kind), ()))
    return convert_fields(job, value, at, rows)


UNDETECTED: Final = ("gpt-realtime-whisper", "gpt-live-transcribe")
"""The models for whose transcription sessions the current API refuses turn detection."""


def convert_transcription(job: Job, value: JsonValue, at: str) -> JsonValue:
    """Convert a request for a transcription session."""
    if job.to == "ga" and isinstance(value, dict) and value.get("turn_detection") is not None:
        settings = value.get("input_audio_transcription")
        if isinstance(settings, dict) and settings.get("model") in UNDETECTED:
            del value["turn_detection"]
            job.lose(f"{at}/turn_detection", "the current API refuses it with this model")
    return convert_session("transcription", TRANSCRIPTION_REQUEST, job, value, at)


REFERENCE: Final = only_beta("the current API has no such content part", "item_reference")
PARTS: Final[Mapping[str, Rows]] = {
    "assistant": (Row("text", "output_text"), Row("audio", "output_audio"), *REFERENCE),
    "user": (
        Row("text", "input_text", is_read=True),
        Row("audio", "input_audio", is_read=True),
        *only_ga("the beta takes no images", "input_image"),
        *REFERENCE,
    ),
    "system": (
        Row("text", "input_text", is_read=True),
        *only_beta("the current API takes only text from the system", "audio"),
        *REFERENCE,
    ),
}
"""The types of content parts, by role. In ``response.content_part.*`` they are alike."""


def convert_tag(job: Job, value: JsonValue, at: str, rows: Rows = ()) -> JsonValue | UnsetType:
    """Convert a content part of a message."""
    if isinstance(value, dict):
        for row in rows:
            source, target = row.ends(job.to)
            if source and value.get("type") == source:
                return {**value, "type": target} if target else job.lose(at, row.because)
    return value


def convert_item(job: Job, value: JsonValue, at: str) -> JsonValue:
    """Convert an item: the content of a message, by its role."""
    rows = PARTS.get(str(value.get("role")), ()) if isinstance(value, dict) else ()
    parts = partial(convert_items, partial(convert_tag, rows=rows))
    return convert_fields(job, value, at, (Row("content", "content", parts),))


NOT_TAKEN: Final = "the beta does not take `{}`"
NO_RESPONSE: Final = "transcription sessions give no response"
INPUT: Final = (
    Row("input_audio_format", "audio/input/format", convert_format),
    Row(
        "input_audio_noise_reduction",
        "audio/input/noise_reduction",
        partial(expect_type, "ga", ("near_field", "far_field")),
    ),
    *only_beta("the current API has keys beside sessions, not in them", "client_secret"),
)
HEARD: Final = ("input_audio_transcription", "audio/input/transcription")
DETECTED: Final = ("turn_detection", "audio/input/turn_detection")
OUTPUT: Final = (
    Row("modalities", "output_modalities", convert_modalities),
    Row("output_audio_format", "audio/output/format", convert_format),
    Row("voice", "audio/output/voice"),
    *only_beta("the current API does not take `{}`", "temperature"),
)
GENERATION: Final = only_ga(NOT_TAKEN, "parallel_tool_calls", "reasoning")
VOICE: Final = (
    *INPUT,
    *OUTPUT,
    *GENERATION,
    Row(*DETECTED, convert_detection),
    Row("speed", "audio/output/speed"),
    Row("max_output_tokens", "max_output_tokens", is_read=True),
    Row("max_response_output_tokens", "max_output_tokens"),
)
TOOLS: Final = (
    Row("tools", "tools", partial(convert_items, convert_tool)),
    Row("tool_choice", "tool_choice", partial(expect_type, "beta", ("function",))),
)
VOICE_REQUEST: Final = (
    *VOICE,
    *TOOLS,
    Row(*HEARD, partial(convert_fields, rows=only_ga(NOT_TAKEN, "languages", "keywords", "delay"))),
    *only_ga("the beta takes `{}` in transcription sessions only", "include"),
)
VOICE_ANSWER: Final[Rows] = (*VOICE, Row(*HEARD))
RESPONDING: Final = ("create_response", "interrupt_response")
TRANSCRIBED: Final[Rows] = (
    *only_beta(NO_RESPONSE, *RESPONDING),
    *only_ga(NO_RESPONSE, *RESPONDING),
)
TRANSCRIBED_REQUEST: Final[Rows] = (*TRANSCRIBED, *only_ga(NOT_TAKEN, "idle_timeout_ms"))
TRANSCRIPTION: Final = (
    *INPUT,
    Row(*HEARD, convert_fields),
    *only_beta(NO_RESPONSE, "modalities"),
)
TRANSCRIPTION_REQUEST: Final[Rows] = (
    *TRANSCRIPTION,
    Row(*DETECTED, partial(convert_detection, rows=TRANSCRIBED_REQUEST)),
)
TRANSCRIPTION_ANSWER: Final[Rows] = (
    *TRANSCRIPTION,
    Row(*DETECTED, partial(convert_detection, rows=TRANSCRIBED)),
)
RESPONSE_REQUEST: Final = (
    *OUTPUT,
    *GENERATION,
    *TOOLS,
    Row("max_output_tokens", "max_output_tokens"),
    Row("max_response_output_tokens", "max_output_tokens", is_read=True),
    Row("input", "input", partial(convert_items, convert_item)),
)
RESPONSE: Final = (*OUTPUT, Row("output", "output", partial(convert_items, convert_item)))
ITEM: Final = Row("item", "item", convert_item)
EVENTS: Final[Mapping[tuple[bool, bool], Rows]] = {
    (True, False): (
        Row("session", "session", partial(convert_session, "realtime", VOICE_REQUEST)),
        Row("response", "response", partial(convert_fields, rows=RESPONSE_REQUEST)),
        ITEM,
    ),
    (True, True): (Row("session", "session", convert_transcription),),
    (False, False): (
        Row("session", "session", partial(convert_session, "realtime", VOICE_ANSWER)),
        Row("response", "response", partial(convert_fields, rows=RESPONSE)),
        ITEM,
    ),
    (False, True): (
        Row("session", "session", partial(convert_session, "transcription", TRANSCRIPTION_ANSWER)),
    ),
}
"""What differs in events: by whether a client sends them, and by whether to transcribe only."""
TAGS: Final = (
    Row("response.text.delta", "response.output_text.delta"),
    Row("response.text.done", "response.output_text.done"),
    Row("response.audio.delta", "response.output_audio.delta"),
    Row("response.audio.done", "response.output_audio.done"),
    Row("response.audio_transcript.delta", "response.output_audio_transcript.delta"),
    Row("response.audio_transcript.done", "response.output_audio_transcript.done"),
    Row("conversation.item.created", "conversation.item.added"),
    *only_ga("the beta does not tell when an item is done", "conversation.item.done"),
    *only_ga("the beta has no translations", "session.close", "session.input_audio_buffer.append"),
)
TRANSCRIPTION_TAGS: Final = (
    Row("transcription_session.created", "session.created"),
    Row("transcription_session.updated", "session.updated"),
    Row("transcription_session.update", "session.update"),
)
"""The current API tells these from those of voice sessions by their sessions only."""


def convert_event(job: Job, value: dict[str, JsonValue]) -> JsonValue | UnsetType:
    """Convert an event: its tag, and the objects in it that differ."""
    tag, inner = str(value.get("type")), value.get("session")
    kind = inner.get("type") if isinstance(inner, dict) else None
    transcribes = kind == "transcription" or tag.startswith("transcription_")
    new = convert_tag(job, value, "", TRANSCRIPTION_TAGS if transcribes else TAGS)
    if isinstance(new, UnsetType):
        return new
    return convert_fields(job, new, "", EVENTS[job.is_request, transcribes])


Drops: TypeAlias = Callable[[Fields, str, JsonValue, str], bool]


def without(drops: Drops, shape: TypeShape, value: JsonValue, at: str) -> JsonValue:
    """Return a value without some of the fields of the objects in it."""
    array, case = shape.cases.get("array"), shape.cases.get("object")
    if isinstance(value, list) and array and (one := array.items):
        return [without(drops, one, item, f"{at}/{index}") for index, item in enumerate(value)]
    if not isinstance(value, dict) or not case:
        return value
    if one := case.items:
        return {k: without(drops, one, item, join_pointer(at, k)) for k, item in value.items()}
    model = select_model(case, value)
    return without_fields(drops, model_shape(model).fields, value, at) if model else value


def without_fields(
    drops: Drops, known: Fields, value: dict[str, JsonValue], at: str
) -> dict[str, JsonValue]:
    """Return an object without some of its fields, and of those of the objects in it."""
    found: dict[str, JsonValue] = {}
    for name, item in value.items():
        place = join_pointer(at, name)
        if not drops(known, name, item, place):
            found[name] = without(drops, known[name].shape, item, place) if name in known else item
    return found


def is_newer(job: Job, known: Fields, name: str, item: JsonValue, at: str) -> bool:
    """Whether a field of a request is newer than this library, which is told."""
    if name in known or (name == "max_output_tokens" and "max_response_output_tokens" in known):
        return False  # Servers of the beta take both names of the limit.
    job.lose(at, "this library does not know it, and the server might refuse it")
    return True


def means_nothing(known: Fields, name: str, item: JsonValue, at: str) -> bool:
    """Whether a field of a request is null without a meaning."""
    if item is not None or name not in known or at == "/event_id":
        return False
    null = known[name].shape.cases.get("null")
    return null is None or null.unlisted != "accepted"


PART_ROLES: Final[Mapping[object, str]] = {
    RealtimeConversationItemMessageAssistantContentInner: "assistant",
    RealtimeConversationItemMessageUserContentInner: "user",
    RealtimeConversationItemMessageSystemContentInner: "system",
}
IS_EVENT: Final = ("", "")
REQUESTS: Final[Mapping[object, tuple[str, str]]] = {
    RealtimeSessionCreateRequest: ("session.update", "session"),
    RealtimeSessionCreateRequestGA: ("session.update", "session"),
    RealtimeTranscriptionSessionCreateRequest: ("transcription_session.update", "session"),
    RealtimeTranscriptionSessionCreateRequestGA: ("session.update", "session"),
    RealtimeBetaResponseCreateParams: ("response.create", "response"),
    RealtimeResponseCreateParams: ("response.create", "response"),
    **dict.fromkeys(union_members(RealtimeBetaClientEvent), IS_EVENT),
    **dict.fromkeys(union_members(RealtimeClientEvent), IS_EVENT),
}
"""The types that clients send, with the event and the field that carry what is no event."""
ANSWERS: Final[Mapping[object, tuple[str, str]]] = {
    RealtimeSession: ("session.updated", "session"),
    RealtimeSessionCreateResponseGA: ("session.updated", "session"),
    RealtimeTranscriptionSessionCreateResponse: ("transcription_session.updated", "session"),
    RealtimeTranscriptionSessionCreateResponseGA: ("session.updated", "session"),
    RealtimeBetaResponse: ("response.done", "response"),
    RealtimeResponse: ("response.done", "response"),
    **dict.fromkeys(
        union_members(RealtimeConversationItem), ("conversation.item.retrieved", "item")
    ),
    **dict.fromkeys(union_members(RealtimeBetaServerEvent), IS_EVENT),
    **dict.fromkeys(union_members(RealtimeServerEvent), IS_EVENT),
}
"""The same of servers."""


def convert(value: object, to: Form) -> Converted[Model | None]:
    """Return a value in a form; one that is no event as it is converted in an event."""
    if isinstance(value, Unknown):
        return Converted(value)
    kind = type(value)
    carrier, role = REQUESTS.get(kind) or ANSWERS.get(kind), PART_ROLES.get(kind)
    if not isinstance(value, Model) or not (carrier or role):
        raise TypeError(f"{kind.__name__} has no other form")
    job = Job(to, kind in REQUESTS, [])
    data = value.to_dict()
    if not carrier:
        new = convert_tag(job, data, "", PARTS[str(role)])
        read = type(value).from_dict
        made = read(new, invalid="keep") if isinstance(new, dict) else None
        return Converted(made, outermost(job.lost))
    tag, name = carrier
    prefix = f"/{name}" if name else ""
    if job.is_request:
        known = model_shape(type(value)).fields
        data = without_fields(partial(is_newer, job), known, data, prefix)
    made = decode_converted(job, convert_event(job, {"type": tag, name: data} if name else data))
    inner: object = made
    if name:
        inner = getattr(made, name)
    lost = [one._replace(pointer=one.pointer[len(prefix) :]) for one in job.lost]
    return Converted(inner if isinstance(inner, Model) else None, outermost(lost))


def outermost(lost: list[Problem]) -> tuple[Problem, ...]:
    """Return what is lost, without what is in an object that is lost as a whole."""
    found = {one.pointer for one in lost}

    def is_outer(pointer: str) -> bool:
        ends = [end for end, letter in enumerate(pointer) if letter == "/"]
        return not any(pointer[:end] in found for end in ends)

    return tuple([one for one in lost if is_outer(one.pointer)])


def decode_converted(job: Job, data: JsonValue | UnsetType) -> Model | None:
    """Decode an event of the other form; one for a server without nulls that mean nothing."""
    if not isinstance(data, dict):
        return None
    is_ga = job.to == "ga"
    if not job.is_request and is_ga:
        return realtime_server_event_from_dict(data, invalid="keep")
    if not job.is_request:
        return realtime_beta_server_event_from_dict(data, invalid="keep")
    union = shape_of(RealtimeClientEvent if is_ga else RealtimeBetaClientEvent)
    if model := select_model(union.cases["object"], data):
        data = without_fields(means_nothing, model_shape(model).fields, data, "")
    read = realtime_client_event_from_dict if is_ga else realtime_beta_client_event_from_dict
    return read(data, invalid="keep")


ClientTag: TypeAlias = (
    Literal["conversation.item.create", "conversation.item.delete", "conversation.item.retrieve"]
    | Literal["conversation.item.truncate", "input_audio_buffer.append", "input_audio_buffer.clear"]
    | Literal["input_audio_buffer.commit", "output_audio_buffer.clear", "response.cancel"]
    | Literal["response.create", "session.update", "transcription_session.update"]
    | Literal["session.close", "session.input_audio_buffer.append"]
)
ItemTag: TypeAlias = (
    Literal["message", "function_call", "function_call_output", "mcp_list_tools", "mcp_call"]
    | Literal["mcp_approval_request", "mcp_approval_response"]
)


class ClientEvent(Protocol):
    """An event of a client, in either form."""

    @property
    def type(self) -> ClientTag: ...


class AnyItem(Protocol):
    """An item of a conversation; its class is the same in both forms."""

    @property
    def type(self) -> ItemTag: ...


P = TypeVar(
    "P",
    RealtimeConversationItemMessageAssistantContentInner,
    RealtimeConversationItemMessageUserContentInner,
    RealtimeConversationItemMessageSystemContentInner,
)
# `Unknown` is in the unions: it comes first, and only the last variant may have it, too. The
# unions of clients' events and of items are therefore told by the tags of their members.


@overload
def to_ga(value: Unknown) -> Converted[Unknown]: ...
@overload
def to_ga(value: ClientEvent) -> Converted[RealtimeClientEvent]: ...
@overload
def to_ga(value: AnyItem) -> Converted[RealtimeConversationItem]: ...
@overload
def to_ga(value: P) -> Converted[P | None]: ...
@overload
def to_ga(value: RealtimeSessionCreateRequest) -> Converted[RealtimeSessionCreateRequestGA]: ...
@overload
def to_ga(
    value: RealtimeTranscriptionSessionCreateRequest,
) -> Converted[RealtimeTranscriptionSessionCreateRequestGA]: ...
@overload
def to_ga(value: RealtimeSession) -> Converted[RealtimeSessionCreateResponseGA]: ...
@overload
def to_ga(
    value: RealtimeTranscriptionSessionCreateResponse,
) -> Converted[RealtimeTranscriptionSessionCreateResponseGA]: ...
@overload
def to_ga(value: RealtimeBetaResponse) -> Converted[RealtimeResponse]: ...
@overload
def to_ga(value: RealtimeBetaResponseCreateParams) -> Converted[RealtimeResponseCreateParams]: ...
@overload
def to_ga(value: RealtimeBetaServerEvent) -> Converted[RealtimeServerEvent]: ...
def to_ga(value: object) -> Converted[Model | None]:
    """Convert a value of the beta to the current API; ``lost`` names what has no place there.

    Raises ``TypeError`` for a type that has no other form.
    """
    return convert(value, "ga")


@overload
def to_beta(value: Unknown) -> Converted[Unknown]: ...
@overload
def to_beta(value: ClientEvent) -> Converted[RealtimeBetaClientEvent | None]: ...
@overload
def to_beta(value: AnyItem) -> Converted[RealtimeConversationItem]: ...
@overload
def to_beta(value: P) -> Converted[P | None]: ...
@overload
def to_beta(value: RealtimeSessionCreateRequestGA) -> Converted[RealtimeSessionCreateRequest]: ...
@overload
def to_beta(
    value: RealtimeTranscriptionSessionCreateRequestGA,
) -> Converted[RealtimeTranscriptionSessionCreateRequest]: ...
@overload
def to_beta(value: RealtimeSessionCreateResponseGA) -> Converted[RealtimeSession]: ...
@overload
def to_beta(
    value: RealtimeTranscriptionSessionCreateResponseGA,
) -> Converted[RealtimeTranscriptionSessionCreateResponse]: ...
@overload
def to_beta(value: RealtimeResponse) -> Converted[RealtimeBetaResponse]: ...
@overload
def to_beta(value: RealtimeResponseCreateParams) -> Converted[RealtimeBetaResponseCreateParams]: ...
@overload
def to_beta(value: RealtimeServerEvent) -> Converted[RealtimeBetaServerEvent | None]: ...
def to_beta(value: object) -> Converted[Model | None]:
    """Convert a value of the current API to the beta; ``lost`` names what has no place there.

    Raises ``TypeError`` for a type that has no other form.
    """
    return convert(value, "beta")
