"""In a program that PyInstaller has made of all that is needed, the interpreter included."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final

from .runs import COPIES, NAME, PORTABLE, Place, run

NEEDED: Final = ("objdump is required", "shared library")
"""The message of PyInstaller on a system without a tool that it needs."""


def frozen(folder: Path) -> Place | None:
    """In a frozen program of one file."""
    program = Path(shutil.copy(PORTABLE, folder / "program.py"))
    # PyInstaller cannot find them: the program imports them by names known only at run time.
    options = [f"--collect-submodules={NAME}", *(f"--hidden-import={name}" for name in COPIES)]
    command = [sys.executable, "-m", "PyInstaller", "--onefile", "--log-level=ERROR", *options]
    try:
        run([*command, str(program)], folder, {"PYTHONPATH": str(folder)})
    except SystemExit as failure:
        lines = str(failure).splitlines()
        lacking = [line for line in lines if any(need in line for need in NEEDED)]
        if not lacking:
            raise
        print(f"  SKIPPED: {lacking[-1]}")
        return None
    for name in COPIES:
        shutil.rmtree(folder / name) if name == NAME else (folder / f"{name}.py").unlink()
    return Place(python=[], program=[folder / "dist" / "program"])
