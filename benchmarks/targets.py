"""What we promised ourselves, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .imports import EVERYTHING, ONE_TYPE, WARM
from .memory import OBJECTS
from .peers.peer import OPERATIONS
from .results import OURS, Results

__all__ = ["TARGETS", "Target", "reports"]


@dataclass(frozen=True)
class Target:
    """A peer needs at least, or we need at most, so many times as much."""

    measure: str
    peer: str
    bound: float
    at_most: bool = False
    """Whether the bound is on what we need of theirs, not on what they need of ours."""
    subject: str = ""
    """One subject only; else the geometric mean over all."""

    def value(self, results: Results) -> float | None:
        """What was measured; ``None`` if that was not."""
        chosen = results.of(self.measure)
        one, other = (OURS, self.peer) if self.at_most else (self.peer, OURS)
        if self.subject:
            return chosen.ratio(self.subject, one, other)
        return chosen.mean_ratio(one, other)

    def is_met(self, value: float) -> bool:
        return value <= self.bound if self.at_most else value >= self.bound

    def __str__(self) -> str:
        of = f" ({self.subject})" if self.subject else ""
        if self.at_most:
            return f"{self.measure}{of}: at most {self.bound:g} times {self.peer}"
        return f"{self.measure}{of}: {self.peer} at least {self.bound:g} times ours"


DECODE: Final = OPERATIONS["decode"]
TARGETS: Final = (
    Target(DECODE, "pydantic", 1.3),
    Target(DECODE, "mashumaro", 2.5),
    Target(DECODE, "adaptix", 2.5),
    Target(DECODE, "cattrs", 2.5),
    Target(DECODE, "openai", 20),
    Target(DECODE, "msgspec", 4, at_most=True),
    Target(OPERATIONS["read"], "json", 1.6, at_most=True),
    Target(OBJECTS, "pydantic", 3),
    Target(WARM, "openai", 40, subject=ONE_TYPE),
    Target(WARM, "openai", 6, subject=EVERYTHING),
)


def reports(results: Results) -> Iterator[str]:
    """A line for each target."""
    for target in TARGETS:
        value = target.value(results)
        if value is not None:
            verdict = "met   " if target.is_met(value) else "missed"
            yield f"{verdict}  {target}: {value:.2f}"
