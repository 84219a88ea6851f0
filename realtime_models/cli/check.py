"""The command ``check``: is this JSON what the API describes?

Equal problems of a file are printed as one line when it has been read; with ``--all``, each is
printed as it is found. In the end there is a summary of all files.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from .._runtime.errors import Problem, printable
from .._runtime.problems import count
from .documents import Document, Documents
from .judge import SEVERAL, UNKNOWN, Validator
from .locate import lines_of
from .options import Options
from .recognise import LIVE, Recogniser
from .source import Progress, Source

LINES_SHOWN: Final = 5
"""The lines that are listed of equal problems."""
MOST_GROUPS: Final = 100
"""How many unlike problems of a file are told apart; further ones only by their codes."""
FILES_SHOWN: Final = 3
API_NAMES: Final = {"ga": "current", "beta": "beta", "translation": "translation", "live": LIVE}
INDEX: Final = re.compile(r"/\d+(?=/|\Z)")
NUMBER: Final = re.compile(r"(?<=line )\d+|(?<=column )\d+|(?<=found )-?[\d.]+\Z")
"""What may differ in pointers, and in messages, of problems that are equal."""


def run(options: Options) -> int:
    """Check the files and return the exit status."""
    progress = Progress(options.files)
    report = Report(options, progress)
    unread = [file for file in options.files if not check_file(file, options, report, progress)]
    progress.clear()
    report.print_summary()
    return 2 if unread else 1 if report.problems.total() else 0


def check_file(file: str, options: Options, report: Report, progress: Progress) -> bool:
    """Print the problems of a file, or why it cannot be read; return whether it was read."""
    source = Source(file, progress)
    documents = Documents(source, options)
    validator = Validator(options)
    complaint = "no JSON object was found in it"
    try:
        for document, name, problems in validator.results(documents):
            complaint = ""
            report.add(file, document, name, problems)
    finally:  # What was found before an interruption is told, too.
        report.end(file, documents.lines_without, source.remarks, validator.recogniser)
    complaint = source.complaint or complaint
    if complaint:
        progress.clear()
        print(f"{file}: {complaint}", file=sys.stderr)
    return not complaint


@dataclass
class ProblemGroup:
    """A problem, or equal problems, and on which lines they are."""

    type_name: str
    problem: Problem
    lines: list[int] = field(default_factory=list[int])
    """The first lines."""
    number: int = 0

    def add(self, line: int, problem: Problem) -> None:
        """Take note of one more; what differs from the others is not shown."""
        self.number += 1
        if len(self.lines) < LINES_SHOWN:
            self.lines.append(line)
        if self.number > 1 and problem != self.problem:
            self.problem = _without_numbers(problem)


class Report:
    """Print the problems of files, equal ones once, and a summary."""

    def __init__(self, options: Options, progress: Progress) -> None:
        self.documents: Counter[str] = Counter()
        """The documents of each type."""
        self.problems: Counter[str] = Counter()
        self._options = options
        self._progress = progress
        self._lines_without = 0
        self._remarks: list[str] = []
        self._files: dict[str, list[str]] = {}
        """The files that speak an API."""
        self._events: dict[str, Counter[str]] = {}
        """How many they are, their events, those of these that tell the API, and another."""
        self._groups: dict[tuple[str, Problem], ProblemGroup] = {}
        """The problems of the file that is read."""

    def add(self, file: str, document: Document, name: str, problems: list[Problem]) -> None:
        """Take note of a document's type and problems; notices are problems only if strict."""
        self.documents[name] += 1
        if problems and not self._options.strict:
            problems = [p for p in problems if p.severity == "error" or p.code == "shortened"]
        lines = _lines(document, problems) if problems else dict[str, int]()
        for problem in problems:
            self.problems[name] += self._options.strict or problem.severity == "error"
            moved = problem._replace(pointer=document.pointer + problem.pointer)
            line = lines[problem.pointer]
            if self._options.all:
                self._print(file, ProblemGroup(name, moved, [line], 1))
                continue
            key = name, _without_numbers(moved)
            if key not in self._groups and len(self._groups) >= MOST_GROUPS:
                message = f"other problems of the code {moved.code} (see --all)"
                moved = moved._replace(pointer="", message=message)
                key = SEVERAL, moved
            self._groups.setdefault(key, ProblemGroup(key[0], moved)).add(line, moved)

    def end(self, file: str, without: int, remarks: list[str], recogniser: Recogniser) -> None:
        """Print the problems that were kept, and take note of the file as a whole."""
        for group in self._groups.values():
            self._print(file, group)
        self._groups.clear()
        self._lines_without += without
        self._remarks += [f"{file}: {remark}" for remark in remarks]
        if recogniser.events and not recogniser.only:
            api = recogniser.api or "ga"
            self._files.setdefault(api, []).append(file)
            events = self._events.setdefault(api, Counter())
            others = recogniser.telling.total() - recogniser.telling[api]
            events.update(files=1, events=recogniser.events)
            events.update(telling=recogniser.telling[api], others=others)

    def _print(self, file: str, group: ProblemGroup) -> None:
        self._progress.clear()
        problem, lines, number = group.problem, group.lines, group.number
        if self._options.format == "json":
            shown: dict[str, object] = {"file": file, "line": lines[0], "type": group.type_name}
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
        """Name the APIs that the files speak, and say how sure that is."""
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
    """Return the lines of the values at which a document has problems, by their pointers."""
    pointers = {problem.pointer for problem in problems}
    if "\n" not in document.text:
        return dict.fromkeys(pointers, document.line)
    lines = lines_of(document.text, pointers)
    return {pointer: document.line - 1 + line for pointer, line in lines.items()}


def _without_numbers(problem: Problem) -> Problem:
    """Return what a problem has in common with those that are equal but for a number."""
    pointer = INDEX.sub("/*", problem.pointer)
    return problem._replace(pointer=pointer, message=NUMBER.sub("*", problem.message))
