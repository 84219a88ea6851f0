"""The command ``check``: is this JSON what the API describes?"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
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
    parser.add_argument(
        "-j", "--jobs", type=int, default=1, metavar="N", help="check N files at the same time"
    )
    parser.set_defaults(run=run)


def run(options: Options) -> int:
    """Check the files; the exit status."""
    if options.type_name is not None:
        try:
            options.type_name = find_name(options.type_name)
        except LookupError as error:
            print(error, file=sys.stderr)
            return 2
    total = Tally()
    for tally in _in_turn(options) if _jobs(options) == 1 else _in_parallel(options):
        total.add(tally)
    print_summary(total, options)
    return 2 if total.complaints else 1 if total.problems else 0


def _jobs(options: Options) -> int:
    """How many processes are of use; standard input belongs to this one."""
    return 1 if "-" in options.files else max(1, min(options.jobs, len(options.files)))


def _in_turn(options: Options) -> Iterator[Tally]:
    progress = Progress(options.files)
    for file in options.files:
        tally = check_file(file, options, sys.stdout, progress)
        if tally.complaints:
            progress.clear()
        _complain(tally)
        yield tally
    progress.clear()


def _in_parallel(options: Options) -> Iterator[Tally]:
    """Check files in other processes, each of which writes what is to be printed into a file."""
    from concurrent.futures import ProcessPoolExecutor  # Not every platform has it.

    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(_jobs(options), initializer=_ignore_interrupts) as pool,
    ):
        outputs = [Path(folder, str(number)) for number in range(len(options.files))]
        tallies = pool.map(partial(_check_into, options), options.files, outputs)
        try:
            for output, tally in zip(outputs, tallies, strict=True):
                with output.open(encoding="utf-8", errors="surrogatepass") as stream:
                    for line in stream:
                        sys.stdout.write(line)
                output.unlink()
                _complain(tally)
                yield tally
        finally:
            pool.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that waits for this one."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _check_into(options: Options, file: str, output: Path) -> Tally:
    with output.open("w", encoding="utf-8", errors="surrogatepass") as stream:
        return check_file(file, options, stream, Progress([]))


def _complain(tally: Tally) -> None:
    for complaint in tally.complaints:
        print(complaint, file=sys.stderr)


def check_file(file: str, options: Options, out: TextIO, progress: Progress) -> Tally:
    """Check a file, and print its problems; what was counted."""
    report = FileReport(file, out, progress.clear, options)
    try:
        stdin: TextIO = sys.stdin
        with nullcontext(stdin.buffer) if file == "-" else open(file, "rb") as stream:
            _check(file, Documents(stream, progress.advance, options), options, report)
    except BrokenPipeError:
        raise
    except (OSError, Unusable) as error:
        told = error.strerror if isinstance(error, OSError) else None
        report.tally.complaints.append(f"{file}: {told or error}")
    report.finish()
    return report.tally


def _check(file: str, documents: Documents, options: Options, report: FileReport) -> None:
    judge = Judge(options)
    try:
        for document, results in judge.results(documents):
            for type_name, problems in results:
                report.add(document, type_name, problems)
    finally:
        report.tally.add_file(file, documents, judge.recogniser)
    if not report.tally.documents:
        raise Unusable("no JSON object was found in it")
