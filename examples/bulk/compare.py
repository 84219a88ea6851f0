"""Summarise an archive in three ways; check that they agree, and show how fast each is.

    python examples/bulk/compare.py archive/*.gz --workers 2

The throughput of a core is lines per second of processor time, so other work on the machine does
not affect it. The time of the pool includes starting its processes. That of the cluster excludes
its start and the scheduler, but includes the import of the library by the workers.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable

from distributed import Client
from local_cluster import local_cluster
from on_cluster import on_cluster, send_library
from on_one_machine import on_one_machine, plain_loop
from summary import Summary, as_text

import realtime_models


def measured(name: str, run: Callable[[], Summary], used: Callable[[], float]) -> Summary:
    """Run, and print a row of the table; ``used`` returns the processor time used so far."""
    start, used_before = time.perf_counter(), used()
    summary = run()
    seconds, busy = time.perf_counter() - start, used() - used_before
    lines = summary.lines
    print(f"{name:<18}{seconds:10.2f}{lines / seconds:12,.0f}{busy:12.2f}{lines / busy:12,.0f}")
    return summary


def used_here() -> float:
    """Return the processor time of this process and of its ended children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> int:
    """Print the table; return 0 if the summaries are equal."""
    parser = argparse.ArgumentParser(description="Compare three ways to summarise an archive.")
    parser.add_argument("parts", nargs="+", help="gzipped JSON Lines")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    parts, workers = options.parts, options.workers
    print(f"{'':<18}{'seconds':>10}{'lines/s':>12}{'processor s':>12}{'per core':>12}")
    summaries = [
        measured("plain loop", lambda: plain_loop(parts), used_here),
        measured(f"{workers} processes", lambda: on_one_machine(parts, workers), used_here),
    ]
    with local_cluster(workers) as address, Client(address) as client:

        def used_there() -> float:
            return float(sum(client.run(time.process_time).values()))

        client.wait_for_workers(workers)
        send_library(client)
        name = f"{workers} Dask workers"
        summaries.append(measured(name, lambda: on_cluster(parts, client), used_there))
        origins = {*client.run(lambda: realtime_models.__file__).values()}
    print("the workers have the library from", *sorted(origins))
    print(as_text(summaries[0]))
    equal = all(summary == summaries[0] for summary in summaries)
    print("the summaries are", "equal" if equal else "NOT EQUAL")
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
