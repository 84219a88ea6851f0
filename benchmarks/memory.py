"""How much memory an object keeps.

Counted twice: what decoding a dict adds to the strings that the dict has already, which is the
cost of the objects themselves; and what stays after reading a text, strings included. Memory
does not depend on the hour, so one round is enough.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Final

from .payloads import Payload
from .peers.peer import Function, Peer
from .results import Figure

__all__ = ["OBJECTS", "WITH_STRINGS", "memory_figures"]

OBJECTS: Final = "memory of an object without its strings"
WITH_STRINGS: Final = "memory of an object with its strings"


def memory_figures(
    peers: Sequence[Peer], payloads: Sequence[Payload], copies: int
) -> Iterator[Figure]:
    """Both measures, for every message."""
    for title in (OBJECTS, WITH_STRINGS):
        for payload in payloads:
            for peer in peers:
                functions = peer.functions(payload.type_name)
                function = functions.decode if title == OBJECTS else functions.read
                argument: object = payload.data if title == OBJECTS else payload.text
                if function is not None:
                    size = kept_bytes(function, argument, copies)
                    yield Figure(title, payload.name, peer.name, "bytes", [size])


def kept_bytes(function: Function, argument: object, copies: int) -> float:
    """The bytes that a result keeps alive, on the average of some copies."""
    kept: list[object] = [None] * copies
    function(argument)  # whatever a first call prepares is not counted
    gc.freeze()  # What is there already need not be looked at below.
    tracemalloc.start()
    try:
        for index in range(copies):
            kept[index] = function(argument)
        gc.collect()
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.unfreeze()
    return size / copies
