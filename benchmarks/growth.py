"""How the time grows with a message: with its items, its tools, its audio, and its nesting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .payloads import EVENT, Message, audio_delta, read, response_done
from .peers.peer import Peer
from .results import Figure
from .rounds import Candidate, Plan, measure

__all__ = ["SERIES", "Series", "growth_figures"]


@dataclass(frozen=True)
class Series:
    """One kind of message in several sizes."""

    title: str
    sizes: Sequence[int]
    message: Callable[[int], Message]


def with_tools(count: int) -> Message:
    """A session with a number of functions."""
    message = read("session_updated")
    session = message["session"]
    assert isinstance(session, dict)
    session["tools"] = [session["tools"][0] | {"name": f"tool_{index}"} for index in range(count)]
    return message


def with_nesting(depth: int) -> Message:
    """A session with one function whose parameters nest as deep as that."""
    message = with_tools(1)
    session = message["session"]
    assert isinstance(session, dict)
    parameters: dict[str, object] = {"type": "string"}
    for _ in range(depth):
        parameters = {"type": "object", "properties": {"inner": parameters}}
    session["tools"][0]["parameters"] = parameters
    return message


SERIES: Final = (
    Series("growth with items: response.done", (1, 10, 100), response_done),
    Series("growth with tools: session.updated", (0, 1, 10, 100), with_tools),
    Series("growth with nesting: a tool's parameters", (1, 4, 16, 40), with_nesting),
    Series("growth with bytes of audio", (1_000, 10_000, 100_000), audio_delta),
)


def growth_figures(peers: Sequence[Peer], plan: Plan) -> Iterator[Figure]:
    """From JSON text to object, so that the size of strings counts too."""
    for series in SERIES:
        for size in series.sizes:
            text = json.dumps(series.message(size), separators=(",", ":"))
            candidates = [
                Candidate(peer.name, function, text)
                for peer in peers
                if (function := peer.functions(EVENT).read) is not None
            ]
            for name, rounds in measure(candidates, plan).items():
                yield Figure(series.title, str(size), name, "ns", rounds)
