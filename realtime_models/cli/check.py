"""The command ``check``: is this JSON what the API describes?"""

from __future__ import annotations

import sys

from ..catalog import find_name
from .documents import Documents
from .judge import Judge
from .options import Commands, Options
from .progress import Progress
from .report import Report
from .source import Source


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
        options.type_name = find_name(options.type_name)
    progress = Progress(options.files)
    report = Report(options, progress.clear)
    unread = [file for file in options.files if not check_file(file, options, report, progress)]
    progress.clear()
    report.print_summary()
    return 2 if unread else 1 if report.problems else 0


def check_file(file: str, options: Options, report: Report, progress: Progress) -> bool:
    """Check a file: print its problems, or why it cannot be read; whether it was."""
    source = Source(file, progress)
    documents = Documents(source, options)
    judge = Judge(options)
    complaint = "no JSON object was found in it"
    for document, name, problems in judge.results(documents):
        complaint = ""
        report.add(file, document, name, problems)
    report.end(file, documents.lines_without, source.remarks, judge.recogniser)
    complaint = source.complaint or complaint
    if complaint:
        progress.clear()
        print(f"{file}: {complaint}", file=sys.stderr)
    return not complaint
