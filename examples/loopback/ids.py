"""IDs that are counted, not random: the same conversation always has the same events."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple


class Ids:
    """IDs like ``event_1``, ``event_2``, counted by kind."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def new(self, kind: str) -> str:
        """Return the next ID of a kind."""
        self._counts[kind] += 1
        return f"{kind}_{self._counts[kind]}"

    def event(self) -> str:
        """Return the ID of the next event."""
        return self.new("event")


class Place(NamedTuple):
    """The place of an item in a response."""

    response_id: str
    output_index: int
    item_id: str
