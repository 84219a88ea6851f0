"""Remove variants from a union's alias and its two tables; they are then decoded as ``Unknown``."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping

from ..catalog import find_name, find_names
from .definitions import Definition
from .header import VendorError


def narrow(
    definitions: Mapping[str, Definition], union: str, words: Collection[str]
) -> Iterator[Definition]:
    """Yield the definitions of a union, with only the variants that some words name."""
    tables = (union, f"_by_tag_{union}", f"_types_{union}")
    if not definitions.keys() >= {*tables}:
        raise VendorError(f"{union} is not a union whose members can be selected")
    variants = _variants(definitions, union)
    members = {_member(union, word, variants) for word in words}
    others = variants - members
    dropped = others | (_classes(definitions, others) - _classes(definitions, members))
    # A union among the variants has tables of its own, which are unpacked.
    names = {f"{part}{name}" for part in ("", "_read_", "_by_tag_", "_types_") for name in dropped}
    yield from (_without(definitions[table], names) for table in tables)


def _member(union: str, word: str, variants: Collection[str]) -> str:
    """Return the variant that a word names; events of several APIs may have the same ``type``."""
    found = next((name for name in find_names(word) if name in variants), None)
    if found is None:
        raise VendorError(f"{union} has no member {find_name(word)}")
    return found


def _variants(definitions: Mapping[str, Definition], union: str) -> set[str]:
    """Return the names of the variants of a union, without ``Unknown``."""
    words = definitions[union].words - {union}
    return {name for name in words if f"_read_{name}" in definitions}


def _classes(definitions: Mapping[str, Definition], names: Collection[str]) -> set[str]:
    """Return the classes of some variants, also of those that are unions themselves."""
    found: set[str] = set()
    for name in names:
        is_class = isinstance(definitions[name].nodes[0], ast.ClassDef)
        found |= {name} if is_class else _classes(definitions, _variants(definitions, name))
    return found


def _without(definition: Definition, names: Collection[str]) -> Definition:
    """Return a definition with some names removed from its union, table or tuple.

    Each of them has a separator behind it, since ``Unknown`` stays, which comes after them.
    """
    code, below, doc = definition.text.partition('\n"""')
    row, in_line = r'^ *(?:"[^"]*": |\*\*?)?\(?\s*(\w+)\s*\)?,\n', r"(\w+)(?:, |\s*\| )"
    text = re.sub(
        f"{row}|{in_line}",
        lambda found: "" if found[1] in names or found[2] in names else found[0],
        code,
        flags=re.MULTILINE,
    )
    text += below + doc
    return Definition(definition.module, definition.names, text, ast.parse(text).body)
