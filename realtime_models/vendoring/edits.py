"""Changes of a text at known places, which leave all between them as it was written."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

Node: TypeAlias = ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias


@dataclass(frozen=True, order=True)
class Edit:
    """What stands from ``start`` to ``end``, in bytes, is replaced."""

    start: int
    end: int
    text: str = ""


class Text:
    """The text of a module, and where in it the nodes of its syntax tree stand."""

    def __init__(self, text: str) -> None:
        # The columns of syntax trees count bytes.
        self.content: bytes = text.encode()
        self._lines = self.content.splitlines(keepends=True)
        self._starts = [0, *accumulate(map(len, self._lines))]

    def place(self, node: Node) -> int:
        """Where a node starts, without its decorators."""
        return self._starts[node.lineno - 1] + node.col_offset

    def span(self, node: Node) -> tuple[int, int]:
        """Where a node starts and ends; a decorated one starts with its decorators."""
        start = self.place(node)
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            start = min([start, *(self.span(item)[0] - 1 for item in node.decorator_list)])
        return start, self._starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)

    def lines(self, first: Node, last: Node) -> tuple[int, int]:
        """Where the lines from one node to another start and end."""
        start, end = self.span(first)[0], self.span(last)[1]
        return self.content.rfind(b"\n", 0, start) + 1, self.content.index(b"\n", end) + 1

    def above(self, start: int) -> int:
        """Where the comment starts that stands directly above a line, if there is one."""
        before = self.content.rfind(b"\n", 0, max(start - 1, 0)) + 1
        if before < start and self.content[before:start].lstrip().startswith(b"#"):
            return self.above(before)
        return start

    def blank_lines(self, start: int) -> int:
        """How many blank lines stand above a line."""
        above = self.content[:start]
        return len(above) - len(above.rstrip(b"\n")) - 1

    def edited(self, start: int, end: int, edits: Iterable[Edit]) -> str:
        """What stands from ``start`` to ``end``, with edits; the outer one counts of two."""
        parts: list[bytes] = []
        for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
            if edit.start >= start:
                parts += [self.content[start : edit.start], edit.text.encode()]
                start = edit.end
        return b"".join([*parts, self.content[start:end]]).decode()
