"""Lay generated modules out with ruff: it sorts the imports, and breaks long lines.

This needs ruff of the version that the dependency groups name, so that the result is always the
same; it reads no other configuration than the project's, and needs no network.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

CONFIGURATION: Final = Path(__file__).parent.parent / "pyproject.toml"
SORTED: Final = "I,RUF022"
"""The rules whose corrections are applied: imports and ``__all__`` are sorted."""

UNCHANGED: Final = "# ruff: noqa\n# fmt: off\n# isort: skip_file\n"
"""The head of a module in another project, whose tools then leave its layout alone."""


class LayoutError(Exception):
    """The reason why modules cannot be laid out, as a message to the user."""


def lay_out(files: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of some modules by their names, as ruff lays them out."""
    if find_spec("ruff") is None:
        raise LayoutError(
            "ruff lays the generated code out: install it with `pip install --group ruff`"
        )
    with TemporaryDirectory() as folder:
        paths = {name: Path(folder, name) for name in files}
        for name, path in paths.items():
            path.write_text(files[name], encoding="utf-8")
        # Imports that are broken as for ruff's default width are in order for both.
        _ruff("check", "--fix", "--select", SORTED, "--line-length", "88", folder)
        _ruff("format", folder)
        return {name: path.read_text(encoding="utf-8") for name, path in paths.items()}


def _ruff(command: str, *arguments: str) -> None:
    options = ["--quiet", "--no-cache", "--config", str(CONFIGURATION), *arguments]
    run = subprocess.run(
        [sys.executable, "-m", "ruff", command, *options], capture_output=True, encoding="utf-8"
    )
    if run.returncode:
        raise LayoutError(f"ruff cannot lay the generated code out:\n{run.stdout}{run.stderr}")
