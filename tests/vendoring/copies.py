"""Copies made for tests, and imported."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from realtime_models.__main__ import main


def vendor(*arguments: str | Path) -> int:
    """Run the command; its exit status."""
    return main(["vendor", *map(str, arguments)])


def load(path: Path) -> Any:
    """Import a module from its file, under the name of the file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # Annotations and pickles find it there.
    spec.loader.exec_module(module)
    return module


def module_of(folder: Path, *arguments: str, name: str = "vendored_types") -> Any:
    """Return a file with some types, imported."""
    path = folder / f"{name}.py"
    assert vendor(path, *arguments) == 0
    return load(path)
