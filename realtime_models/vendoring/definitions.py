"""What stands at the top of the modules of a package, read from their sources; nothing is run.

A definition is taken as it is written: a statement, the comment above it, and the docstring below.
Names need no renaming: a test holds that no two modules of the runtime and of the wire define the
same, so a name that a module defines or imports from another one means one definition.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.abc import InspectLoader
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from pkgutil import iter_modules
from zipimport import zipimporter

from .header import ROOT, VendorError

REMARK = r"^# (?:mypy|pyright|ty|pyrefly): .*$"


@dataclass(frozen=True)
class Source:
    """The text of one module."""

    name: str
    is_package: bool
    text: str


@dataclass(frozen=True, eq=False)
class Definition:
    """A statement that defines one name, or an ``if`` that defines some."""

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
        """Whether two blank lines go around it."""
        return isinstance(self.node, (ast.ClassDef, ast.FunctionDef, ast.If))

    @cached_property
    def request(self) -> ast.FunctionDef | None:
        """The method of a class that gives what may be sent, which may be another type."""
        body = self.node.body if isinstance(self.node, ast.ClassDef) else []
        methods = [part for part in body if isinstance(part, ast.FunctionDef)]
        return next((method for method in methods if method.name == "to_request"), None)

    @cached_property
    def identifiers(self) -> set[str]:
        """All names that it uses, but for its request; those of its own scopes are among them."""
        parts = [part for part in ast.iter_child_nodes(self.node) if part is not self.request]
        overloads = filter(_is_overload, ast.parse(self.text).body)
        found = {name for part in (*parts, *overloads) for name in _names_in(part)}
        if isinstance(self.node, (ast.Assign, ast.AnnAssign)):
            # Strings are code in an alias and in a type variable.
            strings = (node.value for node in ast.walk(self.node) if isinstance(node, ast.Constant))
            found.update(re.findall(r"\w+", " ".join(map(str, strings))))
        return found

    @property
    def uses(self) -> set[str]:
        """The names of the package among them."""
        return self.identifiers & self.known

    @cached_property
    def request_uses(self) -> set[str]:
        """The names of the package that its request uses."""
        return _names_in(self.request) & self.known if self.request else set()

    def printed(self, with_request: bool) -> str:
        """Return its text, without its request unless that is wanted."""
        if self.request is None or with_request:
            return self.text
        lines = self.text.splitlines()
        # The blank line above it goes, too.
        return "\n".join(lines[: self.request.lineno - 2] + lines[self.request.end_lineno :])


@dataclass(frozen=True, eq=False)
class Module:
    """The definitions of a module in their order, and what it imports."""

    name: str
    doc: str
    """The first line of its docstring."""
    remarks: tuple[str, ...]
    """The comments at its head that are for type checkers."""
    definitions: tuple[Definition, ...]
    imports: Mapping[str, tuple[str, str]]
    """What is imported from the standard library, by its name here: its module, and it there."""
    needs: tuple[str, ...]
    """The modules of this package that are imported before it."""


def sources(package: str) -> Iterator[Source]:
    """The modules of a package, from wherever it was found; none of them is imported."""
    yield from _sources(find_spec(package), package)


def _sources(spec: ModuleSpec | None, name: str) -> Iterator[Source]:
    if spec is None:
        raise VendorError(f"{name} is not installed")
    inside, loader, text = spec.submodule_search_locations, spec.loader, None
    if isinstance(loader, (InspectLoader, zipimporter)):
        text = loader.get_source(spec.name)
    if text is None:
        raise VendorError(f"the source of {name} cannot be read, and it is needed for a copy")
    yield Source(name, inside is not None, text)
    for module in sorted(module.name for module in iter_modules(inside or [])):
        yield from _sources(PathFinder.find_spec(module, inside), f"{name}.{module}")


def read_package() -> list[Module]:
    """Return the modules of the runtime and of the wire, each after those that it imports."""
    inside = (f"{ROOT}._runtime.", f"{ROOT}.wire.")
    found = [source for source in sources(ROOT) if source.name.startswith(inside)]
    modules = {source.name: read_module(source) for source in found}
    ordered: dict[str, Module] = {}

    def add(name: str) -> None:
        if name not in ordered:
            for needed in modules[name].needs:
                add(needed)
            ordered[name] = modules[name]

    for name in modules:
        add(name)
    return list(ordered.values())


def read_module(source: Source) -> Module:
    """Return what stands at the top of a module."""
    tree = ast.parse(source.text)
    needs: list[str] = []
    inner: set[str] = set()
    outer: dict[str, tuple[str, str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            needs.append(".".join([*source.name.split(".")[: -node.level], node.module or ""]))
            inner.update(alias.name for alias in node.names)
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
        tuple(_definitions(source, tree.body, inner.union(*map(_names, tree.body)))),
        outer,
        tuple(needs),
    )


def _definitions(source: Source, body: list[ast.stmt], known: set[str]) -> Iterator[Definition]:
    lines = source.text.splitlines()
    overload: ast.stmt | None = None  # The first of a function; its text is the function's.
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
    """Whether it is a signature that a function has beside its own, for type checkers."""
    return isinstance(node, ast.FunctionDef) and "overload" in map(ast.unparse, node.decorator_list)


def _names_in(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _names(node: ast.stmt) -> tuple[str, ...]:
    """The names that a statement defines, ``__all__`` aside; those of an ``if`` are its content."""
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
