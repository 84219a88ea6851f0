"""A buffer of lines that makes the code which emits look like the code that is emitted."""

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
        """Lines at the present indentation; an empty one separates."""
        self._lines += [f"{self._indent}{line}" if line else "" for line in lines]

    def statement(self, start: str, value: str) -> None:
        """A statement that ends with an expression, over several lines if one does not hold it."""
        if len(f"{self._indent}{start} {value}") <= WIDTH:
            self.add(f"{start} {value}")
            return
        condition, is_choice, other = value.partition(" else ")
        if is_choice:
            result, _, test = condition.partition(" if ")
            with self.block(f"{start} ("):
                self.add(result, f"if {test}", f"else {other}")
        else:
            function, _, arguments = value.partition("(")
            with self.block(f"{start} {function}("):
                self.add(arguments.removesuffix(")"))
        self.add(")")

    def words(self, opening: str, words: list[str], closing: str) -> None:
        """Comma-separated words in brackets, on as few lines as hold them."""
        line = f"{opening}{', '.join(words)}{closing}"
        if len(self._indent + line) <= WIDTH:
            self.add(line)
            return
        with self.block(opening):
            self.add(*textwrap.wrap(f"{', '.join(words)},", WIDTH - len(self._indent)))
        self.add(closing)

    @contextmanager
    def block(self, opening: str) -> Iterator[None]:
        """A line that opens a block, and what is added meanwhile as the block."""
        self.add(opening)
        outer, self._indent = self._indent, self._indent + "    "
        yield
        self._indent = outer

    @contextmanager
    def function(self, name: str, parameter: str, returns: str) -> Iterator[None]:
        """The signature of a function of one parameter, and what is added meanwhile as its body."""
        line = f"def {name}({parameter}) -> {returns}:"
        if len(self._indent + line) > WIDTH:
            with self.block(f"def {name}("):
                self.add(f"{parameter},")
            line = f") -> {returns}:"
        with self.block(line):
            yield

    def docstring(self, text: str) -> None:
        """A docstring, its paragraphs wrapped."""
        width = WIDTH - len(self._indent)
        quoted = '"""' + text.replace("\\", "\\\\").replace('"""', "'''")
        paragraphs = [
            textwrap.wrap(part, width - 3, break_long_words=False) for part in quoted.split("\n\n")
        ]
        lines = [line for part in paragraphs for line in (*part, "")][:-1]
        if len(lines) == 1:
            self.add(lines[0] + '"""')
        else:
            self.add(*lines, '"""')

    def union(self, opening: str, members: list[str], closing: str = "") -> None:
        """An annotation or alias, over several lines if one does not hold it."""
        line = f"{opening}{' | '.join(members)}{closing}"
        if len(self._indent + line) <= WIDTH:
            self.add(line)
            return
        with self.block(f"{opening}("):
            self._member(members[0], "")
            for member in members[1:]:
                self._member(member, "| ")
        self.add(f"){closing}")

    def _member(self, member: str, operator: str) -> None:
        if len(self._indent + operator + member) <= WIDTH or not member.endswith("]"):
            self.add(f"{operator}{member}")
            return
        opening, _, arguments = member[:-1].partition("[")
        with self.block(f"{operator}{opening}["):
            self.add(*(f"{argument}," for argument in arguments.split(", ")))
        self.add("]")

    def __str__(self) -> str:
        return "\n".join(self._lines) + "\n"
