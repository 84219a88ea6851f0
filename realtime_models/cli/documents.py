"""Finds the JSON values of a file: of JSON, of JSON Lines, and of logs that have them in lines.

The lines are text in which values begin here and there. A value that is not finished in its line
is read on, twice as far each time, until it is, or is broken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, NamedTuple

from .._runtime.errors import Problem
from .._runtime.json_text import refuse_constant
from .._runtime.json_values import DICT
from .._runtime.problems import invalid_json, repeated_name
from .locate import repeated
from .options import Options

LONGEST: Final = 64 << 20
"""How many characters a value may have."""
KEPT: Final = 1000
"""How much of a line that is read in pieces is looked at again with what follows."""
NEAR: Final = 12
"""So near to the end of what is read, an error may be a literal or an escape that is cut."""

OBJECT: Final = r"""
    \{[ \t]*(?:(?=")|\r?\n|\r?\Z)               # with a name after it, or at the end of a line
    | \{[ \t]*'[^'\n]*'[ \t]*:                  # of Python
    | \{[ \t]*\}[ \t\r,]*$(?P<alone>)           # an empty one
    | "(?=(?:[^"\\\n]|\\.)*?\{[ \t]*\\")        # in a string
"""
"""Where an object may begin: other braces are no JSON. What is `alone` comes after no text."""
ARRAY: Final = r"""
    | \[(?=\s*
        (?:(?:[-+.\w]+|"[^"\n]*")\s*,\s*)*      # items that are no objects
        (?:\]|\Z|[\[\s]*\{[ \t]*(?:["}]|\r?\n|\r?\Z)))(?P<array>)
"""
ANY: Final = r"""
    | \[(?=[ \t]*(?:["{\[\]]|\r?\n|\r?\Z))(?P<list>)
    | (?:true|false|null|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)[ \t\r]*$(?P<any>)
"""
"""Where a value of another type may begin: a number or text only if it is all of a line."""
BEGIN: Final = re.compile(OBJECT + ARRAY, re.VERBOSE | re.MULTILINE)
BEGIN_OF_ANY: Final = re.compile(OBJECT + ANY, re.VERBOSE | re.MULTILINE)
BEGIN_OF_ITEM: Final = re.compile(r"[^\s,]")
OPEN_LINE: Final = re.compile(r".*[{\[][ \t]*\r?\n")
CUT: Final = re.compile(
    r"\s*\Z|\r?\n|(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-)?(?:\.\.\.|…)?[ \t\r]*(?:\n|\Z)"
)
"""The end of what is cut: of the file, of a line in a string, or of a line after part of a word."""
PYTHON: Final = re.compile(r"None\b|True\b|False\b|b?'")
BAD_BYTE: Final = re.compile("[\udc80-\udcff]")
BETWEEN: Final = " \t\r,[]"
"""What stands between the objects of an array."""
_no_json: Final = partial(Problem, "", "error", "invalid_json")
UNFINISHED: Final = _no_json("expected JSON, found a value that is not finished")
PYTHON_VALUE: Final = _no_json("expected JSON, found a Python value, not JSON")
BROKEN_TEXT: Final = _no_json("expected JSON in a string, found it broken or not finished")
NOT_UTF_8: Final = _no_json("expected UTF-8, found bytes that are not")
TOO_LONG: Final = Problem(
    "", "error", "too_large", f"expected at most {LONGEST >> 20} MB, found a value that is too long"
)

STRICT: Final = json.JSONDecoder(parse_constant=refuse_constant)


class Document(NamedTuple):
    """A JSON value, or what was to be one, and where it stands."""

    line: int
    data: object = None
    text: str = ""
    """What it was read from."""
    pointer: str = ""
    """Where it stands in the array that holds it."""
    problems: tuple[Problem, ...] = ()
    """What keeps it from being JSON."""
    notices: tuple[Problem, ...] = ()
    """What is unwise in it: names that an object gives twice."""


class Documents:
    """The documents of a file, read as they are asked for."""

    def __init__(self, lines: Iterable[str], options: Options) -> None:
        self.lines_without: int = 0
        """How many lines have text, but no JSON."""
        self._lines = iter(lines)
        self._text = ""
        """What is in memory."""
        self._at = 0
        """How much of it is passed."""
        self._ended = False
        """Whether nothing is left to be read into memory."""
        self._line: int = 1
        """The number of the line that is reached."""
        self._indent = 0
        """The blanks before the value in it."""
        self._with: int = 0
        self._without: int = 0
        """The last line that has JSON, and the last that is counted as one without."""
        self._begin = BEGIN if options.type_name is None else BEGIN_OF_ANY
        self._array: int | None = None
        """The line of the array whose items are read."""
        self._index = 0
        self._repeats = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._members if options.strict else None,
            parse_constant=refuse_constant,
        )

    def __iter__(self) -> Iterator[Document]:
        while found := self._next():
            first = self._text[self._at]
            if found.lastgroup == "array":
                self._array, self._index = self._line, 0
                self._take(self._at + 1)
            elif first == "]" and self._array is not None:
                self._array = None
                self._take(self._at + 1)
            else:
                yield self._value(found.lastgroup == "any")
        if self._array is not None:
            yield Document(self._array, problems=(UNFINISHED,))

    def _next(self) -> re.Match[str] | None:
        """Pass over text to where a value may begin; ``None`` at the end of the file."""
        begin = self._begin if self._array is None else BEGIN_OF_ITEM
        while True:
            found = begin.search(self._text, self._at)
            # What stands at the end of what is in memory may look otherwise with what follows.
            if found and (found.end() < len(self._text) or not self._extend()):
                self._pass(found.start())
                if not found.lastgroup or self._line != self._without:
                    return found
                self._pass(self._at + 1)
            elif not found:
                is_whole = self._ended or self._text.endswith("\n")
                self._pass(max(self._at, len(self._text) - (0 if is_whole else KEPT)))
                if not self._extend():
                    return None

    def _extend(self) -> bool:
        """Read a line, or as much again as there is of a value; ``False`` at the end."""
        if self._ended:
            return False
        held = len(self._text) - self._at
        first = max(self._at - 1, 0)  # The character before tells whether a value begins a line.
        pieces = [self._text[first:]]
        more = min(held, LONGEST - held) + 1
        while more > 0 and not self._ended:
            pieces.append(next(self._lines, ""))
            more -= len(pieces[-1])
            self._ended = not pieces[-1]
        self._text, self._at = "".join(pieces), self._at - first
        return True

    def _pass(self, end: int) -> None:
        """Go on after text in which there is no value, and count its lines."""
        self._indent = 0
        if self._at == end:
            return
        *lines, last = self._text[self._at : end].split("\n")
        for line in [*lines, last]:
            if self._line not in (self._with, self._without) and line.strip(BETWEEN):
                self.lines_without += 1
                self._without = self._line
            self._line += 1
        self._line -= 1  # The last goes on.
        self._indent = len(last) if last.isspace() else 0
        self._at = end

    def _take(self, end: int) -> None:
        """Go on after a value, or a part of one."""
        if self._without == self._line:
            self.lines_without -= 1
            self._without = 0
        self._line += self._text.count("\n", self._at, end)
        self._with = self._line - self._text.endswith("\n", self._at, end)
        self._at = end

    def _value(self, is_any: bool) -> Document:
        """The value that begins here, with as much more of the file as it takes."""
        while True:
            begin = self._at
            try:
                found: tuple[object, int] = self._decoder.raw_decode(self._text, begin)
                if found[1] < len(self._text) or not self._extend():  # A number may go on.
                    return self._document(*found, is_any)
                continue
            except json.JSONDecodeError as error:
                # The error itself would keep the whole text in memory.
                message, at = error.msg, error.pos
            except (ValueError, RecursionError) as error:
                # It has a number that JSON does not have, or nests too deeply.
                return self._broken(invalid_json(error), begin, begin)
            is_cut = at + NEAR >= len(self._text) or message.startswith("Unterminated")
            if not is_cut or not self._extend():
                return self._failed(message, at)
            if len(self._text) - self._at > LONGEST:
                return self._broken(TOO_LONG, self._at, len(self._text))

    def _document(self, data: object, end: int, is_any: bool) -> Document:
        text, line, pointer = self._text[self._at : end], self._line, ""
        repeats, self._repeats = self._repeats, False
        self._take(end + self._text.startswith("\n", end))
        if self._array is not None:
            pointer = f"/{self._index}"
            self._index += 1
        if not text.isascii() and (bad := BAD_BYTE.search(text)):
            line += text.count("\n", 0, bad.start())
            return Document(line, pointer=pointer, problems=(NOT_UTF_8,))
        if isinstance(data, str) and not is_any:
            held = object_in(data)
            broken = (BROKEN_TEXT,) if held is None and '{"' in data else ()
            return Document(line, held, text, pointer, broken)
        notices = tuple(map(repeated_name, repeated(text))) if repeats else ()
        return Document(line, data, text, pointer, notices=notices)

    def _failed(self, message: str, at: int) -> Document:
        """Say what is wrong with a value that is broken: that it is cut, or what else."""
        text, begin = self._text, self._at
        # A line that is not indented more, nor goes on with a value, is no part of one.
        outer = re.compile(rf"^[ \t]{{0,{self._indent}}}[^\s\]}},:\"]", re.MULTILINE)
        cut = outer.search(text, begin + 1, at + 1)
        if cut or message.startswith("Unterminated") or CUT.match(text, at):
            return self._broken(UNFINISHED, begin, cut.start() - 1 if cut else at)
        if PYTHON.match(text, at):
            return self._broken(PYTHON_VALUE, at, at)
        error = json.JSONDecodeError(message, text[begin : at + 1], at - begin)
        return self._broken(invalid_json(error), at, at)

    def _broken(self, problem: Problem, shown: int, at: int) -> Document:
        """The problem that shows at an offset; go on after the lines of the value."""
        line = self._line + self._text.count("\n", self._at, shown)
        is_long = self._text.find("\n", self._at, at) >= 0 or OPEN_LINE.match(self._text, self._at)
        while (end := self._text.find("\n", at)) < 0:
            self._take(len(self._text))
            if not self._extend():
                break
            at = self._at
        self._take(end + 1 or len(self._text))
        inner = rf"[ \t]{{{self._indent + 1},}}|[ \t\]}},]*\r?(?:\n|\Z)"
        other = re.compile(f"^(?!{inner})", re.MULTILINE)
        while is_long and (self._at < len(self._text) or self._extend()):
            if other.match(self._text, self._at):
                break
            self._take(self._text.find("\n", self._at) + 1 or len(self._text))
        self._array = None
        return Document(line, problems=(problem,))

    def _members(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        self._repeats = self._repeats or len(made) < len(pairs)
        return made


def object_in(text: str) -> dict[str, object] | None:
    """Return the first object whose JSON stands in a string, if there is one."""
    try:
        found: tuple[object, int] = STRICT.raw_decode(text, text.index('{"'))
    except (ValueError, RecursionError):
        return None
    return found[0] if type(found[0]) is DICT else None
