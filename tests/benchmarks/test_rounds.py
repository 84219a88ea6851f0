"""Candidates are measured in turn, each as often as the plan says."""

from __future__ import annotations

import gc

from benchmarks.rounds import Candidate, Plan, measure


def test_every_candidate_is_measured_in_every_round() -> None:
    candidates = [Candidate("one", len, "a"), Candidate("two", sorted, "ba")]
    times = measure(candidates, Plan(rounds=3, nanoseconds=1000))
    assert {name: len(rounds) for name, rounds in times.items()} == {"one": 3, "two": 3}
    assert all(time > 0 for rounds in times.values() for time in rounds)


def test_the_candidates_take_turns_and_each_begins_once() -> None:
    order: list[str] = []
    candidates = [Candidate(name, order.append, name) for name in "abc"]
    measure(candidates, Plan(rounds=3, nanoseconds=1))
    before, rounds = "".join(order[:-9]), "".join(order[-9:])
    assert rounds == "abc" + "bca" + "cab"
    assert before == "".join(sorted(before))


def test_what_only_first_calls_need_is_not_taken_for_what_it_needs() -> None:
    calls: list[int] = []

    def slow_at_first(argument: object) -> None:
        calls.append(0)
        if len(calls) < 5:
            sum(range(1_000_000))

    measure([Candidate("lazy", slow_at_first, 0)], Plan(1, 1_000_000))
    # Judged by its first calls, one call would have been enough for a round.
    assert len(calls) > 100


def test_a_fast_function_is_called_often_enough_to_be_timed() -> None:
    calls: list[int] = []
    measure([Candidate("fast", calls.append, 0)], Plan(rounds=1, nanoseconds=200_000))
    assert len(calls) > 100


def test_the_garbage_collector_is_on_and_looks_only_at_what_is_new() -> None:
    seen: list[tuple[bool, bool]] = []

    def look(argument: object) -> None:
        seen.append((gc.isenabled(), gc.get_freeze_count() > 1000))

    measure([Candidate("look", look, 0)], Plan(rounds=2, nanoseconds=1))
    assert seen[-2:] == [(True, True), (True, True)]
    assert gc.get_freeze_count() == 0


def test_no_candidate_pays_for_what_another_left_behind() -> None:
    counts: list[tuple[int, ...]] = []

    def leave(argument: object) -> None:
        _ = [[] for _ in range(3000)]  # enough to trigger the collector

    candidates = [
        Candidate("leave", leave, 0),
        Candidate("count", lambda _: counts.append(gc.get_count()), 0),
    ]
    measure(candidates, Plan(rounds=3, nanoseconds=1))
    assert all(max(count[1:]) == 0 for count in counts[-3:])
