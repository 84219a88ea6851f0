"""In a program that PyInstaller has made of all that is needed, the interpreter included."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final

from .everywhere import NAME
from .runs import PORTABLE, cases, run, vendor

NEEDED: Final = ("objdump is required", "shared library")
"""What PyInstaller says of a system that lacks what it needs beside Python."""


def frozen(place: Path) -> None:
    """In a frozen program of one file."""
    vendor(place / "source" / NAME)
    shutil.copy(PORTABLE, place / "source" / "program.py")
    options = ["--onefile", "--log-level=ERROR"]
    # It is imported by a name that is known only when the program is run.
    options.append(f"--collect-submodules={NAME}")
    env = {"PYTHONPATH": str(place / "source")}
    program = str(place / "source" / "program.py")
    command = [sys.executable, "-m", "PyInstaller", *options, program]
    try:
        run(command, place, env)
    except SystemExit as failure:
        lines = str(failure).splitlines()
        lacking = [line for line in lines if any(need in line for need in NEEDED)]
        if not lacking:
            raise
        print(f"  SKIPPED: {lacking[-1]}")
        return
    shutil.rmtree(place / "source")
    cases(place, NAME, python=[], program=[place / "dist" / "program"])
