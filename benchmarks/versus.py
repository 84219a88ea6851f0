"""How much longer everything takes than in another checkout, such as the previous commit.

``python -m benchmarks.versus PATH`` runs both in turn (A B A B …), each time in a fresh process,
and prints the median ratio for each message; it never compares times of different runs.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from operator import methodcaller
from pathlib import Path
from statistics import geometric_mean, median
from typing import Final

from .payloads import Message, Payload, payloads

ROOT: Final = Path(__file__).parent.parent
OPERATIONS: Final = {
    "decode": "dict → object",
    "encode": "object → dict",
    "build": "construction by hand",
    "refuse": "a message that is wrong inside → DecodeError",
    "keep": "the same message → object that knows its problems",
    "check": "check of a message",
}
REPEATS: Final = 5
"""How often each function is timed in a process; the least time counts."""


def work() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each operation with its message, and the function that does it with this library."""
    from realtime_models import check

    from .measures import builder
    from .peers import ours

    for payload in payloads():
        decode, encode = ours.functions(payload.type_name).decode, methodcaller("to_dict")
        assert decode is not None
        value = decode(payload.data)
        build = builder(ours.PEER, value)
        assert build is not None
        yield f"decode: {payload.name}", partial(decode, payload.data)
        yield f"encode: {payload.name}", partial(encode, value)
        yield f"build: {payload.name}", partial(build, None)
        broken = _broken(payload)
        yield f"refuse: {payload.name}", partial(_refused, decode, broken)
        yield f"keep: {payload.name}", partial(decode, broken, invalid="keep")
        yield f"check: {payload.name}", partial(check, payload.type_name, payload.data)


def _refused(decode: Callable[..., object], data: Message) -> object:
    try:
        return decode(data)
    except ValueError as error:
        return error


def _broken(payload: Payload) -> Message:
    """Return a message whose innermost last value has a wrong type."""
    broken: Message = json.loads(payload.text)
    place = broken
    while isinstance(place, dict):
        inner = [value for value in place.values() if isinstance(value, dict) and value]
        if not inner:
            place[list(place)[-1]] = [[]]
            break
        place = inner[-1]
    return broken


def measured(seconds: float) -> dict[str, float]:
    """Return the processor seconds of one call, by operation and message, in this process."""
    gc.disable()
    times: dict[str, float] = {}
    for name, function in work():
        timer = timeit.Timer(function, timer=time.process_time)
        calls = max(int(seconds / max(timer.timeit(20) / 20, 1e-9)), 1)
        times[name] = min(timer.repeat(REPEATS, calls)) / calls
    return times


def in_process(library: Path, seconds: float) -> Mapping[str, float]:
    """Return the times of the library in a checkout; all other code is from this one."""
    code = (
        f"import sys; sys.path[:0] = [{str(library)!r}]; import realtime_models;"
        f" sys.path[0] = {str(ROOT)!r}; from benchmarks.versus import measured;"
        f" import json; print(json.dumps(measured({seconds})))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE)
    found: Mapping[str, float] = json.loads(done.stdout)
    return found


def main(arguments: list[str] | None = None) -> None:
    """Measure both checkouts and print the ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.versus", description=__doc__)
    parser.add_argument("other", type=Path, help="a checkout of another commit")
    parser.add_argument("--rounds", type=int, default=5, help="how often each checkout runs")
    parser.add_argument(
        "--milliseconds", type=float, default=50, help="how long each function runs for a time"
    )
    options = parser.parse_args(arguments)
    seconds = options.milliseconds / 1000
    rounds = [
        (in_process(ROOT, seconds), in_process(options.other, seconds))
        for _ in range(options.rounds)
    ]
    for operation, title in OPERATIONS.items():
        names = [name for name in rounds[0][0] if name.startswith(f"{operation}: ")]
        ratios = {n: median(ours[n] / other[n] for ours, other in rounds) for n in names}
        print(f"\n{title}: {geometric_mean(ratios.values()):.3f}")
        for name, ratio in ratios.items():
            print(f"  {name.partition(': ')[2]:34} {ratio:.3f}")


if __name__ == "__main__":
    main()
