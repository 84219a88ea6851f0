"""Converts values between the two forms of the API: the beta, and the current one.

The correspondence is data, the rows of ``wire/correspondence.py``, read in both directions. A field
without a row has the same name in both forms. What has no place in the other form is left out and
told, with the reason; nothing is guessed, and nothing added but what the other form requires.

A server refuses a request as a whole for one field that it does not know. Of requests, therefore,
fields that are newer than this library are left out and told, and nulls that mean nothing are left
out. What a server sends keeps both. Values that were kept broken stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Final, Generic, Literal, NamedTuple, Protocol, TypeAlias, TypeVar, overload

from ._runtime.annotations import Pair, Row
from ._runtime.base import Model
from ._runtime.errors import Problem
from ._runtime.json_values import JsonValue
from ._runtime.model import Unknown
from ._runtime.problems import join_pointer
from ._runtime.sentinel import UNSET, UnsetType
from ._runtime.shape import (
    FieldShape,
    TypeShape,
    case_for,
    model_shape,
    select_model,
    shape_of,
    union_members,
)
from .wire.beta_events import RealtimeBetaClientEvent, RealtimeBetaServerEvent
from .wire.beta_session import (
    RealtimeSession,
    RealtimeTranscriptionSessionCreateRequest,
    RealtimeTranscriptionSessionCreateResponse,
)
from .wire.client_events import RealtimeClientEvent
from .wire.correspondence import DETECTIONS, PAIRS, ClientTag, ItemTag
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
from .wire.server_events import RealtimeServerEvent
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
Data: TypeAlias = dict[str, JsonValue]
Converting: TypeAlias = JsonValue | UnsetType
"""A value in the other form, or ``UNSET`` if it is left out."""
OTHER: Final[Mapping[Form, str]] = {"ga": "the current API", "beta": "the beta"}
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
        self.lost.append(Problem(pointer, "notice", "no_place", because))
        return UNSET


def ends(row: Row, to: Form) -> tuple[str | None, str | None]:
    """Return the name in a row that is read, if one is, and the name that is written."""
    ga = None if row.is_read and to == "beta" else row.ga
    return (row.beta, ga) if to == "ga" else (ga, row.beta)


def convert_fields(job: Job, rows: tuple[Row, ...], value: Data, at: str) -> Data:
    """Move the fields of an object to where they stand in the other form."""
    moved: list[tuple[str, str, JsonValue]] = []
    for row in rows:
        source, target = ends(row, job.to)
        old = take(value, source, bool(target)) if source else UNSET
        if not source or isinstance(old, UnsetType):
            continue
        pointer = f"{at}/{source}"
        if not target:
            job.lose(pointer, row.because.format(source.rpartition("/")[2]))
        elif not isinstance(new := CHANGES[row.change](job, old, pointer), UnsetType):
            moved.append((pointer, target, new))
    for pointer, target, new in moved:
        if not put(value, target, new) and new is not None:
            job.lose(pointer, f"`{target}` has another value already")
    return value


def take(data: Data, path: str, is_moved: bool) -> Converting:
    """Remove a value from nested objects; and those that are then empty, if it is moved."""
    first, _, rest = path.partition("/")
    if not rest:
        return data.pop(first, UNSET)
    inner = data.get(first)
    found = take(inner, rest, is_moved) if isinstance(inner, dict) else UNSET
    if is_moved and inner in (None, {}):
        data.pop(first, None)
    return found


def put(data: Data, path: str, value: JsonValue) -> bool:
    """Put a value into nested objects, unless another is there; whether it was put."""
    first, _, rest = path.partition("/")
    is_free = data.get(first) is None
    if is_free:
        data[first] = {} if rest else value
    inner = data[first]
    return put(inner, rest, value) if rest and isinstance(inner, dict) else is_free


def convert_modalities(job: Job, value: JsonValue, at: str) -> Converting:
    """Convert the kinds of output: audio brings its transcript, which is text in the beta."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return value
    for index, one in enumerate(value):
        if one not in ("text", "audio"):
            job.lose(f"{at}/{index}", f"{OTHER[job.to]} has no such output")
    if "audio" in value:
        return ["audio"] if job.to == "ga" else ["audio", "text"]
    return ["text"] if "text" in value else UNSET


FORMATS: Final[Mapping[str, Data]] = {
    "pcm16": {"type": "audio/pcm", "rate": 24000},
    "g711_ulaw": {"type": "audio/pcmu"},
    "g711_alaw": {"type": "audio/pcma"},
}


def convert_format(job: Job, value: JsonValue, at: str) -> Converting:
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
) -> Converting:
    """Convert an object of a request, of which a form takes only some types."""
    kind = value.get("type", types[0]) if isinstance(value, dict) else types[0]
    if job.is_request and job.to == to and kind not in types:
        return job.lose(at, f"{OTHER[to]} takes only {' and '.join(types)} here")
    return value


def convert_tools(job: Job, value: JsonValue, at: str) -> Converting:
    """Convert the tools of a request: the beta has only functions, which may lack their type."""
    if not isinstance(value, list):
        return value
    found: list[JsonValue] = []
    for index, tool in enumerate(value):
        kind = tool.setdefault("type", "function") if isinstance(tool, dict) else "function"
        is_server = job.to == "ga" and isinstance(tool, dict) and "server_label" in tool
        if tool == {"type": "function"}:  # Vendors nest the rest of it.
            job.lose(f"{at}/{index}", "a tool needs a name")
        elif kind == "function" or is_server:
            found.append(tool)
        else:
            job.lose(f"{at}/{index}", f"{OTHER[job.to]} takes only function here")
    return found


NO_DETECTION: Final = (None, "none", "client_vad")
"""What vendors write for none."""
UNDETECTED: Final = ("gpt-realtime-whisper", "gpt-live-transcribe")
"""The models for whose transcription sessions the current API refuses turn detection."""


def convert_detection(job: Job, value: JsonValue, at: str) -> Converting:
    """Convert turn detection: the beta has the fields of both ways in one object."""
    if not isinstance(value, dict) or job.to == "beta":
        return value
    kind = value.setdefault("type", "server_vad")
    if kind in NO_DETECTION:
        return None
    if job.is_request and kind not in DETECTIONS:
        return job.lose(at, "the current API has no such turn detection")
    return convert_fields(job, DETECTIONS.get(str(kind), ()), value, at)


Change: TypeAlias = Callable[[Job, JsonValue, str], Converting]
"""Converts the value at a pointer. Broken values stay as they are."""
CHANGES: Final[Mapping[str, Change]] = {
    "setting": lambda job, value, at: UNSET if value is None and job.is_request else value,
    "none": lambda job, value, at: value,  # Null turns it off.
    "modalities": convert_modalities,
    "format": convert_format,
    "noise_reduction": partial(expect_type, "ga", ("near_field", "far_field")),
    "tools": convert_tools,
    "tool_choice": partial(expect_type, "beta", ("function",)),
    "detection": convert_detection,
}
TYPES: Final[Mapping[object, Pair]] = {
    kind: pair for pair in PAIRS for kind in (*union_members(pair.beta), *union_members(pair.ga))
}
"""What corresponds to each type."""


def convert_object(job: Job, model: type[Model], value: Data, at: str) -> Converting:
    """Convert an object: its tag, the objects in it, and then its fields."""
    pair = TYPES.get(model) or Pair(model, model)
    data = convert_tag(job, pair.tags, value, at)
    if isinstance(data, UnsetType):
        return data
    known, read = model_shape(model).fields, {ends(row, job.to)[0] for row in pair.rows}
    found: Data = {}
    for name, item in data.items():
        place = join_pointer(at, name)
        new: Converting = item
        if name in known:
            new = convert_value(job, known[name].shape, item, place)
        elif job.is_request and name not in read:
            new = job.lose(place, "this library does not know it, and the server might refuse it")
        if not isinstance(new, UnsetType):
            found[name] = new
    if pair.type:
        if found.get("type", pair.type) != pair.type:
            return found  # A session of another type is newer than this library.
        found.pop("type", None)
        if job.to == "ga":
            found = {"type": pair.type, **found}
            refuse_detection(job, found, at)
    return convert_fields(job, pair.rows, found, at)


def convert_tag(job: Job, rows: tuple[Row, ...], value: Data, at: str) -> Data | UnsetType:
    """Convert the type of an object."""
    session = value.get("session")
    transcribes = isinstance(session, dict) and session.get("type") == "transcription"
    for row in rows:
        source, target = ends(row, job.to)
        applies = row.change != "transcription" or job.to == "ga" or transcribes
        if source and value.get("type") == source and applies:
            return {**value, "type": target} if target else job.lose(at, row.because)
    return value


def refuse_detection(job: Job, session: Data, at: str) -> None:
    """Leave out turn detection in a request for a model that does without."""
    settings = session.get("input_audio_transcription") if job.is_request else None
    model = settings.get("model") if isinstance(settings, dict) else None
    detects = session["type"] == "transcription" and session.get("turn_detection") is not None
    if detects and model in UNDETECTED:
        del session["turn_detection"]
        job.lose(f"{at}/turn_detection", "the current API refuses it with this model")


def convert_value(job: Job, shape: TypeShape, value: JsonValue, at: str) -> Converting:
    """Convert the objects in a value."""
    case = case_for(shape, value)
    inner = case.items if case else None
    if isinstance(value, list) and inner:
        items = [convert_value(job, inner, x, f"{at}/{index}") for index, x in enumerate(value)]
        return [item for item in items if not isinstance(item, UnsetType)]
    if not isinstance(value, dict) or not case:
        return value
    if inner:
        members = [(k, convert_value(job, inner, x, join_pointer(at, k))) for k, x in value.items()]
        return {name: item for name, item in members if not isinstance(item, UnsetType)}
    model = select_model(case, value)
    return convert_object(job, model, value, at) if model else value


def without_nulls(shape: TypeShape, value: JsonValue) -> JsonValue:
    """Return a value for a server without nulls that mean nothing."""
    case = case_for(shape, value)
    inner = case.items if case else None
    if isinstance(value, list) and inner:
        return [without_nulls(inner, item) for item in value]
    if not isinstance(value, dict) or not case:
        return value
    model, found = select_model(case, value), Data()
    known: Mapping[str, FieldShape] = model_shape(model).fields if model else {}
    for name, item in value.items():
        field = known[name].shape if name in known else inner
        means = name not in known or known[name].shape.takes_null or name == "event_id"
        if item is not None or means:
            found[name] = without_nulls(field, item) if field else item
    return found


def convert(value: object, to: Form) -> Converted[Model | None]:
    """Return a value in a form."""
    if isinstance(value, Unknown):
        return Converted(value)
    pair = TYPES.get(type(value))
    if not isinstance(value, Model) or not pair:
        raise TypeError(f"{type(value).__name__} has no other form")
    job, made = Job(to, pair.is_request, []), None
    data = convert_object(job, type(value), value.to_dict(), "")
    shape = shape_of(pair.ga if to == "ga" else pair.beta)
    if isinstance(data, dict) and job.is_request:
        data = without_nulls(shape, data)
    if isinstance(data, dict):
        model = select_model(shape.cases["object"], data) or Unknown
        made = model.from_dict(data, invalid="keep")
    places = {told.pointer for told in job.lost}
    lost = [told for told in job.lost if places.isdisjoint(outer(told.pointer))]
    return Converted(made, tuple(lost))


def outer(pointer: str) -> Iterator[str]:
    """Yield the pointers of the objects in which a value is."""
    return accumulate(pointer.split("/")[:-1], "{}/{}".format)


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
