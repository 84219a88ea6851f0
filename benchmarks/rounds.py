"""How anything is measured: all candidates in every round, in turn (A B C, B C A, …).

A shared machine changes its speed, so what counts is the ratio of two times of the same round, and
of all rounds the median. Times are processor time. The garbage collector is on, as for users.
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
"""Some libraries write code when they are first called, and again when other fields come."""


@dataclass(frozen=True)
class Candidate:
    """A function of one argument, under the name of whoever offers it."""

    name: str
    function: Function
    argument: object


@dataclass(frozen=True)
class Plan:
    """How long to measure."""

    rounds: int
    nanoseconds: int
    """How long a candidate runs in each round, at least: many calls, or a single long one."""


def measure(candidates: Sequence[Candidate], plan: Plan) -> Mapping[str, list[float]]:
    """The nanoseconds that one call took, for each candidate in each round."""
    calls = [_calibrated(candidate, plan.nanoseconds) for candidate in candidates]
    times: dict[str, list[float]] = {candidate.name: [] for candidate in candidates}
    pairs = list(zip(candidates, calls, strict=True))
    gc.freeze()  # A process that uses one library does not hold the classes of all the others.
    try:
        for turn in range(plan.rounds):
            first = turn % len(pairs)
            for candidate, count in pairs[first:] + pairs[:first]:
                # All of it, since that alone resets what decides when the next collection comes.
                gc.collect()
                times[candidate.name].append(_run(candidate, count) / count)
    finally:
        gc.unfreeze()
    return times


def _calibrated(candidate: Candidate, nanoseconds: int) -> int:
    """How many calls take that long, once everything that first calls prepare is there."""
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
