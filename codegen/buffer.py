"""A buffer of lines, with which emitting code looks like the emitted code."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 100
JOINTS = (" or ", " and ", " for ")
"""Where a long expression is broken; the next line begins with the operator or ``for``."""


class Lines:
    """The lines of a Python module, written one after another."""

    def __init__(self, outside: int = 0) -> None:
        self._lines: list[str] = []
        self._indent = ""
        self._width = WIDTH - outside
        """The width of a line, less the ``outside`` indentation that is added later."""

    def add(self, *lines: str) -> None:
        """Add lines at the current indentation, without spaces in empty ones."""
        self._lines += [f"{self._indent}{line}" if line else "" for line in lines]

    def statement(self, start: str, value: str) -> None:
        """Add a statement that ends with an expression, on several lines if one is too short."""
        if len(f"{self._indent}{start} {value}") <= self._width:
            self.add(f"{start} {value}")
            return
        call, joint, rest = value.partition(" if ")
        function, _, arguments = call.partition("(")
        opening = f"{start} {function}("
        is_short = joint and len(f"{self._indent}    {value}") <= self._width
        if _is_call(call) and not is_short and len(self._indent + opening) <= self._width:
            self._call(opening, arguments, f"{joint}{rest}")
            return
        with self.block(f"{start} ("):
            if joint:
                self._choice(value)
            else:
                self._part(value)
        self.add(")")

    def _choice(self, value: str) -> None:
        """Add a conditional expression that is in brackets, on as few lines as possible."""
        condition, _, other = value.partition(" else ")
        result, _, test = condition.partition(" if ")
        two = [result, f"if {test} else {other}"]
        three = [result, f"if {test}", f"else {other}"]
        width = self._width - len(self._indent)
        fitting = (parts for parts in ([value], two) if max(map(len, parts)) <= width)
        for part in next(fitting, three) if other else [value]:
            self._part(part)

    def _part(self, part: str) -> None:
        """Add a part of an expression in brackets, on several lines if one is too short."""
        if len(self._indent + part) <= self._width:
            self.add(part)
            return
        for word in JOINTS:
            first, found, rest = part.partition(word)
            if found:
                self.add(first)
                self._part(f"{word.lstrip()}{rest}")
                return
        function, _, arguments = part.partition("(")
        if _is_call(part):
            self._call(f"{function}(", arguments)
        else:
            self.add(part)

    def _call(self, opening: str, arguments: str, after: str = "") -> None:
        """Add a call on several lines; its arguments end with the closing bracket."""
        arguments = arguments.removesuffix(")")
        with self.block(opening):
            if len(self._indent + arguments) <= self._width:
                self.add(arguments)
            else:
                self._wrapped(arguments)
        self.add(f"){after}")

    def words(self, opening: str, words: list[str], closing: str) -> None:
        """Add comma-separated words in brackets, on as few lines as possible."""
        is_single = len(words) == 1 and closing == ")"  # a tuple needs the comma
        line = f"{opening}{', '.join(words)}{',' if is_single else ''}{closing}"
        if len(self._indent + line) <= self._width:
            self.add(line)
            return
        with self.block(opening):
            self._wrapped(", ".join(words))
        self.add(closing)

    def _wrapped(self, words: str) -> None:
        width = self._width - len(self._indent)
        lines = textwrap.wrap(f"{words},", width, break_long_words=False, break_on_hyphens=False)
        self.add(*lines)

    def members(self, opening: str, members: list[str], closing: str) -> None:
        """Add the members of a dict, a line each if one line is too short for all."""
        line = f"{opening}{', '.join(members)}{closing}"
        if len(self._indent + line) <= self._width:
            self.add(line)
            return
        with self.block(opening):
            self.add(*(f"{member}," for member in members))
        self.add(closing)

    @contextmanager
    def block(self, opening: str) -> Iterator[None]:
        """Add a line that opens a block; indent what is added inside the ``with``."""
        self.add(opening)
        outer, self._indent = self._indent, self._indent + "    "
        yield
        self._indent = outer

    @contextmanager
    def brackets(self, opening: str, inside: str, closing: str) -> Iterator[None]:
        """Do the same for a line with brackets, on several lines if one is too short."""
        line = f"{opening}{inside}{closing}"
        if len(self._indent + line) > self._width:
            with self.block(opening):
                self.add(f"{inside},")
            line = closing
        with self.block(line):
            yield

    @contextmanager
    def function(self, opening: str, inside: str, closing: str) -> Iterator[None]:
        """Do the same for a function of the module, and add the blank lines below it."""
        with self.brackets(opening, inside, closing):
            yield
        self.add("", "")

    def guarded(self, test: str, start: str, value: str) -> None:
        """Add a statement under a test, if there is a test: on one line if both fit."""
        line = f"{test} {start} {value}"
        if not test:
            self.statement(start, value)
        elif len(self._indent + line) <= self._width:
            self.add(line)
        else:
            with self.block(test):
                self.statement(start, value)

    @contextmanager
    def parameters(self, opening: str, lines: Lines, closing: str) -> Iterator[None]:
        """Add a function's head with its parameters; what is added inside the ``with`` is its body.

        The parameters are on one line if they fit, and if none of them needs several.
        """
        joined = " ".join(lines._lines).removesuffix(",")
        if len(self._indent + opening + joined + closing) <= self._width:
            closing = f"{opening}{joined}{closing}"
        else:
            with self.block(opening):
                self.add(*lines._lines)
        with self.block(closing):
            yield

    def setter(self, name: str, value: str) -> None:
        """Add the statement of ``__init__`` that sets one field."""
        line = f'SET(self, "{name}", {value})'
        if len(self._indent + line) <= self._width:
            self.add(line)
            return
        function, _, arguments = value.partition("(")
        if _is_call(value):
            self._call(f'SET(self, "{name}", {function}(', arguments, ")")
            return
        with self.block(f'SET(self, "{name}", ('):
            self._choice(value)
        self.add("))")

    def docstring(self, text: str) -> None:
        """Add a docstring with its paragraphs wrapped."""
        width = self._width - len(self._indent)
        quoted = '"""' + text.replace("\\", "\\\\").replace('"""', "'''")
        paragraphs = [
            textwrap.wrap(part, width - 3, break_long_words=False, break_on_hyphens=False)
            for part in quoted.split("\n\n")
        ]
        lines = [line for part in paragraphs for line in (*part, "")][:-1]
        if len(lines) == 1 and not lines[0].endswith('"'):
            self.add(lines[0] + '"""')
        else:
            self.add(*lines, '"""')

    def union(self, opening: str, members: list[str], closing: str = "") -> None:
        """Add an annotation or an alias, on several lines if one is too short."""
        line = f"{opening}{' | '.join(members)}{closing}"
        if len(self._indent + line) <= self._width:
            self.add(line)
            return
        with self.block(f"{opening}("):
            joined = " | ".join(members)
            if len(self._indent + joined) <= self._width:
                self.add(joined)
            else:
                self._member(members[0], "")
                for member in members[1:]:
                    self._member(member, "| ")
        self.add(f"){closing}")

    def _member(self, member: str, operator: str) -> None:
        if len(self._indent + operator + member) <= self._width or not member.endswith("]"):
            self.add(f"{operator}{member}")
            return
        opening, _, arguments = member[:-1].partition("[")
        self.words(f"{operator}{opening}[", arguments.split(", "), "]")

    def __str__(self) -> str:
        return "\n".join(self._lines) + "\n"


def _is_call(value: str) -> bool:
    """Whether an expression is a single call, with brackets one level deep inside at most."""
    return re.fullmatch(r"[\w.]+\(([^()]|\([^()]*\))*\)", value) is not None
