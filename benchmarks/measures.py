"""What is measured of each peer: how fast it converts, and how much memory its objects keep."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from .payloads import Payload
from .peers.peer import OPERATIONS, Fields, Function, Operation, Peer
from .results import Figure
from .rounds import Candidate, Plan, measure

KEPT: Final[Mapping[Operation, str]] = {
    "decode": "a conversation kept, dicts → objects",
    "read": "a conversation kept, JSON texts → objects",
}
OBJECTS: Final = "memory of an object without its strings"
WITH_STRINGS: Final = "memory of an object with its strings"


def message_figures(
    peers: Sequence[Peer], payloads: Sequence[Payload], plan: Plan
) -> Iterator[Figure]:
    """Measure every operation with every message."""
    for operation, title in OPERATIONS.items():
        for payload in payloads:
            found = [_candidate(peer, payload, operation) for peer in peers]
            candidates = [candidate for candidate in found if candidate is not None]
            yield from _figures(title, payload.name, candidates, plan)


def _candidate(peer: Peer, payload: Payload, operation: Operation) -> Candidate | None:
    """Return what a peer does in one operation, if it can."""
    functions = peer.functions(payload.type_name)
    # For a peer that makes no objects, the dict is the object.
    value = (functions.decode or dict)(payload.data)
    work: dict[Operation, tuple[Function | None, object]] = {
        "decode": (functions.decode, payload.data),
        "read": (functions.read, payload.text),
        "encode": (functions.encode, value),
        "write": (functions.write, value),
        "build": (builder(peer, value), None),
    }
    function, argument = work[operation]
    return Candidate(peer.name, function, argument) if function is not None else None


def builder(peer: Peer, value: object) -> Function | None:
    """Return a function that constructs an equal object with the call that a user would write.

    Every object in it is constructed by its class, with the fields that the message has.
    """
    classes: dict[type, str] = {}
    call = _call(value, peer.fields, classes)
    if not classes:
        return None
    names = {name: cls for cls, name in classes.items()}
    built: Function = eval(f"lambda _: {call}", names)
    return built


def _call(value: object, fields: Fields, classes: dict[type, str]) -> str:
    """Return the expression for a value; collect the classes in it by their names."""
    members = fields(value)
    if members is not None:
        name = classes.setdefault(type(value), f"Class{len(classes)}")
        arguments = [f"{key}={_call(item, fields, classes)}" for key, item in members.items()]
        return f"{name}({', '.join(arguments)})"
    if isinstance(value, Mapping):
        pairs = [f"{key!r}: {_call(item, fields, classes)}" for key, item in value.items()]
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_call(item, fields, classes) for item in value)}]"
    return repr(value)


def conversation_figures(
    peers: Sequence[Peer], events: Sequence[Payload], plan: Plan
) -> Iterator[Figure]:
    """Measure all events of a conversation, whose objects live until the last one is decoded.

    Here the garbage collector has work, and memory use costs time.
    """
    for operation, title in KEPT.items():
        inputs = [event.data if operation == "decode" else event.text for event in events]
        candidates = []
        for peer in peers:
            functions = peer.functions(events[0].type_name)
            function = functions.decode if operation == "decode" else functions.read
            if function is not None:
                candidates.append(Candidate(peer.name, partial(_all, function), inputs))
        yield from _figures(title, f"{len(events)} events", candidates, plan)


def _all(function: Function, inputs: list[object]) -> list[object]:
    return [function(one) for one in inputs]


def _figures(
    title: str, subject: str, candidates: Sequence[Candidate], plan: Plan
) -> Iterator[Figure]:
    for name, rounds in measure(candidates, plan).items():
        yield Figure(title, subject, name, "ns", rounds)


def memory_figures(
    peers: Sequence[Peer], payloads: Sequence[Payload], copies: int
) -> Iterator[Figure]:
    """Measure what decoding a dict adds to its strings, and what decoding a text leaves in memory.

    Memory use does not vary, so one round is enough.
    """
    for title in (OBJECTS, WITH_STRINGS):
        for payload in payloads:
            for peer in peers:
                functions = peer.functions(payload.type_name)
                function = functions.decode if title == OBJECTS else functions.read
                argument: object = payload.data if title == OBJECTS else payload.text
                if function is not None:
                    size = _kept_bytes(function, argument, copies)
                    yield Figure(title, payload.name, peer.name, "bytes", [size])


def _kept_bytes(function: Function, argument: object, copies: int) -> float:
    """Return the bytes that a result keeps alive, on average over some copies."""
    kept: list[object] = [None] * copies
    function(argument)  # whatever a first call prepares is not counted
    gc.freeze()  # Exclude from collection what exists already.
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
