"""What an adapter costs beyond the plain functions: both in turn in every round, as a table."""

from __future__ import annotations

import statistics
import sys
import timeit
from collections.abc import Callable

__all__ = ["heading", "row"]

ROUNDS = 21
REPEATS = 400


def heading(library: str) -> None:
    """Print what is measured with what, and the names of the columns."""
    print(f"CPython {sys.version.split()[0]}, {library}, medians of {ROUNDS} rounds")
    print(f"{'':34}{'plain, us':>10}{'adapter, us':>13}{'adapter/plain':>15}")


def row(name: str, plain: Callable[[], object], adapter: Callable[[], object]) -> None:
    """Measure both in turn in every round."""
    candidates = (plain, adapter)
    rounds = [[timeit.timeit(run, number=REPEATS) for run in candidates] for _ in range(ROUNDS)]
    one, other = (statistics.median(times) / REPEATS * 1e6 for times in zip(*rounds, strict=True))
    ratio = statistics.median(times[1] / times[0] for times in rounds)
    print(f"{name:34}{one:10.2f}{other:13.2f}{ratio:15.2f}")
