"""Summarise an archive with the processes of one machine.

    python examples/bulk/on_one_machine.py archive/*.gz

It uses processes, not threads, since decoding is work for the interpreter. They receive paths and
return summaries: the events themselves stay where they are decoded.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import reduce

from summary import Summary, as_text, merge, summarise_part


def plain_loop(paths: Iterable[str]) -> Summary:
    """Return the summary of an archive, made by this process alone."""
    return reduce(merge, map(summarise_part, paths), Summary())


def on_one_machine(paths: Iterable[str], workers: int | None = None) -> Summary:
    """Return the summary of an archive, made by a number of processes, by default one a core."""
    with ProcessPoolExecutor(workers) as pool:
        return reduce(merge, pool.map(summarise_part, paths), Summary())


def main() -> None:
    """Print the summary."""
    parser = argparse.ArgumentParser(description="Summarise an archive on one machine.")
    parser.add_argument("parts", nargs="+", help="gzipped JSON Lines")
    parser.add_argument("--workers", type=int, help="by default, the number of cores")
    options = parser.parse_args()
    print(as_text(on_one_machine(options.parts, options.workers)))


if __name__ == "__main__":
    main()
