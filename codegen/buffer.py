"""A buffer of lines, with which emitting code looks like the emitted code.

It keeps the indentation. How long a line may be is left to the formatter (``layout``), except in
docstrings: their text is wrapped here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 100


class Lines:
    """The lines of a Python module, written one after another."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._indent = ""

    def add(self, *lines: str) -> None:
        """Add lines at the current indentation, without spaces in empty ones."""
        self._lines += [f"{self._indent}{line}" if line else "" for line in lines]

    @contextmanager
    def block(self, opening: str) -> Iterator[None]:
        """Add a line that opens a block; indent what is added inside the ``with``."""
        self.add(opening)
        outer, self._indent = self._indent, self._indent + "    "
        yield
        self._indent = outer

    def docstring(self, text: str) -> None:
        """Add a docstring with its paragraphs wrapped."""
        quoted = '"""' + text.replace("\\", "\\\\").replace('"""', "'''")
        width = WIDTH - len(self._indent) - 3  # The closing quotes are on the line of a short text.
        first, *others = (
            "\n".join(textwrap.wrap(part, width, break_long_words=False, break_on_hyphens=False))
            for part in quoted.split("\n\n")
        )
        lines = "\n\n".join([first, *others]).splitlines()
        if len(lines) == 1 and not first.endswith('"'):
            self.add(f'{first}"""')
        else:
            self.add(*lines, '"""')

    def __str__(self) -> str:
        return "\n".join(self._lines) + "\n"


def joined(before: str, value: str, after: str, indent: int) -> str:
    """Join a line; if it is too long, put the value in brackets, for the formatter to break it."""
    line = f"{before}{value}{after}"
    return line if indent + len(line) <= WIDTH else f"{before}({value}){after}"
