"""The command ``vendor``: copy the library to where it cannot be installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from ..vendoring.header import ADAPTERS, CopyOptions, VendorError
from .options import Commands, Options

STATUSES: Final = {
    "current": (0, "current"),
    "outdated": (1, "outdated: running the command again would change it"),
    "edited": (3, "edited: it was changed after it was written"),
    "missing": (4, "missing"),
    "not a copy": (5, "not a copy: this command did not write it"),
}


def add_command(commands: Commands) -> None:
    """Add ``vendor`` to the command line."""
    parser = commands.add_parser(
        "vendor",
        help="copy the library, or some of its types as one file",
        description="Copy the library into the folder DEST, or the types NAME, with everything they"
        " need, into the file DEST. An existing copy is updated; its NAMEs need not be repeated."
        " With --check, the exit status is 0 current, 1 outdated, 3 edited, 4 missing, 5 not a"
        " copy.",
    )
    parser.add_argument("destination", metavar="DEST", help="a folder, or a file ending with .py")
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="a type, by its name, its tag or its name in the SDK, or a function;"
        " UNION=MEMBER,MEMBER keeps only these members of a union",
    )
    parser.add_argument(
        "--adapter", choices=ADAPTERS, help="also copy an adapter, with the whole library"
    )
    parser.add_argument(
        "--check", action="store_true", help="report the state of DEST, and change nothing"
    )
    parser.set_defaults(run=run)


def run(options: Options) -> int:
    """Write or check a copy; return the exit status."""
    from ..vendoring.copying import status, write  # Other commands do not need these modules.

    destination = Path(options.destination)
    wanted = CopyOptions(tuple(options.names), options.adapter)
    try:
        if options.check:
            code, words = STATUSES[status(destination, wanted)]
            print(f"{destination}: {words}")
            return code
        files, size = write(destination, wanted)
    except (VendorError, LookupError, OSError) as error:
        print(f"cannot copy: {error}", file=sys.stderr)
        return 2
    print(f"{destination}: {files} file{'s' * (files > 1)}, {size:,} bytes")
    return 0
