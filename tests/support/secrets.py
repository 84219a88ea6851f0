"""Messages with a marked value in every place where the schema says that it is a secret.

Made from the schema files alone. A *route* is one way from a type down to a secret field; its
message holds what the way needs and what is required beside it, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.support.oracle import Json, components

MARK = "ek_THIS-IS-SECRET"


def is_secret(node: Json) -> bool:
    """Whether the schema says that a value is never shown: a secret, or audio."""
    return bool(node.get("x-secret")) or "contentEncoding" in node


def secret_fields() -> list[tuple[str, str]]:
    """Return every secret field: the name of its type, and its own."""
    return [
        (name, field)
        for name, node in components().items()
        for field, child in node.get("properties", {}).items()
        if is_secret(child)
    ]


def messages(name: str) -> Iterator[Any]:
    """Yield a message of the type for every route to a secret."""
    yield from _marked({"$ref": f"#/{name}"}, ())


def _marked(node: Json, way: tuple[str, ...]) -> Iterator[Any]:
    """Yield the values of a schema in which one secret is marked."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if name not in way:
            yield from _marked(components()[name], (*way, name))
        return
    for member in node.get("oneOf") or node.get("anyOf") or ():
        yield from _marked({**member, **({"x-secret": True} if node.get("x-secret") else {})}, way)
    if node.get("type") == "array":
        yield from ([item] for item in _marked(node["items"], way))
    for field, child in node.get("properties", {}).items():
        values = [_secret(child)] if is_secret(child) else _marked(child, way)
        for value in values:
            yield {**_minimal(node), field: value}


def _secret(node: Json) -> Any:
    kinds = [node, *node.get("anyOf", [])]
    if any("additionalProperties" in kind for kind in kinds):
        return {"Authorization": MARK}
    return MARK


def _minimal(node: Json) -> Any:
    """Return the smallest value of a schema."""
    if "$ref" in node:
        return _minimal(components()[node["$ref"].rpartition("/")[2]])
    members = node.get("oneOf") or node.get("anyOf")
    if members:
        return _minimal(members[0])
    if "const" in node:
        return node["const"]
    if "enum" in node:
        return node["enum"][0]
    kind = node["type"][0] if isinstance(node["type"], list) else node["type"]
    if kind == "object":
        required = node.get("required", [])
        tags = {name for name in node.get("properties", {}) if "const" in node["properties"][name]}
        return {name: _minimal(node["properties"][name]) for name in {*required, *tags}}
    return {"array": [], "string": "s", "boolean": True}.get(kind, node.get("minimum", 1))
