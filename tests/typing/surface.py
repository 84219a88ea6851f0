"""Check that everything public has a type: ``python -m tests.typing.surface``.

Pyright verifies the installed packages: every name must have a type that all checkers see alike.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path
from typing import Final

PACKAGES: Final = ("realtime_models", "realtime_models_attrs", "realtime_models_pydantic")
"""The packages to verify: all that this distribution installs."""


def main() -> int:
    """Verify all packages; the exit status."""
    return max(verify(package) for package in PACKAGES)


def verify(package: str) -> int:
    """Print how complete the types of a package are; 0 if nothing is missing."""
    program = Path(sysconfig.get_path("scripts"), "pyright")
    command = [str(program), "--verifytypes", package, "--ignoreexternal", "--outputjson"]
    command += ["--pythonpath", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    told = json.loads(done.stdout)["typeCompleteness"]
    for symbol in told["symbols"]:
        if not symbol["isTypeKnown"]:
            messages = [one["message"] for one in symbol["diagnostics"]]
            print(f"{symbol['name']}: {'; '.join(messages) or 'made of what is listed'}")
    counts = told["exportedSymbolCounts"]
    score = told["completenessScore"]
    print(
        f"{package}, by pyright {version('pyright')}: {counts['withKnownType']} names have a type,"
        f" {counts['withAmbiguousType']} an ambiguous one, {counts['withUnknownType']} none;"
        f" {score:.2%} complete"
    )
    return 0 if score == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
