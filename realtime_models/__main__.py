"""The command line: ``python -m`` with the name of this package, and ``--help``."""

from __future__ import annotations

import argparse
import gettext
import io
import os
import signal
import sys
from typing import Final

from . import __version__
from .catalog import UnknownName
from .cli import check, show, vendor
from .cli.options import Options, add_commands


def run_convert(options: Options) -> int:
    """Run a command that loads all events, which the others do not need."""
    from .cli import convert

    return convert.run(options)


COMMANDS: Final = {
    "check": check.run,
    "convert": run_convert,
    "list": show.run_list,
    "show": show.run_show,
    "schema": show.run_schema,
    "vendor": vendor.run,
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit status is 0 clean, 1 problems, 2 unusable input."""
    gettext.textdomain("none")  # The translations of argparse's texts may be unreadable.
    parser = argparse.ArgumentParser(
        prog=f"python -m {__package__}",
        description="Check, convert and describe JSON of the OpenAI Realtime API.",
    )
    parser.add_argument("--version", action="version", version=f"{__package__} {__version__}")
    add_commands(parser)
    # Whoever closed a stream wants nothing of what is printed.
    sys.stdout, sys.stderr = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()
    output: object = sys.stdout
    if isinstance(output, io.TextIOWrapper):
        # Not every terminal has all letters, and not every file name is text.
        output.reconfigure(errors="backslashreplace")
    try:
        options = parser.parse_args(arguments, Options())
        status = COMMANDS[options.command](options)
        sys.stdout.flush()
        return status
    except (UnknownName, OSError) as error:
        if isinstance(error, OSError):
            # The output cannot be written; Python would complain again at exit.
            stdout: int = sys.stdout.fileno()
            os.dup2(os.open(os.devnull, os.O_WRONLY), stdout)
        if isinstance(error, BrokenPipeError):  # Its reader wants no more of it.
            return 1
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    # It ends as after an interruption, so that what was found is printed.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    sys.exit(main())
