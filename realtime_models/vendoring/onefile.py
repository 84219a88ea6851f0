"""Put some types and the definitions that they need into one file, unchanged."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Final

from .. import _HAND_WRITTEN, __version__
from .._runtime.shape import shape_of
from ..catalog import find, find_name, find_names
from ..wire import HOMES, SHORT_NAMES
from .definitions import Definition, read_package
from .header import LIBRARY, LICENCE, ROOT, UNCHANGED, CopyOptions, VendorError

WIDTH: Final = 100
PUBLIC: Final = {*_HAND_WRITTEN, *HOMES} - SHORT_NAMES.keys()
"""The names that the library exports, without short names."""
ALWAYS: Final = ("UNSET", "DecodeError", "JsonObject", "JsonValue", "Problem", "UnsetType")
"""The names that every file exports, beside the types."""
BY_NAME: Final = ("check", "from_wire", "json_schema", "to_wire")
"""The functions that find types by name, and so need all of them."""
OTHERS: Final = sorted(
    {home for name, home in _HAND_WRITTEN.items() if "." not in home and name not in BY_NAME}
)
"""The modules of what else can be copied, below the types that it needs."""


def one_file(options: CopyOptions) -> str:
    """Return the text of the file, without its header."""
    found = [definition for module in read_package(OTHERS) for definition in module.definitions]
    definitions = {name: definition for definition in found for name in definition.names}
    wanted, aliases = selections(options.names)
    for name, members in wanted.items():
        if members:
            definitions |= narrow(definitions, name, members)
    # The functions of a union or an alias are named after it.
    verbs, plain = re.compile("_(from_dict|from_json|to_dict)$"), {name.lower() for name in wanted}
    functions = [name for name in PUBLIC if verbs.sub("", name).replace("_", "") in plain]
    # Server events are received only: what nothing else holds needs no `to_request`.
    both_ways = [name for name in wanted if not re.search("(?i)server_?event", name)]
    sent = {name for found in select(definitions, both_ways, set()) for name in found.names}
    copied = select(definitions, [*ALWAYS, *wanted, *functions], sent)
    names = {name for found in copied for name in found.names}
    for alias in aliases.keys() & names:
        raise VendorError(f"{alias} has another meaning in the copy: ask for {aliases[alias]}")
    exported = sorted({"__version__", *PUBLIC.intersection(names), *aliases})
    # In one file, pyright reports uses of private names that are fine within a package.
    remarks = [*UNCHANGED, "# pyright: reportPrivateUsage=false"]
    heads = [definition.module.text.partition('"""')[0] for definition in copied]
    remarks += re.findall(r"(?m)^# (?:mypy|pyright|ty|pyrefly): .*$", "".join(heads))
    told = f"{' and '.join(wanted)}, with what {'they need' if len(wanted) > 1 else 'it needs'}"
    return "\n".join(
        [
            *(f"# {line}".rstrip() for line in LICENCE.splitlines()),
            "#",
            *dict.fromkeys(remarks),
            '"""' + textwrap.fill(f"{told} of {LIBRARY}.", 97, break_on_hyphens=False),
            "",
            "The runtime comes first.",
            '"""',
            "",
            "from __future__ import annotations",
            "",
            *import_lines(copied),
            "",
            *in_brackets("__all__ = [", map('"{}"'.format, exported), "]"),
            "",
            f'__version__ = "{__version__}"',
            *body(copied),
            *(["", "", "# The names that were asked for"] if aliases else []),
            *(f"{alias}: TypeAlias = {name}" for alias, name in aliases.items()),
            "",
        ]
    )


def selections(words: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the members to keep of each type, and the aliases that are asked for.

    Types have their public names; with no members they are kept as a whole. Selections of one
    union are joined. Aliases are short names and names of the SDK.
    """
    found: dict[str, list[str]] = {}
    aliases: dict[str, str] = {}
    for word in words:
        written, _, listed = word.partition("=")
        if written in BY_NAME:
            told = "finds types by name, so copy the whole library: give a folder and no names"
            raise VendorError(f"{written} {told}")
        name = written if written in PUBLIC else find_name(written)
        members = listed.split(",") if listed else []
        earlier = found.get(name, members)
        found[name] = [*earlier, *members] if earlier and members else []
        if written != name and written.isidentifier() and written[0].isupper():
            aliases[written] = name
    if "Conversation" in found and not any(name.endswith("Event") for name in found):
        found["RealtimeServerEvent"] = []  # What it is folded from.
    return found, aliases


def narrow(
    definitions: Mapping[str, Definition], union: str, words: Iterable[str]
) -> dict[str, Definition]:
    """Return a union's alias and its two tables, with only the variants that some words name.

    The others are then decoded as ``Unknown``.
    """
    tables = (union, f"_by_tag_{union}", f"_types_{union}")
    if not definitions.keys() >= {*tables}:
        raise VendorError(f"{union} is not a union whose members can be selected")
    used = definitions[union].words - {union}
    variants = {name for name in used if f"_read_{name}" in definitions}
    members = set[str]()
    for word in words:
        # Events of several APIs may have the same `type`.
        found = [name for name in find_names(word) if name in variants]
        if not found:
            raise VendorError(f"{union} has no member {find_name(word)}")
        members.add(found[0])
    others = variants - members
    if not others:
        return {}
    # A union among them has tables of its own, which are unpacked, or its classes stand in these.
    dropped = "|".join(others | (classes_of(others) - classes_of(members)))
    name = rf"\**\b(?:|_read_|_by_tag_|_types_)(?:{dropped})"
    # Each has a separator behind it, since `Unknown` stays, which comes after them.
    pattern = rf'(?m)^ *(?:"[^"]*": )?\(?\s*{name}\s*\)?,\n|{name}(?:, |\s*\| )'
    texts = {table: re.sub(pattern, "", definitions[table].text) for table in tables}
    return {
        table: replace(definitions[table], text=text, nodes=ast.parse(text).body)
        for table, text in texts.items()
    }


def classes_of(names: Iterable[str]) -> set[str]:
    """Return the names of some classes, and of those in some unions."""
    shapes = [shape_of(find(name)) for name in names]
    return {model.__name__ for shape in shapes for model in shape.cases["object"].models}


def select(
    definitions: Mapping[str, Definition], names: Iterable[str], sent: Set[str]
) -> dict[Definition, list[Definition]]:
    """Return the definitions that some names need, in their order, with the parts to copy.

    ``sent`` are the types that are not only received.
    """
    needed, read = {definitions[name] for name in names}, set[str]()
    while True:
        copied = {
            found: [part for part in found.parts if part is found or is_copied(part, sent, read)]
            for found in needed
        }
        parts = [part for parts in copied.values() for part in parts]
        uses = {definitions[name] for part in parts for name in part.words & part.module.known}
        words = set[str]().union(*(part.words for part in parts))
        if uses <= needed and words == read:
            return {found: copied[found] for found in definitions.values() if found in copied}
        needed, read = needed | uses, words


def is_copied(part: Definition, sent: Set[str], read: Collection[str]) -> bool:
    """Return whether a part of a class is copied: not what is private and read by nothing.

    The method ``to_request`` is copied where the type that it returns may be sent.
    """
    name = part.names[0] if part.names else ""
    if name == "to_request":
        return part.words.intersection(HOMES) <= sent
    return f".{name}" in read or not re.match("_[^_]", name)


def import_lines(copied: Mapping[Definition, Sequence[Definition]]) -> Iterator[str]:
    """Yield the imports from the standard library, one for each of its modules."""
    used = {
        (module, ast.unparse(alias))
        for definition, parts in copied.items()
        for module, alias in definition.module.imported
        if not module.startswith(ROOT)
        and any((alias.asname or alias.name) in part.words for part in parts)
    }
    for module, found in groupby(sorted(used), key=itemgetter(0)):
        names = [name for _, name in found]
        line = f"from {module} import {', '.join(names)}"
        if not module:
            yield from (f"import {name}" for name in names)
        elif len(line) <= WIDTH:
            yield line
        else:
            yield from in_brackets(f"from {module} import (", names, ")")


def in_brackets(opening: str, words: Iterable[str], closing: str) -> list[str]:
    """Return words in brackets, on as few lines as possible."""
    lines = textwrap.wrap(f"{', '.join(words)},", WIDTH - 4, break_long_words=False)
    return [opening, *(f"    {line}" for line in lines), closing]


def body(copied: Mapping[Definition, Sequence[Definition]]) -> Iterator[str]:
    """Yield the text of the definitions, those of a module below a comment that names it."""
    for module, definitions in groupby(copied, key=attrgetter("module")):
        texts = [part.text for definition in definitions for part in copied[definition]]
        yield from ["", "", f"# {module.name.rpartition('.')[2]}", "\n".join(texts).lstrip("\n")]
