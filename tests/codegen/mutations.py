"""Changes of an API description, one of each kind in each place, of which drift must tell each.

``python -m tests.codegen.mutations`` makes them all and prints how many are told; a test makes some
of each kind.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from codegen.drift import compare, read_schema
from codegen.published import read_description
from tests.support.paths import REFERENCE, SCHEMA

Change: TypeAlias = Callable[[Any], object]
"""Changes one node of a schema in place."""
Mutation: TypeAlias = tuple[str, str, tuple[Any, ...], Change]
"""The kind of a change, the name of the schema, the path to the node, and the change."""

ADDED: Final = {
    "default": "mutated",
    "deprecated": True,
    "exclusiveMinimum": 7,
    "format": "mutated",
    "maxItems": 77,
    "maxLength": 77,
    "maximum": 77,
    "minItems": 7,
    "minLength": 7,
    "minimum": 7,
    "multipleOf": 7,
    "pattern": "^mutated$",
    "patternProperties": {"^x": {}},
    "readOnly": True,
    "uniqueItems": True,
    "writeOnly": True,
}
"""Keywords, each with a value that no description has."""


def mutations(schemas: Mapping[str, Any]) -> Iterator[Mutation]:
    """Yield each change of a description."""
    for name, schema in schemas.items():
        for path, node, null in _nodes(schema, (), False, schemas):
            for kind, change in _changes(node, null, schemas):
                yield kind, name, path, change


def is_told(mutation: Mutation, theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> bool:
    """Whether the differences are others once the description is changed."""
    _, name, path, change = mutation
    changed = copy.deepcopy(theirs[name])
    node = changed
    for step in path:
        node = node[step]
    change(node)
    before, after = (
        {found.entry for found in compare(description, ours, [name]).differences}
        for description in (theirs, {**theirs, name: changed})
    )
    return before != after


def _nodes(
    node: Any, path: tuple[Any, ...], null: bool, schemas: Mapping[str, Any]
) -> Iterator[tuple[tuple[Any, ...], Any, bool]]:
    """Yield every node of a schema, the path to it, and whether a union around it allows null."""
    yield path, node, null
    for key, value in node.items():
        if key == "properties":
            for name, child in value.items():
                yield from _nodes(child, (*path, key, name), False, schemas)
        elif key in ("items", "additionalProperties") and isinstance(value, dict) and value:
            yield from _nodes(value, (*path, key), False, schemas)
        elif key in ("anyOf", "oneOf", "allOf"):
            for index, child in enumerate(value):
                inside = null or says_null(node, schemas)
                yield from _nodes(child, (*path, key, index), inside, schemas)


def _set(**values: Any) -> Change:
    return lambda node: node.update(values)


def _drop(key: str) -> Change:
    return lambda node: node.pop(key)


def _changes(node: Any, null: bool, schemas: Mapping[str, Any]) -> Iterator[tuple[str, Change]]:
    """Yield what can be done to one node; that null is allowed twice is no change."""
    allows_null = null or says_null(node, schemas)
    for key, value in ADDED.items():
        yield f"{key} added or changed", _set(**{key: value})
        if key in node:
            yield f"{key} removed", _drop(key)
    kind = node.get("type")
    if isinstance(kind, str):
        other = "number" if kind == "boolean" else "boolean"
        yield "type changed", _set(type=other)
        yield "type added", _set(type=[kind, other])
        if not allows_null:
            yield "null allowed", _set(nullable=True)
    if "$ref" in node and not allows_null:
        yield "null allowed beside a reference", _set(nullable=True)
    if "enum" in node:
        yield "value added", lambda node: node["enum"].append("mutated")
        yield "value changed", lambda node: node["enum"].__setitem__(0, "mutated")
        if len(node["enum"]) > 1:
            yield "value removed", lambda node: node["enum"].pop()
    if "const" in node:
        yield "constant changed", _set(const="mutated")
    for key in ("anyOf", "oneOf"):
        if key in node:
            yield from _unions(key, node[key], null, schemas)
    if "items" in node:
        yield "items changed", _set(items={"type": "boolean"})
        yield "items removed", _drop("items")
    if "properties" in node:
        yield from _members(node)
    if node.get("additionalProperties") is False:
        yield "other properties allowed", _drop("additionalProperties")
    elif "additionalProperties" in node or "properties" in node:
        yield "other properties refused", _set(additionalProperties=False)
        yield "other properties typed", _set(additionalProperties={"type": "boolean"})


def _unions(
    key: str, variants: list[Any], null: bool, schemas: Mapping[str, Any]
) -> Iterator[tuple[str, Change]]:
    """Yield what can be done to a union."""
    made = {"type": "object", "properties": {"type": {"type": "string", "enum": ["mutated"]}}}
    yield "variant added", lambda node: node[key].append(made)
    other_null = null or says_null({key: variants[:-1]}, schemas)
    if not (other_null and says_null(variants[-1], schemas)):
        yield "variant removed", lambda node: node[key].pop()


def _members(node: Any) -> Iterator[tuple[str, Change]]:
    """Yield what can be done to the properties of an object."""
    yield "property added", lambda node: node["properties"].update(mutated={"type": "string"})
    required = node.get("required", [])
    for name in node["properties"]:
        rest = {key: child for key, child in node["properties"].items() if key != name}
        yield "property removed", _set(properties=rest)
        if name in required:
            yield "property made optional", _set(required=[key for key in required if key != name])
        else:
            yield "property made required", _set(required=[*required, name])


def says_null(node: Any, schemas: Mapping[str, Any]) -> bool:
    """Whether a node allows null."""
    if "$ref" in node:
        return says_null(schemas[node["$ref"].rpartition("/")[2]], schemas)
    inside = [part for key in ("anyOf", "oneOf", "allOf") for part in node.get(key, ())]
    said = node.get("type") == "null" or node.get("nullable") is True
    return said or any(says_null(part, schemas) for part in inside)


def main() -> None:
    """Print how many changes of each kind there are, and how many are not told."""
    theirs = read_description(REFERENCE / "openapi-realtime.json")
    ours = read_schema(SCHEMA)
    made: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for mutation in mutations(theirs):
        made[mutation[0]] += 1
        missed[mutation[0]] += not is_told(mutation, theirs, ours)
    for kind, count in sorted(made.items()):
        print(f"{kind:32} {count:6} {missed[kind]:6} not told")
    print(f"{'all':32} {made.total():6} {missed.total():6} not told")


if __name__ == "__main__":
    main()
