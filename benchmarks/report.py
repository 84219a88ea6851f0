"""The figures as Markdown tables, and the part of ``README.md`` that is generated from them.

Ratios say how many times as much as ours a peer needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .imports import EVERYTHING, ONE_TYPE, ONE_UNION, WARM
from .measures import KEPT, OBJECTS, WITH_STRINGS
from .peers.peer import OPERATIONS
from .results import OURS, Results


@dataclass(frozen=True)
class Headline:
    """A measure with one of its subjects, or with the geometric mean of all."""

    title: str
    measure: str
    subject: str = ""

    def ratios(self, results: Results) -> Mapping[str, float]:
        """Return the ratio of each peer, the least first; ours is 1."""
        chosen = results.of(self.measure)
        found = (
            (peer, chosen.ratio(self.subject, peer) if self.subject else chosen.mean_ratio(peer))
            for peer in chosen.peers()
        )
        ratios = [(ratio, peer) for peer, ratio in found if ratio is not None]
        return {peer: ratio for ratio, peer in sorted(ratios)}


HEADLINES: Final = (
    Headline("dict → object", OPERATIONS["decode"]),
    Headline("JSON text → object", OPERATIONS["read"]),
    Headline("object → dict", OPERATIONS["encode"]),
    Headline("object → JSON text", OPERATIONS["write"]),
    Headline("construction by hand", OPERATIONS["build"]),
    Headline("a conversation, dicts → objects", KEPT["decode"]),
    Headline("a conversation, JSON texts → objects", KEPT["read"]),
    Headline("memory of an object without its strings", OBJECTS),
    Headline("memory of an object with its strings", WITH_STRINGS),
    Headline("import of one type", WARM, ONE_TYPE),
    Headline("import of the union of server events", WARM, ONE_UNION),
    Headline("import of everything", WARM, EVERYTHING),
)
"""The most telling measures, with one ratio for each peer."""

BEGIN: Final = "<!-- what follows is written by `--report` -->\n"
END: Final = "<!-- up to here -->\n"
STEPS: Final = {
    "ns": ((1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns")),
    "bytes": ((1e6, "MB"), (1e3, "kB"), (1.0, "B")),
}
MOST_IMPORTS: Final = 3
"""The number of kinds of imports, over which a mean makes no sense; messages are more."""


def insert(results: Results, file: Path) -> None:
    """Replace the report in a file."""
    before, found, rest = file.read_text("utf-8").partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (found and ended):
        raise ValueError(f"{file} has no place for a report")
    file.write_text(f"{before}{BEGIN}\n{report(results)}\n{END}{after}", "utf-8")


def report(results: Results) -> str:
    """Return the environment, the headlines, what peers do less, and the table of messages."""
    about = results.environment
    machine = [about[name] for name in ("date", "python", "build", "system", "processor")]
    versions = [f"{name} {about[name]}" for name in results.less if name in about]
    peers = [peer for peer in results.less if peer != OURS]
    headlines = [(one.title, one.ratios(results)) for one in HEADLINES]
    rows = [
        [title, *(times(ratios.get(peer)) for peer in peers)]
        for title, ratios in headlines
        if ratios
    ]
    lines = [
        f"{', '.join(machine)}. Peers: {', '.join(versions)}.",
        *([about["note"]] if "note" in about else []),
        "",
        f"How many times as much as {OURS} a peer needs; over the messages the geometric mean.",
        "",
        "<!-- --8<-- [start:ratios] -->",
        *_table(["", *peers], rows),
        "<!-- --8<-- [end:ratios] -->",
        "",
        "What a peer does less than ours:",
        "",
        *(f"* {name}: {'; '.join(less)}." for name, less in results.less.items() if less),
        "",
        *tables(results.of(OPERATIONS["decode"])),
    ]
    return "\n".join(lines)


def tables(results: Results) -> Iterator[str]:
    """Yield a table for each measure, with its title: our figure, and the ratios of the peers."""
    for measure in results.measures():
        chosen = results.of(measure)
        peers = [peer for peer in chosen.peers() if peer != OURS]
        subjects = chosen.subjects()
        rows = []
        for subject in subjects:
            ours = chosen.figure(subject, OURS)
            own = quantity(ours.median, ours.unit) if ours else ""
            rows.append([subject, own, *(times(chosen.ratio(subject, peer)) for peer in peers)])
        if len(subjects) > MOST_IMPORTS:
            means = [times(chosen.mean_ratio(peer)) for peer in peers]
            rows.append(["geometric mean", "1", *means])
        yield "\n".join([f"### {measure}", "", *_table(["", OURS, *peers], rows), ""])


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    rule = ["---", *["---:"] * (len(head) - 1)]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]


def times(ratio: float | None) -> str:
    """Format a ratio with three digits, or two decimals."""
    if ratio is None:
        return ""
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


def quantity(value: float, unit: str) -> str:
    """Format a value in a fitting unit, with three digits: ``4.32 µs``."""
    factor, name = next(
        ((size, name) for size, name in STEPS[unit] if value >= size), STEPS[unit][-1]
    )
    digits = f"{value / factor:.3g}" if value / factor < 1000 else f"{value / factor:.0f}"
    return f"{digits} {name}"
