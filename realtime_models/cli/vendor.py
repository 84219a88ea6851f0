"""The command ``vendor``: copy the library to where it cannot be installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from ..vendoring.header import CopyOptions, VendorError
from .options import Options

STATUSES: Final = {
    "current": (0, "current"),
    "outdated": (1, "outdated: running the command again would change it"),
    "edited": (3, "edited: it was changed after it was written"),
    "missing": (4, "missing"),
    "not a copy": (5, "not a copy: this command did not write it"),
    "newer": (6, "newer than this library: update the library first"),
    "interrupted": (7, "interrupted: running the command again repairs it"),
}


def run(options: Options) -> int:
    """Write or check a copy; return the exit status."""
    from ..vendoring.copying import status, write  # Other commands do not need these modules.

    destination = Path(options.destination)
    wanted = CopyOptions(tuple(options.names), tuple(options.adapters or ()))
    try:
        if options.check:
            code, words = STATUSES[status(destination, wanted, only=options.only)]
            print(f"{destination}: {words}")
            return code
        files, removed = write(destination, wanted, only=options.only)
    except (VendorError, LookupError, OSError) as error:
        print(f"cannot copy: {error}", file=sys.stderr)
        return 2
    size = sum(len(text.encode()) for text in files.values())
    print(f"{destination}: {len(files)} file{'s' * (len(files) > 1)}, {size:,} bytes")
    if removed:
        print(f"{destination}: no longer with {', '.join(removed)}")
    return 0
