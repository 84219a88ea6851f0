"""Read the schema files, and check that the form can hold everything they say.

The files are OpenAPI 3.1 component schemas. They use a part of JSON Schema, each construct in one
spelling (CONTRIBUTING.md lists them); anything else is a :class:`SchemaError`, above all an object
or a union without a name.
"""

from __future__ import annotations

import hashlib
import json
import keyword
import re
from pathlib import Path
from typing import Final

from .form import (
    Alias,
    Array,
    Const,
    Enum,
    Field,
    Form,
    FreeObject,
    Limits,
    Map,
    Module,
    Object,
    Ref,
    Rule,
    Scalar,
    Schema,
    Type,
)
from .migration import MIGRATION, read_correspondence
from .node import Node, SchemaError
from .source import read_root, validate_references
from .validate import (
    in_order,
    validate_members,
    validate_names,
    validate_order,
    validate_rules,
    validate_types,
)
from .values import validate_values

__all__ = ["SchemaError", "load"]

TAGS: Final = ("type", "role")
"""The properties whose constants tell objects apart."""
UNION: Final = ("anyOf", "oneOf")
NOTES: Final = ("description", "$comment", "x-origin")
"""The keywords that describe a node without changing what it accepts."""
ORIGINS: Final = ("sdk", "server")
OBJECT_NOTES: Final = (
    "deprecated",
    "x-request",
    "x-rules",
    "x-sent-to",
    "x-moved",
    "x-short-name",
)
"""The same for an object."""
ALIAS_NOTES: Final = ("default", "deprecated", "x-short-name")
"""The same for another schema."""
FIELD_NOTES: Final = ("default", "deprecated", "readOnly", "x-null", "x-secret")
"""The same for the node of a field."""
RESERVED: Final = (
    "bool",
    "classmethod",
    "cls",
    "dict",
    "extra",
    "fields",
    "float",
    "from_dict",
    "from_json",
    "frozenset",
    "int",
    "isinstance",
    "problems",
    "self",
    "str",
    "to_dict",
    "to_json",
    "to_request",
    "tuple",
)
"""The names that mean something else in generated classes and functions."""
RANGES: Final = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))
BOUNDS: Final = {
    "string": ("minLength", "maxLength"),
    "integer": ("minimum", "maximum"),
    "number": ("minimum", "maximum"),
    "boolean": (),
    "array": ("minItems", "maxItems"),
}


def load(folder: Path, extended: Path | None = None) -> Form:
    """Return the form of all schema files in a folder, each module after those it refers to.

    They may also refer to the files of the schema that they extend.
    """
    files = _files(folder)
    migration = None if extended else files.pop(MIGRATION, None)
    if not files:
        raise SchemaError(f"no schema files in {folder}")
    others = _files(extended) if extended else {}
    others.pop(MIGRATION, None)
    for name in files.keys() & others.keys():
        raise SchemaError(f"/{name}: the extended schema has a file of this name, too: rename it")
    files |= others
    roots = {name: read_root(name, content) for name, content in files.items()}
    for root in roots.values():
        validate_references(root, roots)
    modules = {
        name: _module(root, name, files[name], name in others) for name, root in roots.items()
    }
    form = Form(tuple(modules.values()))
    validate_names(form)
    form = Form(tuple(modules[name] for name in in_order(form)))
    validate_order(form)
    validate_types(form)
    validate_members(form)
    validate_values(form)
    validate_rules(form)
    return form if migration is None else read_correspondence(form, migration)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}


def _module(root: Node, name: str, content: bytes, is_extended: bool) -> Module:
    schemas = [_schema(key, node) for key, node in root.child("components").children("schemas")]
    digest = hashlib.sha256(content).hexdigest()[:16]
    description = root.child("info").text("description")
    return Module(name, description, digest, tuple(schemas), is_extended)


def _schema(name: str, node: Node) -> Schema:
    if keyword.iskeyword(name) or not name.isidentifier() or not name[0].isupper():
        raise node.error("a schema cannot have this name")
    description = node.text("description")
    if "properties" in node:
        _only(node, "type", "properties", "required", *OBJECT_NOTES)
        if node.data.get("type", "object") != "object":
            raise node.error("what has properties must be an object")
        required = node.texts("required") if "required" in node else ()
        fields = [_field(key, child, key in required) for key, child in node.children("properties")]
        unknown = set(required) - {field.name for field in fields}
        if unknown:
            raise node.error(f"required, but no property: {', '.join(sorted(unknown))}")
        request = node.text("x-request") if "x-request" in node else None
        rules = tuple(map(_rule, node.members("x-rules"))) if "x-rules" in node else ()
        deprecated = node.flag("deprecated")
        sent_to = node.text("x-sent-to") if "x-sent-to" in node else None
        moved = _pairs(node, "x-moved")
        short = node.text("x-short-name") if "x-short-name" in node else None
        return Object(
            name,
            description,
            tuple(fields),
            request,
            rules,
            deprecated,
            sent_to,
            moved,
            short,
        )
    members, null = _members(node, ALIAS_NOTES)
    tag = None
    if "discriminator" in node:
        node.child("discriminator").only("propertyName")
        tag = node.child("discriminator").text("propertyName")
    deprecated = node.flag("deprecated")
    short = node.text("x-short-name") if "x-short-name" in node else None
    return Alias(name, description, members, null, tag, _default(node), deprecated, short)


def _only(node: Node, *allowed: str) -> None:
    """Refuse keys that would be ignored, and an origin that says nothing."""
    node.only(*allowed, *NOTES)
    if "x-origin" in node and node.text("x-origin") not in ORIGINS:
        raise node.error(f"x-origin must be {' or '.join(ORIGINS)}")


def _default(node: Node) -> str | None:
    return json.dumps(node.data["default"]) if "default" in node else None


def _rule(node: Node) -> Rule:
    node.only("because", "to", "when", "needs", "refuses", "allows")
    to, needs, refuses = (
        node.texts(key) if key in node else () for key in ("to", "needs", "refuses")
    )
    when, allows = _pairs(node, "when"), _pairs(node, "allows")
    return Rule(node.text("because"), to, when, needs, refuses, allows)


def _pairs(node: Node, key: str) -> tuple[tuple[str, str], ...]:
    """Return the names in a mapping with their texts."""
    texts = node.child(key) if key in node else Node({}, node.place)
    return tuple((str(name), texts.text(str(name))) for name in texts.data)


def _field(name: str, node: Node, required: bool) -> Field:
    taken = keyword.iskeyword(name) or name in RESERVED or name.startswith("_")
    if taken or not name.isidentifier():
        raise node.error("a field cannot have this name")
    members, null = _members(node, FIELD_NOTES, name)
    if len(members) != 1:
        raise node.error("a union needs a name: make it a schema, and refer to it")
    if null and "x-null" in node:
        raise node.error("x-null has no effect where null has a meaning")
    return Field(
        name=name,
        type=members[0],
        description=node.text("description"),
        required=required,
        null=null,
        null_as_read="x-null" in node and bool(node.text("x-null")),
        hidden=node.flag("x-secret") or _is_audio(node),
        read_only=node.flag("readOnly"),
        default=_default(node),
        deprecated=node.flag("deprecated"),
    )


def _is_audio(node: Node) -> bool:
    """Whether a field's string, nullable or not, holds audio."""
    nodes = [member for key in UNION if key in node for member in node.members(key)] or [node]
    return any(node.data.get("contentEncoding") == "base64" for node in nodes)


def _members(node: Node, notes: tuple[str, ...], name: str = "") -> tuple[tuple[Type, ...], bool]:
    """Return the types of a node that may be a union, and whether null is among them."""
    keys = [key for key in UNION if key in node]
    if not keys:
        return _nullable(node, notes, name)
    _only(node, keys[0], *notes, *([] if name else ["discriminator"]))
    types: list[Type] = []
    null = False
    for member in node.members(keys[0]):
        if member.data == {"type": "null"}:
            null = True
        else:
            types.append(_type(member))
    return _with_open_enums(types), null


def _nullable(node: Node, notes: tuple[str, ...], name: str) -> tuple[tuple[Type, ...], bool]:
    """Return the type of a node that is not a union, and whether it is spelled as nullable."""
    kind = node.data.get("type")
    if isinstance(kind, list) and len(kind) == 2 and kind[1] == "null":
        return (_type(Node({**node.data, "type": kind[0]}, node.place), notes, name),), True
    return (_type(node, notes, name),), False


def _with_open_enums(types: list[Type]) -> tuple[Type, ...]:
    """Replace an enum beside any value of its kind by one type, an open enum."""
    plain = {_plain(kind) for kind in types if isinstance(kind, Enum)}.intersection(types)
    found: list[Type] = []
    for kind in types:
        if isinstance(kind, Enum) and _plain(kind) in plain:
            found.append(Enum(kind.values, open=True))
        elif kind not in plain:
            found.append(kind)
    return tuple(found)


def _plain(kind: Enum) -> Scalar:
    """Return the type of any value of an enum's kind."""
    return Scalar("string" if isinstance(kind.values[0], str) else "integer", Limits())


def _type(node: Node, notes: tuple[str, ...] = (), name: str = "") -> Type:
    """Return the type of a node that is not a union."""
    if "$ref" in node:
        _only(node, "$ref", *notes)
        return Ref(node.text("$ref").rpartition("/")[2])
    if "const" in node:
        _only(node, "const", "type", *(["x-tag"] if name in TAGS else []), *notes)
        if node.data.get("type", "string") != "string":
            raise node.error("a constant must be a string")
        is_tag = name in TAGS and ("x-tag" not in node or node.flag("x-tag"))
        return Const((node.text("const"),), tag=is_tag)
    if "properties" in node or any(key in node for key in UNION):
        raise node.error("an object or union needs a name: make it a schema, and refer to it")
    kind = node.data.get("type")
    if kind == "array":
        _only(node, "type", "items", *BOUNDS[kind], *notes)
        return Array(_item(node.child("items")), _limits(node, kind))
    if kind == "object":
        return _mapping(node, notes)
    if name and node.flag("x-tag"):
        _only(node, "type", "enum", "x-tag", *notes)
        return Const(node.texts("enum"), tag=True)
    if "enum" in node and (kind == "string" or kind == "integer"):
        _only(node, "type", "enum", *notes)
        return Enum(node.integers("enum") if kind == "integer" else node.texts("enum"), open=False)
    if kind == "string" or kind == "integer" or kind == "number" or kind == "boolean":
        texts = ("contentEncoding", "pattern") if kind == "string" else ()
        _only(node, "type", "format", *texts, *BOUNDS[kind], *notes)
        if node.data.get("contentEncoding", "base64") != "base64":
            raise node.error("contentEncoding must be base64")
        return Scalar(kind, _limits(node, kind))
    raise node.error("expected a type")


def _mapping(node: Node, notes: tuple[str, ...]) -> Type:
    _only(node, "type", "additionalProperties", *notes)
    if node.data.get("additionalProperties") is True:
        return FreeObject()
    return Map(_item(node.child("additionalProperties")))


def _item(node: Node) -> Type:
    """Return the type of items: strings, integers or schemas, which have a decoder each."""
    match _type(node):
        case Ref() | Const() | Scalar(kind="string" | "integer") as kind:
            return kind
        case Enum(values=(str(), *_)) as kind:
            return kind
        case _:
            raise node.error("an item like this needs a name: make it a schema, and refer to it")


def _limits(node: Node, kind: str) -> Limits:
    bounds = {key: _bound(node, key) for key in BOUNDS[kind] if key in node}
    for low, high in RANGES:
        if low in bounds and high in bounds and bounds[low] > bounds[high]:
            raise node.error(f"{low} is over {high}")
    if "pattern" in node:
        try:
            re.compile(node.text("pattern"))
        except re.error as error:
            raise node.error(f"pattern is not a regular expression: {error}") from None
        return Limits((*bounds.items(), ("pattern", node.text("pattern"))))
    return Limits(tuple(bounds.items()))


def _bound(node: Node, key: str) -> float:
    number = node.number(key)
    is_count = key not in ("minimum", "maximum")
    if is_count and (number < 0 or not isinstance(number, int)):
        raise node.error(f"{key} must be a count")
    return number
