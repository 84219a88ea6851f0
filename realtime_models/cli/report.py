"""What ``check`` prints: problems as they are found, and in the end a summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from .._runtime.errors import Problem, printable
from .._runtime.problems import count
from .documents import Document
from .judge import UNKNOWN
from .locate import lines_of
from .options import Options
from .recognise import LIVE, Recogniser

LINES_SHOWN: Final = 5
"""The lines that are listed of equal notices."""
MOST_NOTICES: Final = 10_000
"""How many unlike notices are kept until the file ends; after so many, each is told at once."""
FILES_SHOWN: Final = 3
API_NAMES: Final = {"ga": "current", "beta": "beta", "translation": "translation", "live": LIVE}


@dataclass
class Told:
    """A problem, or the first of equal notices, and how many there are."""

    type_name: str
    problem: Problem
    lines: list[int] = field(default_factory=list[int])
    """The first lines."""
    number: int = 0

    def add(self, line: int) -> None:
        """Take note of one more."""
        self.number += 1
        if len(self.lines) < LINES_SHOWN:
            self.lines.append(line)


class Report:
    """Prints the problems of files, equal notices at the end of each file, and a summary."""

    def __init__(self, options: Options, clear: Callable[[], None]) -> None:
        self.documents: Counter[str] = Counter()
        """The documents of each type."""
        self.problems: Counter[str] = Counter()
        self._options = options
        self._clear = clear
        """Takes the bar away, so that a line can be printed."""
        self._lines_without = 0
        self._remarks: list[str] = []
        self._files: dict[str, list[str]] = {}
        """The files that speak an API."""
        self._events: dict[str, Counter[str]] = {}
        """How many they are, their events, those of these that tell the API, and another."""
        self._notices: dict[tuple[str, Problem], Told] = {}
        """Those of the file that is read."""

    def add(self, file: str, document: Document, name: str, problems: list[Problem]) -> None:
        """Take note of a document's type and problems; notices are problems only if strict."""
        self.documents[name] += 1
        if not self._options.strict:
            problems = [problem for problem in problems if problem.severity == "error"]
        lines = _lines(document, problems) if problems else dict[str, int]()
        for problem in problems:
            self.problems[name] += 1
            pointer = document.pointer + problem.pointer
            told = Told(name, problem._replace(pointer=pointer))
            key, is_kept = (name, problem), problem.severity == "notice" and not self._options.all
            if is_kept and (key in self._notices or len(self._notices) < MOST_NOTICES):
                self._notices.setdefault(key, told).add(lines[problem.pointer])
            else:
                told.add(lines[problem.pointer])
                self._print(file, told)

    def end(self, file: str, without: int, remarks: list[str], recogniser: Recogniser) -> None:
        """Print the notices that were kept, and take note of the file as a whole."""
        for told in self._notices.values():
            self._print(file, told)
        self._notices.clear()
        self._lines_without += without
        self._remarks += [f"{file}: {remark}" for remark in remarks]
        if recogniser.events and not recogniser.only:
            api = recogniser.api or "ga"
            self._files.setdefault(api, []).append(file)
            events = self._events.setdefault(api, Counter())
            others = recogniser.telling.total() - recogniser.telling[api]
            events.update(files=1, events=recogniser.events)
            events.update(telling=recogniser.telling[api], others=others)

    def _print(self, file: str, told: Told) -> None:
        self._clear()
        problem, lines, number = told.problem, told.lines, told.number
        if self._options.format == "json":
            shown: dict[str, object] = {"file": file, "line": lines[0], "type": told.type_name}
            shown |= problem._asdict()
            shown |= {"count": number, "lines": lines} if number > 1 else {}
            print(json.dumps(shown))
            return
        kind = "notice: " if problem.severity == "notice" else ""
        where = f"{printable(problem.pointer)}: " if problem.pointer else ""
        more = ", ..." if number > len(lines) else ""
        times = f" ({number} times: lines {', '.join(map(str, lines))}{more})"
        message = f"{where}{kind}{problem.message}{times if number > 1 else ''}"
        print(f"{file}:{lines[0]}: {message}")

    def print_summary(self) -> None:
        """Print what was counted of all files."""
        if self._options.format == "json":
            print(json.dumps(self._summary()))
            return
        print(_counts(self.documents.total(), self.problems.total()))
        for name in sorted(self.documents):
            print(f"  {name}: {_counts(self.documents[name], self.problems[name])}")
        if self._lines_without:
            print(f"{count(self._lines_without, 'line')} without JSON")
        for line in [*self._api_lines(), *self._remarks]:
            print(line)
        if self.documents[UNKNOWN] and not self._options.strict:
            print(f"{count(self.documents[UNKNOWN], 'document')} of no known type (see --strict)")

    def _summary(self) -> dict[str, object]:
        types = {
            name: {"documents": self.documents[name], "problems": self.problems[name]}
            for name in sorted(self.documents)
        }
        apis = {
            api: {key: events[key] for key in ("files", "events", "telling")}
            for api, events in self._events.items()
        }
        found: dict[str, object] = {"types": types, "apis": apis}
        return found | {"lines_without_json": self._lines_without, "remarks": self._remarks}

    def _api_lines(self) -> Iterator[str]:
        """The APIs that the files speak, and how sure that is."""
        for api, events in self._events.items():
            files, telling, others = self._files[api], events["telling"], events["others"]
            exist = f"{count(events['events'], 'event')} exist{'s' * (telling == 1)} only there"
            mixed = f", {others} only in another" if others else ""
            sure = f" ({telling} of {exist}{mixed})" if telling else ", it seems"
            more = f" and {len(files) - FILES_SHOWN} more" if len(files) > FILES_SHOWN else ""
            where = f" in {', '.join(files[:FILES_SHOWN])}{more}" if len(self._files) > 1 else ""
            yield f"API: {API_NAMES[api]}{where}{sure}"


def _counts(documents: int, problems: int) -> str:
    return f"{count(documents, 'document')}, {count(problems, 'problem')}"


def _lines(document: Document, problems: list[Problem]) -> Mapping[str, int]:
    """The lines of the values at which a document has problems, by their pointers."""
    pointers = {problem.pointer for problem in problems}
    if "\n" not in document.text:
        return dict.fromkeys(pointers, document.line)
    lines = lines_of(document.text, pointers)
    return {pointer: document.line - 1 + line for pointer, line in lines.items()}
