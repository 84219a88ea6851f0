"""Models in few lines: their code is not written out, but done by reading their annotations.

Names, types, fields, docstrings and parameters stay as they are. What goes is what the generator
wrote for speed: straight-line decoding and writing, and the base class that helps with it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from . import dense
from .binding import Internal
from .edits import Edit, Text
from .scopes import Use
from .selection import Code, Defined, Library

BASE: Final = Internal(dense.__name__, dense.DenseModel.__name__)
WRITTEN_OUT: Final = ("from_dict", "to_dict")
FILL: Final = "self._fill(locals(), extra)"


def compact(library: Library, code: Code) -> Code:
    """A model without the code that its new base has for all; anything else as it is."""
    match code.definition.tree:
        case ast.ClassDef(bases=[ast.Name() as base]) as model:
            meanings = library.meanings(Internal(code.definition.module, base.id))
        case _:
            return code
    own = _slots(model)
    defined = [found.definition for found in meanings if isinstance(found, Defined)]
    slots = _slots(defined[0].tree) if defined else None
    if own is None or own.elts or slots is None or not slots.elts:
        return code
    text = library.module(code.definition.module).text
    edits = [Edit(*text.span(own), text.edited(*text.span(slots), ()))]
    return code.changed([*edits, *_shorter(model, text)], [Use(*text.span(base), BASE)])


def _slots(node: ast.stmt) -> ast.Tuple | None:
    """The names of a class's slots, where they are said."""
    for statement in node.body if isinstance(node, ast.ClassDef) else ():
        match statement:
            case ast.Assign(targets=[ast.Name(id="__slots__")], value=ast.Tuple() as names):
                return names
            case _:
                pass
    return None


def _shorter(model: ast.ClassDef, text: Text) -> Iterator[Edit]:
    """The methods of a model, as far as its new base does not have them."""
    for method in model.body:
        if isinstance(method, ast.FunctionDef) and method.name in WRITTEN_OUT:
            start, end = text.lines(method, method)
            yield Edit(start - text.blank_lines(start), end)
        elif isinstance(method, ast.FunctionDef) and method.name == "__init__":
            yield Edit(text.span(method.body[0])[0], text.span(method.body[-1])[1], FILL)
