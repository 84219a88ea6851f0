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
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, TypeAlias

from .._runtime.base import Model
from .._runtime.json_values import DICT, RawObject, is_array, is_map, json_type
from .._runtime.notices import notices
from .._runtime.problems import join_pointer
from .._runtime.shape import matches, model_shape, shape_of, tag_of
from .._runtime.slow_decoder import examine
from ..catalog import as_model, find, type_names
from ..wire.calls import WebhookRealtimeCallIncoming
from .documents import Document, documents_in

Kind: TypeAlias = type[Model] | str | None
"""The type of an object: its model, the name of a union, or `LIVE`; ``None`` if it is not known."""
Part: TypeAlias = tuple[str, Document, Kind]
"""A document, or an event in one as a document of its own: its place there, and its type."""
APIS: Final = {"ga": "Realtime", "beta": "RealtimeBeta", "translation": "RealtimeTranslation"}
"""How the names of each API's unions begin. The first API is taken if nothing tells another."""
LIVE: Final = "unknown (Live API?)"
"""What events of OpenAI's Live API are taken for, which is not known here."""
LIVE_TAGS: Final = re.compile(
    r"session\.(started$|(commentary|delegation|instructions|thinking|usage)\."
    r"|(?P<shared>closed$|(in|out)put_(audio|transcript)\.delta$))"
)
"""The tags that it alone has, and those of servers that it shares with translations."""
NEWER: Final = {"ga": "RealtimeServerEvent", "beta": "RealtimeBetaServerEvent", "live": LIVE}
"""What an object is taken for whose tag is named like an event's, but is none that we know."""
WEBHOOKS: Final[Mapping[str, Kind]] = {
    "realtime.call.incoming": WebhookRealtimeCallIncoming,
    "live.call.incoming": LIVE,
    "live.transport.incoming": LIVE,
}
"""What is sent to webhooks, by tag: it tells no API of a connection."""

DEEPEST: Final = 6
"""How deep an event is looked for in a record of a log, and places in an object."""
TAGS: Final = {"type", "role"}
"""The fields of which the value tells an object from others, and not only its JSON type."""
AUDIO: Final = "/session/audio"
SURE: Final = ("/session/type", AUDIO)
"""The fields of a session that outweigh all others of an event."""
COMMON: Final = {"id", "metadata", "model", "name", "object"}
"""Fields that many objects have, also such as are not of the API."""
DOCUMENTS: Final = ("Request", "Response")
"""How the names of models end that are sent by themselves, and not only as parts of others."""


class Tables:
    """What objects are looked up in, made when it is first needed."""

    @cached_property
    def events(self) -> Mapping[str, Mapping[str, type[Model]]]:
        """The events by tag and API; of no API, webhooks and how tags begin (``session.``)."""
        found: dict[str, dict[str, type[Model]]] = {}
        for api, prefix in APIS.items():
            for union in (f"{prefix}ServerEvent", f"{prefix}ClientEvent"):
                for model in shape_of(find(union)).cases["object"].models:
                    # The current API has events of translation sessions, too.
                    own = "translation" if model.__name__.startswith(APIS["translation"]) else api
                    for tag in model_shape(model).tags["type"]:
                        found.setdefault(str(tag), {}).setdefault(own, model)
        begins = [tag[: tag.index(".") + 1] for tag in found if "." in tag]
        return {tag: {} for tag in (*WEBHOOKS, *begins)} | found

    @cached_property
    def named(self) -> Mapping[str | None, list[type[Model]]]:
        """The models by tag, or by ``object``; under ``None`` the documents that have no tag."""
        found: dict[str | None, list[type[Model]]] = {None: []}
        for model in filter(None, map(as_model, map(find, type_names()))):
            tags = model_shape(model).tags
            if not tags and model.__name__.endswith(DOCUMENTS):
                found[None].append(model)
            for name in tags.get("type", ()) if tags else objects_of(model):
                found.setdefault(str(name), []).append(model)
        return found


TABLES: Final = Tables()
PLACES: Final[dict[type[Model], frozenset[str]]] = {}
"""The places that models know, when they have been needed."""


class Recogniser:
    """Finds the types of the objects of one file, and the API that most of them belong to."""

    def __init__(self, only: str | None = None, named: str | None = None) -> None:
        self.named: str | None = named
        """The type that all documents were said to have."""
        self.only: str | None = only
        """The API that was said to be spoken."""
        self.api: str | None = only
        """The API that the file has been found to speak."""
        self.events: int = 0
        self.telling: Counter[str] = Counter()
        """The number of events that can be of one API only, or fit one best."""

    def find(self, data: RawObject) -> Kind:
        """Return the type of an object; of an event that is newer than the library, its union."""
        models = models_of(data)
        if models is None:
            return find_document(data)
        tag = str(data["type"])
        if tag in WEBHOOKS:
            return WEBHOOKS[tag]
        self.events += 1
        apis = self._likely(tag, models, data)
        first = apis[0] if apis else "ga"
        if len(apis) == 1 and not self.only:
            self.telling[first] += 1
            # A session's beginning is a connection's, which speaks one API.
            if tag == "session.created" or self.telling[first] >= self.telling[self.api or first]:
                self.api = first
        if first == "live":
            return LIVE
        kinds: Mapping[str, Kind] = models or NEWER
        api = self.api if self.api in (apis or kinds) or not tag.startswith("session.") else first
        return kinds.get(api or first, kinds[first])

    def read(self, document: Document) -> list[Part]:
        """Return a document with its type, or the events in it with their places and types.

        It is a record of those if its type is not known, or no more of it than an event's tag.
        """
        data, kind = document.data, None
        if self.named:
            return [("", document, self.named)]
        if type(data) is DICT:
            kind = self.find(data)
            is_whole = "event_id" in data or kind == LIVE
            if kind and not is_whole and not isinstance(kind, str):
                is_whole = data.keys() & kind._known != {"type"}
            if kind and is_whole:
                return [("", document, kind)]
        return [*self._events(document, data, "", DEEPEST)] or [("", document, kind)]

    def _events(self, document: Document, value: object, place: str, depth: int) -> Iterator[Part]:
        """Find the events in a value of a record, also in texts, and what breaks texts."""
        if isinstance(value, str):
            for found in documents_in(value):
                if found.problems:
                    yield place, document._replace(data=None, problems=found.problems), None
                else:
                    yield from self._events(document, found.data, place, depth)
        elif is_map(value) and place and models_of(value) is not None:
            yield place, document._replace(data=value), self.find(value)  # With all that is in it.
        elif depth and (is_map(value) or is_array(value)):
            for name, member in value.items() if is_map(value) else enumerate(value):
                inner = join_pointer(place, str(name))
                yield from self._events(document, member, inner, depth - 1)

    def _likely(self, tag: str, models: Mapping[str, type[Model]], data: RawObject) -> list[str]:
        """Return the APIs to which an event may belong: several, if it tells nothing."""
        live = None if self.only or self.api == "translation" else LIVE_TAGS.match(tag)
        is_like_live = self.api == "live" or "event_id" not in data or "start_ms" in data
        if live and (is_like_live or not live["shared"]):
            return ["live"]
        apis = list(models)
        if "ga" in apis and "beta" in apis and len(model_shape(models["beta"]).tags["type"]) > 1:
            apis.remove("beta")  # Its servers have a name of their own for this event.
        if len(apis) < 2 or self.only or (self.api and not tag.startswith("session.")):
            return apis
        found = set(places_in(data))
        known = {api: how_known(models[api], found) for api in apis}
        best = [api for api in apis if known[api] == max(known.values())]
        if len(best) == 1 or self.api:
            return best
        unknown: dict[str, int] = {}
        for api in best:
            codes = [p.code for p in examine(shape_of(models[api]), data, notices)[1]]
            unknown[api] = sum(code == "missing" or code[:8] == "unknown_" for code in codes)
        return [api for api in best if unknown[api] == min(unknown.values())]


def models_of(data: RawObject) -> Mapping[str, type[Model]] | None:
    """Return the models of an event by API, none of a newer one; ``None`` for other objects."""
    tag = tag_of(data, "type") or ""
    return TABLES.events.get(tag, TABLES.events.get(tag[: tag.find(".") + 1]))


def find_document(data: RawObject) -> type[Model] | None:
    """Return the model of an object that is no event: of those that it may be, the most like it.

    It knows most of an object that has its tag, and all of one that has none; and not all is wrong.
    """
    tag, name = tag_of(data, "type"), data.get("object")
    likely = [*TABLES.named.get(str(name) if tag is None else tag, [])]
    if tag is not None:
        likely = [model for model in likely if 2 * len(model._known & data.keys()) > len(data)]
    elif likely or data.keys() - COMMON:
        whole = [m for m in TABLES.named[None] if data.keys() <= m._known]
        likely += [m for m in whole if name is None or not objects_of(m)]
    found = set(places_in(data)) if likely else set[str]()
    ranks = {
        model: (
            *how_known(model, found),
            model.__name__.endswith(DOCUMENTS),
            ("Transcription" in model.__name__) == ("transcription" in str(name)),
            -len(model._known),
        )
        for model in likely
        if matches(model, data)
        and all(n in data for n, field in model_shape(model).fields.items() if field.required)
    }
    best = max(ranks, key=ranks.__getitem__, default=None)
    problems = best.from_dict(data, invalid="keep").problems if best else ()
    wrong = {f"{problem.pointer}/".split("/")[1] for problem in problems}
    return best if data.keys() - wrong else None


def objects_of(model: type[Model]) -> tuple[str | int, ...]:
    """Return the values that are listed for the field ``object`` of a model."""
    field = model_shape(model).fields.get("object")
    return field.shape.cases["string"].values if field else ()


def places_in(data: RawObject, pointer: str = "") -> Iterator[str]:
    """Find what tells an object from others: the places of types, and of tags' values."""
    for name, value in data.items():
        where = f"{pointer}/{name}"
        yield f"{where}:{value if name in TAGS else json_type(value)}"
        if type(value) is DICT and where.count("/") < DEEPEST:
            yield from places_in(value, where)


def places_of(models: Iterable[type[Model]], pointer: str = "") -> Iterator[str]:
    """Find the same of all objects of these models; where audio is, only what is in it."""
    for model in models:
        for name, field in model_shape(model).fields.items():
            where = f"{pointer}/{name}"
            for kind, inner in field.shape.cases.items():
                yield from places_of(inner.models, where)
                if name in TAGS and inner.values:
                    yield from [f"{where}:{value}" for value in inner.values]
                elif kind != "object" or not where.startswith(AUDIO):
                    yield f"{where}:{kind}"
                if kind == "number":
                    yield f"{where}:integer"


def how_known(model: type[Model], found: set[str]) -> tuple[bool, int, int]:
    """Return how much of an object a model knows, and first if that outweighs all else."""
    if model not in PLACES:
        PLACES[model] = frozenset(places_of([model]))
    known = found & PLACES[model]
    audio = sum(place.startswith(AUDIO) for place in known)
    return any(place.startswith(SURE) for place in known), len(known) - audio, audio
