"""Writes selected definitions as the text of one module.

The definitions of a module stay together and in their order, after those of the modules that it
imports: so everything is defined before it is needed, as it was in the package.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import fill, indent
from typing import Final

from .edits import Edit
from .modules import Definition
from .naming import Import, Names, told_name
from .selection import Code, Library

WIDTH: Final = 100


def in_order(library: Library, codes: Mapping[Definition, Code]) -> list[Code]:
    """The definitions, each after those that it needs."""
    homes = sorted({definition.module for definition in codes})
    order = list(_modules(library, homes, set()))
    found = (item for name in order for item in library.module(name).definitions)
    return [codes[definition] for definition in found if definition in codes]


def _modules(library: Library, names: Iterable[str], seen: set[str]) -> Iterator[str]:
    """Modules, each after those that it imports."""
    for name in names:
        if name not in seen:
            seen.add(name)
            yield from _modules(library, library.module(name).needs, seen)
            yield name


def imports(found: Iterable[Import]) -> str:
    """The import statements."""
    runtime = {(module, name, local) for module, name, local, for_types in found if not for_types}
    for_types = {(module, name, local) for module, name, local, _ in found} - runtime
    lines = ["from __future__ import annotations", "", *_statements(runtime)]
    if for_types:
        lines += ["", "if TYPE_CHECKING:", *(f"    {line}" for line in _statements(for_types))]
    return "".join(f"{line}\n" for line in lines)


def _statements(found: Iterable[tuple[str, str | None, str]]) -> Iterator[str]:
    ordered = sorted(found, key=lambda item: (item[1] is not None, item[0], item[1] or "", item[2]))
    for module, group in groupby(ordered, lambda item: (item[0], item[1] is None)):
        pairs = [(name or module[0], local) for _, name, local in group]
        names = [name if name == local else f"{name} as {local}" for name, local in pairs]
        if module[1]:
            yield from (f"import {name}" for name in names)
        else:
            yield from _line(f"from {module[0]} import", names)


def _line(start: str, names: Sequence[str]) -> Iterator[str]:
    line = f"{start} {', '.join(names)}"
    yield line if len(line) <= WIDTH - 4 else f"{start} (\n{in_lines(names)}\n)"


def in_lines(names: Sequence[str]) -> str:
    """Names one after the other, as many in a line as fit."""
    return indent(fill(", ".join(names), WIDTH - 8, break_long_words=False), " " * 4)


def body(library: Library, codes: Sequence[Code], names: Names) -> str:
    """The definitions, under the descriptions of the modules that they come from."""
    written = [code for code in codes if not names.is_twin(code.definition)]
    parts: list[str] = []
    for module, group in groupby(written, lambda code: code.definition.module):
        codes = list(group)
        if len(codes) * 2 > len(library.module(module).definitions):
            parts.append(_heading(library, module))
        parts.append("".join(_definitions(library, codes, names)).strip("\n"))
    return "\n\n\n".join(parts)


def _heading(library: Library, module: str) -> str:
    doc = library.module(module).doc.partition("\n\n")[0]
    return fill(" ".join(doc.split()), WIDTH, initial_indent="# ", subsequent_indent="# ")


def _definitions(library: Library, codes: Sequence[Code], names: Names) -> Iterator[str]:
    """The texts of a module's definitions, apart as they were."""
    after_block = True
    for code in codes:
        definition, text = code.definition, library.module(code.definition.module).text
        edits = [*code.edits, *_renamed(library, code, names)]
        written = text.edited(definition.start, definition.end, edits)
        is_block = not hasattr(definition.tree, "value")
        apart = 2 if is_block or after_block else text.blank_lines(definition.start)
        after_block = is_block
        yield "\n" * apart + written


def _renamed(library: Library, code: Code, names: Names) -> Iterator[Edit]:
    """The names in a definition, its own and those it uses, where they are others now."""
    text = library.module(code.definition.module).text
    for use in code.uses:
        name = names.of(use)
        meant = library.meant(use)
        if name is not None and meant != use.name:
            yield Edit(use.start, use.attribute_end, name)
        elif name is not None and name != text.content[use.start : use.end].decode():
            yield Edit(use.start, use.end, name)
    yield from _own_names(library, code.definition, names)


def _own_names(library: Library, definition: Definition, names: Names) -> Iterator[Edit]:
    """The name that a definition gives, where the syntax tree does not have it as a name."""
    text = library.module(definition.module).text
    name = definition.names[0]
    new = names.defined(definition, name)
    told = told_name(definition)
    for node in definition.statements if new != name else ():
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            start = text.content.index(f" {name}".encode(), text.place(node)) + 1
            yield Edit(start, start + len(name), new)
    if new != name and told is not None:
        start, end = text.span(told)
        yield Edit(start + 1, end - 1, new)
