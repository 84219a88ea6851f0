"""The command ``check``: is this JSON what the API describes?"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TextIO

from ..catalog import find_name
from .documents import Documents
from .judge import Judge
from .options import Commands, Options
from .progress import Progress
from .report import FileReport, Tally, print_summary
from .window import Unusable


def add_command(commands: Commands) -> None:
    """Add ``check`` to the command line."""
    parser = commands.add_parser(
        "check",
        help="check JSON, JSON Lines and logs against the API",
        description="Check the JSON of files against the API: JSON, JSON Lines, and logs that have"
        " JSON in their lines, also compressed by gzip. Each object's type is found from the"
        " object. Exit status: 0 clean, 1 problems, 2 unusable input.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
    parser.add_argument("--as", dest="type_name", metavar="NAME", help="the type of all documents")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="what decodes, but goes beyond the API's description, is a problem too",
    )
    parser.add_argument(
        "--all", action="store_true", help="tell equal notices each, not once with a count"
    )
    parser.add_argument(
        "--api", choices=("ga", "beta", "translation"), help="whose events these are"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def run(options: Options) -> int:
    """Check the files; the exit status."""
    if options.type_name is not None:
        try:
            options.type_name = find_name(options.type_name)
        except LookupError as error:
            print(error, file=sys.stderr)
            return 2
    tally = Tally()
    progress = Progress(options.files)
    for file in options.files:
        check_file(file, options, tally, progress)
    progress.clear()
    print_summary(tally, options)
    return 2 if tally.unread else 1 if tally.problems else 0


def check_file(file: str, options: Options, tally: Tally, progress: Progress) -> None:
    """Check a file: print its problems, and say why it cannot be read."""
    report = FileReport(file, tally, progress.clear, options)
    complaint = ""
    try:
        stdin: TextIO = sys.stdin
        with nullcontext(stdin.buffer) if file == "-" else open(file, "rb") as stream:
            _check(Documents(stream, progress.advance, options), options, report)
    except BrokenPipeError:
        raise
    except (OSError, Unusable) as error:
        complaint = (error.strerror if isinstance(error, OSError) else None) or str(error)
    report.finish()
    if complaint:
        tally.unread += 1
        progress.clear()
        print(f"{file}: {complaint}", file=sys.stderr)


def _check(documents: Documents, options: Options, report: FileReport) -> None:
    judge = Judge(options)
    found = False
    try:
        for document, results in judge.results(documents):
            for type_name, problems in results:
                found = True
                report.add(document, type_name, problems)
    finally:
        report.add_file(documents, judge.recogniser)
    if not found:
        raise Unusable("no JSON object was found in it")
