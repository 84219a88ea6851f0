"""Our schema files as plain JSON Schemas for the ``jsonschema`` package: an independent judge.

Two readings of the same files: *exact* is what the API describes (``check`` finds nothing), and
*read* is what decoding accepts. Neither uses any code of the library or the generator.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from tests.support.paths import SCHEMA

Json = dict[str, Any]


@cache
def components() -> dict[str, Json]:
    """Return every schema of every file by its name."""
    found: dict[str, Json] = {}
    for path in SCHEMA.glob("*.yaml"):
        found |= yaml.safe_load(path.read_text("utf-8")).get("components", {}).get("schemas", {})
    return found


@cache
def validator(name: str, mode: str) -> Draft202012Validator:
    """Return a validator for a type, ``mode`` being ``exact`` or ``read``."""
    definitions = {key: _convert(node, mode) for key, node in components().items()}
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": definitions})


def _convert(node: Json, mode: str, name: str = "") -> Json:
    if "$ref" in node:
        return {"$ref": f"#/$defs/{node['$ref'].rpartition('/')[2]}"}
    if "properties" in node:
        return _object(node, mode)
    members = node.get("oneOf") or node.get("anyOf")
    if members:
        return _union(members, mode, node.get("discriminator", {}).get("propertyName"))
    if isinstance(node.get("type"), list):
        return {"anyOf": [_convert({**node, "type": kind}, mode) for kind in node["type"]]}
    if node.get("x-tag"):
        return {"enum": node["enum"]}
    if "const" in node:
        is_tag = name in ("type", "role") and node.get("x-tag", True)
        return {"const": node["const"]} if is_tag or mode == "exact" else {"type": "string"}
    if node["type"] == "array":
        counts = ("minItems", "maxItems") if mode == "exact" else ()
        bounds: Json = {key: node[key] for key in counts if key in node}
        return {"type": "array", "items": _convert(node["items"], mode), **bounds}
    if node["type"] == "object":
        members = node["additionalProperties"]
        return {
            "type": "object",
            "additionalProperties": True if members is True else _convert(members, mode),
        }
    if mode == "read":
        return {"type": node["type"]}
    dropped = ("description", "format", "default", "contentEncoding", "$comment", "readOnly")
    return {
        key: value for key, value in node.items() if key not in dropped and not key.startswith("x-")
    }


def _object(node: Json, mode: str) -> Json:
    required = node.get("required", [])
    properties: Json = {}
    for name, child in node["properties"].items():
        converted = _convert(child, mode, name)
        if "x-null" in child or (mode == "read" and name not in required):
            converted = {"anyOf": [converted, {"type": "null"}]}
        properties[name] = converted
    found: Json = {"type": "object", "properties": properties, "required": required}
    if mode == "exact":
        found |= {"additionalProperties": False}
    return found


def _union(members: list[Json], mode: str, tag: str | None) -> Json:
    """Members with their tags required, and when reading any object that is none of them."""
    nullable = [member for member in members if member != {"type": "null"}]
    if len(nullable) == 1 and tag is None:
        return {"anyOf": [_convert(member, mode) for member in members]}
    options: list[Json] = []
    every: list[Json] = []
    for member in members:
        leaves = _leaves(member)
        fits = [_fit(leaf) for leaf in leaves]
        if not any(leaf is _target(member) for leaf in leaves):
            # A union among the members takes unknown objects too, but only those of its own tag.
            fits = [_only(fit, tag) for fit in fits]
        every += fits
        is_chosen = {"anyOf": [{"not": {"type": "object"}}, *fits]}
        options.append(
            {"allOf": [_convert(member, mode), is_chosen] if fits else [_convert(member, mode)]}
        )
    if mode == "read" and any(fit["required"] for fit in every):
        options.append({"type": "object", "not": {"anyOf": every}})
    return {"anyOf": options}


def _only(fit: Json, tag: str | None) -> Json:
    """Return the schema that one tag of an object requires."""
    if tag is None:
        return fit
    return {"type": "object", "properties": {tag: fit["properties"][tag]}, "required": [tag]}


def _target(member: Json) -> Json:
    return components()[member["$ref"].rpartition("/")[2]] if "$ref" in member else {}


def _leaves(member: Json) -> list[Json]:
    """Return the objects that a union's member stands for."""
    node = _target(member)
    if "properties" in node:
        return [node]
    return [
        leaf for other in node.get("oneOf") or node.get("anyOf") or [] for leaf in _leaves(other)
    ]


def _fit(node: Json) -> Json:
    """Return what tells an object apart: its tags, or without any its required properties."""
    tags = {
        name: {"enum": child.get("enum") or [child["const"]]}
        for name, child in node["properties"].items()
        if name in ("type", "role") and child.get("x-tag", "const" in child)
    }
    return {"type": "object", "properties": tags, "required": [*tags]} if tags else _untagged(node)


def _untagged(node: Json) -> Json:
    return {"type": "object", "properties": {}, "required": node.get("required", [])}
