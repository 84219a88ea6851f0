"""The command ``check``: is this JSON what the API describes?"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from .._runtime.errors import Problem, printable
from .._runtime.json_values import LIST
from ..catalog import type_names
from ..dynamic import check
from .documents import Document, read
from .locate import lines_of
from .options import Commands, Options
from .progress import Progress
from .recognise import recognise


class Report:
    """Prints problems as they are found, and in the end a summary by type."""

    def __init__(self, as_json: bool, strict: bool) -> None:
        self.as_json = as_json
        self.strict = strict
        self.documents: Counter[str] = Counter()
        self.problems: Counter[str] = Counter()
        self.notices: int = 0

    def add(self, document: Document, results: list[tuple[str, list[Problem]]]) -> None:
        """Take note of a document's types and problems; notices are problems only if strict."""
        told: list[tuple[str, Problem]] = []
        for type_name, found in results:
            self.documents[type_name] += 1
            shown = [problem for problem in found if problem.severity == "error" or self.strict]
            self.notices += len(found) - len(shown)
            told += [(type_name, problem) for problem in shown]
        lines = _lines(document, {problem.pointer for _, problem in told})
        for type_name, problem in told:
            self.problems[type_name] += 1
            self._print(document.file, lines[problem.pointer], type_name, problem)

    def _print(self, file: str, line: int, type_name: str, problem: Problem) -> None:
        if self.as_json:
            told: dict[str, str | int] = {"file": file, "line": line, "type": type_name}
            told |= {"pointer": problem.pointer, "severity": problem.severity}
            told |= {"code": problem.code, "message": problem.message}
            print(json.dumps(told))
        else:
            kind = "notice: " if problem.severity == "notice" else ""
            where = f"{printable(problem.pointer)}: " if problem.pointer else ""
            print(f"{file}:{line}: {where}{kind}{problem.message}")

    def finish(self) -> int:
        """Print the summary; the exit status."""
        if self.as_json:
            types = {
                name: {"documents": documents, "problems": self.problems[name]}
                for name, documents in sorted(self.documents.items())
            }
            summary: dict[str, object] = {"types": types, "notices": self.notices}
            print(json.dumps(summary))
        else:
            documents, number = sum(self.documents.values()), sum(self.problems.values())
            print(f"{_count(documents, 'document')}, {_count(number, 'problem')}")
            for name in sorted(self.documents):
                counts = self.documents[name], self.problems[name]
                print(f"  {name}: {_count(counts[0], 'document')}, {_count(counts[1], 'problem')}")
            if self.notices:
                print(f"{_count(self.notices, 'notice')} not shown (--strict shows them)")
        return 1 if self.problems else 0


def add_command(commands: Commands) -> None:
    """Add ``check`` to the command line."""
    parser = commands.add_parser(
        "check",
        help="check JSON and JSON Lines files against the API",
        description="Check JSON files, or JSON Lines, against the API. Each document's type is"
        " found from the document. Exit status: 0 clean, 1 problems, 2 unusable input.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
    parser.add_argument("--as", dest="type_name", metavar="NAME", help="the type of all documents")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="what decodes, but goes beyond the API's description, is a problem too",
    )
    parser.add_argument("--api", choices=("ga", "beta"), help="whose events, where both fit")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def run(options: Options) -> int:
    """Check the files; the exit status."""
    if options.type_name is not None and options.type_name not in type_names():
        print(f"no type is called {options.type_name}; the command list shows all", file=sys.stderr)
        return 2
    report = Report(options.format == "json", options.strict)
    progress = Progress(options.files)
    unusable = False
    for file in options.files:
        try:
            for document in read(file, progress.advance):
                results = list(_results(document, options))
                if any(found for _, found in results):
                    progress.clear()
                report.add(document, results)
        except BrokenPipeError:
            raise
        except OSError as error:
            progress.clear()
            print(f"{file}: {error.strerror}", file=sys.stderr)
            unusable = True
    progress.clear()
    status = report.finish()
    return 2 if unusable else status


def _results(document: Document, options: Options) -> Iterator[tuple[str, list[Problem]]]:
    """The type and the problems of a document, or of each object in an array of them."""
    if document.problems:
        yield "(not JSON)", list(document.problems)
    elif options.type_name is None and type(document.data) is LIST:
        items: list[object] = document.data
        for index, item in enumerate(items):
            name, found = _result(item, options)
            told = [p._replace(pointer=f"/{index}{p.pointer}") for p in found]
            yield name, told + [p for p in document.notices if p.pointer.startswith(f"/{index}/")]
    else:
        name, found = _result(document.data, options)
        yield name, [*found, *document.notices]


def _result(data: object, options: Options) -> tuple[str, list[Problem]]:
    name = options.type_name or recognise(data, options.api)
    if name is None:
        message = "expected an object of a known type, found none; --as gives it a type"
        return "(unknown type)", [Problem("", "error", "unknown_type", message)]
    return name, check(name, data)


def _lines(document: Document, pointers: Collection[str]) -> Mapping[str, int]:
    """The lines of the values at ``pointers``."""
    if pointers and not document.problems and b"\n" in document.text.strip():
        return lines_of(document.text.decode(), pointers)
    return dict.fromkeys(pointers, document.line)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
