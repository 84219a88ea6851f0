"""Read the published description of the API, and select what Realtime refers to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import yaml

from .facets import Json

COMPONENTS: Final = "#/components/"
NAMED_REALTIME: Final = re.compile(r"(Webhook)?Realtime")


class _Loader(yaml.SafeLoader):
    """Reads plain scalars as YAML 1.2 does: dates are strings, and so is ``no``, a language."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?(0|[1-9][0-9]*)", [*"-+0123456789"]),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", [*"-+.0123456789"]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"({_pattern})$"), _first)


def read_schemas(path: Path) -> Mapping[str, Json]:
    """Read all named schemas of an OpenAPI document."""
    return _schemas(_read(path))


def read_description(path: Path) -> Mapping[str, Json]:
    """Read the schemas that Realtime reaches in an OpenAPI document.

    Raises ``ValueError`` for a file that is no such document or has nothing about Realtime.
    """
    document = _read(path)
    names = _reached(document)
    if not names:
        raise ValueError("the description has nothing about Realtime")
    return {name: node for name, node in _schemas(document).items() if name in names}


def _read(path: Path) -> Json:
    text = path.read_text("utf-8")
    try:
        # JSON first, since YAML takes many times as long for the same.
        document = json.loads(text)
    except json.JSONDecodeError:
        try:
            document = yaml.load(text, _Loader)
        except yaml.YAMLError as error:
            raise ValueError(f"neither JSON nor YAML: {error}") from None
    if not isinstance(document, dict):
        raise ValueError("not an OpenAPI document")
    return document


def _schemas(document: Json) -> Mapping[str, Json]:
    return _section(_section(document, "components"), "schemas")


def _section(node: Json, name: str) -> Mapping[str, Json]:
    found = node.get(name, {})
    if not isinstance(found, dict):
        raise ValueError(f"not an OpenAPI document: {name} is not an object")
    return found


def _reached(document: Json) -> set[str]:
    """Return the names of the schemas that the roots lead to."""
    names: set[str] = set()
    seen: set[str] = set()
    waiting: list[object] = [*_roots(document)]
    while waiting:
        for reference in {*_references(waiting.pop())} - seen:
            seen.add(reference)
            kind, _, name = reference.removeprefix(COMPONENTS).partition("/")
            waiting.append(_component(document, kind, name))
            if kind == "schemas":
                names.add(name)
    return names


def _roots(document: Json) -> Iterator[object]:
    """Yield the roots of Realtime: its operations, its webhooks, and schemas named after it.

    Events travel over a socket, which OpenAPI cannot describe: they are known by their names.
    """
    for path, operations in _section(document, "paths").items():
        if "realtime" in path.split("/"):
            yield operations
    for name, webhook in _section(document, "webhooks").items():
        if "realtime" in name:
            yield webhook
    for name in _schemas(document):
        if NAMED_REALTIME.match(name):
            yield {"$ref": f"{COMPONENTS}schemas/{name}"}


def _references(node: object) -> Iterator[str]:
    """Yield the components that a node refers to, at any depth."""
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference.startswith(COMPONENTS):
            yield reference
        node = [*node.values()]
    if isinstance(node, list):
        for child in node:
            yield from _references(child)


def _component(document: Json, kind: str, name: str) -> Json:
    components = _section(_section(document, "components"), kind)
    if name not in components:
        raise ValueError(
            f"the description refers to a missing component: {COMPONENTS}{kind}/{name}"
        )
    return components[name]
