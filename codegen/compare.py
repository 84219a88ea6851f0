"""Compare two descriptions of one API side by side, and record the differences."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .facets import Description, Facets, Json, ObjectSchema, name_in, others, properties

Places: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One difference between the two descriptions."""

    kind: str
    """``added``: only the description has it; ``ours``: only we have it; ``changed``."""
    what: str
    places: Places
    """Its places in our schema, the nearest first: ``Schema`` or ``Schema.field``."""

    def __str__(self) -> str:
        return f"{self.kind:8} {self.places[0]}: {self.what}"

    @property
    def entry(self) -> str:
        """The difference with all its places: a union is compared wherever it stands."""
        return " < ".join((str(self), *self.places[1:]))


class Comparer:
    """Compares two descriptions, and collects their differences."""

    def __init__(self, theirs: Mapping[str, Json], ours: Mapping[str, Json]) -> None:
        self.theirs = Description(theirs)
        self.ours = Description(ours)
        self.found: dict[Difference, None] = {}
        self.places: set[str] = set()
        self.matched: set[str] = set()

    def schema(self, name: str) -> None:
        """Compare the two schemas of one name."""
        node = self.theirs.schemas[name]
        if name in self.ours.schemas:
            self._nodes(node, self.ours.schemas[name], (name,), top=True)
        else:
            self._add("added", f"the whole schema: {_sketch(node)}", (name,))

    def own_schemas(self) -> None:
        """Record our schemas that the description lacks, by name and by place."""
        for name in sorted(self.ours.schemas.keys() - self.places - self.ours.expanded):
            self._add("ours", "the whole schema", (name,))

    def _add(self, kind: str, what: str, places: Places) -> None:
        self.places.add(places[0])
        self.found[Difference(kind, what, places)] = None

    def _nodes(self, their: Json, our: Json, places: Places, top: bool = False) -> None:
        """Compare two nodes; a schema that both refer to is compared by itself."""
        self.places.add(places[0])
        name = name_in(our)
        if name and name == name_in(their):
            self._others(_each(others(their)), _each(others(our)), places)
            self._sets("type", {"null"} if "nullable" in their else set(), set(), places)
            return
        if name:
            places = (name, *places) if "properties" not in self.ours.schemas[name] else places
            self.places.add(places[0])
        a, b = self.theirs.facets(their), self.ours.facets(our)
        self._sets("type", a.kinds, b.kinds, places)
        self._values(a, b, places)
        self._others(a.others, b.others, places)
        for noun, inside, own in (("items", a.items, b.items), ("members", a.members, b.members)):
            if inside and own:
                self._nodes(_either(inside), _either(own), places)
            elif inside or own:
                kind, nodes = ("added", inside) if inside else ("ours", own)
                self._add(kind, f"{noun}: {_sketch(_either(nodes))}", places)
        self._things(a.things, b.things, places, top)

    def _others(
        self, theirs: Mapping[str, list[str]], ours: Mapping[str, list[str]], places: Places
    ) -> None:
        """Compare keywords that mean the same in both: limits, defaults, formats, …"""
        for key in sorted(theirs.keys() | ours.keys()):
            a, b = (sorted(side.get(key, ["None"])) for side in (theirs, ours))
            if a != b:
                self._add("changed", f"{key}: theirs {', '.join(a)}, ours {', '.join(b)}", places)

    def _sets(self, noun: str, theirs: set[str], ours: set[str], places: Places) -> None:
        for value in sorted(theirs - ours):
            self._add("added", f"{noun} {value}", places)
        for value in sorted(ours - theirs):
            self._add("ours", f"{noun} {value}", places)

    def _values(self, a: Facets, b: Facets, places: Places) -> None:
        self._sets("value", {str(v) for v in a.values}, {str(v) for v in b.values}, places)
        if a.open != b.open and (a.values or a.open) and (b.values or b.open):
            theirs, ours = ("open" if facets.open else "closed" for facets in (a, b))
            self._add("changed", f"values: theirs {theirs}, ours {ours}", places)

    def _things(
        self,
        theirs: Sequence[ObjectSchema],
        ours: Sequence[ObjectSchema],
        places: Places,
        top: bool,
    ) -> None:
        rest = list(ours)
        for their in theirs:
            our = rest[0] if len(theirs) == len(ours) == 1 else _partner(their, rest)
            if our is None:
                name = their.name or ", ".join(sorted(map(str, their.tags)))
                self._add("added", f"variant {name}", places)
                continue
            rest.remove(our)
            if top or their.name is None or their.name != our.name:
                self._objects(their.node, our.node, our.name or places[0], places)
        for our in rest:
            self._add("ours", f"variant {our.name}", places)

    def _objects(self, their: Json, our: Json, name: str, around: tuple[str, ...]) -> None:
        """Compare the properties of two objects; ``name`` is the name of ours."""
        self.places.add(name)
        a, b = properties(their), properties(our)
        for key in sorted(a.keys() - b.keys()):
            self._add("added", f"property {key}: {_sketch(a[key])}", (f"{name}.{key}", name))
        for key in sorted(b.keys() - a.keys()):
            self.places.add(f"{name}.{key}")
            self._add("ours", f"property {key}", (f"{name}.{key}", name))
        self._sets("required property", _unheld(their), _unheld(our), (name, *around))
        for key in sorted(a.keys() & b.keys()):
            places = (f"{name}.{key}",)
            self.matched.add(places[0])
            if (key in _required(their)) != (key in _required(our)):
                state = "required" if key in _required(their) else "optional"
                self._add("changed", f"theirs is {state}", places)
            self._nodes(a[key], b[key], places)


def _partner(their: ObjectSchema, ours: Sequence[ObjectSchema]) -> ObjectSchema | None:
    """Return our counterpart of one of their objects: by name, by tag, or for want of tags."""
    for test in (
        lambda our: our.name == their.name,
        lambda our: not our.tags.isdisjoint(their.tags),
        lambda our: not their.tags and not our.tags,
    ):
        found = next((our for our in ours if test(our)), None)
        if found is not None:
            return found
    return None


def _sketch(value: object) -> str:
    """Return a piece of a description as JSON without its texts, to copy from."""
    return json.dumps(_without_words(value))


def _without_words(value: object) -> object:
    if isinstance(value, dict):
        words = ("description", "title", "example")
        return {
            key: _without_words(item)
            for key, item in value.items()
            if not (key in words and isinstance(item, str)) and not str(key).startswith("x-")
        }
    return [_without_words(item) for item in value] if isinstance(value, list) else value


def _either(nodes: Sequence[Json]) -> Json:
    return nodes[0] if len(nodes) == 1 else {"anyOf": nodes}


def _each(found: Mapping[str, str]) -> Mapping[str, list[str]]:
    return {key: [value] for key, value in found.items()}


def _unheld(node: Json) -> set[str]:
    """Return the names that are required, and no properties."""
    return {*map(str, _required(node))} - properties(node).keys()


def _required(node: Json) -> Sequence[object]:
    found = node.get("required")
    return found if isinstance(found, list) else []
