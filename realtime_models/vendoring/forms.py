"""The line in which a compact module declares a field, out of all that the library says of it.

What a field holds is its annotation there, and what it is given as that of a parameter. Both stand
in one form here, of those in ``fields`` of the package ``compact``.
"""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from io import StringIO
from typing import Final

from .edits import Text
from .members import joined

WIDTH: Final = 100
ABSENT: Final = ("UnsetType", "UndocumentedNull", "None")
"""The members of unions that say what may stand in place of a value."""
NEWER: Final = "UndocumentedStr"
"""The member that says that newer strings are read."""


def field(
    text: Text, name: str, held: ast.expr, given: ast.expr, default: ast.expr | None
) -> Iterator[str]:
    """The lines of a field, which holds one type and is given as another."""
    form, annotation = _form(text, held, given)
    value = "" if default is None else _words(text, default)
    if form and value:
        value = f"{form}({value.removeprefix('UNSET')})"
    yield from _lines(f"    {name}: ", annotation, f" = {value}" if value else "")


def _form(text: Text, held: ast.expr, given: ast.expr) -> tuple[str, str]:
    """The form of a field, empty for a plain annotation, and the annotation."""
    has = [_words(text, part) for part in joined(held)]
    takes = [_words(text, part) for part in joined(given)]
    values = [part for part in has if part not in ABSENT]
    accepted = [part for part in takes if part not in ABSENT]
    unlimited = [_words(text, _unlimited(part)) for part in joined(held)][: len(values)]
    if unlimited == takes:
        return "", _words(text, held)
    match has[len(values) :], takes[len(accepted) :]:
        case ["UnsetType", "None"], ["UnsetType", "None"] if unlimited == accepted:
            return "Null", f"Null[{' | '.join(values)}]"
        case ["UnsetType", "UndocumentedNull"], ["UnsetType"]:
            item = accepted[0].removeprefix("Sequence[").removesuffix("]")
            if unlimited == accepted:
                return "Opt", f"Opt[{' | '.join(values)}]"
            if unlimited == [*accepted, NEWER]:
                return "Open", f"Open[{' | '.join(values[:-1])}]"
            if values == [f"tuple[{item}, ...]"] and accepted == [f"Sequence[{item}]"]:
                return "Array", f"Array[{item}]"
            if values == [f"tuple[{item} | {NEWER}, ...]"] and accepted == [f"Sequence[{item}]"]:
                return "OpenArray", f"OpenArray[{item}]"
            return "As", f"As[{' | '.join(accepted)}, {' | '.join(values)}]"
        case _:
            return "Field", f"Field[{_words(text, given)}, {_words(text, held)}]"


def _unlimited(annotation: ast.expr) -> ast.expr:
    """An annotation without the documented limits of its values."""
    match annotation:
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, _])):
            return inner
        case _:
            return annotation


def _words(text: Text, node: ast.expr) -> str:
    """The text of an expression in one line."""
    line = ""
    source = f"({text.edited(*text.span(node), ())})"
    for token in tokenize.generate_tokens(StringIO(source).readline):
        if token.string in ("]", ")"):
            line = line.removesuffix(", ")
        if token.type != tokenize.NL:
            line += {",": ", ", "|": " | "}.get(token.string, token.string)
    return line.strip()[1:-1]


def _lines(start: str, annotation: str, end: str) -> Iterator[str]:
    """A declaration, in as many lines as it needs."""
    if len(start + annotation + end) <= WIDTH:
        yield f"{start}{annotation}{end}"
        return
    form, _, inner = annotation.removesuffix("]").partition("[")
    opening, closing = f"{form}[", "]"
    if not annotation.endswith("]"):  # A plain union: nothing but brackets can break it.
        opening, inner, closing = "(", annotation, ")"
    yield f"{start}{opening}"
    line = " " * 8
    for word in _unbroken(inner):
        if len(line) + len(word.rstrip()) > WIDTH:
            yield line.rstrip()
            line = " " * 8
        line += word
    yield line
    yield f"    {closing}{end}"


def _unbroken(annotation: str) -> Iterator[str]:
    """The parts of a line between which it may be broken."""
    start = 0
    for token in tokenize.generate_tokens(StringIO(annotation).readline):
        if token.string in (",", "|"):
            yield annotation[start : token.end[1] + 1]
            start = token.end[1] + 1
    yield annotation[start:]
