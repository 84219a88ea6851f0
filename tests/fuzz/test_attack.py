"""A small run of the attack with which ``tox -e attack`` tries a million inputs."""

from __future__ import annotations

from fuzz.attack import run


def test_no_hostile_message_breaks_a_law() -> None:
    counts = run(seed=0, count=2000)
    assert not counts["broke a law"]
    assert counts["inputs"] == counts["decoded"] + counts["refused"] == 2000
    assert min(counts["decoded"], counts["texts"], counts["conversions"]) > 200
    assert min(counts["requests"], counts["no request"]) > 10
