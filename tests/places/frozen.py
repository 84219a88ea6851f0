"""In a program that PyInstaller has made of all that is needed, the interpreter included."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .everywhere import NAME
from .runs import PORTABLE, cases, run, vendor


def frozen(place: Path) -> None:
    """In a frozen program of one file."""
    vendor(place / "source" / NAME)
    shutil.copy(PORTABLE, place / "source" / "program.py")
    options = ["--onefile", "--log-level=ERROR"]
    # It is imported by a name that is known only when the program is run.
    options.append(f"--collect-submodules={NAME}")
    env = {"PYTHONPATH": str(place / "source")}
    run(
        [sys.executable, "-m", "PyInstaller", *options, place / "source" / "program.py"], place, env
    )
    shutil.rmtree(place / "source")
    cases(place, NAME, python=[], program=[place / "dist" / "program"])
