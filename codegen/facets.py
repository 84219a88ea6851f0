"""What a node of any OpenAPI schema allows, by JSON type, however it is spelled.

Two descriptions of one thing may differ in how they spell it: ``nullable`` or a union with null,
``const`` or an enum of one value, inline or by reference. Their facets are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Json: TypeAlias = Mapping[str, object]

BOUNDS: Final = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern")


@dataclass(frozen=True)
class Thing:
    """An object among the alternatives: its schema, and its name if it has one."""

    name: str | None
    node: Json
    tags: frozenset[object]
    """The constants of its property ``type``, which tell it from the others."""


@dataclass
class Facets:
    """The alternatives of one node."""

    kinds: set[str] = field(default_factory=set)
    """The JSON types; an array, a map and an object count as such."""
    values: set[object] = field(default_factory=set)
    """The listed values of strings and integers."""
    open: bool = False
    """Whether strings and integers beside the listed ones are allowed."""
    bounds: dict[str, object] = field(default_factory=dict)
    items: Json | None = None
    members: Json | None = None
    things: list[Thing] = field(default_factory=list)


class Description:
    """The named schemas of one OpenAPI document."""

    def __init__(self, schemas: Mapping[str, Json]) -> None:
        self.schemas = schemas

    def facets(self, node: Json) -> Facets:
        """Return what a node allows, through references and unions."""
        found = Facets()
        for name, leaf in self._leaves(node, None):
            self._add(found, name, leaf)
        return found

    def _leaves(self, node: Json, name: str | None) -> Iterator[tuple[str | None, Json]]:
        if "$ref" in node:
            target = str(node["$ref"]).rpartition("/")[2]
            yield from self._leaves(self.schemas[target], target)
        elif any(key in node for key in ("anyOf", "oneOf", "allOf")):
            for key in ("anyOf", "oneOf", "allOf"):
                for member in _nodes(node.get(key)):
                    yield from self._leaves(member, None)
        else:
            yield name, node
        if node.get("nullable") is True:
            yield None, {"type": "null"}

    def _add(self, found: Facets, name: str | None, leaf: Json) -> None:
        found.bounds |= {key: leaf[key] for key in BOUNDS if key in leaf}
        if "properties" in leaf:
            found.kinds.add("object")
            found.things.append(Thing(name, leaf, self._tags(leaf)))
            return
        kinds = _list(leaf.get("type")) or [_implied(leaf)]
        found.kinds |= {str(kind) for kind in kinds}
        values = _list(leaf.get("enum")) or ([leaf["const"]] if "const" in leaf else [])
        found.values |= set(values)
        if not values and {"string", "integer"} & {*kinds}:
            found.open = True
        if "array" in kinds:
            found.items = _node(leaf.get("items"))
        if "object" in kinds:
            members = leaf.get("additionalProperties")
            found.members = members if isinstance(members, dict) else None

    def _tags(self, leaf: Json) -> frozenset[object]:
        """Return the tags of an object: a constant, or an enum that is marked as one."""
        node = properties(leaf).get("type", {})
        values = self.facets(node).values
        is_tag = len(values) == 1 or "x-tag" in node
        return frozenset(values) if is_tag else frozenset()


def properties(node: Json) -> Mapping[str, Json]:
    """Return the properties of an object's schema."""
    found = node.get("properties")
    return found if isinstance(found, dict) else {}


def _implied(leaf: Json) -> str:
    """Return the type that a node implies, if it does not state one."""
    if "items" in leaf:
        return "array"
    return "string" if "enum" in leaf or "const" in leaf else "any"


def _list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _node(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _nodes(value: object) -> list[Json]:
    return [item for item in _list(value) if isinstance(item, dict)]
