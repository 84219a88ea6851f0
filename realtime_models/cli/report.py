"""What ``check`` prints: problems as they are found, and in the end a summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TextIO

from .._runtime.errors import Problem, printable
from .._runtime.problems import count
from .documents import Document, Documents
from .judge import UNKNOWN
from .locate import lines_of
from .recognise import Recogniser

LINES_SHOWN: Final = 5
"""The lines that are listed of equal notices."""
MOST_NOTICES: Final = 10_000
"""How many unlike notices are kept until the file ends; after so many, each is told at once."""
FILES_SHOWN: Final = 3
API_NAMES: Final = {"ga": "current", "beta": "beta", "translation": "translation"}


@dataclass
class Api:
    """The files that speak an API, and how many of their events tell so."""

    files: list[str] = field(default_factory=list)
    events: int = 0
    telling: int = 0
    """The events that are of this API only."""
    others: int = 0
    """The events that are of another."""


@dataclass
class Tally:
    """What is counted for the summary, of one file or of all."""

    documents: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    lines_without: int = 0
    remarks: list[str] = field(default_factory=list)
    apis: dict[str, Api] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    """Why files could not be read, or not to their ends."""

    def add(self, other: Tally) -> None:
        """Add what was counted of a file."""
        self.documents += other.documents
        self.problems += other.problems
        self.lines_without += other.lines_without
        self.remarks += other.remarks
        self.complaints += other.complaints
        for name, api in other.apis.items():
            sum_ = self.apis.setdefault(name, Api())
            sum_.files += api.files
            sum_.events += api.events
            sum_.telling += api.telling
            sum_.others += api.others


class FileReport:
    """Prints the problems of one file as they are found, and equal notices at its end."""

    def __init__(
        self,
        file: str,
        out: TextIO,
        clear: Callable[[], None],
        *,
        as_json: bool,
        strict: bool,
        each: bool,
    ) -> None:
        self.tally = Tally()
        self._file = file
        self._out = out
        self._clear = clear
        """Takes the bar away, so that a line can be printed."""
        self._as_json = as_json
        self._strict = strict
        self._each = each
        self._notices: dict[tuple[str, Problem], tuple[list[int], list[int]]] = {}
        """For each notice, how often it was found, and the first lines."""

    def add(self, document: Document, type_name: str, problems: list[Problem]) -> None:
        """Take note of a document's type and problems; notices are problems only if strict."""
        self.tally.documents[type_name] += 1
        if not problems:
            return
        told = [problem for problem in problems if problem.severity == "error" or self._strict]
        lines = _lines(document, {problem.pointer for problem in told})
        for problem in told:
            self.tally.problems[type_name] += 1
            line = lines[problem.pointer]
            if (
                problem.severity == "error"
                or self._each
                or not self._kept(type_name, problem, line)
            ):
                self._print([line], 1, type_name, problem)

    def add_file(self, documents: Documents, recogniser: Recogniser) -> None:
        """Take note of what was found of the file as a whole, once it is read."""
        self.tally.lines_without = documents.lines_without
        self.tally.remarks = [f"{self._file}: {remark}" for remark in documents.window.remarks]
        if recogniser.events and not recogniser.only:
            spoken = recogniser.api or "ga"
            telling = recogniser.telling[spoken]
            others = sum(recogniser.telling.values()) - telling
            self.tally.apis[spoken] = Api([self._file], recogniser.events, telling, others)

    def finish(self) -> None:
        """Print the notices."""
        for (type_name, problem), (number, lines) in self._notices.items():
            self._print(lines, number[0], type_name, problem)
        self._notices.clear()

    def _kept(self, type_name: str, problem: Problem, line: int) -> bool:
        """Count a notice, to tell it when the file ends."""
        key = type_name, problem
        if key not in self._notices:
            if len(self._notices) == MOST_NOTICES:
                return False
            self._notices[key] = [0], []
        number, lines = self._notices[key]
        number[0] += 1
        if len(lines) < LINES_SHOWN:
            lines.append(line)
        return True

    def _print(self, lines: list[int], number: int, type_name: str, problem: Problem) -> None:
        self._clear()
        if self._as_json:
            told: dict[str, object] = {"file": self._file, "line": lines[0], "type": type_name}
            told |= {"pointer": problem.pointer, "severity": problem.severity}
            told |= {"code": problem.code, "message": problem.message}
            if number > 1:
                told |= {"count": number, "lines": lines}
            print(json.dumps(told), file=self._out)
            return
        kind = "notice: " if problem.severity == "notice" else ""
        where = f"{printable(problem.pointer)}: " if problem.pointer else ""
        times = ""
        if number > 1:
            more = ", ..." if number > len(lines) else ""
            times = f" ({number} times: lines {', '.join(map(str, lines))}{more})"
        message = f"{where}{kind}{problem.message}{times}"
        print(f"{self._file}:{lines[0]}: {message}", file=self._out)


def print_summary(tally: Tally, *, as_json: bool, strict: bool) -> None:
    """Print what was counted of all files."""
    if as_json:
        types = {
            name: {"documents": tally.documents[name], "problems": tally.problems[name]}
            for name in sorted(tally.documents)
        }
        apis = {
            name: {"files": len(api.files), "events": api.events, "telling": api.telling}
            for name, api in tally.apis.items()
        }
        summary: dict[str, object] = {"types": types, "apis": apis}
        summary |= {"lines_without_json": tally.lines_without, "remarks": tally.remarks}
        print(json.dumps(summary))
        return
    print(_counts(sum(tally.documents.values()), sum(tally.problems.values())))
    for name in sorted(tally.documents):
        print(f"  {name}: {_counts(tally.documents[name], tally.problems[name])}")
    if tally.lines_without:
        print(f"{count(tally.lines_without, 'line')} without JSON")
    for line in [*_api_lines(tally.apis), *tally.remarks]:
        print(line)
    if tally.documents[UNKNOWN] and not strict:
        print(f"{count(tally.documents[UNKNOWN], 'document')} of no known type (see --strict)")


def _counts(documents: int, problems: int) -> str:
    return f"{count(documents, 'document')}, {count(problems, 'problem')}"


def _api_lines(apis: Mapping[str, Api]) -> list[str]:
    """The APIs that the files speak, and how sure that is."""
    lines: list[str] = []
    for name, api in apis.items():
        events = count(api.events, "event")
        sure = f" (by {api.telling} of {events})" if api.telling else f", it seems ({events})"
        if api.others:
            sure = f" (by {api.telling} of {events}; {api.others} are of another)"
        files = ""
        if len(apis) > 1:
            rest = len(api.files) - FILES_SHOWN
            more = f" and {rest} more" if rest > 0 else ""
            files = f" in {', '.join(api.files[:FILES_SHOWN])}{more}"
        lines.append(f"API: {API_NAMES[name]}{files}{sure}")
    return lines


def _lines(document: Document, pointers: set[str]) -> Mapping[str, int]:
    """The lines of the values at pointers into a document."""
    text = document.text if pointers and not document.problems else ""
    if "\n" not in text:
        return dict.fromkeys(pointers, document.line)
    skipped = len(document.pointer)
    inner = lines_of(text, {pointer[skipped:] for pointer in pointers})
    return {pointer: document.line - 1 + inner[pointer[skipped:]] for pointer in pointers}
