"""What the guard counts the instructions of: one operation, so many times, after a warm-up.

``python -m benchmarks.workload PAYLOAD OPERATION CALLS``; with 0 calls all else is the same.
"""

from __future__ import annotations

import gc
import sys
from typing import Final

from .payloads import payloads
from .peers import ours, stdlib_json
from .peers.peer import Function

__all__ = ["WORK"]

WORK: Final = ("decode", "read", "encode", "write", "json.loads")
"""Our operations, and the floor to see how much of a count is ours."""
WARM_UP: Final = 100


def main(payload_name: str, operation: str, calls: int) -> None:
    """Warm all operations up, and then repeat one."""
    [payload] = [one for one in payloads() if one.name == payload_name]
    functions = ours.functions(payload.type_name)
    loads = stdlib_json.peer().functions(payload.type_name).read
    value = (functions.decode or dict)(payload.data)
    work: dict[str, tuple[Function | None, object]] = {
        "decode": (functions.decode, payload.data),
        "read": (functions.read, payload.text),
        "encode": (functions.encode, value),
        "write": (functions.write, value),
        "json.loads": (loads, payload.text),
    }
    for function, argument in work.values():
        repeat(function, argument, WARM_UP)
    gc.collect()  # so that each run starts with as little as the others
    repeat(*work[operation], calls)


def repeat(function: Function | None, argument: object, calls: int) -> None:
    assert function is not None
    for _ in range(calls):
        function(argument)


if __name__ == "__main__":
    gc.disable()  # One collection more or less would be told as a change of the code.
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
