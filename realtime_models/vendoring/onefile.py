"""Put some types and the definitions that they need into one file, unchanged."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from .. import _HAND_WRITTEN, __version__
from ..catalog import find_name
from ..wire import HOMES, SHORT_NAMES
from .definitions import Definition, Module, read_package
from .header import LIBRARY, LICENCE, UNCHANGED, CopyOptions, VendorError
from .unions import narrow

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
REMARKS: Final = (
    *UNCHANGED,
    # In one file, pyright reports uses of private names that are fine within a package.
    "# pyright: reportPrivateUsage=false",
)


def one_file(options: CopyOptions) -> str:
    """Return the text of the file, without its header."""
    modules = read_package(OTHERS)
    definitions = {
        name: definition
        for module in modules
        for definition in module.definitions
        for name in definition.names
    }
    wanted, aliases = selections(options.names)
    for name, members in wanted.items():
        if members:
            definitions |= {found.names[0]: found for found in narrow(definitions, name, members)}
    functions = [function for name in wanted for function in functions_of(name, definitions)]
    needed, read = select(definitions, [*ALWAYS, *wanted, *functions])
    for alias in aliases.keys() & needed.keys():
        raise VendorError(f"{alias} has another meaning in the copy: ask for {aliases[alias]}")
    used: dict[str, set[str]] = {}
    for definition in needed.values():
        used.setdefault(definition.module, set()).update(definition.identifiers)
    modules = [module for module in modules if module.name in used]
    imports = [
        found
        for module in modules
        for name, found in module.imports.items()
        if name in used[module.name]
    ]
    exported = sorted({"__version__", *PUBLIC.intersection(needed), *aliases})
    return "\n".join(
        [
            *(f"# {line}".rstrip() for line in LICENCE.splitlines()),
            "#",
            *dict.fromkeys([*REMARKS, *(line for module in modules for line in module.remarks)]),
            docstring(list(wanted)),
            "",
            "from __future__ import annotations",
            "",
            *import_lines(imports),
            "",
            *in_brackets("__all__ = [", map('"{}"'.format, exported), "]"),
            "",
            f'__version__ = "{__version__}"',
            *(line for module in modules for line in body(module, needed, read)),
            *(["", "", "# The names that were asked for"] if aliases else []),
            *(f"{alias}: TypeAlias = {name}" for alias, name in aliases.items()),
            "",
        ]
    )


def public_name(word: str) -> str:
    """Return the public name for a name, a tag, or the name of a class in the SDK."""
    if word in BY_NAME:
        raise VendorError(
            f"{word} finds types by name, so copy the whole library: give a folder and no names"
        )
    return word if word in PUBLIC else find_name(word)


def selections(words: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the members to keep of each type, and the aliases that are asked for.

    Types have their public names; with no members they are kept as a whole. Selections of one
    union are joined. Aliases are short names and names of the SDK.
    """
    found: dict[str, list[str]] = {}
    aliases: dict[str, str] = {}
    for word in words:
        written, _, listed = word.partition("=")
        name, members = public_name(written), listed.split(",") if listed else []
        earlier = found.get(name, members)
        found[name] = [*earlier, *members] if earlier and members else []
        if written != name and written.isidentifier() and written[0].isupper():
            aliases[written] = name
    if "Conversation" in found and not any(name.endswith("Event") for name in found):
        found["RealtimeServerEvent"] = []  # What it is folded from.
    return found, aliases


def functions_of(name: str, definitions: Iterable[str]) -> list[str]:
    """Return the public functions of a union or alias, which are named after it."""
    named = {f"{name.lower()}{verb}" for verb in ("fromdict", "fromjson", "todict")}
    return [found for found in definitions if found in PUBLIC and found.replace("_", "") in named]


def select(
    definitions: Mapping[str, Definition], names: Iterable[str]
) -> tuple[dict[str, Definition], set[str]]:
    """Return the definitions that some names need, each by all its names, and their attributes."""
    found: dict[str, Definition] = {}
    read: set[str] = set()
    todo = list(names)
    while todo:
        while todo:
            definition = definitions[todo.pop()]
            if definition.names[0] not in found:
                found.update(dict.fromkeys(definition.names, definition))
                todo += definition.uses
        read.update(*(definition.attributes for definition in found.values()))
        for definition in list(found.values()):
            parts = parts_of(definition, found, read)
            todo += {name for part in parts for name in definition.used_by(part)} - found.keys()
    return found, read


def parts_of(
    definition: Definition, needed: Mapping[str, Definition], read: Collection[str]
) -> list[str]:
    """Return the optional parts of a class that are copied.

    Its private variables are if something reads them. The method ``to_request`` is where the type
    that it returns is needed anyway.
    """
    return [
        part
        for part in definition.optional
        if part in read
        or (part == "to_request" and definition.used_by(part).intersection(HOMES) <= needed.keys())
    ]


def import_lines(imports: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the imports from the standard library, one for each of its modules."""
    names: dict[str, set[str]] = {}
    for module, name in imports:
        names.setdefault(module, set()).add(name)
    for module, found in sorted(names.items()):
        if module:
            line = f"from {module} import {', '.join(sorted(found))}"
            in_lines = in_brackets(f"from {module} import (", sorted(found), ")")
            yield from [line] if len(line) <= WIDTH else in_lines
        else:
            yield from (f"import {name}" for name in sorted(found))


def in_brackets(opening: str, words: Iterable[str], closing: str) -> list[str]:
    """Return words in brackets, on as few lines as possible."""
    lines = textwrap.wrap(f"{', '.join(words)},", WIDTH - 4, break_long_words=False)
    return [opening, *textwrap.indent("\n".join(lines), "    ").splitlines(), closing]


def docstring(names: list[str]) -> str:
    """Return the docstring of the file."""
    words = f"{' and '.join(names)}, with what {'they need' if names[1:] else 'it needs'}"
    lines = textwrap.wrap(f"{words} of {LIBRARY}.", 97, break_on_hyphens=False)
    return '"""' + "\n".join(lines) + '\n\nThe runtime comes first.\n"""'


def body(module: Module, needed: Mapping[str, Definition], read: Collection[str]) -> Iterator[str]:
    """Yield the definitions of a module in their order, below a comment that names it."""
    name = module.name.rpartition(".")[2]
    words = name if ".wire." in module.name else f"{name}: {module.doc}"
    yield from ["", "", *textwrap.wrap(words, 98, initial_indent="# ", subsequent_indent="# ")]
    gap, after_block = [""], False  # One line below the comment.
    for part in (part for part in module.definitions if part.names[0] in needed):
        yield from gap if after_block or part.is_block else []
        yield needed[part.names[0]].printed(parts_of(part, needed, read))
        gap, after_block = ["", ""], part.is_block
