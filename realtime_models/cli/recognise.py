"""The type of a JSON object, found from the object and from those before it in the file.

What a change must keep:

* An event is found by its tag, however broken the rest of it is.
* An API is told by what is there and known, never outvoted by what is unknown: by a tag that it
  alone has, or by the fields that it alone has a place for. Flat fields of a session are the
  beta's; its ``type``, and what is known in a nested ``audio``, outweigh all of them.
* Only if nothing tells it, the API is the one that was told before in the file, or else the one
  to which least is unknown.
* An API that the user names is not doubted, and an event that its unions have is of their class.
* An object that is no event has a type only if its tag, its ``object`` or all of its fields say so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, TypeVar

from .._runtime.base import Model
from .._runtime.json_values import DICT, is_array, is_map
from .._runtime.notices import notices
from .._runtime.problems import join_pointer
from .._runtime.shape import TypeCase, case_for, matches, model_shape, select_model, shape_of
from .._runtime.slow_decoder import examine
from ..catalog import as_model, find, type_names
from .documents import Document, documents_in

T = TypeVar("T")

APIS: Final = {"ga": "Realtime", "beta": "RealtimeBeta", "translation": "RealtimeTranslation"}
"""How the names of each API's unions begin. The first API is taken if nothing tells another."""
SIDES: Final = ("ServerEvent", "ClientEvent")
LIVE: Final = "unknown (Live API?)"
"""What events of OpenAI's Live API are taken for, which is not known here."""
LIVE_TAGS: Final = r"session\.(started$|(commentary|delegation|instructions|thinking|usage)\.)"
LIVE_SHARED: Final = r"session\.(closed|(in|out)put_(audio|transcript)\.delta)$"
"""The tags that it alone has, and those of servers that it shares with translations."""
WEBHOOKS: Final = {
    "realtime.call.incoming": "WebhookRealtimeCallIncoming",
    "live.call.incoming": LIVE,
    "live.transport.incoming": LIVE,
}
"""What is sent to webhooks, by tag: it tells no API of a connection."""
NEWER: Final = {"ga": "RealtimeServerEvent", "beta": "RealtimeBetaServerEvent"}
"""What an object is taken for whose tag is named like an event's, but is none that we know."""

DEEPEST: Final = 6
"""How deep in a record of a log an event is looked for."""
MOST_SHAPES: Final = 1000
TAGS: Final = {"type", "role", "object"}
"""The fields whose values tell what an object is."""
SURE: Final = ("/session/type", "/session/audio/")
"""The fields of a session that outweigh all others of an event."""
COMMON: Final = {"id", "metadata", "model", "name", "object"}
"""Fields that many objects have, also such as are not of the API."""
DOCUMENTS: Final = ("Request", "Response")
"""How the names of models end that are sent by themselves, and not only as parts of others."""


def by_shape(function: Callable[[Mapping[str, object]], T]) -> Callable[[Mapping[str, object]], T]:
    """Remember what a function returns for objects of one shape: most of a log are alike."""
    known: dict[object, T] = {}

    def remembered(data: Mapping[str, object]) -> T:
        shape = _shape(data)
        if shape not in known:
            if len(known) == MOST_SHAPES:
                known.clear()
            known[shape] = function(data)
        return known[shape]

    return remembered


def _shape(value: object, depth: int = DEEPEST) -> object:
    """What tells the type of a value: names, the types of values, and tags."""
    if depth and type(value) is DICT:
        return tuple(
            (name, member if name in TAGS and type(member) is str else _shape(member, depth - 1))
            for name, member in value.items()
        )
    if depth and is_array(value):
        return frozenset(_shape(item, depth - 1) for item in value)
    return type(value)


class Tables:
    """What objects are looked up in, made when it is first needed."""

    @cached_property
    def events(self) -> Mapping[str, Mapping[str, type[Model]]]:
        """The events by tag and API, as the API's unions have them."""
        found: dict[str, dict[str, type[Model]]] = {}
        unions = [(api, prefix + end) for api, prefix in APIS.items() for end in SIDES]
        for api, union in unions:
            for model in shape_of(find(union)).cases["object"].models:
                # The current API has events of translation sessions, too.
                own = "translation" if model.__name__.startswith(APIS["translation"]) else api
                for tag in model_shape(model).tags["type"]:
                    found.setdefault(str(tag), {}).setdefault(own, model)
        return found

    @cached_property
    def families(self) -> frozenset[str]:
        """What tags of events begin with: ``session`` of ``session.created``."""
        return frozenset(tag.partition(".")[0] for tag in self.events if "." in tag)

    @cached_property
    def models(self) -> list[type[Model]]:
        return [model for model in map(as_model, map(find, type_names())) if model]

    @cached_property
    def untagged(self) -> list[type[Model]]:
        return [model for model in self.models if not model_shape(model).tags]

    @cached_property
    def objects(self) -> Mapping[str, list[type[Model]]]:
        """The models without tag by the values that are listed for their ``object``."""
        found: dict[str, list[type[Model]]] = {}
        for model in self.untagged:
            field = model_shape(model).fields.get("object")
            for value in field.shape.cases["string"].values if field else ():
                found.setdefault(str(value), []).append(model)
        return found


TABLES: Final = Tables()


class Recogniser:
    """Finds the types of the objects of one file, and the API that most of them belong to."""

    def __init__(self, only: str | None = None) -> None:
        self.only: str | None = only
        """The API that was said to be spoken."""
        self.api: str | None = only
        """The API that the file has been found to speak."""
        self.events: int = 0
        self.telling: Counter[str] = Counter()
        """The number of events that can be of one API only, or fit one best."""

    def find(self, data: Mapping[str, object]) -> type[Model] | str | None:
        """Return the model of an object, the union of a newer event, `LIVE`, or ``None``."""
        tag = data.get("type")
        if type(tag) is not str:
            return _without_tag(data)
        if tag in WEBHOOKS:
            return LIVE if WEBHOOKS[tag] == LIVE else as_model(find(WEBHOOKS[tag]))
        if not _is_event(tag):
            return _with_tag(tag, data)
        self.events += 1
        if self._is_live(tag, data):
            self._note("live", tag)
            return LIVE
        models = TABLES.events.get(tag)
        if models is None:
            return LIVE if self.api == "live" else NEWER.get(self.api or "ga", NEWER["ga"])
        best = self._best_apis(tag, models, data)
        if len(best) == 1 and self.only is None:
            self._note(best[0], tag)
        api = self.api if self.api in best or not tag.startswith("session.") else best[0]
        return models.get(api or best[0], models[best[0]])

    def _is_live(self, tag: str, data: Mapping[str, object]) -> bool:
        """Whether an event is of the Live API: by its tag, or by how it differs from ours."""
        if self.only or self.api == "translation" or not tag.startswith("session."):
            return False
        differs = self.api == "live" or "event_id" not in data or "start_ms" in data
        return bool(re.match(LIVE_TAGS, tag) or (differs and re.match(LIVE_SHARED, tag)))

    def _best_apis(
        self, tag: str, models: Mapping[str, type[Model]], data: Mapping[str, object]
    ) -> list[str]:
        """The APIs to which an event may belong: several, if it tells nothing."""
        apis = list(models)
        if "ga" in apis and "beta" in apis and len(model_shape(models["beta"]).tags["type"]) > 1:
            apis.remove("beta")  # Its servers have a name of their own for this event.
        if self.only or (self.api and not tag.startswith("session.")):
            return apis
        ranks = _evidence(data)
        most = max(ranks[api] for api in apis)
        best = [api for api in apis if ranks[api] == most]
        if self.api or len(best) == 1:
            return best
        unknown = {api: _weigh(models[api], data)[0] for api in best}
        return [api for api in best if unknown[api] == min(unknown.values())]

    def _note(self, api: str, tag: str) -> None:
        """Take note of an event that tells its API."""
        self.telling[api] += 1
        # A session's beginning is a connection's, which speaks one API.
        if tag == "session.created" or self.telling[api] >= self.telling[self.api or api]:
            self.api = api


def events_in(
    value: object, pointer: str = "", depth: int = DEEPEST
) -> Iterator[tuple[str, Mapping[str, object] | Document]]:
    """Find the events that a value holds, as objects or as texts, with their pointers.

    So a record of a log is read. What is in an event belongs to that event. A text that was to be
    an event is given as the document with its problems.
    """
    if isinstance(value, str):
        for found in documents_in(value):
            if found.problems:
                yield pointer, found
            else:
                yield from events_in(found.data, pointer, depth)
    elif is_map(value) and pointer and _is_event(value.get("type")):
        yield pointer, value
    elif depth and is_map(value):
        for name, member in value.items():
            yield from events_in(member, join_pointer(pointer, name), depth - 1)
    elif depth and is_array(value):
        for index, item in enumerate(value):
            yield from events_in(item, f"{pointer}/{index}", depth - 1)


def is_bare(data: object) -> bool:
    """Whether an object has an event's tag, and nothing else of the event, as records of logs."""
    if type(data) is not DICT or "event_id" in data:
        return False
    models = TABLES.events.get(str(data.get("type")), {}).values()
    fields = (model_shape(model).fields for model in models)
    return bool(models) and not any(n != "type" and n in known for known in fields for n in data)


def _is_event(tag: object) -> bool:
    """Whether events have this tag, or tags that are named like it."""
    if not isinstance(tag, str):
        return False
    is_known = tag in TABLES.events or tag in WEBHOOKS
    return is_known or ("." in tag and tag.partition(".")[0] in TABLES.families)


def _with_tag(tag: str, data: Mapping[str, object]) -> type[Model] | None:
    """The model of an object that is no event: it has the tag, and knows most of the object."""
    tagged = [model for model in TABLES.models if tag in model_shape(model).tags.get("type", ())]
    return _best([m for m in tagged if 2 * len(_known(m, data)) > len(data)], data)


@by_shape
def _without_tag(data: Mapping[str, object]) -> type[Model] | None:
    """The model of an object without tag: not one of those that only stand in others."""
    named = TABLES.objects.get(str(data.get("object")), [])
    if not named and not data.keys() - COMMON:
        return None
    documents = [model for model in TABLES.untagged if model.__name__.endswith(DOCUMENTS)]
    whole = [model for model in documents if data.keys() <= model_shape(model).fields.keys()]
    likely = [model for model in whole if _weigh(model, data)[1] < len(data)]
    return _best([*named, *likely], data)


def _best(candidates: Iterable[type[Model]], data: Mapping[str, object]) -> type[Model] | None:
    """The model to which least is unknown, of those whose required fields are there."""
    fitting = [
        model
        for model in candidates
        if matches(model, data)
        and all(n in data for n, field in model_shape(model).fields.items() if field.required)
    ]
    ranks = [_rank(model, data) for model in fitting]
    return fitting[ranks.index(min(ranks))] if ranks else None


@by_shape
def _evidence(data: Mapping[str, object]) -> dict[str, tuple[bool, int, int]]:
    """How much of an event each API knows: of what outweighs all else, of the session, of both."""
    ranks: dict[str, tuple[bool, int, int]] = {}
    for api, model in TABLES.events[str(data["type"])].items():
        known = set(_known_fields(shape_of(model).cases["object"], data))
        sure = sum(is_leaf and pointer.startswith(SURE) for pointer, is_leaf in known)
        flat = sum(pointer.count("/") <= 2 and pointer != "/session/audio" for pointer, _ in known)
        ranks[api] = sure > 0, flat, sure
    return ranks


def _known_fields(
    case: TypeCase, data: Mapping[str, object], pointer: str = ""
) -> Iterator[tuple[str, bool]]:
    """The pointers of the fields that are known in an object, and whether they hold no object."""
    model = select_model(case, data)
    for variant in (model,) if model else case.models:
        for name in _known(variant, data):
            where, value = f"{pointer}/{name}", data[name]
            found = case_for(model_shape(variant).fields[name].shape, value)
            if found and is_map(value):
                yield where, False
                yield from _known_fields(found, value, where)
            elif found and (found.unlisted != "refused" or value in found.values):
                yield where, True


def _rank(model: type[Model], data: Mapping[str, object]) -> tuple[int, ...]:
    """How badly a model fits; among equals, the smallest document is best."""
    return (
        *_weigh(model, data),
        not model.__name__.endswith(DOCUMENTS),
        ("Transcription" in model.__name__) != ("transcription" in str(data.get("object"))),
        len(model_shape(model).fields),
        model.__name__.startswith(APIS["beta"]),
    )


def _known(model: type[Model], data: Mapping[str, object]) -> set[str]:
    return model_shape(model).fields.keys() & data.keys()


def _weigh(model: type[Model], data: Mapping[str, object]) -> tuple[int, int]:
    """How many fields, values and variants a model does not know, or lacks; how many are wrong."""
    _, problems = examine(shape_of(model), data, notices)
    unknown = sum(p.code == "missing" or p.code.startswith("unknown_") for p in problems)
    return unknown, sum(problem.severity == "error" for problem in problems)
