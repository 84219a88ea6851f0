"""The command ``check``: is this JSON what the API describes?

Each document, or each event in one that is a record of a log, has a type and problems. Equal
problems of a file are printed as one line when it has been read; with ``--all``, each is printed
as it is found. In the end there is a summary of all files.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from .._runtime.errors import DecodeError, Problem
from .._runtime.json_values import is_map
from .._runtime.problems import count
from ..dynamic import check, from_wire
from .documents import Document, Documents, shortened_audio
from .locate import lines_of, repeated
from .options import Options
from .recognise import LIVE, NEWER, Kind, Recogniser
from .source import Progress, Source

UNKNOWN: Final = "(unknown type)"
NOT_JSON: Final = "(not JSON)"
SHORTENED: Final = "(shortened)"
SEVERAL: Final = "(several types)"
NO_TYPE: Final = Problem(
    "", "notice", "unknown_type", "expected an object of a known type, found none (see --as)"
)
NO_API: Final = NO_TYPE._replace(
    message="expected an event of the Realtime API, found one that may be of the Live API"
)
API_NAMES: Final = {"ga": "current", "live": LIVE}
"""What the summary calls the APIs, but for those that it calls as the option does."""

AHEAD: Final = 100
AHEAD_SIZE: Final = 1 << 20
"""How many documents, and characters, are read at most before the first must have a type."""
LINES_SHOWN: Final = 5
"""The lines that are listed of equal problems."""
MOST_GROUPS: Final = 100
"""How many unlike problems of a file are told apart; further ones only by their codes."""
FILES_SHOWN: Final = 3
INDEX: Final = re.compile(r"/\d+(?=/|\Z)")
NUMBER: Final = re.compile(r"(?<=line )\d+|(?<=column )\d+|(?<=found )-?[\d.]+\Z")
"""What may differ in pointers, and in messages, of problems that are equal."""


def run(options: Options) -> int:
    """Check the files and return the exit status."""
    report = Report(options)
    unread = [file for file in options.files if not check_file(file, options, report)]
    report.print_summary()
    return 2 if unread else int(any(counts["problems"] for counts in report.types.values()))


def check_file(file: str, options: Options, report: Report) -> bool:
    """Print the problems of a file, or why it cannot be read; return whether it was read."""
    source = Source(file, report.progress)
    documents = Documents(source, options)
    recogniser = Recogniser(options.api, options.type_name)
    is_empty = True
    try:
        for document in looked_ahead(documents, recogniser):
            is_empty = False
            notices = [*repeated(document.text)] if options.strict else []
            for place, part, kind in recogniser.read(document):
                name, problems = judge(part, kind, options)
                moved = [p._replace(pointer=place + p.pointer) for p in problems]
                report.add(file, document, name, [*moved, *notices])
                notices = []
    finally:  # What was found before an interruption is told, too.
        report.end(file, documents.lines_without, source.remarks, recogniser)
    return source.was_read(is_empty)


def looked_ahead(documents: Documents, recogniser: Recogniser) -> Iterable[Document]:
    """Return the same documents; by the first of them the API is found that all are taken for."""
    waiting, first, size = iter(documents), list[Document](), 0
    scout = Recogniser(recogniser.only, recogniser.named)
    for document in waiting:
        first.append(document)
        size += len(document.text)
        scout.read(document)
        if scout.api or scout.named or len(first) == AHEAD or size > AHEAD_SIZE:
            break
    recogniser.api = scout.api
    return chain(first, waiting)


def judge(document: Document, kind: Kind, options: Options) -> tuple[str, list[Problem]]:
    """Return the name of a document's type, and what its reader finds wrong, or more if strict."""
    if document.problems:
        is_notice = document.problems[0].severity == "notice"
        return SHORTENED if is_notice else NOT_JSON, [*document.problems]
    data = document.data
    short = [*shortened_audio(data, document.text)]
    if kind is None or kind == LIVE:
        return (LIVE, [NO_API, *short]) if kind else (UNKNOWN, [NO_TYPE, *short])
    name = kind if isinstance(kind, str) else kind.__name__
    if options.strict or kind in NEWER.values():  # That it is newer stands in a notice.
        return name, [*check(kind, data), *short]
    try:
        if isinstance(kind, str) or not is_map(data):
            from_wire(kind, data)
        else:  # The same, but faster.
            kind.from_dict(data)
    except DecodeError as error:
        return name, [*error.problems, *short]
    return name, short


@dataclass
class ProblemGroup:
    """A problem, or what equal problems have in common, and on which lines they are."""

    problem: Problem
    lines: list[int] = field(default_factory=list[int])
    """The first lines."""
    number: int = 0


class Report:
    """Print the problems of files, equal ones once, and a summary."""

    def __init__(self, options: Options) -> None:
        self.progress: Progress = Progress(options.files)
        self.types: dict[str, dict[str, int]] = {}
        """How many documents and problems there are of each type."""
        self._options = options
        self._lines_without = 0
        self._remarks: list[str] = []
        self._apis: dict[str, tuple[list[str], Counter[str]]] = {}
        """The files that speak an API, and the numbers of their events, and of those that tell."""
        self._groups: dict[tuple[str, Problem], ProblemGroup] = {}
        """The problems of the file that is read, by the types of documents."""

    def add(self, file: str, document: Document, name: str, problems: list[Problem]) -> None:
        """Take note of a document's type and problems; notices are problems only if strict."""
        counts = self.types.setdefault(name, {"documents": 0, "problems": 0})
        counts["documents"] += 1
        if not self._options.strict:
            problems = [p for p in problems if p.severity == "error" or p.code == "shortened"]
        lines = lines_of(document.text, {problem.pointer for problem in problems})
        for problem in problems:
            counts["problems"] += self._options.strict or problem.severity == "error"
            moved = problem._replace(pointer=document.pointer + problem.pointer)
            pointer, message = INDEX.sub("/*", moved.pointer), NUMBER.sub("*", moved.message)
            key = name, moved._replace(pointer=pointer, message=message)
            if key not in self._groups and len(self._groups) >= MOST_GROUPS:
                message = f"other problems of the code {moved.code} (see --all)"
                moved = moved._replace(pointer="", message=message)
                key = SEVERAL, moved
            group = self._groups.setdefault(key, ProblemGroup(moved))
            group.number += 1
            if group.number <= LINES_SHOWN:
                group.lines.append(document.line - 1 + lines[problem.pointer])
            if moved != group.problem:  # What differs is not shown.
                group.problem = key[1]
            if self._options.all:
                self._print_groups(file)

    def end(self, file: str, without: int, remarks: list[str], recogniser: Recogniser) -> None:
        """Print the problems that were kept, and take note of the file as a whole."""
        self._print_groups(file)
        self._lines_without += without
        self._remarks += [f"{file}: {remark}" for remark in remarks]
        if recogniser.events and not recogniser.only:
            files, events = self._apis.setdefault(recogniser.api or "ga", ([], Counter()))
            files.append(file)
            events.update(recogniser.telling, all=recogniser.events)

    def _print_groups(self, file: str) -> None:
        """Print the problems that were kept, and forget them."""
        for (name, _), group in self._groups.items():
            self.progress.clear()
            problem, lines, number = group.problem, group.lines, group.number
            if self._options.format == "json":
                shown: dict[str, object] = {"file": file, "line": lines[0], "type": name}
                shown |= problem._asdict()
                shown |= {"count": number, "lines": lines} if number > 1 else {}
                print(json.dumps(shown))
                continue
            kind = "notice: " if problem.severity == "notice" else ""
            told = problem._replace(message=f"{kind}{problem.message}")
            more = ", ..." if number > len(lines) else ""
            times = f" ({number} times: lines {', '.join(map(str, lines))}{more})"
            print(f"{file}:{lines[0]}: {told}{times if number > 1 else ''}")
        self._groups.clear()

    def print_summary(self) -> None:
        """Print what was counted of all files."""
        self.progress.clear()
        if self._options.format == "json":
            summary = {
                "types": dict(sorted(self.types.items())),
                "apis": {
                    api: {"files": len(files), "events": events["all"], "telling": events[api]}
                    for api, (files, events) in self._apis.items()
                },
                "lines_without_json": self._lines_without,
                "remarks": self._remarks,
            }
            print(json.dumps(summary))
            return
        total = sum(map(Counter[str], self.types.values()), Counter[str]())
        print(_counted(total))
        for name, counts in sorted(self.types.items()):
            print(f"  {name}: {_counted(counts)}")
        if self._lines_without:
            print(f"{count(self._lines_without, 'line')} without JSON")
        for api in self._apis:
            print(f"API: {API_NAMES.get(api, api)}{self._told_of(api)}")
        for remark in self._remarks:
            print(remark)
        if UNKNOWN in self.types and not self._options.strict:
            unknown = count(self.types[UNKNOWN]["documents"], "document")
            print(f"{unknown} of no known type (see --strict)")

    def _told_of(self, api: str) -> str:
        """Return which files speak an API, and how sure that is."""
        files, events = self._apis[api]
        telling, others = events[api], events.total() - events["all"] - events[api]
        exist = f"{count(events['all'], 'event')} exist{'s' * (telling == 1)} only there"
        mixed = f", {others} only in another" if others else ""
        more = f" and {len(files) - FILES_SHOWN} more" if len(files) > FILES_SHOWN else ""
        where = f" in {', '.join(files[:FILES_SHOWN])}{more}" if len(self._apis) > 1 else ""
        return where + (f" ({telling} of {exist}{mixed})" if telling else ", it seems")


def _counted(counts: Mapping[str, int]) -> str:
    return f"{count(counts['documents'], 'document')}, {count(counts['problems'], 'problem')}"
