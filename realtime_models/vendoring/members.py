"""Unions with fewer members: what is left out is read as ``Unknown``, like what is newer.

The text of a union is its alias, and whatever stands beside it and says by its annotation that it
is of that type: the table from tags to decoders, and the functions.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Final

from .binding import Internal
from .edits import Edit
from .modules import Definition
from .selection import Code, Defined, Library
from .sources import WIRE, VendorError

WIDTH: Final = 100
UNKNOWN: Final = "Unknown"


class Fewer:
    """Rewrites the definitions of one union."""

    def __init__(self, library: Library, union: Internal, members: Collection[str]) -> None:
        self._library = library
        self._alias = library.definition(union)
        self._text = library.modules[self._alias.module].text
        name, (tree, parts) = self._alias.names[0], _alias(self._alias)
        self._tree, self._parts = tree, parts
        names = [part.id for part in parts if isinstance(part, ast.Name)]
        known = [name for name in names if self._is_type(name)]
        if UNKNOWN not in names:
            raise VendorError(f"{name} is no union of which members can be left out")
        for member in members:
            if member not in known:
                raise VendorError(f"{name} has no member {member}; it has {', '.join(known)}")
        self._gone = set(known) - set(members)

    def __call__(self, library: Library, code: Code) -> Code:
        """The definition without the members that are left out, if it is the union's."""
        if code.definition is self._alias:
            return code.changed(self._alias_edits())
        is_ours = code.definition.module == self._alias.module and self._is_of_type(code.definition)
        return code.changed(self._edits(code.definition)) if is_ours else code

    def _is_type(self, name: str) -> bool:
        """Whether this is one of our types, which can be told from others."""
        for meaning in self._library.meanings(Internal(self._alias.module, name)):
            if isinstance(meaning, Defined):
                return meaning.definition.module.startswith(WIRE)
        return False

    def _is_of_type(self, definition: Definition) -> bool:
        match definition.tree:
            case ast.FunctionDef(returns=annotation) | ast.AnnAssign(annotation=annotation):
                nodes = ast.walk(annotation) if annotation else ()
                return any(isinstance(n, ast.Name) and n.id == self._alias.names[0] for n in nodes)
            case _:
                return False

    def _alias_edits(self) -> Iterator[Edit]:
        kept = [part for part in self._parts if getattr(part, "id", "") not in self._gone]
        texts = [self._text.edited(*self._text.span(part), ()) for part in kept]
        start, end = self._text.span(self._tree.annotation)[1], self._text.span(self._tree)[1]
        line = " | ".join(texts)
        if len(self._alias.names[0]) + len(": TypeAlias = ") + len(line) > WIDTH:
            line = "(\n    {}\n)".format("\n    | ".join(texts))
        yield Edit(start, end, f" = {line}")

    def _edits(self, definition: Definition) -> Iterator[Edit]:
        """The lines with a member that is left out: entries of a table, and conditions."""
        for node in ast.walk(definition.tree):
            match node:
                case ast.Dict(keys=keys, values=values):
                    for key, value in zip(keys, values, strict=True):
                        if key is not None and self._is_gone(value):
                            start, end = self._text.span(key)[0], self._text.span(value)[1]
                            yield self._lines(start, end)
                case ast.If(body=[ast.Return(value=ast.Call(func=decoder))]):
                    if self._is_gone(decoder):
                        yield self._lines(*self._text.span(node))
                case _:
                    pass

    def _is_gone(self, decoder: ast.expr) -> bool:
        """Whether a function decodes a member that is left out."""
        match decoder:
            case ast.Attribute(value=ast.Name(id=name), attr="from_dict"):
                return name in self._gone
            case ast.Name(id=name):
                match self._library.definition(Internal(self._alias.module, name)).tree:
                    case ast.FunctionDef(returns=ast.Name(id=union)):
                        return union in self._gone
                    case _:
                        return False
            case _:
                return False

    def _lines(self, start: int, end: int) -> Edit:
        content = self._text.content
        return Edit(content.rfind(b"\n", 0, start) + 1, content.index(b"\n", end) + 1)


def _alias(definition: Definition) -> tuple[ast.AnnAssign, list[ast.expr]]:
    """The statement of an alias, and its members."""
    match definition.tree:
        case ast.AnnAssign(value=ast.expr() as value) as tree:
            return tree, _joined(value)
        case _:
            raise VendorError(f"{definition.names[0]} is no union")


def _joined(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, right=right):
            return [*_joined(left), *_joined(right)]
        case _:
            return [node]
