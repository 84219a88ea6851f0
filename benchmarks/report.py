"""The part of ``README.md`` that tells the results: written from the raw data, not by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .headlines import HEADLINES
from .peers.peer import OPERATIONS
from .results import OURS, Results
from .table import row, tables, times
from .targets import reports

__all__ = ["insert", "report"]

BEGIN: Final = "<!-- what follows is written by `--report` -->\n"
END: Final = "<!-- up to here -->\n"


def report(results: Results) -> str:
    """The results as Markdown: where they are from, the headlines, the targets, each message."""
    about = results.environment
    machine = [about[name] for name in ("date", "python", "build", "system", "processor")]
    versions = [f"{name} {about[name]}" for name in results.less if name in about]
    lines = [
        f"{', '.join(machine)}. Peers: {', '.join(versions)}.",
        *([about["note"]] if "note" in about else []),
        "",
        f"How many times as much as {OURS} a peer needs; over the messages the geometric mean.",
        "",
        *_headlines(results),
        "",
        "What a peer does less than ours:",
        "",
        *(f"* {name}: {'; '.join(less)}." for name, less in results.less.items() if less),
        "",
        "The targets:",
        "",
        *(f"* {line}" for line in reports(results)),
        "",
        *tables(results.of(OPERATIONS["decode"])),
    ]
    return "\n".join(lines)


def _headlines(results: Results) -> Iterator[str]:
    peers = [peer for peer in results.less if peer != OURS]  # without the lighter ones
    yield row(["", *peers])
    yield row(["---", *["---:"] * len(peers)])
    for headline in HEADLINES:
        ratios = headline.ratios(results)
        if ratios:
            yield row([headline.title, *(times(ratios.get(peer)) for peer in peers)])


def insert(results: Results, file: Path) -> None:
    """Put the report in the place of the one that a file has."""
    before, found, rest = file.read_text("utf-8").partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (found and ended):
        raise ValueError(f"{file} has no place for a report")
    file.write_text(f"{before}{BEGIN}\n{report(results)}\n{END}{after}", "utf-8")
