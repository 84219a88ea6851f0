"""How long decoding takes, beside plain ``json.loads`` and beside pydantic on equal models."""

from __future__ import annotations

import json
import statistics
import sys
import timeit
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import peers
from realtime_models import RealtimeFunctionTool, realtime_server_event_from_dict

EXAMPLES = Path(__file__).parent.parent / "examples"
ROUNDS = 21
REPEATS = 2000


def main() -> None:
    """Measure each payload and print a table."""
    print(f"CPython {sys.version.split()[0]}, microseconds, medians of {ROUNDS} rounds")
    print(f"{'payload':28}{'json.loads':>11}{'ours':>8}{'pydantic':>10}{'pydantic/ours':>15}")
    created = (EXAMPLES / "session_created_full.json").read_text("utf-8")
    tool = '{"type": "function", "name": "f", "description": "d", "parameters": {"type": "object"}}'
    row(
        "session.created",
        created,
        realtime_server_event_from_dict,
        peers.SessionCreated.model_validate,
    )
    row("function tool", tool, RealtimeFunctionTool.from_dict, peers.FunctionTool.model_validate)


def row(
    name: str,
    text: str,
    ours: Callable[[Mapping[str, object]], object],
    theirs: Callable[[Mapping[str, object]], object],
) -> None:
    """Measure one payload, the candidates in turn in every round."""
    data = json.loads(text)
    candidates: list[Callable[[], object]] = [
        lambda: json.loads(text),
        lambda: ours(data),
        lambda: theirs(data),
    ]
    rounds = [[timeit.timeit(run, number=REPEATS) for run in candidates] for _ in range(ROUNDS)]
    loads, own, peer = (
        statistics.median(times) / REPEATS * 1e6 for times in zip(*rounds, strict=True)
    )
    ratio = statistics.median(times[2] / times[1] for times in rounds)
    print(f"{name:28}{loads:11.2f}{own:8.2f}{peer:10.2f}{ratio:15.2f}")


if __name__ == "__main__":
    main()
