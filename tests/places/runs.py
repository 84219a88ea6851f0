"""Runs the tests on a copy, in a process that has nothing of the original."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
DATA: Final = ROOT / "tests" / "data"
PORTABLE: Final = ROOT / "tests" / "portable.py"
RUN: Final = "import runpy, sys; del sys.argv[0]; runpy.run_path(sys.argv[0], run_name='__main__')"
"""Runs a program without its folder on the path, where modules may have the names of others."""
ALL_CASES: Final = len(list(DATA.rglob("*.json")))
CORE: Final = [
    f"tests/test_{name}.py"
    for name in (
        "adapting",
        "bad_input",
        "boundaries",
        "generic",
        "keep",
        "models",
        "properties",
        "runtime",
        "secrets",
        "sending",
        "sharing",
        "text",
        "wire",
    )
]
"""The tests of the core: what every copy has."""
PYTEST: Final = ["-q", "-m", "not original", "-p", "tests.places.alias", "--hypothesis-profile=one"]
"""How they are run there: those that need nothing else. A place matters to code, not to values."""


def vendor(destination: Path, *arguments: str) -> str:
    """Make a copy; its name."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "realtime_models", "vendor", str(destination), *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "adapters")}
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    return destination.stem


def run(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """The last line that a command prints; all of it, and an exit, if it fails."""
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env={**inherited, **(env or {})}, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-8000:]}{done.stderr[-8000:]}")
    return done.stdout.strip().rpartition("\n")[2]


def cases(
    place: Path,
    name: str,
    *paths: Path,
    python: Sequence[str | Path] = (sys.executable,),
    program: Sequence[str | Path] = ("-c", RUN, PORTABLE),
    env: Mapping[str, str] | None = None,
    at_least: int = ALL_CASES,
) -> None:
    """Run the cases of ``tests/data``, and see that none was left out."""
    told(run([*python, *program, name, DATA, *paths], place, env), at_least)


def told(line: str, at_least: int = ALL_CASES) -> None:
    """Print how many cases were run, if they were enough."""
    print(f"  {line}")
    number = re.search(r"(\d+) cases passed", line)
    if number is None or int(number[1]) < at_least:
        sys.exit(f"expected {at_least} cases")


def suite(
    place: Path, name: str, path: Path, lacking: Sequence[str], tests: Sequence[str] = CORE
) -> None:
    """Run tests under pytest, in a copy of them that has no original beside it."""
    folder = place / "suite"
    gather(folder)
    paths = os.pathsep.join(map(str, [path, folder]))
    options = [*PYTEST, "-n", "auto", *(f"--deselect={test}" for test in lacking)]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    print(f"  {name}: {run(command, folder, {'PYTHONPATH': paths, 'VENDORED': name})}")


def gather(folder: Path) -> None:
    """A copy of the tests, and of what they need beside the library."""
    for part in ("tests", "codegen", "schema", "examples"):
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
