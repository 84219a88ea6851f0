"""How fast each peer converts each message, and a whole conversation that is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .building import builder
from .payloads import Payload
from .peers.peer import OPERATIONS, Function, Operation, Peer
from .results import Figure
from .rounds import Candidate, Plan, measure

__all__ = ["KEPT", "LIGHTER", "conversation_figures", "lighter_figures", "message_figures"]

LIGHTER: Final = "dict → object, peers that do less"

KEPT: Final[dict[Operation, str]] = {
    "decode": "a conversation kept, dicts → objects",
    "read": "a conversation kept, JSON texts → objects",
}
"""The titles of what is measured with a conversation."""


def message_figures(
    peers: Sequence[Peer], payloads: Sequence[Payload], plan: Plan
) -> Iterator[Figure]:
    """Every operation with every message."""
    for operation, title in OPERATIONS.items():
        yield from _operation_figures(peers, payloads, plan, operation, title)


def lighter_figures(
    peers: Sequence[Peer], payloads: Sequence[Payload], plan: Plan
) -> Iterator[Figure]:
    """Decoding once more, beside peers in settings in which they do less."""
    yield from _operation_figures(peers, payloads, plan, "decode", LIGHTER)


def _operation_figures(
    peers: Sequence[Peer],
    payloads: Sequence[Payload],
    plan: Plan,
    operation: Operation,
    title: str,
) -> Iterator[Figure]:
    for payload in payloads:
        candidates = [
            candidate
            for peer in peers
            if (candidate := _candidate(peer, payload, operation)) is not None
        ]
        yield from _figures(title, payload.name, candidates, plan)


def _candidate(peer: Peer, payload: Payload, operation: Operation) -> Candidate | None:
    """What a peer does in one operation, if it can."""
    functions = peer.functions(payload.type_name)
    function: Function | None
    argument: object
    if operation == "decode":
        function, argument = functions.decode, payload.data
    elif operation == "read":
        function, argument = functions.read, payload.text
    else:
        # Of a peer that makes no objects the dict is the object.
        argument = (functions.decode or dict)(payload.data)
        function = builder(peer, argument) if operation == "build" else functions.encode
        function = functions.write if operation == "write" else function
    return Candidate(peer.name, function, argument) if function is not None else None


def conversation_figures(
    peers: Sequence[Peer], events: Sequence[Payload], plan: Plan
) -> Iterator[Figure]:
    """All events of a conversation, whose objects stay alive until the last one is decoded.

    This is where the garbage collector has work, and where memory that is used costs time.
    """
    for operation, title in KEPT.items():
        inputs = [event.data if operation == "decode" else event.text for event in events]
        candidates = []
        for peer in peers:
            functions = peer.functions(events[0].type_name)
            function = functions.decode if operation == "decode" else functions.read
            if function is not None:
                candidates.append(Candidate(peer.name, _over_all(function), inputs))
        yield from _figures(title, f"{len(events)} events", candidates, plan)


def _over_all(function: Function) -> Function:
    def kept(inputs: list[object]) -> None:
        _ = [function(one) for one in inputs]

    return kept


def _figures(
    title: str, subject: str, candidates: Sequence[Candidate], plan: Plan
) -> Iterator[Figure]:
    for name, rounds in measure(candidates, plan).items():
        yield Figure(title, subject, name, "ns", rounds)
