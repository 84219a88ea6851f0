"""Python code in fewer bytes: without comments, and with as little white space as it can have."""

from __future__ import annotations

import tokenize
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Final

OPENING: Final = ("(", "[", "{")
CLOSING: Final = (")", "]", "}")
AS_IT_IS: Final = -1
STRUCTURE: Final = (tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)


def squeezed(text: str) -> str:
    """The same code, each block indented by one space, with no blank line inside of it."""
    lines = text.splitlines(keepends=True)
    levels: dict[int, int] = {}
    blocks = brackets = 0
    for token in tokenize.generate_tokens(StringIO(text).readline):
        row, column = token.start
        # Pieces of f-strings are tokens, too.
        closes = token.type == tokenize.OP and token.string in CLOSING
        opens = token.type == tokenize.OP and token.string in OPENING
        if token.type == tokenize.COMMENT:
            lines[row - 1] = f"{lines[row - 1][:column].rstrip()}\n"
        elif token.type in STRUCTURE:
            blocks += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
        elif token.string:
            levels.setdefault(row, blocks + bool(brackets - closes))
            # What is inside of a string stays as it is.
            levels.update(dict.fromkeys(range(row + 1, token.end[0] + 1), AS_IT_IS))
        brackets += opens - closes
    return "".join(_lines(lines, levels))


def _lines(lines: Sequence[str], levels: Mapping[int, int]) -> Iterator[str]:
    above_is_blank = False
    for row, line in enumerate(lines, 1):
        level = levels.get(row)
        if level == AS_IT_IS:
            yield line
        elif level is not None:
            start = "\n" if above_is_blank and level == 0 else " " * level
            yield start + line.lstrip()
        above_is_blank = level is None
