"""The type of a JSON object, found from the object and from those before it in the file.

An event is found by one look-up of its tag. Where several APIs have an event of that tag, the API
that the file speaks decides. As long as nothing has told which that is, the object is weighed: by
how much of it each of them does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from .._runtime.base import Base
from .._runtime.checker import join_pointer
from .._runtime.json_values import DICT, LIST
from .._runtime.shape import TypeShape, case_for, matches, model_shape, select_model, shape_of
from ..catalog import as_model, find, type_names
from .documents import object_in

APIS: Final = {"ga": "Realtime", "beta": "RealtimeBeta", "translation": "RealtimeTranslation"}
"""How the names of each API's unions begin. The first API is taken if nothing tells another."""
NEWER: Final = {"ga": "RealtimeServerEvent", "beta": "RealtimeBetaServerEvent"}
"""What an object is taken for whose tag is named like an event's, but is none that we know."""

DEEPEST: Final = 6
"""How deep in a record of a log an event is looked for."""
COMMON: Final = {
    *("content", "created_at", "expires_at", "id", "metadata", "model"),
    *("name", "object", "role", "status", "type", "value"),
}
"""Fields that many objects have, also such as are not of the API."""
DOCUMENTS: Final = ("Request", "Response")
"""How the names of models end that are sent by themselves, and not only as parts of others."""

Models = Mapping[str, type[Base]]


class Tables:
    """What objects are looked up in, made when it is first needed."""

    @cached_property
    def events(self) -> Mapping[str, Models]:
        """The events by tag and API."""
        found: dict[str, dict[str, type[Base]]] = {}
        for api, prefix in APIS.items():
            for side in ("ServerEvent", "ClientEvent"):
                union = shape_of(find(f"{prefix}{side}")).cases["object"]
                for tag in filter(None, union.by_type):
                    model = union.by_type[tag][0]
                    # The current API has events of translation sessions, too.
                    own = "translation" if model.__name__.startswith(APIS["translation"]) else api
                    found.setdefault(tag, {})[own] = model
        for by_api in found.values():
            beta = by_api.get("beta")
            # Servers of the beta have names of their own for what the current API has renamed.
            if beta and "ga" in by_api and len(model_shape(beta).tags["type"]) > 1:
                del by_api["beta"]
        return found

    @cached_property
    def families(self) -> frozenset[str]:
        """What tags of events begin with: ``session`` of ``session.created``."""
        return frozenset(tag.partition(".")[0] for tag in self.events if "." in tag)

    @cached_property
    def models(self) -> tuple[type[Base], ...]:
        found = [as_model(find(name)) for name in type_names()]
        return tuple([model for model in found if model])


TABLES: Final = Tables()


class Recogniser:
    """Finds the types of the objects of one file, and the API that most of them belong to."""

    def __init__(self, only: str | None = None) -> None:
        self.only = only
        """The API that was said to be spoken."""
        self.api = only
        """The API that the file has been found to speak."""
        self.events = 0
        self.telling: Counter[str] = Counter()
        """The number of events that can be of one API only, or fit one best."""
        self.is_sure = True
        """Whether no other model can have been meant for the last event."""

    def find(self, data: Mapping[str, object]) -> type[Base] | str | None:
        """Return the model of an object, the union of a newer event, or ``None``."""
        self.is_sure = True
        tag = data.get("type")
        if type(tag) is not str:
            return _without_tag(data)
        models = TABLES.events.get(tag)
        if models is None:
            if _is_newer(tag):
                self.events += 1
                return NEWER.get(self.api or "ga", NEWER["ga"])
            return _with_tag(tag, data)
        self.events += 1
        if len(models) == 1:
            return self._told(next(iter(models)), models, tag)
        if len(set(models.values())) == 1:
            return next(iter(models.values()))
        if self.only is None and (self.api is None or tag.startswith("session.")):
            return self.weighed(data, models)
        self.is_sure = self.only is not None
        return models.get(self.api or "ga") or next(iter(models.values()))

    def weighed(self, data: Mapping[str, object], models: Models | None = None) -> type[Base]:
        """Return the model that knows most of an event, and note what that tells of the API."""
        tag = str(data["type"])
        models = models or TABLES.events[tag]
        weights = {api: _weight_of_fields(model, data) for api, model in models.items()}
        least = min(weights.values())
        best = [api for api, weight in weights.items() if weight == least]
        if len(best) == 1:
            return self._told(best[0], models, tag)
        return models[self.api if self.api in best else best[0]]

    def _told(self, api: str, models: Models, tag: str) -> type[Base]:
        self.telling[api] += 1
        if self.only is None and (
            # A session's beginning is a connection's, which speaks one API.
            tag == "session.created" or self.telling[api] >= self.telling[self.api or api]
        ):
            self.api = api
        return models[api]


def recognise(data: object, api: str | None = None) -> str | None:
    """Return the name of what one object is taken for, without others to tell its API."""
    kind = Recogniser(api).find(data) if type(data) is DICT else None
    return kind if kind is None or isinstance(kind, str) else kind.__name__


def events_in(
    value: object, pointer: str = "", depth: int = DEEPEST
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Find the events that a value holds, as objects or as texts, with their pointers.

    So a record of a log is read. What is in an event belongs to that event.
    """
    if type(value) is str:
        value = object_in(value)
    if type(value) is DICT and pointer and _is_event(value):
        yield pointer, value
    elif depth and type(value) is DICT:
        for name, member in value.items():
            yield from events_in(member, join_pointer(pointer, name), depth - 1)
    elif depth and type(value) is LIST:
        for index, item in enumerate(value):
            yield from events_in(item, f"{pointer}/{index}", depth - 1)


def _is_event(data: Mapping[str, object]) -> bool:
    tag = data.get("type")
    return type(tag) is str and (tag in TABLES.events or _is_newer(tag))


def _is_newer(tag: str) -> bool:
    """Whether a tag that no event has is named like those that events have."""
    return "." in tag and tag.partition(".")[0] in TABLES.families


def _weight(shape: TypeShape, value: object) -> int:
    """How many values in a value are not known, or are wrong."""
    case = case_for(shape, value)
    if case is None:
        return 1
    if type(value) is DICT:
        model = select_model(case, value)
        if model:
            return _weight_of_fields(model, value)
        if case.unknown:
            # It is kept whole. Or it is one of the models, and lacks the tag.
            likely = [1 + _weight_of_fields(model, value) for model in case.models]
            return min([_held(value), *likely])
        return sum(_weight(case.items, item) for item in value.values()) if case.items else 0
    if type(value) is LIST:
        return sum(_weight(case.items, item) for item in value) if case.items else 0
    return int(case.unlisted != "accepted" and value is not None and value not in case.values)


def _weight_of_fields(model: type[Base], data: Mapping[str, object]) -> int:
    fields = model_shape(model).fields
    weight = sum(field.required and name not in data for name, field in fields.items())
    for name, value in data.items():
        weight += _weight(fields[name].shape, value) if name in fields else _held(value)
    return weight


def _held(value: object, depth: int = DEEPEST) -> int:
    """How many values a value is, with all in it."""
    items = value.values() if type(value) is DICT else value if type(value) is LIST else ()
    return 1 + sum(_held(item, depth - 1) for item in items) if depth else 1


def _with_tag(tag: str, data: Mapping[str, object]) -> type[Base] | None:
    """The model of an object that is no event: it has the tag, or lists it, and fits well."""
    tagged = [model for model in TABLES.models if tag in _listed(model, "type")]
    # Where the tag is one value of many, only more fields say what it is.
    return _best([m for m in tagged if "type" in model_shape(m).tags or len(data) > 2], data)


def _without_tag(data: Mapping[str, object]) -> type[Base] | None:
    """The model of an object without tag: not one of those that only stand in others."""
    kind = data.get("object")
    candidates = [
        model
        for model in TABLES.models
        if not model_shape(model).tags
        and (model.__name__.endswith(DOCUMENTS) or (kind and kind in _listed(model, "object")))
    ]
    distinct = data.keys() - COMMON or str(kind).startswith("realtime.")
    return _best(candidates, data) if distinct else None


def _best(candidates: list[type[Base]], data: Mapping[str, object]) -> type[Base] | None:
    fitting = [model for model in candidates if _fits(model, data)]
    ranks = [_rank(model, data) for model in fitting]
    return fitting[ranks.index(min(ranks))] if ranks else None


def _fits(model: type[Base], data: Mapping[str, object]) -> bool:
    """Whether an object has what a model requires, and little else than what it knows."""
    shape = model_shape(model)
    required = {name for name, field in shape.fields.items() if field.required}
    known = shape.fields.keys() & data.keys()
    enough = 2 * len(known) > len(data) if required else 4 * len(known) >= 3 * len(data)
    return enough and required <= known and (not shape.tags or matches(model, data))


def _rank(model: type[Base], data: Mapping[str, object]) -> tuple[int, ...]:
    """How badly a model fits: by the weight, and among equals by preference."""
    transcribes = "transcription" in str(data.get("object"))
    return (
        "object" in data and transcribes != ("Transcription" in model.__name__),
        _weight_of_fields(model, data),
        not model.__name__.endswith(DOCUMENTS),
        len(model_shape(model).fields.keys() - data.keys()),
        model.__name__.startswith(APIS["beta"]),
    )


def _listed(model: type[Base], name: str) -> tuple[str | int, ...]:
    """The values that are listed for a string."""
    field = model_shape(model).fields.get(name)
    case = field.shape.cases.get("string") if field else None
    return case.values if case else ()
