"""Says of each document what type it is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from .._runtime.errors import DecodeError, Problem
from .._runtime.json_values import is_map
from ..dynamic import check, from_wire
from .documents import Document, shortened_audio
from .options import Options
from .recognise import LIVE, NEWER, Recogniser, events_in, is_bare

UNKNOWN: Final = "(unknown type)"
UNSURE: Final = {UNKNOWN, *NEWER.values()}
"""Names of documents that may be records, with events in them."""
NOT_JSON: Final = "(not JSON)"
SHORTENED: Final = "(shortened)"
SEVERAL: Final = "(several types)"
NO_TYPE: Final = Problem(
    "", "notice", "unknown_type", "expected an object of a known type, found none (see --as)"
)
NO_API: Final = NO_TYPE._replace(
    message="expected an event of the Realtime API, found one that may be of the Live API"
)

AHEAD: Final = 100
AHEAD_SIZE: Final = 1 << 20
"""How many documents, and characters, are read at most before the first must have a type."""


class Validator:
    """Validate the documents of one file, by a type that was named or those it finds."""

    def __init__(self, options: Options) -> None:
        self.recogniser: Recogniser = Recogniser(options.api)
        self._type_name = options.type_name
        self._strict = options.strict

    def results(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, str, list[Problem]]]:
        """The types and problems of documents: of the events in one that is only their record."""
        if not self._type_name and self.recogniser.api is None:
            documents = self._looked_ahead(iter(documents))
        for document in documents:
            if document.problems:
                yield document, _name_of(document), [*document.problems]
                continue
            name, problems = self._judged(document)
            if self._type_name or (name not in UNSURE and not is_bare(document.data)):
                yield document, name, [*problems, *document.notices]
                continue
            parts = [
                (where, _name_of(event), [*event.problems])
                if isinstance(event, Document)
                else (where, *self._judged(Document(document.line, event)))
                for where, event in events_in(document.data)
            ]
            notices = document.notices
            for where, part, found in parts or [("", name, problems)]:
                moved = [problem._replace(pointer=where + problem.pointer) for problem in found]
                yield document, part, [*moved, *notices]
                notices = ()

    def _looked_ahead(self, documents: Iterator[Document]) -> Iterator[Document]:
        """The same documents; by the first of them the API is found that all are taken for."""
        scout = Recogniser()
        first: list[Document] = []
        size = 0
        while not scout.api and len(first) < AHEAD and size <= AHEAD_SIZE:
            document = next(documents, None)
            if document is None:
                break
            first.append(document)
            size += len(document.text)
            for _, event in events_in([document.data]):
                if is_map(event):
                    scout.find(event)
        self.recogniser.api = scout.api
        return chain(first, documents)

    def _judged(self, document: Document) -> tuple[str, list[Problem]]:
        """The type of a value, and what is wrong with it: what its reader says, unless strict."""
        data = document.data
        short = [*shortened_audio(data, document.text)]
        found = self.recogniser.find(data) if is_map(data) and not self._type_name else None
        kind = self._type_name or found
        if kind is None:
            return UNKNOWN, [NO_TYPE, *short]
        if kind == LIVE:
            return LIVE, [NO_API, *short]
        name = kind if isinstance(kind, str) else kind.__name__
        try:
            if self._strict or isinstance(found, str):  # That it is newer stands in a notice.
                return name, [*check(kind, data), *short]
            if isinstance(kind, str) or not is_map(data):
                from_wire(kind, data)
            else:
                kind.from_dict(data)
        except DecodeError as error:
            return name, [*error.problems, *short]
        return name, short


def _name_of(document: Document) -> str:
    """What a document is counted as that has no data."""
    return SHORTENED if document.problems[0].severity == "notice" else NOT_JSON
