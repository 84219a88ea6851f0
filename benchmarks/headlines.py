"""The few measures that say most, each with one ratio for a peer: for the chart and the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .imports import COLD, EVERYTHING, ONE_TYPE, ONE_UNION, WARM
from .memory import OBJECTS, WITH_STRINGS
from .peers.peer import OPERATIONS
from .results import Results
from .speed import KEPT

__all__ = ["HEADLINES", "Headline"]


@dataclass(frozen=True)
class Headline:
    """A measure with one of its subjects, or with the geometric mean over all of them."""

    title: str
    measure: str
    subject: str = ""
    is_drawn: bool = False

    def ratios(self, results: Results) -> Mapping[str, float]:
        """How many times as much as ours each peer needs, the least first; ours is 1."""
        chosen = results.of(self.measure)
        found: dict[str, float] = {}
        for peer in chosen.peers():
            mean = None if self.subject else chosen.mean_ratio(peer)
            ratio = chosen.ratio(self.subject, peer) if self.subject else mean
            if ratio is not None:
                found[peer] = ratio
        return dict(sorted(found.items(), key=lambda pair: pair[1]))


HEADLINES: Final = (
    Headline("dict → object", OPERATIONS["decode"], is_drawn=True),
    Headline("JSON text → object", OPERATIONS["read"], is_drawn=True),
    Headline("object → dict", OPERATIONS["encode"]),
    Headline("object → JSON text", OPERATIONS["write"]),
    Headline("construction by hand", OPERATIONS["build"]),
    Headline("a conversation, dicts → objects", KEPT["decode"]),
    Headline("a conversation, JSON texts → objects", KEPT["read"]),
    Headline("memory of an object without its strings", OBJECTS, is_drawn=True),
    Headline("memory of an object with its strings", WITH_STRINGS),
    Headline("import of one type, warm", WARM, ONE_TYPE),
    Headline("import of the union of server events, warm", WARM, ONE_UNION, is_drawn=True),
    Headline("import of the union of server events, cold", COLD, ONE_UNION),
    Headline("import of everything, warm", WARM, EVERYTHING, is_drawn=True),
)
