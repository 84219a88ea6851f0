"""What the guard counts the instructions of: one operation, so many times, after a warm-up.

``python -m benchmarks.workload PAYLOAD OPERATION CALLS``; with 0 calls all else is the same.
"""

from __future__ import annotations

import gc
import json
import sys
from typing import Final

from .payloads import payloads
from .peers import ours
from .peers.peer import Function

WORK: Final = ("decode", "read", "encode", "write", "json.loads")
"""Our operations, and the floor to see how much of a count is ours."""
WARM_UP: Final = 100


def main(payload_name: str, operation: str, calls: int) -> None:
    """Warm all operations up, and then repeat one."""
    [payload] = [one for one in payloads() if one.name == payload_name]
    do = ours.functions(payload.type_name)
    value = (do.decode or dict)(payload.data)
    functions = (do.decode, do.read, do.encode, do.write, json.loads)
    arguments = (payload.data, payload.text, value, value, payload.text)
    work = dict(zip(WORK, zip(functions, arguments, strict=True), strict=True))
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
