"""What binds names: imports, of this package's own modules and of others, and statements."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

STAR: Final = "*"


@dataclass(frozen=True, order=True)
class External:
    """A module of others, or a name in it, as an import gives it."""

    module: str
    name: str | None
    """``None`` for the module itself."""
    local: str
    """What it is called here."""
    typing_only: bool
    """Whether only type checkers import it."""


@dataclass(frozen=True)
class Internal:
    """A name in one of the modules that are copied, or such a module."""

    module: str
    name: str | None = None


@dataclass(frozen=True)
class Package:
    """Where a module stands among those that are copied."""

    module: str
    is_package: bool
    modules: Collection[str]

    def source(self, node: ast.ImportFrom) -> str:
        """The full name of the module that is imported from."""
        parts = self.module.split(".")
        up = node.level - self.is_package
        start = parts[: len(parts) - up] if node.level else []
        return ".".join([*start, *([node.module] if node.module else [])])

    def owns(self, node: ast.ImportFrom) -> bool:
        """Whether an import is one from the modules that are copied."""
        return self.source(node) in self.modules


def bindings(
    node: ast.Import | ast.ImportFrom, package: Package, typing_only: bool = False
) -> Iterator[tuple[str, External | Internal]]:
    """The names that an import binds, and to what; :data:`STAR` for all of a module."""
    for alias in node.names:
        local = alias.asname or alias.name
        if isinstance(node, ast.Import):
            yield local.partition(".")[0], External(alias.name, None, local, typing_only)
        elif not package.owns(node):
            yield local, External(package.source(node), alias.name, local, typing_only)
        elif f"{package.source(node)}.{alias.name}" in package.modules:
            yield local, Internal(f"{package.source(node)}.{alias.name}")
        else:
            name = None if alias.name == STAR else alias.name
            yield local, Internal(package.source(node), name)


def bound(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names that some statements bind in the scope in which they stand."""
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
                | ast.MatchMapping(rest=str(name))
            ):
                yield name
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                yield from ((alias.asname or alias.name).partition(".")[0] for alias in aliases)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
                continue  # Its body is another scope.
            case ast.Lambda():
                continue
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                named = (part for part in ast.walk(node) if isinstance(part, ast.NamedExpr))
                yield from (part.target.id for part in named)
                continue
            case _:
                pass
        yield from bound(ast.iter_child_nodes(node))


def parameters(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters of a function."""
    more = [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *more]
