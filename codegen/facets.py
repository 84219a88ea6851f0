"""What a node of any OpenAPI schema allows, by JSON type, however it is spelled.

Two descriptions of one thing may differ in how they spell it: ``nullable`` or a union with null,
``const`` or an enum of one value, inline or by reference. Their facets are the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Json: TypeAlias = Mapping[str, object]

UNIONS: Final = ("anyOf", "oneOf", "allOf")
SIBLINGS: Final = {"type", "enum", "const", "properties", "items", "additionalProperties"}
"""What may stand beside the members of a union, and then holds for each of them."""
STRUCTURE: Final = {"$ref", "nullable", "required", *UNIONS, *SIBLINGS} - {"additionalProperties"}
"""The keywords that facets express; any other is compared as it is."""
NOT_COMPARED: Final = ("description", "title", "example", "examples", "discriminator", "$comment")
"""The keywords that are not compared, beside those that begin with ``x-``."""


@dataclass(frozen=True)
class ObjectSchema:
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
    others: dict[str, list[str]] = field(default_factory=dict)
    """The values of all other keywords, as JSON: limits, defaults, formats, …"""
    items: list[Json] = field(default_factory=list)
    members: list[Json] = field(default_factory=list)
    things: list[ObjectSchema] = field(default_factory=list)


class Description:
    """The named schemas of one OpenAPI document."""

    def __init__(self, schemas: Mapping[str, Json]) -> None:
        self.schemas = schemas
        self.expanded: set[str] = set()
        """The names of the schemas that are compared wherever something refers to them."""

    def facets(self, node: Json) -> Facets:
        """Return what a node allows, through references and unions."""
        found = Facets()
        self._collect(found, node, None)
        return found

    def _collect(self, found: Facets, node: Json, name: str | None) -> None:
        for key, value in others(node).items():
            found.others.setdefault(key, []).append(value)
        if node.get("nullable") is True:
            found.kinds.add("null")
        if "$ref" in node:
            target = name_in(node)
            if "properties" not in self.schemas[target]:
                self.expanded.add(target)
            self._collect(found, self.schemas[target], target)
            return
        members = [part for key in UNIONS for part in _nodes(node.get(key))]
        for member in members:
            self._collect(found, member, None)
        if not members or not SIBLINGS.isdisjoint(node):
            self._add(found, name, node)

    def _add(self, found: Facets, name: str | None, leaf: Json) -> None:
        if isinstance(members := leaf.get("additionalProperties"), dict) and members:
            found.members.append(members)
        kinds = _list(leaf.get("type")) or [_implied(leaf)]
        found.kinds |= {str(kind) for kind in kinds}
        if "properties" in leaf:
            found.things.append(ObjectSchema(name, leaf, self._tags(leaf)))
            return
        values = _list(leaf.get("enum")) or ([leaf["const"]] if "const" in leaf else [])
        found.values |= set(values)
        if not values and {"string", "integer"} & {*kinds}:
            found.open = True
        if isinstance(items := leaf.get("items"), dict):
            found.items.append(items)

    def _tags(self, leaf: Json) -> frozenset[object]:
        """Return the tags of an object: a constant, or an enum that is marked as one."""
        node = properties(leaf).get("type", {})
        values = self.facets(node).values
        is_tag = len(values) == 1 or "x-tag" in node
        return frozenset(values) if is_tag else frozenset()


def others(node: Json) -> Mapping[str, str]:
    """Return the keywords of a node that are compared as they are, with their values as JSON."""
    return {
        key: json.dumps(value, sort_keys=True)
        for key, value in node.items()
        if key not in STRUCTURE
        and key not in NOT_COMPARED
        and not key.startswith("x-")
        # Of other properties only `false` says something here.
        and (key != "additionalProperties" or value is False)
    }


def name_in(node: Json) -> str:
    """Return the name of the schema that a node refers to; empty if it does not."""
    return str(node.get("$ref", "")).rpartition("/")[2]


def properties(node: Json) -> Mapping[str, Json]:
    """Return the properties of an object's schema."""
    found = node.get("properties")
    return found if isinstance(found, dict) else {}


def _implied(leaf: Json) -> str:
    """Return the type that a node implies, if it does not state one."""
    if "items" in leaf or "properties" in leaf:
        return "array" if "items" in leaf else "object"
    return "string" if "enum" in leaf or "const" in leaf else "any"


def _list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _nodes(value: object) -> list[Json]:
    return [item for item in _list(value) if isinstance(item, dict)]
