"""What a module defines and imports, read from its syntax tree; nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from .binding import STAR, External, Internal, Package, bindings, bound
from .edits import Text
from .scopes import Found, Walk
from .sources import Source


@dataclass(frozen=True, eq=False)
class Definition:
    """A piece of a module that defines one name, or several that belong together."""

    module: str
    names: tuple[str, ...]
    statements: tuple[ast.stmt, ...]
    start: int
    """Where it starts, in bytes, with the comment above it."""
    end: int
    """Where it ends, with the string below it that says what it is."""

    @property
    def tree(self) -> ast.stmt:
        """Its first statement, which is the only one if it is not overloaded."""
        return self.statements[0]


@dataclass(frozen=True, eq=False)
class Module:
    """The definitions of a module, in their order, and its imports."""

    package: Package
    text: Text
    doc: str
    definitions: tuple[Definition, ...]
    imports: dict[str, list[External | Internal]]
    needs: tuple[str, ...]
    """The modules that are imported when this one is."""
    public: frozenset[str]
    """The names in ``__all__``."""
    defined: Mapping[str, Definition]
    """The definition of each name."""

    @property
    def name(self) -> str:
        """Its full name."""
        return self.package.module

    @property
    def stars(self) -> list[str]:
        """The modules of which all names are imported."""
        found = self.imports.get(STAR, [])
        return [item.module for item in found if isinstance(item, Internal)]

    def found_in(self, definition: Definition) -> Found:
        """The names that a definition uses."""
        walk = Walk(self.text, self.package)
        for statement in definition.statements:
            walk.visit(statement)
        return walk.found


def read_module(source: Source, modules: Collection[str]) -> Module:
    """Read a module; ``modules`` are the names of all that are copied with it."""
    package = Package(source.name, source.is_package, modules)
    text, tree = Text(source.text), ast.parse(source.text)
    imports: dict[str, list[External | Internal]] = {}
    needs: list[str] = []
    for node, typing_only in _imports(tree.body):
        for name, target in bindings(node, package, typing_only):
            imports.setdefault(name, []).append(target)
            if isinstance(target, Internal) and not typing_only:
                needs.append(target.module)
    definitions = tuple(_definitions(tree.body, text, package))
    public = _public(tree.body)
    doc = ast.get_docstring(tree) or ""
    defined = {name: definition for definition in definitions for name in definition.names}
    return Module(package, text, doc, definitions, imports, tuple(needs), public, defined)


def _imports(body: list[ast.stmt]) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    """The imports of a module, and which of them are for type checkers only."""
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node, False
        elif isinstance(node, ast.If) and _imports_only(node):
            yield from ((inner, True) for inner, _ in _imports(node.body))


def _imports_only(node: ast.If) -> bool:
    """Whether this is an ``if TYPE_CHECKING`` of nothing but imports."""
    is_for_types = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    kinds = (ast.Import, ast.ImportFrom)
    return is_for_types and all(isinstance(inner, kinds) for inner in node.body)


def _definitions(body: list[ast.stmt], text: Text, package: Package) -> Iterator[Definition]:
    for names, group in groupby(_described(body), lambda item: _names(item[0])):
        if not names or names == ("__all__",):
            continue
        statements = [statement for part in group for statement in part]
        start, end = text.lines(statements[0], statements[-1])
        yield Definition(package.module, names, tuple(statements), text.above(start), end)


def _described(body: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Statements, each with the string below it that says what it defines."""
    parts: list[list[ast.stmt]] = []
    for node in body:
        if parts and is_string(node) and isinstance(parts[-1][0], (ast.Assign, ast.AnnAssign)):
            parts[-1].append(node)
        else:
            parts.append([node])
    yield from parts


def _names(node: ast.stmt) -> tuple[str, ...]:
    """The names that a statement defines; none if it is not there to define any."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return ()
        case ast.If() if _imports_only(node):
            return ()
        case ast.AugAssign(target=ast.Name(id="__all__")):
            return ()
        case ast.FunctionDef() | ast.ClassDef() | ast.Assign() | ast.AnnAssign() | ast.If() if (
            names := tuple(dict.fromkeys(bound([node])))
        ):
            return names
        case _:
            raise NotImplementedError(f"a statement at line {node.lineno} that defines nothing")


def is_string(node: ast.stmt) -> bool:
    """Whether a statement is a string: the description of what it stands in, or under."""
    match node:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case _:
            return False


def _public(body: list[ast.stmt]) -> frozenset[str]:
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List(elts=items)):
                values = [item.value for item in items if isinstance(item, ast.Constant)]
                return frozenset(value for value in values if isinstance(value, str))
            case _:
                pass
    return frozenset()
