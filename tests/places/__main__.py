"""``python -m tests.places NAME…``: makes copies in the places of these names, and tests them.

With ``--suite`` the tests of the core are run there under pytest, beside the cases.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from . import everywhere
from .adapted import adapted
from .everywhere import Copy
from .frozen import frozen
from .pyodide import pyodide
from .runs import suite

PLACES: Final[list[Callable[[Path], Copy | None]]] = [
    everywhere.renamed,
    everywhere.nested,
    everywhere.archived,
    everywhere.application,
    everywhere.isolated,
    everywhere.bytecode,
    everywhere.optimized,
    everywhere.readonly,
    adapted,
    frozen,
    pyodide,
]


def main() -> None:
    """Go to the places."""
    parser = argparse.ArgumentParser(prog="python -m tests.places", description=__doc__)
    parser.add_argument("--suite", action="store_true")
    parser.add_argument("names", nargs="+", choices=[place.__name__ for place in PLACES])
    options = parser.parse_args()
    python = f"{sys.implementation.name} {'.'.join(map(str, sys.version_info[:3]))}"
    for place in PLACES:
        if place.__name__ in options.names:
            print(f"{place.__name__} ({python}): {place.__doc__}", flush=True)
            with tempfile.TemporaryDirectory() as folder:
                copy = place(Path(folder))
                if copy is not None and options.suite:
                    suite(Path(folder), *copy)


if __name__ == "__main__":
    main()
