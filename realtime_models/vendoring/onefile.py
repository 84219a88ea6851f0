"""One file with some types: the definitions they lead to, each as it stands in the library."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from .. import _HAND_WRITTEN, __version__
from ..catalog import find_name
from ..wire import HOMES
from .definitions import Definition, Module, read_package
from .header import LIBRARY, LICENCE, CopyOptions, VendorError
from .unions import narrow

PUBLIC: Final = {name for name, home in _HAND_WRITTEN.items() if home != "short_names"}.union(HOMES)
"""The names that the library exports, but for second names of types."""
ALWAYS: Final = ("UNSET", "DecodeError", "JsonObject", "JsonValue", "Problem", "UnsetType")
"""What every file has, beside the types."""
BY_NAME: Final = ("check", "from_wire", "json_schema", "to_wire")
"""What looks types up among all that there are."""
REMARKS: Final = (
    # The formatters and linters of the place to which it is copied leave it as it is.
    "# ruff: noqa",
    "# fmt: off",
    # What the modules of a package may know of each other is private to a class in one file.
    "# pyright: reportPrivateUsage=false",
)


def one_file(options: CopyOptions) -> str:
    """Return the text of the file, without its header."""
    modules = read_package()
    definitions = {
        name: definition
        for module in modules
        for definition in module.definitions
        for name in definition.names
    }
    wanted: list[str] = []
    for word, members in options.members_by_type.items():
        wanted.append(name := public_name(word))
        if members:
            definitions |= {found.names[0]: found for found in narrow(definitions, name, members)}
    functions = [function for name in wanted for function in functions_of(name, definitions)]
    needed = select(definitions, [*ALWAYS, *wanted, *functions])
    used = {definition.module for definition in needed.values()}
    remarks = [remark for module in modules if module.name in used for remark in module.remarks]
    return "\n".join(
        [
            *(f"# {line}".rstrip() for line in LICENCE.splitlines()),
            "#",
            *dict.fromkeys([*REMARKS, *remarks]),
            docstring(wanted),
            "",
            "from __future__ import annotations",
            "",
            *imports(modules, needed.values()),
            "",
            "__all__ = [",
            *(f'    "{name}",' for name in sorted({"__version__", *PUBLIC.intersection(needed)})),
            "]",
            "",
            f'__version__ = "{__version__}"',
            *body(modules, needed),
            "",
        ]
    )


def public_name(word: str) -> str:
    """Return the name that a word means; it may be a ``type``, or what the SDK calls a class."""
    if word in BY_NAME:
        raise VendorError(
            f"{word} looks types up among all of them; copy the whole library:"
            " give a folder, and no names"
        )
    return word if word in PUBLIC else find_name(word)


def functions_of(name: str, definitions: Iterable[str]) -> list[str]:
    """Return the public functions of a union or alias, which are named after it."""
    named = {f"{name.lower()}{verb}" for verb in ("fromdict", "fromjson", "todict")}
    return [found for found in definitions if found in PUBLIC and found.replace("_", "") in named]


def select(definitions: Mapping[str, Definition], names: Iterable[str]) -> dict[str, Definition]:
    """Return the definitions that some names lead to, by all their names.

    That a value can be sent as another type is no reason to take that one: the method that gives
    it comes along where its type does anyhow.
    """
    found: dict[str, Definition] = {}

    def add(names: Iterable[str]) -> None:
        todo = list(names)
        while todo:
            definition = definitions[todo.pop()]
            if definition.names[0] not in found:
                found.update(dict.fromkeys(definition.names, definition))
                todo += definition.uses

    add(names)
    for definition in list(found.values()):
        uses = definition.request_uses
        if all(name in found or name not in HOMES for name in uses):
            add(uses)
    return found


def docstring(names: list[str]) -> str:
    """Return the docstring of the file."""
    words = f"{' and '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}, with what"
    words += f" {'they need' if names[1:] else 'it needs'} of {LIBRARY}."
    lines = textwrap.wrap(words, 97, break_long_words=False, break_on_hyphens=False)
    order = "From the ground up: what reads and writes JSON first, then the types."
    return '"""' + "\n".join(lines) + f'\n\n{order}\n"""'


def imports(modules: Iterable[Module], needed: Collection[Definition]) -> Iterator[str]:
    """The imports from the standard library that the definitions use."""
    used = {definition.module: set[str]() for definition in needed}
    for definition in needed:
        used[definition.module] |= definition.identifiers
    found: dict[str, set[str]] = {}
    for module in modules:
        for local, (home, name) in module.imports.items():
            if local in used.get(module.name, ()):
                found.setdefault(home, set()).add(name if name == local else f"{name} as {local}")
    yield from (f"import {name}" for name in sorted(found.pop("", ())))
    for home, names in sorted(found.items()):
        line = f"from {home} import {', '.join(sorted(names))}"
        if len(line) <= 100:
            yield line
        else:
            yield from [f"from {home} import (", *(f"    {name}," for name in sorted(names)), ")"]


def body(modules: Iterable[Module], needed: Mapping[str, Definition]) -> Iterator[str]:
    """The definitions in their order, under a comment for each module that they are from."""
    for module in modules:
        parts = [needed[name] for name in module.names if name in needed]
        if not parts:
            continue
        words = f"{module.name.rpartition('.')[2]}: {module.doc}"
        yield from ["", "", *textwrap.wrap(words, 98, initial_indent="# ", subsequent_indent="# ")]
        after_block = False
        for part in parts:
            yield from [""] * max(part.blank_lines, 2 if after_block or part.is_block else 0)
            yield part.printed(with_request=part.request_uses <= needed.keys())
            after_block = part.is_block
