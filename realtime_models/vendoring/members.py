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
from .sources import VendorError

UNKNOWN: Final = "Unknown"


class Fewer:
    """Rewrites the definitions of one union."""

    def __init__(self, library: Library, union: Internal, members: Collection[str]) -> None:
        self._library = library
        self._alias = library.definition(union)
        self._module = library.module(self._alias.module)
        name, self._parts = self._alias.names[0], _members(self._alias)
        decoded = [
            member
            for definition in self._module.definitions
            if self._is_of_type(definition)
            for member, _ in self._decoded(definition)
        ]
        # Where no code is written out, the annotation is what decides.
        known = [
            name
            for name in map(_name, self._parts)
            if (name in decoded if decoded else self._is_object(name))
        ]
        if not known or UNKNOWN not in map(_name, self._parts):
            raise VendorError(f"{name} is no union of which members can be left out")
        for member in members:
            if member not in known:
                raise VendorError(f"{name} has no member {member}; it has {', '.join(known)}")
        self._gone = set(known) - set(members)

    def __call__(self, library: Library, code: Code) -> Code:
        """The definition without the members that are left out, if it is the union's."""
        if code.definition is self._alias:
            return code.changed(self._alias_edits())
        if code.definition.module != self._alias.module or not self._is_of_type(code.definition):
            return code
        decoded = self._decoded(code.definition)
        return code.changed(edit for member, edit in decoded if member in self._gone)

    def _is_object(self, member: str) -> bool:
        """Whether a member is a model, or a union of models; not ``Unknown``, which stays."""
        found = self._library.meanings(Internal(self._module.name, member))
        trees = [meaning.definition.tree for meaning in found if isinstance(meaning, Defined)]
        if trees and isinstance(trees[0], ast.AnnAssign) and trees[0].value:
            return UNKNOWN in map(_name, joined(trees[0].value))
        return bool(trees) and member != UNKNOWN

    def _is_of_type(self, definition: Definition) -> bool:
        match definition.tree:
            case ast.FunctionDef(returns=ast.expr() as annotation):
                pass
            case ast.AnnAssign(annotation=annotation):
                pass
            case _:
                return False
        return self._alias.names[0] in map(_name, ast.walk(annotation))

    def _alias_edits(self) -> Iterator[Edit]:
        """The members in the alias taken away, each with the bar that joins it to others."""
        spans = [self._module.text.span(part) for part in self._parts]
        is_gone = [_name(part) in self._gone for part in self._parts]
        first = is_gone.index(False)
        for number in filter(is_gone.__getitem__, range(len(spans))):
            if number < first:
                yield Edit(spans[number][0], spans[number + 1][0])
            else:
                yield Edit(spans[number - 1][1], spans[number][1])

    def _decoded(self, definition: Definition) -> Iterator[tuple[str, Edit]]:
        """The members that are decoded in entries of a table or under conditions, without those."""
        lines = self._module.text.lines
        for node in ast.walk(definition.tree):
            match node:
                case ast.Dict(keys=keys, values=values):
                    for key, value in zip(keys, values, strict=True):
                        if key is not None:
                            yield self._member(value), Edit(*lines(key, value))
                case ast.If(body=[ast.Return(value=ast.Call(func=decoder))]):
                    yield self._member(decoder), Edit(*lines(node, node))
                case _:
                    pass

    def _member(self, decoder: ast.expr) -> str:
        """The type that a function decodes; empty, if that is not said in a word."""
        match decoder:
            case ast.Attribute(value=ast.Name(id=name), attr="from_dict"):
                return name
            case ast.Name(id=name):
                for meaning in self._library.meanings(Internal(self._alias.module, name)):
                    tree = meaning.definition.tree if isinstance(meaning, Defined) else None
                    if isinstance(tree, ast.FunctionDef):
                        return _name(tree.returns)
            case _:
                pass
        return ""


def _members(alias: Definition) -> list[ast.expr]:
    match alias.tree:
        case ast.AnnAssign(value=ast.expr() as value):
            return joined(value)
        case _:
            raise VendorError(f"{alias.names[0]} is no union")


def joined(node: ast.expr) -> list[ast.expr]:
    """The members of a union; the annotation itself, if it is none."""
    match node:
        case ast.BinOp(left=left, right=right):
            return [*joined(left), *joined(right)]
        case _:
            return [node]


def _name(node: ast.AST | None) -> str:
    return node.id if isinstance(node, ast.Name) else ""
