"""Candidates are measured in turn, each as often as the plan says."""

from __future__ import annotations

import gc

from benchmarks.rounds import Candidate, Plan, measure, settled


def test_every_candidate_is_measured_in_every_round() -> None:
    candidates = [Candidate("one", len, "a"), Candidate("two", sorted, "ba")]
    times = measure(candidates, Plan(rounds=3, nanoseconds=1000))
    assert {name: len(rounds) for name, rounds in times.items()} == {"one": 3, "two": 3}
    assert all(time > 0 for rounds in times.values() for time in rounds)


def test_the_candidates_take_turns_and_each_begins_once() -> None:
    order: list[str] = []
    candidates = [Candidate(name, order.append, name) for name in "abc"]
    measure(candidates, Plan(rounds=3, nanoseconds=1))
    # Before the rounds each is called twice: to warm up, and to see how long it takes.
    assert "".join(order) == "aabbcc" + "abc" + "bca" + "cab"


def test_a_fast_function_is_called_often_enough_to_be_timed() -> None:
    calls: list[int] = []
    measure([Candidate("fast", calls.append, 0)], Plan(rounds=1, nanoseconds=200_000))
    assert len(calls) > 100


def test_the_garbage_collector_is_on_and_looks_only_at_what_is_new() -> None:
    frozen = gc.get_freeze_count()
    with settled():
        assert gc.isenabled()
        assert gc.get_freeze_count() > frozen
    assert gc.get_freeze_count() == 0
