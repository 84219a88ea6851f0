"""How large the library and its copies are and how long importing them takes, beside the peers.

Each row is measured in fresh interpreters, all rows in turn in every round. What counts is what is
loaded beyond the standard library: its files, lines and bytes, and the bytes of its bytecode.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
ROUNDS = 15
PROBE = """
import importlib, pkgutil, sys, time
import json
before = set(sys.modules)
start = time.process_time_ns()
{statement}
taken = (time.process_time_ns() - start) / 1e6
loaded = [module for name, module in sys.modules.items() if name not in before]
files = {{getattr(module, "__file__", None) for module in loaded}}
standard = [path for path in sys.path if "site-packages" not in path and "python3" in path]
ours = [f for f in files if f and ("site-packages" in f or not f.startswith(tuple(standard)))]
print(json.dumps([taken, ours]))
"""
ALL = """
import {0}
for module in pkgutil.walk_packages({0}.__path__, "{0}."):
    importlib.import_module(module.name)
"""
SESSION, EVENTS = "RealtimeSessionCreateResponse", "RealtimeServerEvent"


class Row(NamedTuple):
    """Something to be imported."""

    name: str
    statement: str


class Size(NamedTuple):
    """What was loaded."""

    files: int
    lines: int
    source: int
    compiled: int


def main() -> None:
    """Make the copies, measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [*copies(Path(folder)), *peers()]
        times: dict[Row, list[float]] = {row: [] for row in rows}
        sizes: dict[Row, Size] = {}
        for number in range(ROUNDS + 1):
            for row in rows:
                taken, files = probe(row, folder)
                if number:  # The first round writes the bytecode.
                    times[row].append(taken)
                sizes[row] = size(files)
    print(f"CPython {sys.version.split()[0]}, medians of {ROUNDS} rounds; import: ms of processor")
    print("time from warm bytecode; compiled: kB of bytecode and extension modules")
    print(f"{'':36}{'files':>6}{'lines':>9}{'kB':>7}{'compiled':>10}{'import':>8}{'ratio':>7}")
    for row in rows:
        ratio = statistics.median(a / b for a, b in zip(times[row], times[rows[0]], strict=True))
        found = sizes[row]
        print(
            f"{row.name:36}{found.files:6}{found.lines:9,}{found.source / 1000:7,.0f}"
            f"{found.compiled / 1000:10,.0f}{statistics.median(times[row]):8.1f}{ratio:7.1f}"
        )


def copies(folder: Path) -> list[Row]:
    """The library, and modules with some of its types."""
    vendor(folder / "library")
    rows = [
        Row("a session type, of the library", f"from library import {SESSION}"),
        Row("server events, of the library", "from library import realtime_server_event_from_dict"),
        Row("all of the library", ALL.format("library")),
    ]
    for name, type_name in ("a session type", SESSION), ("server events", EVENTS):
        for options in ([], ["--strip"], ["--fast"], ["--fast", "--strip"]):
            module = "_".join([name.split()[-1], *(option[2:] for option in options)])
            vendor(folder / f"{module}.py", type_name, *options)
            rows.append(Row(f"{name}, as a module {' '.join(options)}", f"import {module}"))
    return rows


def vendor(destination: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "realtime_models", "vendor", str(destination), *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def peers() -> list[Row]:
    """What else has such types, as far as it is installed."""
    rows = [Row("pydantic", "from pydantic import BaseModel; BaseModel.model_validate")]
    realtime = "from openai.types.realtime import"
    rows += [
        Row("pydantic and the SDK's session type", f"{realtime} RealtimeSessionCreateResponse"),
        Row("pydantic and the SDK's events", f"{realtime} RealtimeServerEvent"),
    ]
    return [row for row in rows if find_spec("openai" if "SDK" in row.name else "pydantic")]


def probe(row: Row, folder: str) -> tuple[float, list[str]]:
    """How long an import takes in a fresh interpreter, and which files it loads."""
    code = PROBE.format(statement=row.statement)
    command = [sys.executable, "-c", code]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=folder, env=kept, check=True, capture_output=True, encoding="utf-8"
    )
    taken, files = json.loads(done.stdout)
    return taken, [str(Path(folder, file)) for file in files]


def size(files: list[str]) -> Size:
    """What some files amount to; an extension module has no lines, but bytes."""
    sources = [Path(file).read_bytes() for file in files if file.endswith(".py")]
    compiled = [Path(cache_from_source(file)) for file in files if file.endswith(".py")]
    binary = [Path(file) for file in files if not file.endswith(".py")]
    return Size(
        len(files),
        sum(source.count(b"\n") for source in sources),
        sum(map(len, sources)),
        sum(path.stat().st_size for path in (*compiled, *binary) if path.exists()),
    )


if __name__ == "__main__":
    main()
