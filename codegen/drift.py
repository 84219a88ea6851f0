"""``python -m codegen drift FILE``: how our schema differs from a description of the API.

Only the part of the description that Realtime refers to is compared. Every difference has a place
in our schema. Where ours is other on purpose, ``schema/differences.txt`` lists each difference, and
a ``$comment`` at its place gives the reason: such a difference is *known*. Any other is *new*, also
at a place with a ``$comment``. What is listed and no difference any more is *stale*, and so is a
``$comment`` that explains none. ``--accept`` lists all differences that have a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .compare import Comparer, Difference
from .facets import NOT_COMPARED, Json, properties
from .migration import MIGRATION
from .published import read_schemas

LIST: Final = "differences.txt"
"""The file with the known differences, one a line, beside the schema."""
GENERAL: Final = {
    "readOnly": "the description says it in words only",
    "contentEncoding": "the description says it in words only",
    "additionalProperties": "newer fields are kept everywhere",
    "default": "constants need none, and not all others are documented here",
}
"""Keywords with one reason for all places."""


@dataclass
class Comparison:
    """The result of a comparison: every difference, and the places that were compared."""

    differences: list[Difference]
    places: set[str]
    matched: set[str]
    """The places of the properties that both descriptions have."""
    comments: Mapping[str, str]
    listed: Collection[str]
    """The entries of the differences that are known, if they have a reason."""

    @property
    def explained(self) -> list[Difference]:
        """The differences that have a reason, listed or not."""
        return [
            found
            for found in self.differences
            if any(place in self.comments for place in found.places)
            or found.what.partition(":")[0] in GENERAL
        ]

    @property
    def known(self) -> list[Difference]:
        """The differences that are listed and have a reason."""
        return [found for found in self.explained if found.entry in self.listed]

    @property
    def news(self) -> list[Difference]:
        """All other differences."""
        return [found for found in self.differences if found not in self.known]

    @property
    def summary(self) -> str:
        """The counts, in one line."""
        places, differ = len(self.places), len({found.places[0] for found in self.differences})
        known, news = len(self.known), len(self.news)
        return (
            f"{places} places compared: {places - differ} equal, {differ} differ;"
            f" {len(self.differences)} differences: {known} known, {news} new;"
            f" {len(self.stale)} stale; not compared: {', '.join(NOT_COMPARED)}, x-…"
        )

    @property
    def stale(self) -> list[str]:
        """What explains or lists no difference any more."""
        used = {place for found in self.differences for place in found.places}
        unused = sorted(
            place for place in self.places if place in self.comments and place not in used
        )
        gone = sorted({*self.listed} - {found.entry for found in self.differences})
        return [
            *(f"{place}: its $comment no longer explains a difference" for place in unused),
            *(f"listed, and no longer a difference: {found}" for found in gone),
        ]


def read_schema(folder: Path) -> Mapping[str, Json]:
    """Return the named schemas of all our files."""
    found: dict[str, Json] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.stem != MIGRATION:
            found |= read_schemas(path)
    return found


def read_list(folder: Path) -> list[str]:
    """Return the differences that are listed as known; none without a list."""
    path = folder / LIST
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def write_list(folder: Path, comparison: Comparison) -> None:
    """List the differences that have a reason."""
    head = (
        "# The known differences between the published description and this schema. The reason of",
        "# each is the $comment at its place. `python -m codegen drift FILE --accept` writes this.",
    )
    lines = sorted({found.entry for found in comparison.explained})
    (folder / LIST).write_text("\n".join([*head, *lines, ""]), "utf-8")


def compare(
    theirs: Mapping[str, Json],
    ours: Mapping[str, Json],
    roots: Iterable[str] | None = None,
    listed: Collection[str] = (),
) -> Comparison:
    """Compare a description of the API with our schema, or only the schemas of some names."""
    comparer = Comparer(theirs, ours)
    for name in theirs if roots is None else roots:
        comparer.schema(name)
    if roots is None:
        comparer.own_schemas()
    found = sorted(comparer.found, key=str)
    return Comparison(found, comparer.places, comparer.matched, dict(_comments(ours)), listed)


def _comments(schemas: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Yield each place in our schema that has a ``$comment``, with that."""
    for name, node in schemas.items():
        if "$comment" in node:
            yield name, str(node["$comment"])
        for key, child in properties(node).items():
            if "$comment" in child:
                yield f"{name}.{key}", str(child["$comment"])
