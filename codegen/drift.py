"""``python -m codegen drift FILE``: how our schema differs from a description of the API.

Only the part of the description that Realtime refers to is compared. Every difference has a place
in our schema. Where ours is richer on purpose, a ``$comment`` at that place gives the reason: such
a difference is *known*. Any other is *new*, and a ``$comment`` that no longer explains a difference
is *stale*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .compare import Comparer, Difference
from .facets import Json, properties
from .published import read_schemas


@dataclass
class Comparison:
    """The result of a comparison: every difference, and the places that were compared."""

    differences: list[Difference]
    places: set[str]
    matched: set[str]
    """The places of the properties that both descriptions have."""
    comments: Mapping[str, str]

    @property
    def known(self) -> list[Difference]:
        """The differences that a ``$comment`` explains."""
        return [
            found for found in self.differences if any(p in self.comments for p in found.places)
        ]

    @property
    def news(self) -> list[Difference]:
        """The differences that nothing explains."""
        return [found for found in self.differences if found not in self.known]

    @property
    def summary(self) -> str:
        """The counts, in one line."""
        odd = {found.places[0] for found in self.differences}
        known, news = len(self.known), len(self.news)
        equal = len(self.places - odd)
        return (
            f"{len(self.places)} places compared: {equal} equal, {known} known differences,"
            f" {news} new, {len(self.stale)} stale"
        )

    @property
    def stale(self) -> list[str]:
        """The places whose ``$comment`` explains no difference."""
        used = {place for found in self.differences for place in found.places}
        return sorted(
            place for place in self.places if place in self.comments and place not in used
        )


def read_schema(folder: Path) -> Mapping[str, Json]:
    """Return the named schemas of all our files."""
    found: dict[str, Json] = {}
    for path in sorted(folder.glob("*.yaml")):
        found |= read_schemas(path)
    return found


def compare(
    theirs: Mapping[str, Json], ours: Mapping[str, Json], roots: Iterable[str] | None = None
) -> Comparison:
    """Compare a description of the API with our schema, or only the schemas of some names."""
    comparer = Comparer(theirs, ours)
    comments = dict(_comments(ours))
    for name in theirs if roots is None else roots:
        comparer.schema(name)
    if roots is None:
        comparer.own_schemas(comments)
    found = sorted(comparer.found, key=str)
    return Comparison(found, comparer.places, comparer.matched, comments)


def _comments(schemas: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Yield each place in our schema that has a ``$comment``, with that."""
    for name, node in schemas.items():
        if "$comment" in node:
            yield name, str(node["$comment"])
        for key, child in properties(node).items():
            if "$comment" in child:
                yield f"{name}.{key}", str(child["$comment"])
