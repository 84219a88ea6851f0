"""Make copies, and run the tests on them in processes without the original."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
DATA: Final = ROOT / "tests" / "data"
PORTABLE: Final = ROOT / "tests" / "portable.py"
RUN: Final = "import runpy, sys; del sys.argv[0]; runpy.run_path(sys.argv[0], run_name='__main__')"
"""Runs a program without its folder on the path, where modules may have the names of others."""
NAME: Final = "openai_models"
"""The copy of the whole library."""
TYPES: Final = {
    "tool": ["RealtimeFunctionTool"],
    "session": ["RealtimeSessionCreateResponse"],
    "events": ["RealtimeServerEvent", "RealtimeSessionCreateResponse"],
}
"""The copies of one file, and the types that they hold."""
KINDS: Final = ("valid", "invalid", "notices", "text")
"""The folders of the cases."""
TEXTS: Final = len(list((DATA / "text").rglob("*.json")))
CASES: Final = [path for kind in KINDS for path in (DATA / kind).rglob("*.json")]
COPIES: Final = {
    NAME: len(CASES),
    "tool": TEXTS + 2,
    "session": TEXTS + 15,
    "events": TEXTS + 40,
}
"""All copies, and how many cases there are for each at least."""
CORE: Final = ["tests/adapters/test_adapting.py", "tests/decoding", "tests/models"]
"""The tests of the core: what every copy of the whole library has."""
PYTEST: Final = [
    *("-q", "-m", "not original", "-p", "tests.places.alias", "--hypothesis-profile=one"),
    "--ignore=tests/decoding/test_reference.py",  # It uses the command line, which stays behind.
]
"""How they are run there: those that need nothing else. A place matters to code, not to values."""


@dataclass
class Place:
    """How to run copies in a place."""

    path: Path | None = None
    """The entries of the path for them."""
    prefix: str = ""
    """The package in which they are, with a dot."""
    python: Sequence[str | Path] = (sys.executable,)
    program: Sequence[str | Path] = ("-c", RUN, PORTABLE)
    env: Mapping[str, str] = field(default_factory=dict[str, str])


def make_copies(folder: Path) -> None:
    """Make all copies."""
    vendor(folder / NAME)
    for name, types in TYPES.items():
        vendor(folder / f"{name}.py", *types)


def vendor(destination: Path, *arguments: str) -> None:
    """Make a copy."""
    command = [sys.executable, "-m", "realtime_models", "vendor", str(destination), *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "adapters")}
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def run(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Return the last line that a command prints; all of it, and an exit, if it fails."""
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env={**inherited, **(env or {})}, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-8000:]}{done.stderr[-8000:]}")
    return done.stdout.strip().rpartition("\n")[2]


def cases(folder: Path, place: Place, copies: Mapping[str, int] = COPIES) -> None:
    """Run the cases of ``tests/data`` on each copy."""
    paths = [place.path] if place.path else []
    for name, at_least in copies.items():
        command = [*place.python, *place.program, f"{place.prefix}{name}", DATA, *paths]
        told(run(command, folder, place.env), at_least)


def told(line: str, at_least: int) -> None:
    """Print how many cases were run on a copy, if they were enough."""
    print(f"  {line}", flush=True)
    number = re.search(r"(\d+) cases passed", line)
    if number is None or int(number[1]) < at_least:
        sys.exit(f"expected {at_least} cases")


def suite(folder: Path, place: Place, name: str = NAME, tests: Sequence[str] = CORE) -> None:
    """Run tests under pytest, in a copy of them that has no original beside it."""
    gathered = folder / "suite"
    gather(gathered)
    paths = os.pathsep.join(map(str, [place.path, gathered]))
    command = [*place.python, "-m", "pytest", *PYTEST, "-n", "auto", *tests]
    env = {**place.env, "PYTHONPATH": paths, "VENDORED": f"{place.prefix}{name}"}
    print(f"  {name}: {run(command, gathered, env)}")


def gather(folder: Path) -> None:
    """A copy of the tests, and of what they need beside the library."""
    for part in ("tests", "codegen", "schema", "examples"):
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
