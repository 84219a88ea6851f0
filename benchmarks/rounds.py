"""How anything is measured: all candidates in every round, in turn (A B C, B C A, …).

The speed of a shared machine varies, so only the ratio of two times of the same round counts, and
the median of it over all rounds. Times are processor time. The garbage collector is on, as for
users.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final

from .peers.peer import Function

WARM_UP_CALLS: Final = 50
WARM_UP_NANOSECONDS: Final = 200_000_000
"""How long to call before measuring: some libraries generate code in their first calls."""


@dataclass(frozen=True)
class Candidate:
    """A function of one argument, and the name of the library that it belongs to."""

    name: str
    function: Function
    argument: object


@dataclass(frozen=True)
class Plan:
    """How long to measure."""

    rounds: int
    nanoseconds: int
    """The least time that a candidate runs in each round: many calls, or a single long one."""


def measure(candidates: Sequence[Candidate], plan: Plan) -> Mapping[str, list[float]]:
    """Return the nanoseconds of one call, for each candidate in each round."""
    calls = [_calibrated(candidate, plan.nanoseconds) for candidate in candidates]
    times: dict[str, list[float]] = {candidate.name: [] for candidate in candidates}
    pairs = list(zip(candidates, calls, strict=True))
    gc.freeze()  # A process that uses one library does not hold the classes of all the others.
    try:
        for turn in range(plan.rounds):
            first = turn % len(pairs)
            for candidate, count in pairs[first:] + pairs[:first]:
                # A full collection, since only that resets the counters for the next one.
                gc.collect()
                times[candidate.name].append(_run(candidate, count) / count)
    finally:
        gc.unfreeze()
    return times


def _calibrated(candidate: Candidate, nanoseconds: int) -> int:
    """Return how many calls take that long, after the first calls have prepared everything."""
    spent = calls = 0
    while calls < WARM_UP_CALLS and spent < WARM_UP_NANOSECONDS:
        spent += _run(candidate, 1)
        calls += 1
    calls = 1
    while (spent := min(_run(candidate, calls), _run(candidate, calls))) < nanoseconds:
        calls = max(calls * 2, calls * nanoseconds // max(spent, 1))
    return calls


def _run(candidate: Candidate, calls: int) -> int:
    function, argument = candidate.function, candidate.argument
    start = time.process_time_ns()
    for _ in repeat(None, calls):
        function(argument)
    return time.process_time_ns() - start
