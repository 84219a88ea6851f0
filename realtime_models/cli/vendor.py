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
}


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
