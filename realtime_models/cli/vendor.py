"""The command ``vendor``: copies of the library for places where it cannot be installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from ..vendoring.sources import VendorError
from ..vendoring.wish import ADAPTERS, Wish
from .options import Commands, Options

STATUSES: Final = {
    "current": (0, "current"),
    "outdated": (1, "outdated: this version of the library would write it otherwise"),
    "edited": (3, "edited: it is not as it was written"),
}


def add_command(commands: Commands) -> None:
    """Add ``vendor`` to the command line."""
    parser = commands.add_parser(
        "vendor",
        help="copy the library, or some of its types as one module",
        description="Copy the library into the package DEST, or some of its types, with what they"
        " need, into the module DEST. An earlier copy is brought up to date, also without NAMEs."
        " With --check, the exit status is 0 current, 1 outdated, 3 edited, 2 not a copy.",
    )
    parser.add_argument("destination", metavar="DEST", help="a folder, or a file.py")
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="a type or a function; UNION=MEMBER,MEMBER for a union of fewer members",
    )
    parser.add_argument(
        "--strip", action="store_true", help="leave docstrings, comments and white space out"
    )
    parser.add_argument(
        "--fast", action="store_true", help="a module that decodes faster, and is far larger"
    )
    parser.add_argument(
        "--adapter", choices=ADAPTERS, help="bring an adapter along; implies --fast"
    )
    parser.add_argument("--check", action="store_true", help="change nothing, only tell")
    parser.set_defaults(run=run)


def run(options: Options) -> int:
    """Write or check a copy; the exit status."""
    from ..vendoring.copying import status, write  # Other commands need not load all that.

    destination = Path(options.destination)
    wish = Wish(tuple(options.names), options.strip, options.fast, options.adapter)
    try:
        if options.check:
            code, words = STATUSES[status(destination, wish)]
            print(f"{destination}: {words}")
            return code
        files = write(destination, wish)
    except (VendorError, OSError) as error:
        print(f"cannot copy: {error}", file=sys.stderr)
        return 2
    size = sum(len(text.encode()) for text in files.values())
    print(f"{destination}: {len(files)} file{'s' * (len(files) > 1)}, {size:,} bytes")
    return 0
