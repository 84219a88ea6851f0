"""Says of each document what type it is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from .._runtime.base import Base
from .._runtime.errors import DecodeError, Problem
from .._runtime.json_values import is_map
from .._runtime.problems import no_stack
from ..dynamic import check, from_wire
from .documents import Document
from .options import Options
from .recognise import Recogniser, events_in

UNKNOWN: Final = "(unknown type)"
NOT_JSON: Final = "(not JSON)"
NO_TYPE: Final = Problem(
    "", "notice", "unknown_type", "expected an object of a known type, found none (see --as)"
)

AHEAD: Final = 100
AHEAD_SIZE: Final = 1 << 20
"""How many documents, and characters, are read at most before the first must have a type."""

Result = tuple[str, list[Problem]]
"""The name of a type, and the problems of a value of it."""


class Judge:
    """Judges the documents of one file, by a type that was named or those it finds."""

    def __init__(self, options: Options) -> None:
        self.recogniser: Recogniser = Recogniser(options.api)
        self._type_name = options.type_name
        self._strict = options.strict

    def results(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, str, list[Problem]]]:
        """Judge documents: one that holds events has a result for each."""
        if not self._type_name and self.recogniser.api is None:
            documents = self._looked_ahead(iter(documents))
        for document in documents:
            for name, problems in self._results(document):
                yield document, name, problems

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
                scout.find(event)
        self.recogniser.api = scout.api
        return chain(first, documents)

    def _results(self, document: Document) -> list[Result]:
        if document.problems:
            return [(NOT_JSON, list(document.problems))]
        data = document.data
        if self._type_name:
            results = [(self._type_name, self._problems(self._type_name, data, self._strict))]
        else:
            results = self._found(data)
        results[0][1].extend(document.notices)
        return results

    def _found(self, data: object) -> list[Result]:
        """The result of a value; of the events that it holds, if it is only their record."""
        name, problems = self._found_one(data)
        if not problems:
            return [(name, problems)]
        held = events_in(data) if any(map(_may_be_record, problems)) else ()
        inner = [(pointer, self._found_one(event)) for pointer, event in held]
        return [
            (held_name, [p._replace(pointer=pointer + p.pointer) for p in held_problems])
            for pointer, (held_name, held_problems) in inner or [("", (name, problems))]
        ]

    def _found_one(self, data: object) -> Result:
        kind = self.recogniser.find(data) if is_map(data) else None
        if kind is None:
            return UNKNOWN, [NO_TYPE]
        if isinstance(kind, str):  # That it is newer stands in a notice.
            return kind, self._problems(kind, data, True)
        return kind.__name__, self._problems(kind, data, self._strict)

    def _problems(self, kind: type[Base] | str, data: object, notices: bool) -> list[Problem]:
        """What is wrong with a value: what its reader says, unless notices are wanted."""
        try:
            if notices:
                return check(kind, data)
            if is_map(data) and not isinstance(kind, str):
                kind.from_dict(data)
            else:
                from_wire(kind, data)
        except RecursionError:
            return [no_stack()]
        except DecodeError as error:
            return list(error.problems)
        return []


def _may_be_record(problem: Problem) -> bool:
    """Whether a problem says that an object is no event that is known, or lacks what it has."""
    if problem.code == "missing":
        return problem.pointer.count("/") == 1
    return not problem.pointer and problem.code in ("unknown_type", "unknown_variant")
