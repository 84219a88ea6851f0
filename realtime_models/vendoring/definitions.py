"""Read the definitions in the modules of a package from their sources; run nothing.

A definition is a statement, or a function with its overloads, and what belongs to it: the blank
lines and comments above, and the docstring below. All are unchanged. A name that a module defines
or imports from another always means the same definition: imports rename nothing, and a test ensures
that no two modules that can be copied define the same name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from importlib.abc import InspectLoader
from importlib.machinery import PathFinder
from importlib.util import find_spec, resolve_name
from pathlib import PurePosixPath
from pkgutil import iter_modules
from zipimport import zipimporter

from .header import ROOT, VendorError


@dataclass(frozen=True, eq=False)
class Definition:
    """What defines some names in a module or a class; the lines above the body of a class."""

    module: Module
    names: tuple[str, ...]
    """One name, of an ``if`` maybe several."""
    text: str
    nodes: Sequence[ast.AST]

    @cached_property
    def parts(self) -> list[Definition]:
        """The lines above the body of a class, and the definitions in it; otherwise this one."""
        node = self.nodes[0]
        if not isinstance(node, ast.ClassDef):
            return [self]
        first, end = node.body[0].lineno - 1, node.end_lineno or 0
        above = "\n".join(self.text.splitlines()[: first - end])
        nodes = [*node.decorator_list, *node.bases, *node.keywords]
        return [Definition(self.module, (), above, nodes), *self.module.split(node.body, first)]

    @cached_property
    def words(self) -> set[str]:
        """The names in its code, also local ones, and the attributes, with a dot before them."""
        found: set[str] = set()
        for outer in self.nodes:
            nodes = [*ast.walk(outer)]
            found |= {node.id for node in nodes if isinstance(node, ast.Name)}
            found |= {f".{node.attr}" for node in nodes if isinstance(node, ast.Attribute)}
            if isinstance(outer, (ast.Assign, ast.AnnAssign)):
                # Strings in an alias or a type variable are annotations.
                strings = (str(node.value) for node in nodes if isinstance(node, ast.Constant))
                found.update(re.findall(r"\w+", " ".join(strings)))
        return found


@dataclass(frozen=True, eq=False)
class Module:
    """The source of a module, and what it defines and imports."""

    name: str
    path: str
    """The path of its file in the package."""
    text: str

    @cached_property
    def body(self) -> list[ast.stmt]:
        """Its statements."""
        return ast.parse(self.text).body

    @cached_property
    def imported(self) -> list[tuple[str, ast.alias]]:
        """What it imports, each with its module, which is empty for a module itself."""
        found: list[tuple[str, ast.alias]] = []
        for node in self.body:
            if isinstance(node, ast.ImportFrom) and node.module != "__future__":
                written = "." * node.level + (node.module or "")
                module = resolve_name(written, self.name.rpartition(".")[0])
                found += [(module, alias) for alias in node.names]
            elif isinstance(node, ast.Import):
                found += [("", alias) for alias in node.names]
        return found

    @cached_property
    def definitions(self) -> list[Definition]:
        """Its definitions in their order."""
        return [found for found in self.split(self.body) if found.names]

    @cached_property
    def known(self) -> set[str]:
        """The names that it defines, or imports from other modules of the package."""
        own = {alias.name for module, alias in self.imported if module.startswith(ROOT)}
        return own.union(*(definition.names for definition in self.definitions))

    def split(self, body: Sequence[ast.stmt], start: int = 0) -> Iterator[Definition]:
        """Yield the definitions in the module, or in a class whose body begins at a line."""
        lines, groups = self.text.splitlines(), list[list[ast.stmt]]()
        for node in body:
            above = groups[-1] if groups else []
            if above and (isinstance(node, ast.Expr) or _names(node) == _names(above[0])):
                above.append(node)
            else:
                groups.append([node])
        for group in groups:
            end = group[-1].end_lineno or 0
            yield Definition(self, _names(group[0]), "\n".join(lines[start:end]), group)
            start = end


def sources(package: str) -> Iterator[Module]:
    """Yield the modules of a package, also one in a zip file, without importing them."""
    todo = [find_spec(package)]
    for spec in todo:  # Those in a package are added.
        if spec is None:
            raise VendorError(f"{package} is not installed")
        name, inside, text = spec.name, spec.submodule_search_locations, None
        if isinstance(spec.loader, (InspectLoader, zipimporter)):
            text = spec.loader.get_source(name)
        if text is None:
            raise VendorError(f"the source of {name} is needed for a copy, but cannot be read")
        path = PurePosixPath(*name.removeprefix(package).split("."))
        yield Module(name, str(path / "__init__.py" if inside else path.with_suffix(".py")), text)
        below = sorted(module.name for module in iter_modules(inside or []))
        todo += [PathFinder.find_spec(f"{name}.{module}", inside) for module in below]


def read_package(others: Collection[str]) -> list[Module]:
    """Return the modules of the runtime, of the wire, and others, each after those it imports."""
    layers = (f"{ROOT}._runtime.", f"{ROOT}.wire.", *(f"{ROOT}.{name}" for name in others))
    modules = {found.name: found for found in sources(ROOT) if found.name.startswith(layers)}
    order: TopologicalSorter[str] = TopologicalSorter()
    for name, module in modules.items():
        order.add(name, *(need for need, _ in module.imported if need in modules))
    in_order = [*order.static_order()]
    return [modules[name] for layer in layers for name in in_order if name.startswith(layer)]


def _names(node: ast.stmt) -> tuple[str, ...]:
    """Return the names that a statement, also in an ``if``, defines."""
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return (name,)
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return (name,)
        case ast.If(body=body, orelse=orelse):
            return tuple({name: None for part in (*body, *orelse) for name in _names(part)})
        case _:
            return ()
