"""``python -m benchmarks`` measures our library beside its peers, and prints tables of ratios.

``--save`` keeps the raw data, and ``--report`` writes it into README.md; ``--load`` uses kept data
and measures nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from .imports import import_figures
from .measures import conversation_figures, memory_figures, message_figures
from .payloads import payloads, whole_conversation
from .peers import all_peers
from .peers.peer import LESS, Peer
from .report import insert, tables
from .results import OURS, Figure, Results, environment, load, save
from .rounds import Plan

PARTS: Final = ("messages", "conversation", "memory", "imports")
MOST_COPIES: Final = 200
MOST_IMPORTS: Final = 9
"""The most rounds of imports, which take longer than calls and vary less."""


def main(arguments: list[str] | None = None) -> int:
    """Measure or load figures; print and save them."""
    options = _options(arguments)
    results = load(options.load) if options.load is not None else _results(options)
    print(json.dumps({**results.environment, "less": results.less}, indent=2, ensure_ascii=False))
    print("\nThe first column is ours; the others say how many times as much a peer needs.\n")
    print(*tables(results), sep="\n")
    if options.save is not None:
        save(results, options.save)
    if options.report is not None:
        insert(results, options.report)
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; or all")
    parser.add_argument("--peers", nargs="+", metavar="NAME", help="only these, and ours")
    parser.add_argument("--rounds", type=int, default=25, help="how many times each is measured")
    parser.add_argument(
        "--milliseconds", type=float, default=5, help="how long each runs in a round, at least"
    )
    parser.add_argument("--note", default="", help="kept with the data: what else was running")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the raw data, as JSON")
    parser.add_argument("--load", type=Path, metavar="FILE", help="use this data, measure nothing")
    parser.add_argument("--report", type=Path, metavar="FILE", help="update README.md")
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    return options


def _results(options: argparse.Namespace) -> Results:
    names = options.peers
    peers = [peer for peer in all_peers() if peer.name == OURS or not names or peer.name in names]
    figures: list[Figure] = []
    for part in options.parts or PARTS:
        start = time.perf_counter()
        figures += [figure.rounded() for figure in _figures(part, peers, options)]
        print(f"{part}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    less = {peer.name: [LESS[key] for key in LESS if key in peer.less] for peer in peers}
    return Results(environment(options.note), figures, less)


def _figures(part: str, peers: Sequence[Peer], options: argparse.Namespace) -> Iterator[Figure]:
    """Return the figures that one part measures."""
    plan = Plan(options.rounds, int(options.milliseconds * 1e6))
    match part:
        case "messages":
            return message_figures(peers, payloads(), plan)
        case "conversation":
            return conversation_figures(peers, whole_conversation(), plan)
        case "memory":
            return memory_figures(peers, payloads(), min(20 * options.rounds, MOST_COPIES))
        case _:
            return import_figures(peers, min(options.rounds, MOST_IMPORTS))


if __name__ == "__main__":
    sys.exit(main())
