"""``python -m benchmarks.guard`` counts instructions, and compares them with the recorded ones.

Times differ from run to run; the instructions that valgrind counts are the same in every run of
the same Python, so a change of one percent is a change of the code. A maintainer runs this before
a release; ``--record`` keeps the new counts in ``guard.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from .payloads import payloads as all_payloads
from .results import environment
from .workload import WORK

ROOT: Final = Path(__file__).parent.parent
RECORD: Final = Path(__file__).parent / "guard.json"
PAYLOADS: Final = (
    "session.created",
    "session.updated",
    "response.output_text.delta",
    "conversation.item.added",
    "response.done, ten items",
    "RealtimeSessionCreateResponse",
)
CHARACTERS: Final = 500_000
"""The characters to convert in a run: a message is repeated as often as that takes.

Starting up varies by some 60,000 instructions with the length of a path, which should be little
beside what is counted."""
IMPORTS: Final = {
    "import of one type": "from realtime_models import RealtimeSessionCreateResponse",
    "import of the union of server events": (
        "from realtime_models import realtime_server_event_from_json"
    ),
    "import of everything": "from realtime_models import *",
}
CLEAN: Final = {"PYTHONHASHSEED": "0", "PATH": os.environ["PATH"]}
"""The same environment for every run."""
SAME: Final = ("python", "build", "system")
"""What the counts depend on, besides the code."""
TOLERANCE: Final = 1.02
"""The ratio from which a count is reported as more, and the exit status is 1."""


def main(arguments: list[str] | None = None) -> int:
    """Count, print and compare; return 1 if anything needs more instructions than recorded."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.guard", description=__doc__)
    parser.add_argument("--record", action="store_true", help="keep the counts of this run")
    parser.add_argument("--file", type=Path, default=RECORD, help="the file with the kept counts")
    options = parser.parse_args(arguments)
    if shutil.which("valgrind") is None:
        print("SKIPPED: the guard counts instructions with valgrind, which is not installed")
        return 0
    recorded = json.loads(options.file.read_text("utf-8"))
    about, counts = environment(), count()
    lines, worse = compare(recorded["instructions"], counts)
    print(*lines, sep="\n")
    if options.record:
        text = json.dumps({"environment": about, "instructions": counts}, indent=2)
        options.file.write_text(f"{text}\n", "utf-8")
        return 0
    before = [recorded["environment"][key] for key in SAME]
    if before != [about[key] for key in SAME]:
        print("not comparable: recorded with", *before)
        return 0
    return 1 if worse else 0


def count(
    payloads: Sequence[str] = PAYLOADS, imports: Mapping[str, str] = IMPORTS
) -> dict[str, int]:
    """Count the instructions of one call of each operation, and of each import."""
    programs: dict[str, tuple[list[str], list[str], int]] = {}
    for payload in all_payloads():
        program = ["-m", "benchmarks.workload", payload.name]
        calls = CHARACTERS // len(payload.text)
        for work in WORK if payload.name in payloads else ():
            full, empty = [*program, work, str(calls)], [*program, WORK[0], "0"]
            programs[f"{payload.name}: {work}"] = (full, empty, calls)
    for name, statement in imports.items():
        programs[name] = (["-c", statement], ["-c", ""], 1)
    runs = {tuple(run) for full, empty, _ in programs.values() for run in (full, empty)}
    found = _instructions(runs)
    return {
        name: round((found[tuple(full)] - found[tuple(empty)]) / calls)
        for name, (full, empty, calls) in programs.items()
    }


def _instructions(runs: Iterable[tuple[str, ...]]) -> Mapping[tuple[str, ...], int]:
    """Return what valgrind counts for each run; as many run at a time as there are processors."""
    ordered = sorted(runs)
    for run in ordered:  # writes the bytecode, so that no counted run compiles
        subprocess.run([sys.executable, *run], cwd=ROOT, env=CLEAN, check=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(ordered, pool.map(_counted, ordered), strict=True))


def _counted(run: tuple[str, ...]) -> int:
    """Count the instructions of one run of Python, with all that varies between runs excluded."""
    same_addresses = ["setarch", "-R"] if shutil.which("setarch") else []
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = subprocess.run(
        [*same_addresses, *valgrind, sys.executable, *run],
        cwd=ROOT,
        env=CLEAN,
        check=True,
        stderr=subprocess.PIPE,
        text=True,
    )
    found = re.search(r"Collected : (\d+)", done.stderr)
    if found is None:
        raise RuntimeError(f"valgrind counted nothing:\n{done.stderr}")
    return int(found[1])


def compare(recorded: dict[str, int], counts: dict[str, int]) -> tuple[list[str], bool]:
    """Return a line for each count, and whether any of them is more than it was."""
    lines = [f"{'':48} {'instructions':>12} {'recorded':>12}  change"]
    worse = False
    for name, number in counts.items():
        before = recorded.get(name)
        if not before:
            lines.append(f"{name:48} {number:12,} {'':12}     new")
            continue
        is_more = number > before * TOLERANCE
        worse |= is_more
        mark = "  MORE" if is_more else ""
        lines.append(f"{name:48} {number:12,} {before:12,} {number / before - 1:+7.1%}{mark}")
    return lines, worse


if __name__ == "__main__":
    sys.exit(main())
