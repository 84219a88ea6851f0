"""What ``check`` prints: problems as they are found, and in the end a summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from .._runtime.errors import Problem, printable
from .._runtime.problems import count
from .documents import Document, Documents
from .judge import UNKNOWN
from .locate import lines_of
from .options import Options
from .recognise import Recogniser

LINES_SHOWN: Final = 5
"""The lines that are listed of equal notices."""
MOST_NOTICES: Final = 10_000
"""How many unlike notices are kept until the file ends; after so many, each is told at once."""
FILES_SHOWN: Final = 3
API_NAMES: Final = {"ga": "current", "beta": "beta", "translation": "translation"}


@dataclass
class Tally:
    """What is counted of all files, for the summary."""

    documents: Counter[str] = field(default_factory=Counter[str])
    problems: Counter[str] = field(default_factory=Counter[str])
    lines_without: int = 0
    unread: int = 0
    """How many files could not be read, or not to their ends."""
    files: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """The files that speak an API."""
    events: Counter[str] = field(default_factory=Counter[str])
    """The events of these files."""
    telling: Counter[str] = field(default_factory=Counter[str])
    """Those of them that can only be of this API."""
    others: Counter[str] = field(default_factory=Counter[str])
    """Those of them that can only be of another."""
    remarks: list[str] = field(default_factory=list[str])


class FileReport:
    """Prints the problems of one file as they are found, and equal notices at its end."""

    def __init__(
        self, file: str, tally: Tally, clear: Callable[[], None], options: Options
    ) -> None:
        self._file = file
        self._tally = tally
        self._clear = clear
        """Takes the bar away, so that a line can be printed."""
        self._options = options
        self._notices: dict[tuple[str, Problem], list[int]] = {}
        """The first lines of each notice."""
        self._numbers: Counter[tuple[str, Problem]] = Counter()
        """How often each was found."""

    def add_file(self, documents: Documents, recogniser: Recogniser) -> None:
        """Take note of what was found of the file as a whole, once it is read."""
        tally = self._tally
        tally.lines_without += documents.lines_without
        tally.remarks += [f"{self._file}: {remark}" for remark in documents.window.remarks]
        if recogniser.events and not recogniser.only:
            api = recogniser.api or "ga"
            tally.files.setdefault(api, []).append(self._file)
            tally.events[api] += recogniser.events
            tally.telling[api] += recogniser.telling.pop(api, 0)
            tally.others[api] += sum(recogniser.telling.values())

    def add(self, document: Document, type_name: str, problems: list[Problem]) -> None:
        """Take note of a document's type and problems; notices are problems only if strict."""
        self._tally.documents[type_name] += 1
        if not self._options.strict:
            problems = [problem for problem in problems if problem.severity == "error"]
        pointers = {problem.pointer for problem in problems}
        lines = _lines(document, pointers) if problems else dict[str, int]()
        for problem in problems:
            self._tally.problems[type_name] += 1
            if not self._is_kept(type_name, problem, lines[problem.pointer]):
                self._print([lines[problem.pointer]], 1, type_name, problem)

    def finish(self) -> None:
        """Print the notices that were kept."""
        for (type_name, problem), lines in self._notices.items():
            self._print(lines, self._numbers[type_name, problem], type_name, problem)

    def _is_kept(self, type_name: str, problem: Problem, line: int) -> bool:
        """Keep a notice, to tell it once when the file ends."""
        key = type_name, problem
        if problem.severity == "error" or self._options.all:
            return False
        if key not in self._notices and len(self._notices) == MOST_NOTICES:
            return False
        lines = self._notices.setdefault(key, [])
        self._numbers[key] += 1
        if len(lines) < LINES_SHOWN:
            lines.append(line)
        return True

    def _print(self, lines: list[int], number: int, type_name: str, problem: Problem) -> None:
        self._clear()
        if self._options.format == "json":
            told: dict[str, object] = {"file": self._file, "line": lines[0], "type": type_name}
            told |= {"pointer": problem.pointer, "severity": problem.severity}
            told |= {"code": problem.code, "message": problem.message}
            told |= {"count": number, "lines": lines} if number > 1 else {}
            print(json.dumps(told))
            return
        kind = "notice: " if problem.severity == "notice" else ""
        where = f"{printable(problem.pointer)}: " if problem.pointer else ""
        more = ", ..." if number > len(lines) else ""
        times = f" ({number} times: lines {', '.join(map(str, lines))}{more})"
        message = f"{where}{kind}{problem.message}{times if number > 1 else ''}"
        print(f"{self._file}:{lines[0]}: {message}")


def print_summary(tally: Tally, options: Options) -> None:
    """Print what was counted of all files."""
    if options.format == "json":
        print(json.dumps(_summary(tally)))
        return
    print(_counts(sum(tally.documents.values()), sum(tally.problems.values())))
    for name in sorted(tally.documents):
        print(f"  {name}: {_counts(tally.documents[name], tally.problems[name])}")
    if tally.lines_without:
        print(f"{count(tally.lines_without, 'line')} without JSON")
    for line in [*_api_lines(tally), *tally.remarks]:
        print(line)
    if tally.documents[UNKNOWN] and not options.strict:
        print(f"{count(tally.documents[UNKNOWN], 'document')} of no known type (see --strict)")


def _summary(tally: Tally) -> dict[str, object]:
    types = {
        name: {"documents": tally.documents[name], "problems": tally.problems[name]}
        for name in sorted(tally.documents)
    }
    apis = {
        api: {"files": len(files), "events": tally.events[api], "telling": tally.telling[api]}
        for api, files in tally.files.items()
    }
    found: dict[str, object] = {"types": types, "apis": apis}
    return found | {"lines_without_json": tally.lines_without, "remarks": tally.remarks}


def _counts(documents: int, problems: int) -> str:
    return f"{count(documents, 'document')}, {count(problems, 'problem')}"


def _api_lines(tally: Tally) -> Iterator[str]:
    """The APIs that the files speak, and how sure that is."""
    for api, files in tally.files.items():
        telling, others, events = tally.telling[api], tally.others[api], tally.events[api]
        sure = f" (by {telling} of {count(events, 'event')})" if telling else ", it seems"
        mixed = f", but {others} of another" if others else ""
        more = f" and {len(files) - FILES_SHOWN} more" if len(files) > FILES_SHOWN else ""
        where = f" in {', '.join(files[:FILES_SHOWN])}{more}" if len(tally.files) > 1 else ""
        yield f"API: {API_NAMES[api]}{where}{sure}{mixed}"


def _lines(document: Document, pointers: set[str]) -> Mapping[str, int]:
    """The lines of the values at pointers into a document."""
    text = "" if document.problems else document.text
    if "\n" not in text:
        return dict.fromkeys(pointers, document.line)
    lines = lines_of(text, pointers)
    return {pointer: document.line - 1 + line for pointer, line in lines.items()}
