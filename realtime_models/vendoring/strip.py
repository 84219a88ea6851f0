"""Leaves docstrings out, and the strings under names that say what they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from .edits import Edit, Text
from .modules import is_string
from .selection import Code, Library


def strip(library: Library, code: Code) -> Code:
    """A definition without the strings that describe it."""
    text = library.module(code.definition.module).text
    edits = list(_without_strings(code.definition.statements, text, is_body=False))
    for statement in code.definition.statements:
        for node in ast.walk(statement):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                edits += _without_strings(node.body, text, is_body=True)
    return code.changed(edits)


def strip_private(library: Library, code: Code) -> Code:
    """A definition without them, if it is not public in its module."""
    public = library.module(code.definition.module).public
    return code if public.intersection(code.definition.names) else strip(library, code)


def _without_strings(body: Sequence[ast.stmt], text: Text, is_body: bool) -> Iterator[Edit]:
    """The strings among some statements taken away, with the blank line under the first."""
    for node in filter(is_string, body):
        if len(body) == 1:
            yield Edit(*text.span(node), "pass")
            continue
        start, end = text.lines(node, node)
        is_apart = is_body and node is body[0] and text.content.startswith(b"\n", end)
        yield Edit(start, end + is_apart)
