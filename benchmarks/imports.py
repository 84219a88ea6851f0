"""How long importing takes, warm: one type, the union of all events, everything.

Every import runs in a fresh interpreter that finds the bytecode of an earlier run. It is timed
inside, in processor time, without the start of the interpreter.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from .peers.peer import Peer
from .results import OURS, Figure

WARM: Final = "import, warm"
ONE_TYPE: Final = "one type"
ONE_UNION: Final = "the union of server events"
EVERYTHING: Final = "everything"
BETA: Final = "openai.types.beta.realtime"
PACKAGES: Final = {
    OURS: {
        ONE_TYPE: f"from {OURS} import RealtimeSessionCreateResponse",
        ONE_UNION: f"from {OURS} import RealtimeServerEvent, realtime_server_event_from_json",
        EVERYTHING: f"from {OURS} import *",
    },
    "openai": {
        ONE_TYPE: f"from {BETA}.session_create_response import SessionCreateResponse",
        ONE_UNION: "from openai.types.realtime import RealtimeServerEvent",
        EVERYTHING: f"from openai.types.realtime import *; from {BETA} import *",
    },
}
"""The imports of packages with these types; for other peers, generated classes are imported."""
TIMED: Final = """
import sys, time
sys.path[:0] = {path!r}
start = time.process_time_ns()
{statement}
print(time.process_time_ns() - start)
"""


def import_figures(peers: Sequence[Peer], rounds: int) -> Iterator[Figure]:
    """Measure every import in turn, in every round."""
    with tempfile.TemporaryDirectory() as folder:
        imports = [*_imports(peers, Path(folder))]
        times: list[list[float]] = [[] for _ in imports]
        for number in range(rounds + 1):
            for (_, _, statement), found in zip(imports, times, strict=True):
                spent = _nanoseconds(statement, folder)
                if number:  # The first round writes the bytecode.
                    found.append(spent)
    for (subject, peer, _), found in zip(imports, times, strict=True):
        yield Figure(WARM, subject, peer, "ns", found)


def _imports(peers: Sequence[Peer], folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield subject, peer and statement of each import; write generated classes as modules."""
    for peer in peers:
        for subject, statement in PACKAGES.get(peer.name, {}).items():
            yield subject, peer.name, statement
        if peer.source:
            Path(folder, f"classes_for_{peer.name}.py").write_text(peer.source, "utf-8")
            yield ONE_UNION, peer.name, f"import classes_for_{peer.name}"


def _nanoseconds(statement: str, folder: str) -> float:
    code = TIMED.format(path=[folder, *filter(None, sys.path)], statement=statement)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=kept, check=True, stdout=subprocess.PIPE, text=True
    )
    return float(done.stdout)
