"""Annotations as they are written, with the names of aliases, which the interpreter resolves.

The reference shows the part of them that the API describes. That an optional field may be absent,
and what else decoding takes from servers, is said once for all pages.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from importlib import import_module

from realtime_models import wire
from realtime_models._runtime.base import Model
from realtime_models.catalog import as_model, find

__all__ = ["alias_hint", "field_hints", "only_name", "references", "to_markdown"]

UNSAID = ("UnsetType", "UnsetOrNull", "UndocumentedStr", "UndocumentedInt")


def field_hints(model: type[Model]) -> Mapping[str, ast.expr]:
    """Return the annotation of each field but ``extra``."""
    return {
        field.name: _parsed(str(field.type)) for field in fields(model) if field.name != "extra"
    }


def alias_hint(name: str) -> ast.expr:
    """Return the definition of the alias of this name."""
    return _aliases(wire.HOMES[name])[name]


def references(name: str) -> Iterator[tuple[str, str]]:
    """Yield the types that a type refers to, each with the field; an alias has none."""
    model = as_model(find(name))
    hints = {"": alias_hint(name)} if model is None else field_hints(model)
    for field, hint in hints.items():
        found = [node.id for node in ast.walk(hint) if isinstance(node, ast.Name)]
        yield from ((field, other) for other in dict.fromkeys(found) if other in wire.HOMES)


def only_name(hint: ast.expr) -> str | None:
    """Return the name that an annotation consists of, null aside; ``None`` if it has more."""
    match [member for member in _members(hint) if not _is_null(member)]:
        case [ast.Name(id=name)]:
            return name
    return None


def to_markdown(hint: ast.expr, link: Callable[[str], str]) -> str:
    """Return an annotation in Markdown, with links to what it names."""
    return " | ".join(_member(member, link) for member in _members(hint))


@cache
def _aliases(area: str) -> Mapping[str, ast.expr]:
    """Return the aliases of a module with their definitions."""
    source = inspect.getsource(import_module(f"{wire.__name__}.{area}"))
    return {
        node.target.id: node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value
    }


@cache
def _parsed(hint: str) -> ast.expr:
    return ast.parse(hint, mode="eval").body


def _members(hint: ast.expr) -> Iterator[ast.expr]:
    """Yield the members of a union that the API describes, in their order."""
    match hint:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _members(left)
            yield from _members(right)
        case ast.Name(id=name) if name in UNSAID:
            return
        case ast.Subscript(
            value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[_, ast.Name(id="NULL_AS_READ")])
        ):
            return
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
            yield from _members(inner)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=ast.Tuple(elts=values)):
            yield from values
        case ast.Subscript(value=ast.Name(id="Literal"), slice=value):
            yield value
        case _:
            yield hint


def _member(hint: ast.expr, link: Callable[[str], str]) -> str:
    match hint:
        case ast.Name(id=name):
            return link(name)
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=[item, *_])):
            return rf"tuple\[{to_markdown(item, link)}, ...\]"
        case ast.Subscript(value=ast.Name(id=name), slice=item):
            return rf"{link(name)}\[{to_markdown(item, link)}\]"
        case ast.Constant(value=str(text)):
            return f'`"{text}"`'
    return ast.unparse(hint)


def _is_null(hint: ast.expr) -> bool:
    return isinstance(hint, ast.Constant) and hint.value is None
