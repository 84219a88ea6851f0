"""Finds the JSON values of a file: of JSON, of JSON Lines, and of logs that have them in lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, NamedTuple

from .._runtime.errors import Problem
from .._runtime.json_text import refuse_constant
from .._runtime.json_values import DICT
from .._runtime.problems import invalid_json, repeated_name
from .locate import repeated
from .options import Options
from .window import Window

LONGEST: Final = 64 << 20
"""How many characters a value may have."""
NEAR: Final = 12
"""So near to the end of what is read, an error may be a literal or an escape that is cut."""

OBJECT: Final = r"\{[ \t]*(?:(?=[\"'}])|\r?\n|\r?\Z)"
"""A brace with a name after it, or at the end of its line: others are no JSON."""
BEGIN: Final = re.compile(OBJECT)
BEGIN_OF_ANY: Final = re.compile(rf"{OBJECT}|^[ \t]*(?=[-\[\"0-9tfn])", re.MULTILINE)
NAME: Final = re.compile(r"\{[ \t]*(?:\"|\r?\n|\r?\Z)")
ARRAY: Final = re.compile(r"\[\s*(?:[{\[\]\"]|\Z)")
EMPTY: Final = re.compile(r"\{[ \t]*\}[ \t\r,\]]*(?:\n|\Z)")
OPEN_LINE: Final = re.compile(r"\{[ \t]*\r?\n")
LINE_END: Final = re.compile(r"[ \t\r]*(?:\n|\Z)")
CUT_WORD: Final = re.compile(
    r"\r?\n|(?=\S)(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-)?(?:\.\.\.|…)?[ \t\r]*(?:\n|\Z)"
)
"""The end of a line in a string; what may be left of another value in a line that is cut."""
INNER: Final = re.compile(r"(?:\n(?:[ \t]+.*|[}\]]+,?[ \t]*\r?(?=\n|\Z)))*")
"""The lines that belong to a value: those that are indented, and those that close it."""
PYTHON: Final = re.compile(r"None\b|True\b|False\b|b?'")
PYTHON_NAME: Final = re.compile(r"\{[ \t]*'[^'\n]*'[ \t]*:")
BAD_BYTE: Final = re.compile("[\udc80-\udcff]")
BETWEEN: Final = " \t\r,[]"
"""What stands between the objects of an array."""


def _no_json(message: str) -> Problem:
    return Problem("", "error", "invalid_json", message)


UNFINISHED: Final = _no_json("expected JSON, found a value that is not finished")
PYTHON_VALUE: Final = _no_json("expected JSON, found a Python value, not JSON")
NOT_UTF_8: Final = _no_json("expected UTF-8, found bytes that are not")
TOO_LONG: Final = Problem(
    "", "error", "too_large", f"expected at most {LONGEST >> 20} MB, found a value that is too long"
)

STRICT: Final = json.JSONDecoder(parse_constant=refuse_constant)


class Document(NamedTuple):
    """A JSON value, or what was to be one, and where it stands."""

    line: int
    data: object
    window: str
    begin: int
    end: int
    problems: tuple[Problem, ...] = ()
    """What keeps it from being JSON."""
    notices: tuple[Problem, ...] = ()
    """What is unwise in it: names that an object gives twice."""

    @property
    def text(self) -> str:
        """The text that it was read from."""
        return self.window[self.begin : self.end]


class Failure(NamedTuple):
    """How and where JSON is broken. (An exception would keep the whole text in memory.)"""

    message: str
    at: int


class Documents:
    """The documents of a file, read as they are asked for."""

    def __init__(self, stream: BinaryIO, progress: Callable[[int], None], options: Options) -> None:
        self.window: Window = Window(stream, progress)
        self.lines_without: int = 0
        """How many lines have text, but no JSON."""
        self._any_value = options.type_name is not None
        """Whether not only objects are looked for."""
        self._begin = BEGIN_OF_ANY if self._any_value else BEGIN
        self._at = 0
        self._has_text = self._has_json = False
        self._repeats = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._members if options.strict else None,
            parse_constant=refuse_constant,
        )

    def __iter__(self) -> Iterator[Document]:
        """Find the documents; raise ``Unusable`` or ``OSError`` for what cannot be read."""
        self.window.extend(0)
        while (begin := self._next()) is not None:
            yield from self._value(begin)

    def _next(self) -> int | None:
        """Pass over text to where a value may begin; ``None`` at the end of the file."""
        while True:
            text, at = self.window.text, self._at
            if text.startswith('\n{"', at):
                self._end_line()
                return at + 1
            found = self._begin.search(text, at)
            if found and (found.end() < len(text) or self.window.ended):
                begin = found.start()
                while text[begin] in " \t":
                    begin += 1
                self._pass(at, begin)
                return begin
            if self.window.ended:
                self._pass(at, len(text))
                self._end_line()
                return None
            end = found.start() if found else len(text)
            self._pass(at, end)
            self._at = self._extend(end)

    def _extend(self, keep: int, more: int = 1) -> int:
        """Read more; the new offset of ``keep``. The character before it is kept, too."""
        first = max(keep - 1, 0)
        self.window.extend(first, more)
        return keep - first

    def _pass(self, begin: int, end: int) -> None:
        """Take note of the lines of a text in which there is no value."""
        *lines, last = self.window.text[begin:end].split("\n")
        for line in lines:
            self._has_text = self._has_text or bool(line.strip(BETWEEN))
            self._end_line()
        self._has_text = self._has_text or bool(last.strip(BETWEEN))

    def _end_line(self) -> None:
        self.lines_without += self._has_text and not self._has_json
        self._has_text = self._has_json = False

    def _value(self, begin: int) -> Iterator[Document]:
        """The value that begins at an offset, unless it is text that looks like one."""
        if not NAME.match(self.window.text, begin):
            begin = self._line_in_memory(begin)
            if not self._is_value(begin):
                self._has_text = True
                self._at = begin + 1
                return
        yield self._decoded(begin)

    def _is_value(self, begin: int) -> bool:
        """Whether a line has a value that does not begin with a name: a number may begin any."""
        text = self.window.text
        if EMPTY.match(text, begin):
            return not self._has_text
        if text[begin] == "{" or ARRAY.match(text, begin):
            return text[begin] == "[" or PYTHON_NAME.match(text, begin) is not None
        try:
            found: tuple[object, int] = self._decoder.raw_decode(text, begin)
        except (ValueError, RecursionError):
            return False
        return LINE_END.match(text, found[1]) is not None

    def _decoded(self, begin: int) -> Document:
        """The value at an offset, with as much more of the file as it takes."""
        while True:
            text = self.window.text
            try:
                found: tuple[object, int] = self._decoder.raw_decode(text, begin)
                return self._document(begin, *found)
            except json.JSONDecodeError as error:
                failure = Failure(error.msg, error.pos)
            except (ValueError, RecursionError) as error:
                # It has a number that JSON does not have, or nests too deeply.
                return self._passed_over(begin, begin, invalid_json(error))
            if self.window.ended or not _is_cut(text, failure):
                return self._broken(begin, failure)
            held = len(text) - begin
            if held > LONGEST:
                return self._passed_over(begin, begin, TOO_LONG)
            begin = self._extend(begin, min(held, LONGEST - held + 1))

    def _document(self, begin: int, data: object, end: int) -> Document:
        self._at, self._has_json = end, True
        text = self.window.text
        if not text.isascii() and (bad := BAD_BYTE.search(text, begin, end)):
            return self._problem(begin, bad.start(), NOT_UTF_8)
        twice = repeated(text[begin:end]) if self._repeats else ()
        self._repeats = False
        notices = tuple([repeated_name(pointer) for pointer in twice])
        return Document(self.window.line_at(begin), data, text, begin, end, notices=notices)

    def _problem(self, begin: int, where: int, problem: Problem) -> Document:
        """What begins at an offset and is no value, with the line where that shows."""
        self._has_json = True
        text = self.window.text
        line = self.window.line_at(begin) + text.count("\n", begin, where)
        return Document(line, None, text, begin, begin, problems=(problem,))

    def _broken(self, begin: int, failure: Failure) -> Document:
        """Say what is wrong with a value; go on after it, or where it turns out to be cut."""
        text, at = self.window.text, failure.at
        outer = _outer_line(text, begin, at)
        at_end = failure.message.startswith("Unterminated") or not text[at:].strip()
        if CUT_WORD.match(text, at) or at_end or outer is not None:
            problem = self._problem(begin, begin, UNFINISHED)
            self._at = len(text) if outer is None else outer
            if CUT_WORD.match(text, at):
                self._skip_to("\n", at)
            return problem
        told = PYTHON_VALUE
        if not PYTHON.match(text, at):
            error = json.JSONDecodeError(failure.message, text[begin : at + 1], at - begin)
            told = invalid_json(error)
        return self._passed_over(begin, at, told)

    def _passed_over(self, begin: int, at: int, told: Problem) -> Document:
        """The problem of a value that is broken at an offset; go on after its lines."""
        problem = self._problem(begin, at, told)
        text = self.window.text
        of_many_lines = OPEN_LINE.match(text, begin) or text.find("\n", begin, at) >= 0
        self._skip_to("\n", at)
        if of_many_lines:
            self._skip_inner_lines()
        return problem

    def _skip_inner_lines(self) -> None:
        """Pass over the lines of a value of many, from the end of the line where it is broken."""
        while True:
            text = self.window.text
            inner = INNER.match(text, self._at)
            end = inner.end() if inner else self._at
            if self.window.ended or text.find("\n", end + 1) >= 0:
                self._at = end
                return
            self._at = self._extend(self._at, len(text) - self._at)

    def _line_in_memory(self, begin: int) -> int:
        """Read to the end of a line; the new offset."""
        while self.window.text.find("\n", begin) < 0 and not self.window.ended:
            begin = self._extend(begin, len(self.window.text) - begin)
        return begin

    def _skip_to(self, mark: str, begin: int) -> None:
        """Go on where a mark stands next, or at the end of the file."""
        while (found := self.window.text.find(mark, begin)) < 0 and not self.window.ended:
            begin = self._extend(len(self.window.text)) - 1
        self._at = found if found >= 0 else len(self.window.text)

    def _members(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        self._repeats = self._repeats or len(made) < len(pairs)
        return made


def object_in(text: str) -> dict[str, object] | None:
    """Return the first object whose JSON stands in a string, if there is one."""
    begin = text.find('{"')
    if begin < 0:
        return None
    try:
        found: tuple[object, int] = STRICT.raw_decode(text, begin)
    except (ValueError, RecursionError):
        return None
    return found[0] if type(found[0]) is DICT else None


def _is_cut(text: str, failure: Failure) -> bool:
    """Whether a value may be broken only because no more of the text has been read."""
    return failure.at + NEAR >= len(text) or failure.message.startswith("Unterminated")


def _outer_line(text: str, begin: int, at: int) -> int | None:
    """The end of the line before the first that stands outside of a value, if one does.

    It is not indented more than the line in which the value begins, and does not go on with it.
    """
    line = text[text.rfind("\n", 0, begin) + 1 : begin]
    indent = len(line) - len(line.lstrip(" \t"))
    outer = re.compile(rf"\n[ \t]{{0,{indent}}}[^\s\]}},:\"]").search(text, begin, at + 1)
    return outer.start() if outer else None
