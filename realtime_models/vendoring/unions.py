"""Remove variants from a union's alias and its two tables; they are then decoded as ``Unknown``."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from ..catalog import find_name, find_names
from .definitions import Definition
from .header import VendorError


def narrow(
    definitions: Mapping[str, Definition], union: str, words: Collection[str]
) -> Iterator[Definition]:
    """Yield the definitions of a union, with only the variants that some words name."""
    alias = definitions[union]
    reader = definitions.get(f"_read_{union}")
    used = sorted(reader.uses) if reader else []
    readers = next((name for name in used if name.startswith("_by_tag_")), None)
    if readers is None:
        raise VendorError(f"{union} is not a union whose members can be selected")
    variants = [name for name in _variants(alias) if f"_read_{name}" in definitions]
    members = [_member(union, word, variants) for word in words]
    kept = _classes(definitions, members)
    others = {name for name in variants if name not in members}
    dropped = others | (_classes(definitions, others) - kept - {"Unknown"})
    yield _without(alias, dropped)
    # A union among the variants has a table and a tuple of its own, which are unpacked.
    tables = {f"_read_{name}" for name in dropped} | {f"_by_tag_{name}" for name in dropped}
    yield _without(definitions[readers], tables)
    yield _without(
        definitions[f"_types_{union}"], dropped | {f"*_types_{name}" for name in dropped}
    )


def _member(union: str, word: str, variants: Collection[str]) -> str:
    """Return the variant that a word names; events of several APIs may have the same ``type``."""
    found = next((name for name in find_names(word) if name in variants), None)
    if found is None:
        raise VendorError(f"{union} has no member {find_name(word)}")
    return found


def _variants(alias: Definition) -> list[str]:
    """Return the names of the variants in an alias."""
    assert isinstance(alias.node, ast.AnnAssign)
    assert alias.node.value
    return [node.id for node in ast.walk(alias.node.value) if isinstance(node, ast.Name)]


def _classes(definitions: Mapping[str, Definition], names: Collection[str]) -> set[str]:
    """Return the classes of some variants, also of those that are unions themselves."""
    found: set[str] = set()
    for name in names:
        definition = definitions[name]
        is_class = isinstance(definition.node, ast.ClassDef)
        found |= {name} if is_class else _classes(definitions, _variants(definition))
    return found


def _without(definition: Definition, dropped: Collection[str]) -> Definition:
    """Return a definition with some names removed from its union, tuple or table."""
    node = definition.node
    assert isinstance(node, ast.AnnAssign)
    assert node.value
    old = _text(definition, node.value)
    match node.value:
        case ast.Dict(keys=keys, values=values):
            rows = [
                f"    {f'{_text(definition, key)}: ' if key else '**'}{_text(definition, value)},\n"
                for key, value in zip(keys, values, strict=True)
                if _text(definition, value) not in dropped
            ]
            new = "{\n" + "".join(rows) + "}"
        case ast.Tuple(elts=elements):
            names = [_text(definition, element) for element in elements]
            new = "(" + "".join(f"\n    {name}," for name in names if name not in dropped) + "\n)"
        case _:
            glue = "\n    | " if "\n" in old else " | "
            new = glue.join(part for part in re.split(r"\s*\|\s*", old) if part not in dropped)
    before, _, after = definition.text.partition(old)
    return replace(definition, text=before + new + after)


def _text(definition: Definition, node: ast.expr) -> str:
    return ast.get_source_segment(definition.text, node) or ""
