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
from typing import Final, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from .annotations import is_class
from .base import Model
from .errors import Problem
from .json_values import JsonValue
from .model import Unknown
from .problems import join_pointer
from .sentinel import UNSET, UnsetType
from .shape import TypeShape, case_for, model_shape, select_model, shape_of, union_members

Form: TypeAlias = Literal["ga", "beta"]
Data: TypeAlias = dict[str, JsonValue]
Converting: TypeAlias = JsonValue | UnsetType
"""A value in the other form, or ``UNSET`` if it is left out."""
Types: TypeAlias = "Mapping[object, Pair]"
"""What corresponds to each type."""
OTHER: Final[Mapping[Form, str]] = {"ga": "the current API", "beta": "the beta"}
Value_co = TypeVar("Value_co", covariant=True)


class Row(NamedTuple):
    """What corresponds in the two forms of the API, or what only one has: a field, or a tag."""

    beta: str | None
    ga: str | None
    """Where a field stands in its object: the current API nests what is flat in the beta."""
    because: str = ""
    """Why it has no place in the other form; ``{}`` stands for its name."""
    change: str = "setting"
    """How its value changes."""
    is_read: bool = False
    """Whether it is another name in the beta, which is read, but never written."""
    takes_beta: tuple[str, ...] = ()
    takes_ga: tuple[str, ...] = ()
    """The types of objects that the servers of a form take; any, if none is named."""


class Pair(NamedTuple):
    """Two types that correspond, with what differs in them; or one that both forms have."""

    beta: object
    ga: object
    is_request: bool = False
    """Whether clients send it."""
    type: str | None = None
    """The tag that the current API requires, and that the beta does not take."""
    rows: tuple[Row, ...] = ()
    tags: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Converted(Generic[Value_co]):
    """A value in the other form of the API, and what has no place there."""

    value: Value_co
    """The value; ``None`` where the other form has nothing like it."""
    lost: tuple[Problem, ...] = ()
    """What is left out: its place in what was given, and why. The code is ``no_place``."""


class Job(NamedTuple):
    """A conversion: its direction, whether a server has to accept the result, what is lost."""

    types: Types
    to: Form
    is_request: bool
    lost: list[Problem]

    def lose(self, pointer: str, because: str) -> UnsetType:
        """Tell that a value has no place."""
        self.lost.append(Problem(pointer, "notice", "no_place", because))
        return UNSET


def by_type(pairs: tuple[Pair, ...]) -> Types:
    """Return the pair of each type."""
    sides = [(side, pair) for pair in pairs for side in (pair.beta, pair.ga)]
    return {kind: pair for side, pair in sides for kind in union_members(side)}


def convert(types: Types, value: object, to: Form) -> Converted[Model | None]:
    """Return a value in a form; raise ``TypeError`` if its type has no other."""
    if isinstance(value, Unknown):
        return Converted(value)
    pair = types.get(type(value))
    if not isinstance(value, Model) or not pair:
        raise TypeError(f"{type(value).__name__} has no other form")
    job, made = Job(types, to, pair.is_request, []), None
    data = convert_object(job, type(value), value.to_dict(), "")
    if isinstance(data, dict):
        case = shape_of(pair.ga if to == "ga" else pair.beta).cases["object"]
        made = (select_model(case, data) or Unknown).from_dict(data, invalid="keep")
    return Converted(made, tuple(job.lost))


def convert_value(job: Job, shape: TypeShape, value: JsonValue, at: str) -> Converting:
    """Convert the objects in a value."""
    case = case_for(shape, value)
    inner = case.items if case else None
    if isinstance(value, list) and inner:
        there = [(f"{at}/{index}", x) for index, x in enumerate(value) if x is not LEFT_OUT]
        items = [convert_value(job, inner, x, place) for place, x in there]
        return [item for item in items if not isinstance(item, UnsetType)]
    if not isinstance(value, dict) or not case:
        return value
    if inner:
        members = [(k, convert_value(job, inner, x, join_pointer(at, k))) for k, x in value.items()]
        return {name: item for name, item in members if not isinstance(item, UnsetType)}
    model = select_model(case, value)
    return convert_object(job, model, value, at) if model else value


def convert_object(job: Job, model: type[Model], data: Data, at: str) -> Data | UnsetType:
    """Convert an object, which is changed: its tag, and its fields."""
    pair = job.types.get(model) or Pair(None, None)
    side = pair.ga if job.to == "ga" else pair.beta
    other = side if is_class(side) and issubclass(side, Model) else model
    for tag, target, row in rows_from(data, pair.tags, job.to):
        if data.get("type") == tag:
            if not target:
                return job.lose(at, row.because)
            data["type"] = target
            break
    kind = data.pop("type", pair.type) if pair.type else None
    if kind != pair.type:  # A session of another type is newer than this library.
        return {**data, "type": kind}
    if not pair.type or job.to == "beta":
        return convert_fields(job, model, other, pair.rows, data, at)
    refuse_detection(job, pair.type, data, at)
    return {"type": kind, **convert_fields(job, model, other, pair.rows, data, at)}


def rows_from(data: Data, rows: tuple[Row, ...], to: Form) -> Iterator[tuple[str, str | None, Row]]:
    """Yield the rows that are read: the name there, the one that is written if any, and the row."""
    session = data.get("session")
    transcribes = isinstance(session, dict) and session.get("type") == "transcription"
    for row in rows:
        ga = None if row.is_read and to == "beta" else row.ga
        source, target = (row.beta, ga) if to == "ga" else (ga, row.beta)
        if source and (row.change != "transcription" or to == "ga" or transcribes):
            yield source, target, row


def convert_fields(
    job: Job, model: type[Model], other: type[Model], rows: tuple[Row, ...], data: Data, at: str
) -> Data:
    """Convert the fields of an object, and move those that stand elsewhere in the other form."""
    found: Data = {}
    taken = [(*row, take(data, row[0], bool(row[1]))) for row in rows_from(data, rows, job.to)]
    for name, item in data.items():
        place, field = join_pointer(at, name), model_shape(model).fields.get(name)
        if not field and job.is_request:
            job.lose(place, "this library does not know it, and the server might refuse it")
            continue
        new = convert_value(job, field.shape, item, place) if field else item
        is_left_out = new is None and field and is_idle(job, other, name)
        if not isinstance(new, UnsetType) and not is_left_out:
            found[name] = new
    for source, target, row, old in taken:
        pointer = f"{at}/{source}"
        if isinstance(old, UnsetType):
            continue
        if not target:
            job.lose(pointer, row.because.format(source.rpartition("/")[2]))
            continue
        new = CHANGES[row.change](job, row, old, pointer)
        if not isinstance(new, UnsetType):
            new = convert_value(job, shape_at(other, target), new, pointer)
        if isinstance(new, UnsetType) or (new is None and is_idle(job, other, target)):
            continue
        if not put(found, target, new) and new is not None:
            job.lost[:] = [told for told in job.lost if not told.pointer.startswith(f"{pointer}/")]
            job.lose(pointer, f"`{target}` has another value already")
    return found


def shape_at(model: type[Model], path: str) -> TypeShape:
    """Return the shape of a field, also of one in the objects inside."""
    name, _, rest = path.partition("/")
    shape = model_shape(model).fields[name].shape
    return shape_at(shape.cases["object"].models[0], rest) if rest else shape


def is_idle(job: Job, model: type[Model], path: str) -> bool:
    """Return whether null means nothing to a server in a field of a request."""
    return job.is_request and path != "event_id" and not shape_at(model, path).takes_null


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


def convert_modalities(job: Job, row: Row, value: JsonValue, at: str) -> Converting:
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


def convert_format(job: Job, row: Row, value: JsonValue, at: str) -> Converting:
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


def convert_setting(job: Job, row: Row, value: JsonValue, at: str) -> Converting:
    """Return a value as it is, unless it is an object of a type that servers refuse."""
    types = row.takes_ga if job.to == "ga" else row.takes_beta
    kind = value.get("type", types[0]) if isinstance(value, dict) and types else UNSET
    if job.is_request and kind is not UNSET and kind not in types:
        return job.lose(at, f"{OTHER[job.to]} takes only {' and '.join(types)} here")
    return value


LEFT_OUT: Final[Data] = {}
"""What stands for an item that is left out, so that those after it are told by their own index."""


def convert_tools(job: Job, row: Row, value: JsonValue, at: str) -> Converting:
    """Convert the tools of a request; in the beta, functions may lack their type."""
    if not isinstance(value, list):
        return value
    found: list[JsonValue] = []
    for index, tool in enumerate(value):
        new = convert_setting(job, row, tool, f"{at}/{index}")
        kind = new.setdefault("type", "function") if isinstance(new, dict) else None
        if isinstance(new, dict) and kind == "function" and "name" not in new:  # Vendors nest it.
            new = job.lose(f"{at}/{index}", "a tool needs a name")
        found.append(LEFT_OUT if isinstance(new, UnsetType) else new)
    return found


NO_DETECTION: Final = (None, "none", "client_vad")
"""What vendors write for none."""


def convert_detection(job: Job, row: Row, value: JsonValue, at: str) -> Converting:
    """Convert turn detection, which may lack its type in the beta."""
    if not isinstance(value, dict) or job.to == "beta":
        return value
    if value.setdefault("type", "server_vad") in NO_DETECTION:
        return None
    return convert_setting(job, row, value, at)


UNDETECTED: Final = ("gpt-realtime-whisper", "gpt-live-transcribe")
"""The models for whose transcription sessions the current API refuses turn detection."""


def refuse_detection(job: Job, kind: str, session: Data, at: str) -> None:
    """Leave out turn detection in a request for a model that does without."""
    settings = session.get("input_audio_transcription") if job.is_request else None
    model = settings.get("model") if isinstance(settings, dict) else None
    detects = kind == "transcription" and session.get("turn_detection") is not None
    if detects and model in UNDETECTED:
        del session["turn_detection"]
        job.lose(f"{at}/turn_detection", "the current API refuses it with this model")


CHANGES: Final[Mapping[str, Callable[[Job, Row, JsonValue, str], Converting]]] = {
    "setting": convert_setting,
    "modalities": convert_modalities,
    "format": convert_format,
    "tools": convert_tools,
    "detection": convert_detection,
}
"""How the value at a pointer changes. Broken values stay as they are."""
