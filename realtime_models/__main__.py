"""The command line: ``python -m`` with the name of this package, and ``--help``."""

from __future__ import annotations

import argparse
import io
import os
import sys

from .cli import check, show


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit status is 0 clean, 1 problems, 2 unusable input."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {__package__}",
        description="Check and describe JSON of the OpenAI Realtime API.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check.add_command(commands)
    show.add_commands(commands)
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Not every terminal has all letters, and not every file name is text.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output wants no more of it; Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
