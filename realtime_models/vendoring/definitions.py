"""Read the top-level definitions in the modules of a package from their sources; run nothing.

A definition is a statement, the comment above it, and the docstring below, all unchanged. Nothing
is renamed: a test ensures that no two modules that can be copied define the same name, so a name
that a module defines or imports from another always means the same definition.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.abc import InspectLoader
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from itertools import zip_longest
from pkgutil import iter_modules
from zipimport import zipimporter

from .header import ROOT, VendorError

REMARK = r"^# (?:mypy|pyright|ty|pyrefly): .*$"
BLOCKS = (ast.ClassDef, ast.FunctionDef, ast.If)


@dataclass(frozen=True)
class Source:
    """The text of one module."""

    name: str
    is_package: bool
    text: str


@dataclass(frozen=True, eq=False)
class Definition:
    """A statement that defines one name, or an ``if`` that may define several."""

    module: str
    names: tuple[str, ...]
    text: str
    known: set[str]
    """The names that its module defines, or imports from other modules of the package."""

    @cached_property
    def node(self) -> ast.stmt:
        """The statement; its lines count from the start of the text."""
        return next(node for node in ast.parse(self.text).body if not _is_overload(node))

    @property
    def is_block(self) -> bool:
        """Whether it has two blank lines around it."""
        return isinstance(self.node, BLOCKS)

    @property
    def body(self) -> list[ast.stmt]:
        """The statements in a class."""
        return self.node.body if isinstance(self.node, ast.ClassDef) else []

    @cached_property
    def optional(self) -> dict[str, ast.stmt]:
        """The parts of a class that may be left out: ``to_request``, and private variables."""
        named = [(name, part) for part in self.body for name in _names(part)]
        return {
            name: part
            for name, part in named
            if name == "to_request" or (re.match("_[^_]", name) and not isinstance(part, BLOCKS))
        }

    @cached_property
    def required(self) -> list[ast.AST]:
        """The other parts, also those of overloads."""
        body = [part for part in self.body if part not in self.optional.values()]
        outer = [part for part in ast.iter_child_nodes(self.node) if part not in self.body]
        return [*outer, *body, *filter(_is_overload, ast.parse(self.text).body)]

    @cached_property
    def identifiers(self) -> set[str]:
        """All names that they use, including local ones."""
        found = {name for part in self.required for name in _names_in(part)}
        if isinstance(self.node, (ast.Assign, ast.AnnAssign)):
            # Strings in an alias or a type variable are annotations.
            strings = (node.value for node in ast.walk(self.node) if isinstance(node, ast.Constant))
            found.update(re.findall(r"\w+", " ".join(map(str, strings))))
        return found

    @cached_property
    def attributes(self) -> set[str]:
        """The attributes that they name."""
        nodes = (node for part in self.required for node in ast.walk(part))
        return {node.attr for node in nodes if isinstance(node, ast.Attribute)}

    @property
    def uses(self) -> set[str]:
        """The names among them that the package defines."""
        return self.identifiers & self.known

    def used_by(self, part: str) -> set[str]:
        """Return the names of the package that an optional part uses."""
        return _names_in(self.optional[part]) & self.known

    def printed(self, parts: Collection[str]) -> str:
        """Return its text, with these of its optional parts."""
        lines: list[str | None] = [*self.text.splitlines()]
        for part, below in zip_longest(self.body, self.body[1:]):
            if any(part is found for name, found in self.optional.items() if name not in parts):
                last = below if isinstance(below, ast.Expr) else part
                first, end = part.lineno - 1, last.end_lineno or 0
                lines[first:end] = [None] * (end - first)
        text = "\n".join(line for line in lines if line is not None)
        return text if None not in lines else re.sub(r"\n{3,}", "\n\n", text).rstrip()


@dataclass(frozen=True, eq=False)
class Module:
    """The definitions of a module in their order, and what it imports."""

    name: str
    doc: str
    """The first line of its docstring."""
    remarks: tuple[str, ...]
    """The comments for type checkers above its docstring."""
    definitions: tuple[Definition, ...]
    imports: Mapping[str, tuple[str, str]]
    """The module and the name of each import from the standard library, by its local name."""
    needs: tuple[str, ...]
    """The modules of this package that it imports."""


def sources(package: str) -> Iterator[Source]:
    """Yield the modules of a package, also one in a zip file, without importing them."""
    yield from _sources(find_spec(package), package)


def _sources(spec: ModuleSpec | None, name: str) -> Iterator[Source]:
    if spec is None:
        raise VendorError(f"{name} is not installed")
    inside, loader, text = spec.submodule_search_locations, spec.loader, None
    if isinstance(loader, (InspectLoader, zipimporter)):
        text = loader.get_source(spec.name)
    if text is None:
        raise VendorError(f"the source of {name} is needed for a copy, but cannot be read")
    yield Source(name, inside is not None, text)
    for module in sorted(module.name for module in iter_modules(inside or [])):
        yield from _sources(PathFinder.find_spec(module, inside), f"{name}.{module}")


def read_package(others: Collection[str] = ()) -> list[Module]:
    """Return the modules of the runtime, of the wire, and others, each after those it imports."""
    inside = [f"{ROOT}.{name}" for name in ("_runtime.", "wire.", *others)]
    modules = {
        source.name: read_module(source)
        for source in sources(ROOT)
        if source.name.startswith(tuple(inside))
    }
    ordered: dict[str, Module] = {}

    def add(name: str) -> None:
        if name not in ordered:
            for needed in modules[name].needs:
                add(needed)
            ordered[name] = modules[name]

    for start in inside:
        for name in modules:
            if name.startswith(start):
                add(name)
    return list(ordered.values())


def read_module(source: Source) -> Module:
    """Return the definitions and imports of a module."""
    tree = ast.parse(source.text)
    needs: list[str] = []
    inner: set[str] = set()
    renamed: list[Definition] = []
    outer: dict[str, tuple[str, str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            needs.append(".".join([*source.name.split(".")[: -node.level], node.module or ""]))
            for alias in node.names:
                inner |= {alias.name, alias.asname or alias.name}
                if alias.asname:
                    text = f"{alias.asname}: TypeAlias = {alias.name}"
                    renamed.append(Definition(source.name, (alias.asname,), text, {alias.name}))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            if module != "__future__":
                outer |= {
                    name.asname or name.name: (module, ast.unparse(name)) for name in node.names
                }
    return Module(
        source.name,
        (ast.get_docstring(tree) or "").partition("\n")[0],
        tuple(re.findall(REMARK, source.text.partition('"""')[0], re.MULTILINE)),
        (*renamed, *_definitions(source, tree.body, inner.union(*map(_names, tree.body)))),
        outer,
        tuple(needs),
    )


def _definitions(source: Source, body: list[ast.stmt], known: set[str]) -> Iterator[Definition]:
    lines = source.text.splitlines()
    overload: ast.stmt | None = None  # The first of a function, whose text starts there.
    for node, below in zip(body, [*body[1:], None], strict=True):
        names = _names(node)
        if not names:
            continue
        if _is_overload(node):
            overload = overload or node
            continue
        last = below if isinstance(below, ast.Expr) else node
        start, overload = overload or node, None
        first = start.lineno - 1
        while lines[first - 1].startswith(("#", "@")):
            first -= 1
        text = "\n".join(lines[first : last.end_lineno])
        yield Definition(source.name, names, text, known)


def _is_overload(node: ast.stmt) -> bool:
    """Whether a statement is an overload of a function, which is for type checkers only."""
    return isinstance(node, ast.FunctionDef) and "overload" in map(ast.unparse, node.decorator_list)


def _names_in(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _names(node: ast.stmt) -> tuple[str, ...]:
    """Return the names that a statement, also in an ``if``, defines, except ``__all__``."""
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return (name,)
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]) if (
            name != "__all__"
        ):
            return (name,)
        case ast.If(body=body, orelse=orelse):
            return tuple({name: None for part in (*body, *orelse) for name in _names(part)})
        case _:
            return ()
