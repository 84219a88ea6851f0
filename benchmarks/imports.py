"""How long importing takes: one type, the union of all events, everything; warm and cold.

Every import runs in a fresh interpreter and is timed in there, in processor time, without the
start of the interpreter. Warm means that its bytecode is there from an earlier run; cold, that
the package itself has none, though what it depends on has. And once more with the modules of
the standard library that it uses imported before, as most programs have them already.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .peers.peer import Peer
from .results import OURS, Figure

__all__ = [
    "COLD",
    "EVERYTHING",
    "ONE_TYPE",
    "ONE_UNION",
    "PACKAGES",
    "WARM",
    "WITH_STDLIB",
    "import_figures",
]

ONE_TYPE: Final = "one type"
ONE_UNION: Final = "the union of server events"
EVERYTHING: Final = "everything"

WARM: Final = "import, warm"
COLD: Final = "import, cold"
WITH_STDLIB: Final = "import, warm, standard library imported before"

TIMED: Final = """
import time
{before}
start = time.process_time_ns()
{statement}
print(time.process_time_ns() - start)
"""
BROUGHT: Final = """
import sys
before = set(sys.modules)
{statement}
brought = set(sys.modules) - before
print(*(name for name in brought if name.partition(".")[0] in sys.stdlib_module_names), sep=",")
"""


@dataclass(frozen=True)
class Import:
    """What a user of a library writes."""

    subject: str
    peer: str
    statement: str


PACKAGES: Final = {
    OURS: [
        Import(ONE_TYPE, OURS, f"from {OURS} import RealtimeSessionCreateResponse"),
        Import(
            ONE_UNION,
            OURS,
            f"from {OURS} import RealtimeServerEvent, realtime_server_event_from_json",
        ),
        Import(EVERYTHING, OURS, f"from {OURS} import *"),
    ],
    "openai": [
        Import(
            ONE_TYPE,
            "openai",
            "from openai.types.beta.realtime.session_create_response import SessionCreateResponse",
        ),
        Import(ONE_UNION, "openai", "from openai.types.realtime import RealtimeServerEvent"),
        Import(
            EVERYTHING,
            "openai",
            "from openai.types.realtime import *; from openai.types.beta.realtime import *",
        ),
    ],
}
"""The packages that have our types already; of other libraries the generated classes are taken."""


def import_figures(peers: Sequence[Peer], rounds: int) -> Iterator[Figure]:
    """Every import in turn, in every round, in each state."""
    with tempfile.TemporaryDirectory() as name:
        imports = [*_packages(peers, Path(name, "warm")), *_generated(peers, Path(name, "warm"))]
        shutil.copytree(Path(name, "warm"), Path(name, "cold"))
        brought = [_run(BROUGHT, one, Path(name, "warm")).strip() for one in imports]
        times: dict[tuple[str, Import], list[float]] = {}
        for _ in range(rounds):
            for one, modules in zip(imports, brought, strict=True):
                for state, folder, before in (
                    (WARM, "warm", ""),
                    (COLD, "cold", ""),
                    (WITH_STDLIB, "warm", f"import {modules}" if modules else ""),
                ):
                    spent = _run(TIMED, one, Path(name, folder), before)
                    times.setdefault((state, one), []).append(float(spent))
    for state in (WARM, COLD, WITH_STDLIB):
        for one in imports:
            yield Figure(state, one.subject, one.peer, "ns", times[state, one])


def _packages(peers: Sequence[Peer], folder: Path) -> Iterator[Import]:
    """Copies of the packages, without bytecode."""
    for peer in peers:
        spec = importlib.util.find_spec(peer.name) if peer.name in PACKAGES else None
        if spec is not None and spec.origin is not None:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(Path(spec.origin).parent, folder / peer.name, ignore=ignored)
            yield from PACKAGES[peer.name]


def _generated(peers: Sequence[Peer], folder: Path) -> Iterator[Import]:
    """The classes that the others have for the union of events, as modules."""
    for peer in peers:
        if peer.source:
            module = f"classes_for_{peer.name}"
            (folder / f"{module}.py").write_text(peer.source, "utf-8")
            yield Import(ONE_UNION, peer.name, f"import {module}")


def _run(program: str, one: Import, folder: Path, before: str = "") -> str:
    """What a program prints in a fresh interpreter that finds the copies in a folder.

    In the cold folder no bytecode is written; in the warm one the first run writes it.
    """
    command = [sys.executable, *(["-B"] if folder.name == "cold" else [])]
    code = program.format(statement=one.statement, before=before)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [*command, "-c", code], cwd=folder, env=kept, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout
