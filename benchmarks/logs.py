"""How long ``check`` takes over a log beside a plain loop, and how much memory: as a table.

``python -m benchmarks.logs [MB]`` writes logs of that size, a conversation with and without its
audio and the mix of ``examples/logs``, and reads each in both ways, in turn, each time in a fresh
process.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from .payloads import whole_conversation

__all__ = ["main"]

EXAMPLES: Final = Path(__file__).parent.parent / "examples" / "logs"
ROUNDS: Final = 3
SIZE: Final = 100
"""The default size in megabytes."""
LOOP: Final = """
import sys
from realtime_models import realtime_server_event_from_json

with open(sys.argv[1], "rb") as lines:
    for line in lines:
        realtime_server_event_from_json(line)
"""
# The peak of a process includes the time before it became Python, so each has its own parent.
MEASURED: Final = """
import resource, subprocess, sys, time

began = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def measure(*arguments: str) -> tuple[float, float]:
    """Run Python; return the seconds that it took, and its peak memory in MB."""
    command = [sys.executable, "-c", MEASURED, sys.executable, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1024


def main(arguments: Sequence[str]) -> None:
    """Print a line for each log."""
    size = int(arguments[0] if arguments else SIZE) * 1_000_000
    events = [payload.text + "\n" for payload in whole_conversation()]
    mix = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.jsonl"))]
    short = [text for text in events if len(text) < 4000]
    logs = {"with audio": events, "without": short, "mix": mix}
    print(f"{'':12}{'loop, MB/s':>12}{'check, MB/s':>12}{'ratio':>8}", end="")
    print(f"{'loop, MB':>10}{'check, MB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log")
        for name, texts in logs.items():
            text = "".join(texts)
            with path.open("w", encoding="utf-8") as stream:
                for _ in range(size // len(text) + 1):
                    stream.write(text)
            rounds = [
                (
                    measure("-c", LOOP, str(path)),
                    measure("-m", "realtime_models", "check", str(path)),
                )
                for _ in range(ROUNDS)
            ]
            loop, check = (min(times) for times in zip(*rounds, strict=True))
            megabytes = path.stat().st_size / 1e6
            print(
                f"{name:12}{megabytes / loop[0]:12.0f}{megabytes / check[0]:12.0f}"
                f"{check[0] / loop[0]:8.2f}{loop[1]:10.0f}{check[1]:10.0f}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
