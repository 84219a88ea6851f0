"""``python -m tests.places NAME…`` takes copies to the places of these names, and tests them.

With ``--suite`` the tests of the core are run there under pytest, beside the cases.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from . import everywhere
from .adapted import adapted
from .frozen import frozen
from .pyodide import pyodide
from .runs import Place, cases, make_copies, suite

PLACES: Final[list[Callable[[Path], Place | None]]] = [
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
    """Test the copies in the places."""
    parser = argparse.ArgumentParser(prog="python -m tests.places", description=__doc__)
    parser.add_argument("--suite", action="store_true")
    parser.add_argument("names", nargs="+", choices=[place.__name__ for place in PLACES])
    options = parser.parse_args()
    python = f"{sys.implementation.name} {'.'.join(map(str, sys.version_info[:3]))}"
    with tempfile.TemporaryDirectory() as made:
        make_copies(Path(made))
        for go in PLACES:
            if go.__name__ not in options.names:
                continue
            print(f"{go.__name__} ({python}): {go.__doc__}", flush=True)
            with tempfile.TemporaryDirectory() as folder:
                place = go(Path(shutil.copytree(made, Path(folder, "copies"))))
                if place is not None:
                    cases(Path(folder), place)
                    if options.suite:
                        suite(Path(folder), place)


if __name__ == "__main__":
    main()
