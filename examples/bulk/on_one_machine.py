"""The summary of an archive, made by the processes of one machine.

    python examples/bulk/on_one_machine.py archive/*.gz

Processes and not threads, since decoding is work of the interpreter. Paths go out and summaries
come back: the events themselves stay where they are decoded.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import reduce

from summary import Summary, as_text, merge, summarise_part


def plain_loop(paths: Iterable[str]) -> Summary:
    """The summary of an archive, made by this process alone."""
    return reduce(merge, map(summarise_part, paths), Summary())


def on_one_machine(paths: Iterable[str], workers: int | None = None) -> Summary:
    """The summary of an archive, made by a number of processes: one a core, if not said."""
    with ProcessPoolExecutor(workers) as pool:
        return reduce(merge, pool.map(summarise_part, paths), Summary())


def main() -> None:
    """Print the summary."""
    parser = argparse.ArgumentParser(description="Summarise an archive on one machine.")
    parser.add_argument("parts", nargs="+", help="gzipped JSON Lines")
    parser.add_argument("--workers", type=int, help="as many as there are cores, if not said")
    options = parser.parse_args()
    print(as_text(on_one_machine(options.parts, options.workers)))


if __name__ == "__main__":
    main()
