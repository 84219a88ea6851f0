"""``python -m benchmarks`` measures our library beside its peers, and prints tables of ratios.

``--save`` keeps the raw data, ``--chart`` draws it; with ``--load`` both are made from kept data.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from .chart import chart
from .growth import growth_figures
from .imports import import_figures
from .memory import memory_figures
from .payloads import payloads, whole_conversation
from .peers import all_peers
from .peers.peer import Peer
from .results import OURS, Figure, Results, environment, load, save
from .rounds import Plan, settled
from .speed import conversation_figures, message_figures
from .table import tables
from .targets import reports

PARTS = ("messages", "conversation", "growth", "memory", "imports")
FEW = ("json", "msgspec", "pydantic", "openai")
"""The peers beside which growth is shown: the others are not far from these."""


def main(arguments: list[str] | None = None) -> int:
    """Measure or load, print, save and draw; the exit status is always 0."""
    options = _options(arguments)
    if options.load is not None:
        results = load(options.load)
    else:
        peers = all_peers()
        if options.peers:
            peers = [peer for peer in peers if peer.name in {OURS, *options.peers}]
        figures = list(_figures(options.parts or PARTS, peers, options))
        results = Results(environment(options.note), figures)
    _print(results)
    if options.save is not None:
        save(results, options.save)
    if options.chart is not None:
        options.chart.write_text(chart(results), "utf-8")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; or all")
    parser.add_argument("--peers", nargs="+", metavar="NAME", help="only these, and ours")
    parser.add_argument("--rounds", type=int, default=25, help="how often each is measured")
    parser.add_argument(
        "--milliseconds", type=float, default=5, help="how long, at least, in each round"
    )
    parser.add_argument("--note", default="", help="kept with the data: what else was running")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the raw data, as JSON")
    parser.add_argument("--load", type=Path, metavar="FILE", help="measure nothing, use these data")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="draw the ratios, as SVG")
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    return options


def _figures(
    parts: Sequence[str], peers: Sequence[Peer], options: argparse.Namespace
) -> Iterator[Figure]:
    plan = Plan(options.rounds, int(options.milliseconds * 1e6))
    few = [peer for peer in peers if peer.name in {OURS, *FEW}]
    makers = {
        "messages": lambda: message_figures(peers, payloads(), plan),
        "conversation": lambda: conversation_figures(peers, whole_conversation(), plan),
        "growth": lambda: growth_figures(few, plan),
        "memory": lambda: memory_figures(peers, payloads(), 200),
        "imports": lambda: import_figures(peers, min(options.rounds, 9)),
    }
    for part in PARTS:
        if part in parts:
            start = time.perf_counter()
            with settled():
                yield from makers[part]()
            print(f"{part}: {time.perf_counter() - start:.0f} s", file=sys.stderr)


def _print(results: Results) -> None:
    for name, value in results.environment.items():
        print(f"{name}: {value}")
    print("\nThe first column is ours; the others are how many times as much a peer needs.\n")
    for text in tables(results):
        print(text)
    for line in reports(results):
        print(line)


if __name__ == "__main__":
    sys.exit(main())
