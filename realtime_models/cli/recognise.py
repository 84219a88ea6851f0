"""The type of a JSON object, found from the object and from those before it in the file.

An event is found by its tag. Where several APIs have an event of that tag, the API that the file
speaks decides; as long as nothing has told which that is, the one to which least is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from .._runtime.base import Base
from .._runtime.checker import find_problems, join_pointer
from .._runtime.json_values import is_array, is_map
from .._runtime.notices import notices
from .._runtime.shape import matches, model_shape, shape_of
from ..catalog import as_model, find, type_names
from .documents import Document, documents_in

APIS: Final = {"ga": "Realtime", "beta": "RealtimeBeta", "translation": "RealtimeTranslation"}
"""How the names of each API's unions begin. The first API is taken if nothing tells another."""
SIDES: Final = ("ServerEvent", "ClientEvent")
NEWER: Final = {"ga": "RealtimeServerEvent", "beta": "RealtimeBetaServerEvent"}
"""What an object is taken for whose tag is named like an event's, but is none that we know."""

DEEPEST: Final = 6
"""How deep in a record of a log an event is looked for."""
COMMON: Final = {"id", "metadata", "model", "name", "object"}
"""Fields that many objects have, also such as are not of the API."""
DOCUMENTS: Final = ("Request", "Response")
"""How the names of models end that are sent by themselves, and not only as parts of others."""


class Tables:
    """What objects are looked up in, made when it is first needed."""

    @cached_property
    def events(self) -> Mapping[str, Mapping[str, type[Base]]]:
        """The events by tag and API."""
        found: dict[str, dict[str, type[Base]]] = {}
        unions = [(api, prefix + end) for api, prefix in APIS.items() for end in SIDES]
        for api, union in unions:
            for model in shape_of(find(union)).cases["object"].models:
                # The current API has events of translation sessions, too.
                own = "translation" if model.__name__.startswith(APIS["translation"]) else api
                for tag in model_shape(model).tags["type"]:
                    found.setdefault(str(tag), {}).setdefault(own, model)
        for by_api in found.values():
            # Servers of the beta have names of their own for what the current API has renamed.
            beta = by_api.get("beta") if "ga" in by_api else None
            if beta and len(model_shape(beta).tags["type"]) > 1:
                del by_api["beta"]
        return found

    @cached_property
    def alike(self) -> set[str]:
        """The tags of events that are the same in all APIs that have them."""
        shapes = {tag: [*map(model_shape, found.values())] for tag, found in self.events.items()}
        return {tag for tag, (first, *rest) in shapes.items() if rest.count(first) == len(rest)}

    @cached_property
    def families(self) -> frozenset[str]:
        """What tags of events begin with: ``session`` of ``session.created``."""
        return frozenset(tag.partition(".")[0] for tag in self.events if "." in tag)

    @cached_property
    def models(self) -> list[type[Base]]:
        return [model for model in map(as_model, map(find, type_names())) if model]

    @cached_property
    def untagged(self) -> list[type[Base]]:
        return [model for model in self.models if not model_shape(model).tags]


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

    def find(self, data: Mapping[str, object]) -> type[Base] | str | None:
        """Return the model of an object, the union of a newer event, or ``None``."""
        tag = data.get("type")
        if type(tag) is not str:
            return _without_tag(data)
        if not _is_event(tag):
            return _with_tag(tag, data)
        self.events += 1
        models = TABLES.events.get(tag)
        if models is None:
            return NEWER.get(self.api or "ga", NEWER["ga"])
        best = self._best_apis(tag, models, data)
        if len(best) == 1 and self.only is None:
            self._note(best[0], tag)
        return models[self.api if self.api in best else best[0]]

    def _best_apis(
        self, tag: str, models: Mapping[str, type[Base]], data: Mapping[str, object]
    ) -> list[str]:
        """The APIs to which an event may belong: several, if it tells nothing."""
        if self.only or (self.api and not tag.startswith("session.")) or tag in TABLES.alike:
            return list(models)
        unknown = {api: _weigh(model, data)[0] for api, model in models.items()}
        return [api for api in models if unknown[api] == min(unknown.values())]

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


def _is_event(tag: object) -> bool:
    """Whether events have this tag, or tags that are named like it."""
    if not isinstance(tag, str):
        return False
    return tag in TABLES.events or ("." in tag and tag.partition(".")[0] in TABLES.families)


def _with_tag(tag: str, data: Mapping[str, object]) -> type[Base] | None:
    """The model of an object that is no event: it has the tag, and knows most of the object."""
    tagged = [model for model in TABLES.models if tag in model_shape(model).tags.get("type", ())]
    return _best([m for m in tagged if 2 * len(_known(m, data)) > len(data)], data)


def _without_tag(data: Mapping[str, object]) -> type[Base] | None:
    """The model of an object without tag: not one of those that only stand in others."""
    kind = data.get("object")
    named = [model for model in TABLES.untagged if kind and kind in _object_names(model)]
    if not named and not data.keys() - COMMON:
        return None
    documents = [model for model in TABLES.untagged if model.__name__.endswith(DOCUMENTS)]
    whole = [model for model in documents if len(_known(model, data)) == len(data)]
    return _best([*named, *whole], data)


def _object_names(model: type[Base]) -> tuple[str | int, ...]:
    """The values that are listed for a model's ``object``."""
    field = model_shape(model).fields.get("object")
    case = field.shape.cases.get("string") if field else None
    return case.values if case else ()


def _best(candidates: Iterable[type[Base]], data: Mapping[str, object]) -> type[Base] | None:
    """The model to which least is unknown, of those whose required fields are there."""
    fitting = [model for model in candidates if _fits(model, data)]
    ranks = [_rank(model, data) for model in fitting]
    return fitting[ranks.index(min(ranks))] if ranks else None


def _fits(model: type[Base], data: Mapping[str, object]) -> bool:
    fields = model_shape(model).fields.items()
    return matches(model, data) and all(name in data for name, field in fields if field.required)


def _rank(model: type[Base], data: Mapping[str, object]) -> tuple[int, ...]:
    """How badly a model fits; among equals, the smallest document is best."""
    return (
        *_weigh(model, data),
        not model.__name__.endswith(DOCUMENTS),
        ("Transcription" in model.__name__) != ("transcription" in str(data.get("object"))),
        len(model_shape(model).fields),
        model.__name__.startswith(APIS["beta"]),
    )


def _known(model: type[Base], data: Mapping[str, object]) -> set[str]:
    return model_shape(model).fields.keys() & data.keys()


def _weigh(model: type[Base], data: Mapping[str, object]) -> tuple[int, int]:
    """How many fields, values and variants a model does not know, or lacks; how many are wrong."""
    try:
        problems = find_problems(shape_of(model), data, notices)
    except RecursionError:
        return 0, 0
    unknown = sum(p.code == "missing" or p.code.startswith("unknown_") for p in problems)
    return unknown, sum(problem.severity == "error" for problem in problems)
