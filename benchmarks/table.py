"""The figures as tables: rows are messages, columns peers, and cells say how many times as much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .results import OURS, Results

__all__ = ["quantity", "row", "tables", "times"]

STEPS: Final = {
    "ns": ((1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns")),
    "bytes": ((1e6, "MB"), (1e3, "kB"), (1.0, "B")),
}

MOST_SIZES: Final = 4
"""Fewer subjects than there are messages; a measure of growth has so many sizes at most."""


def tables(results: Results) -> Iterator[str]:
    """A Markdown table for each measure, with its title."""
    for measure in results.measures():
        chosen = results.of(measure)
        yield "\n".join([f"### {measure}", "", *_rows(chosen), ""])


def _rows(results: Results) -> Iterator[str]:
    peers = [peer for peer in results.peers() if peer != OURS]
    yield row(["", OURS, *peers])
    yield row(["---", *["---:"] * (len(peers) + 1)])
    for subject in results.subjects():
        ours = results.figure(subject, OURS)
        own = quantity(ours.median, ours.unit) if ours else ""
        yield row([subject, own, *(times(results.ratio(subject, peer)) for peer in peers)])
    if is_averaged(results):
        means = [times(results.mean_ratio(peer)) for peer in peers]
        yield row(["geometric mean", "1", *means])


def is_averaged(results: Results) -> bool:
    """Whether a mean says something: over messages, but not over sizes or kinds of imports."""
    return len(results.subjects()) > MOST_SIZES


def row(cells: list[str]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def times(ratio: float | None) -> str:
    """A ratio with three digits, or two decimals."""
    if ratio is None:
        return ""
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


def quantity(value: float, unit: str) -> str:
    """A value in the unit that fits it, with three digits: ``4.32 µs``."""
    factor, name = next(
        ((size, name) for size, name in STEPS[unit] if value >= size), STEPS[unit][-1]
    )
    digits = f"{value / factor:.3g}" if value / factor < 1000 else f"{value / factor:.0f}"
    return f"{digits} {name}"
