"""The program whose instructions the guard counts: one operation, repeated after a warm-up.

``python -m benchmarks.workload PAYLOAD OPERATION CALLS``; 0 calls measure everything else.
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
"""Our operations, and the parser alone, to see how much of a count is ours."""
WARM_UP: Final = 100


def main(payload_name: str, operation: str, calls: int) -> None:
    """Warm up all operations, and then repeat one."""
    [payload] = [one for one in payloads() if one.name == payload_name]
    do = ours.functions(payload.type_name)
    value = (do.decode or dict)(payload.data)
    functions = (do.decode, do.read, do.encode, do.write, json.loads)
    arguments = (payload.data, payload.text, value, value, payload.text)
    work = dict(zip(WORK, zip(functions, arguments, strict=True), strict=True))
    for function, argument in work.values():
        repeat(function, argument, WARM_UP)
    gc.collect()  # so that all runs start alike
    repeat(*work[operation], calls)


def repeat(function: Function | None, argument: object, calls: int) -> None:
    assert function is not None
    for _ in range(calls):
        function(argument)


if __name__ == "__main__":
    gc.disable()  # One collection more or less would look like a change of the code.
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
