"""Which names of its module a piece of code uses, and where: the scopes of Python.

A name belongs to the module unless a function around it binds it. A body of a class binds names
for itself, not for the functions in it. A function that imports from its own package, to load
something late, uses a name of the other module. Annotations, aliases and the bounds of type
variables may be strings that are code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from .binding import External, Internal, Package, bindings, bound, parameters
from .edits import Text

Local: TypeAlias = "External | Internal"
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Use:
    """A place, in bytes, where a name of a module stands."""

    start: int
    end: int
    name: Internal
    """What is meant; in this module, unless a function has imported it from another."""
    attribute: str | None = None
    """What is taken of it, if it is a module."""
    attribute_end: int = 0
    hidden: frozenset[str] = frozenset()
    """The names that have another meaning at this place."""


@dataclass
class Found:
    """What a piece of code has of interest."""

    uses: list[Use] = field(default_factory=list["Use"])
    imports: list[ast.ImportFrom] = field(default_factory=list[ast.ImportFrom])
    """The imports from the package, inside functions."""


@dataclass(frozen=True)
class Scope:
    """What names mean at some place, where they do not mean what they mean in the module."""

    visible: Mapping[str, Local | None] = field(default_factory=dict[str, "Local | None"])
    """The names of the functions around; those they import from the package say what they are."""
    own: frozenset[str] = frozenset()
    """The names of the class whose body this is."""


class Walk(ast.NodeVisitor):
    """Collects the uses in some code of a module."""

    def __init__(self, text: Text, package: Package) -> None:
        self.text = text
        self.package = package
        self.found: Found = Found()
        self._scope = Scope()
        self._shift = 0
        self._is_type = False

    def visit_Name(self, node: ast.Name) -> None:
        self._use(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name):
            self._use(node.value, node)
        else:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._all(node.decorator_list)
        self._arguments(node.args)
        self._annotation(node.returns)
        imported = self._imported(node)
        names = {name: imported.get(name) for name in (*_names(node.args), *bound(node.body))}
        self._inside(Scope({**self._scope.visible, **names}), node.body)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._arguments(node.args)
        names = dict.fromkeys(_names(node.args))
        self._inside(Scope({**self._scope.visible, **names}), [node.body])

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._all([*node.decorator_list, *node.bases, *node.keywords])
        self._inside(Scope(self._scope.visible, frozenset(bound(node.body))), node.body)

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, _COMPREHENSIONS):
            self.visit(node.generators[0].iter)  # The only part that stands outside.
            targets = dict.fromkeys(bound(part.target for part in node.generators))
            self._inside(Scope({**self._scope.visible, **targets}), ast.iter_child_nodes(node))
        else:
            self._all(ast.iter_child_nodes(node))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.target)
        self._annotation(node.annotation)
        is_alias = isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
        if is_alias:
            self._annotation(node.value)
        elif node.value:
            self.visit(node.value)

    def visit_Global(self, node: ast.Global) -> None:
        raise NotImplementedError(f"a function that changes {', '.join(node.names)}")

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        name = node.value.id if isinstance(node.value, ast.Name) else ""
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        types = {"Literal": 0, "Annotated": 1}.get(name, len(inside))
        for part in inside[:types]:
            self.visit(part)
        self._as_values(inside[types:])

    def visit_Call(self, node: ast.Call) -> None:
        self.visit(node.func)
        self._as_values(node.args)
        for keyword in node.keywords:
            if keyword.arg == "bound":
                self._annotation(keyword.value)
            else:
                self._as_values([keyword.value])

    def visit_Constant(self, node: ast.Constant) -> None:
        if not self._is_type or not isinstance(node.value, str):
            return
        start, end = self.text.span(node)
        if self.text.content[start + 1 : end - 1].decode() != node.value:
            raise NotImplementedError(f"an annotation in such a string: {node.value}")
        code = ast.parse(node.value, mode="eval").body
        inner = Walk(Text(node.value + "\n"), self.package)
        inner._scope, inner._shift = self._scope, self._shift + start + 1
        inner.visit(code)
        self.found.uses += inner.found.uses

    def _use(self, name: ast.Name, attribute: ast.Attribute | None = None) -> None:
        local = self._scope.visible.get(name.id)
        if name.id in self._scope.own or (name.id in self._scope.visible and local is None):
            return
        start, end = (self._shift + place for place in self.text.span(name))
        meant = local if isinstance(local, Internal) else Internal(self.package.module, name.id)
        hidden = {name for name, target in self._scope.visible.items() if target is None}
        hidden |= self._scope.own
        if attribute is None:
            self.found.uses.append(Use(start, end, meant, hidden=frozenset(hidden)))
        else:
            last = self._shift + self.text.span(attribute)[1]
            self.found.uses.append(Use(start, end, meant, attribute.attr, last, frozenset(hidden)))

    def _imported(self, function: ast.AST) -> Mapping[str, Local]:
        """What a function imports from its own package."""
        found: dict[str, Local] = {}
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom) and self.package.owns(node):
                found.update(bindings(node, self.package))
                if node not in self.found.imports:
                    self.found.imports.append(node)
        return found

    def _arguments(self, arguments: ast.arguments) -> None:
        defaults = [value for value in arguments.kw_defaults if value]
        self._as_values([*arguments.defaults, *defaults])
        for argument in parameters(arguments):
            self._annotation(argument.annotation)

    def _annotation(self, node: ast.expr | None) -> None:
        if node is not None:
            was, self._is_type = self._is_type, True
            self.visit(node)
            self._is_type = was

    def _as_values(self, nodes: Iterable[ast.AST]) -> None:
        was, self._is_type = self._is_type, False
        self._all(nodes)
        self._is_type = was

    def _all(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def _inside(self, scope: Scope, nodes: Iterable[ast.AST]) -> None:
        outer, self._scope = self._scope, scope
        self._all(nodes)
        self._scope = outer


def _names(arguments: ast.arguments) -> list[str]:
    return [argument.arg for argument in parameters(arguments)]
