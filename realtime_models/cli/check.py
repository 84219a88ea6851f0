"""The command ``check``: is this JSON what the API describes?"""

from __future__ import annotations

import sys

from .documents import Documents
from .judge import Judge
from .options import Options
from .progress import Progress
from .report import Report
from .source import Source


def run(options: Options) -> int:
    """Check the files; the exit status."""
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
