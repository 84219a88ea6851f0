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

from ._runtime.annotations import Row
from ._runtime.base import Model
from ._runtime.errors import Problem
from ._runtime.json_values import JsonValue
from ._runtime.model import Unknown
from ._runtime.problems import join_pointer, no_place
from ._runtime.sentinel import UNSET, UnsetType
from ._runtime.shape import (
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
from .wire.correspondence import (
    ANSWERS,
    DETECTIONS,
    PARTS,
    REQUESTS,
    TAGS,
    TRANSCRIPTION_TAGS,
    ClientTag,
    ItemTag,
)
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
V_co = TypeVar("V_co", covariant=True)


@dataclass(frozen=True)
class Converted(Generic[V_co]):
    """A value in the other form of the API, and what has no place there."""

    value: V_co
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


def ends(row: Row, to: Form) -> tuple[str | None, str | None]:
    """Return the name in a row that is read, if one is, and the name that is written."""
    ga = None if row.is_read and to == "beta" else row.ga
    return (row.beta, ga) if to == "ga" else (ga, row.beta)


def convert_fields(job: Job, rows: tuple[Row, ...], value: JsonValue, at: str) -> JsonValue:
    """Move the fields of an object to where they stand in the other form."""
    if not isinstance(value, dict):
        return value
    moved: list[tuple[str, str, JsonValue]] = []
    for row in rows:
        source, target = ends(row, job.to)
        old = take(value, source.split("/"), bool(target)) if source else UNSET
        if not source or isinstance(old, UnsetType):
            continue
        pointer = f"{at}/{source}"
        new = CHANGES[row.change](job, old, pointer) if target else job.lose(pointer, row.because)
        if target and not isinstance(new, UnsetType):
            moved.append((pointer, target, new))
    for pointer, target, new in moved:
        if not put(value, target.split("/"), new) and new is not None:
            job.lose(pointer, f"`{target}` has another value already")
    return value


def take(data: Data, path: list[str], is_moved: bool) -> Converting:
    """Remove a value from nested objects; and those that are then empty, if it is moved."""
    if len(path) == 1:
        return data.pop(path[0], UNSET)
    inner = data.get(path[0])
    found = take(inner, path[1:], is_moved) if isinstance(inner, dict) else UNSET
    if is_moved and inner in (None, {}):
        data.pop(path[0], None)
    return found


def put(data: Data, path: list[str], value: JsonValue) -> bool:
    """Put a value into nested objects, unless another is there; whether it was put."""
    if len(path) == 1:
        if data.get(path[0]) is not None:
            return False
        data[path[0]] = value
        return True
    inner: JsonValue = {} if data.get(path[0]) is None else data[path[0]]
    data[path[0]] = inner
    return isinstance(inner, dict) and put(inner, path[1:], value)


def convert_setting(job: Job, value: JsonValue, at: str) -> Converting:
    """Return a setting that is alike in both forms; null says nothing in a request."""
    return UNSET if value is None and job.is_request else value


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
    """Convert the tools of a request."""
    if not isinstance(value, list):
        return value
    found = [convert_tool(job, one, f"{at}/{index}") for index, one in enumerate(value)]
    return [one for one in found if not isinstance(one, UnsetType)]


def convert_tool(job: Job, value: JsonValue, at: str) -> Converting:
    """Convert a tool: the beta has only functions, which may lack their type."""
    if isinstance(value, dict):
        value.setdefault("type", "function")
        if value == {"type": "function"}:  # Vendors nest the rest of it.
            return job.lose(at, "a tool needs a name")
        if job.to == "ga" and "server_label" in value:
            return value
    return expect_type(job.to, ("function",), job, value, at)


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
    "setting": convert_setting,
    "none": lambda job, value, at: value,
    "modalities": convert_modalities,
    "format": convert_format,
    "noise_reduction": partial(expect_type, "ga", ("near_field", "far_field")),
    "tools": convert_tools,
    "tool_choice": partial(expect_type, "beta", ("function",)),
    "detection": convert_detection,
}


def convert_tag(job: Job, rows: tuple[Row, ...], value: Data, at: str) -> Data | UnsetType:
    """Convert the type of an object."""
    for row in rows:
        source, target = ends(row, job.to)
        if source and value.get("type") == source:
            return {**value, "type": target} if target else job.lose(at, row.because)
    return value


PAIRS: Final = {kind: pair for pair in (*REQUESTS, *ANSWERS) for kind in pair[:2]}
"""The types inside events that differ: the beta's, the current one, and their rows."""


def convert_object(job: Job, model: type[Model], value: Data, at: str) -> Converting:
    """Convert an object, after the objects in it."""
    known, pair = model_shape(model).fields, PAIRS.get(model)
    rows = pair[2] if pair else ()
    read = {ends(row, job.to)[0] for row in rows}
    found: Data = {}
    for name, item in value.items():
        place = join_pointer(at, name)
        new: Converting = item
        if name in known:
            new = walk(partial(convert_object, job), known[name].shape, item, place)
        elif job.is_request and name not in read:
            new = job.lose(place, "this library does not know it, and the server might refuse it")
        if not isinstance(new, UnsetType):
            found[name] = new
    if not pair:
        return convert_tag(job, PARTS.get(model, ()), found, at)
    for kind in model_shape(pair[1]).tags.get("type", ()):  # The beta does not take it.
        if found.get("type", kind) != kind:
            return found  # A session of another type is newer than this library.
        found.pop("type", None)
        found = {"type": kind, **found} if job.to == "ga" else found
    if pair[1] is RealtimeTranscriptionSessionCreateRequestGA and job.to == "ga":
        refuse_detection(job, found, at)
    return convert_fields(job, rows, found, at)


def refuse_detection(job: Job, session: Data, at: str) -> None:
    """Leave out turn detection in a session whose model does without."""
    settings = session.get("input_audio_transcription")
    model = settings.get("model") if isinstance(settings, dict) else None
    if model in UNDETECTED and session.get("turn_detection") is not None:
        del session["turn_detection"]
        job.lose(f"{at}/turn_detection", "the current API refuses it with this model")


def walk(
    change: Callable[[type[Model], Data, str], Converting],
    shape: TypeShape,
    value: JsonValue,
    at: str,
) -> Converting:
    """Return a value with the models in it changed."""
    case = case_for(shape, value)
    inner = case.items if case else None
    if isinstance(value, list) and inner:
        items = [walk(change, inner, item, f"{at}/{index}") for index, item in enumerate(value)]
        return [item for item in items if not isinstance(item, UnsetType)]
    if not isinstance(value, dict) or not case:
        return value
    if inner:
        members = [(k, walk(change, inner, item, join_pointer(at, k))) for k, item in value.items()]
        return {name: item for name, item in members if not isinstance(item, UnsetType)}
    model = select_model(case, value)
    return change(model, value, at) if model else value


def drop_nulls(model: type[Model], value: Data, at: str) -> Data:
    """Return an object for a server without nulls that mean nothing."""
    known = model_shape(model).fields
    found: Data = {}
    for name, item in value.items():
        new: Converting = item
        if name in known and name != "event_id":
            shape = known[name].shape
            new = (
                walk(drop_nulls, shape, item, at) if item is not None or shape.takes_null else UNSET
            )
        if not isinstance(new, UnsetType):
            found[name] = new
    return found


TARGETS: Final[Mapping[object, tuple[bool, object, object]]] = {
    **{kind: (True, beta, ga) for beta, ga, _ in REQUESTS for kind in (beta, ga)},
    **{kind: (False, beta, ga) for beta, ga, _ in ANSWERS for kind in (beta, ga)},
    **{
        kind: (is_request, beta, ga)
        for is_request, beta, ga in (
            (True, RealtimeBetaClientEvent, RealtimeClientEvent),
            (False, RealtimeBetaServerEvent, RealtimeServerEvent),
            (False, RealtimeConversationItem, RealtimeConversationItem),
        )
        for kind in (*union_members(beta), *union_members(ga))
    },
    **{kind: (False, kind, kind) for kind in PARTS},
}
"""Of each type that has another form, whether clients send it, and what it is in both forms."""


def convert(value: object, to: Form) -> Converted[Model | None]:
    """Return a value in a form."""
    if isinstance(value, Unknown):
        return Converted(value)
    kind = type(value)
    if not isinstance(value, Model) or kind not in TARGETS:
        raise TypeError(f"{kind.__name__} has no other form")
    is_request, beta, ga = TARGETS[kind]
    job = Job(to, is_request, [])
    data = convert_event(job, type(value), value.to_dict())
    made = None
    if isinstance(data, dict):
        shape = shape_of(ga if to == "ga" else beta)
        model = select_model(shape.cases["object"], data) or Unknown
        new = walk(drop_nulls, shape, data, "") if is_request else data
        made = model.from_dict(new, invalid="keep")
    places = {told.pointer for told in job.lost}
    lost = [told for told in job.lost if places.isdisjoint(around(told.pointer))]
    return Converted(made, tuple(lost))


def convert_event(job: Job, model: type[Model], value: Data) -> Converting:
    """Convert an event by its tag, and the objects in it; or any other object."""
    session = value.get("session")
    transcribes = isinstance(session, dict) and session.get("type") == "transcription"
    rows = TRANSCRIPTION_TAGS if transcribes or job.to == "ga" else ()
    new = convert_tag(job, (*rows, *TAGS), value, "")
    return new if isinstance(new, UnsetType) else convert_object(job, model, new, "")


def around(pointer: str) -> Iterator[str]:
    """Yield the pointers of the objects in which a place is."""
    return accumulate(pointer.split("/")[:-1], "{}/{}".format)


class ClientEvent(Protocol):
    """An event of a client, in either form."""

    @property
    def type(self) -> ClientTag: ...


class Item(Protocol):
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
def to_ga(value: Item) -> Converted[RealtimeConversationItem]: ...
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
def to_beta(value: Item) -> Converted[RealtimeConversationItem]: ...
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
