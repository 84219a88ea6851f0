"""Finds the JSON values of a text in which they may stand anywhere: of JSON, JSON Lines, and logs.

The text is scanned forward once. What a change must keep:

* **The blocks do not matter.** A place is looked at when its line is in memory, to its end or to
  ``SIGHT`` characters. Only what a value consists of is looked at beyond that, to its end.
* **Time is linear.** What is scanned is passed, with one exception: a value that is broken at some
  offset may end at a line before it. From there on, the brackets that are open at the offset are
  known to have no end, so none of them is tried again, and those that are closed are disjoint.
* **Nothing is left out in silence.** A line has a value, or a problem, or is counted as one without
  JSON. What is broken is passed to the end of its line, or of the lines that are indented more.
* **Memory is constant.** What is passed is dropped; a value has at most ``LONGEST`` characters.

Texts in which a log has quoted JSON (as a string of JSON, of Python, or of CSV) are read alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from .._runtime.errors import Problem
from .._runtime.json_text import refuse_constant
from .._runtime.json_values import DICT, is_array, is_map
from .._runtime.problems import invalid_json, repeated_name
from .locate import repeated
from .options import Options

LONGEST: Final = 64 << 20
"""How many characters a value may have."""
NEAR: Final = 12
"""So near to the end of what is read, an error may be a literal or an escape that is cut."""
SIGHT: Final = 1 << 16
"""How many characters of a line are looked at to tell what begins in it."""
DEEPEST: Final = 8
"""How many times text may be quoted in text."""
NESTS: Final = "nests"
NESTED: Final = 800
"""So many brackets are open where a value that nests too deeply is given up."""
MOST_PARTS: Final = 4096
"""How many records of Docker are joined at most."""

BLANK: Final = r"[ \t\r\n]"
NAME: Final = r"[A-Za-z_$][\w$]{0,99}[ \t]{0,99}"
BEGIN: Final = re.compile(
    rf"""
    \{{ (?:{BLANK}|\\[nrt]){{0,999}} (?:
        (?P<csv> ""[^":,}}\s] )
        | (?P<json> "|\}} )
        | (?P<escaped> \\+" )
        | (?P<python> '[^'\n]{{0,999}}'[ \t]{{0,99}}: )
        | (?P<script> (?: {NAME}: [ \t]{{0,99}} [-+.\w]{{1,99}},[ \t]{{0,99}} ){{0,9}}
            (?: (?:type|event_id)[ \t]{{0,99}}:(?!:) | {NAME}:[ \t]{{0,99}}['`{{\[] ) )
        | (?P<cut> \Z )
    )""",
    re.VERBOSE,
)
"""What may begin at a brace; all other braces are text."""
ALONE: Final = re.compile(r"\{\s*\}[ \t\r,\]]*(?:\n|\Z)|\{[ \t\r]*(?:\n|\Z)")
"""An empty object, or the beginning of an object, that is all of a line."""
PLAIN: Final = re.compile(r"(?<!')\{\"[^\"]")
PLACE: Final = re.compile(r"[{\[]")
PLACE_OF_ANY: Final = re.compile(r"[{\[]|^[ \t]*[\"\-\dtfn]", re.MULTILINE)
"""Where something may begin; a value of any type only at the beginning of a line."""
STRING: Final = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
SCALAR: Final = re.compile(
    rf"(?:true|false|null|{STRING}|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)[ \t\r]*(?:\n|\Z)"
)
LIST: Final = re.compile(r'\[[ \t\r]*(?:["{\[\]\n]|\Z)')
ITEMS: Final = re.compile(rf"(?:[ \t\r\n]+|\[|(?:{STRING}|[-+.\w]+)[ \t]*,)*")
"""Before the first object of an array."""
BRACKET: Final = re.compile(rf"{STRING}|[{{}}\[\]]")
CLOSING: Final = re.compile(r"[ \t]*[}\]][}\] \t]*")
QUOTED: Final = re.compile(r"'([^'\\\n]*(?:\\.[^'\\\n]*)*)'")
FRAME: Final = re.compile(
    r"'(\{[^\n]{0,300}?|\{[^'\\\n]*(?:\\.[^'\\\n]*)*)' \[(?:\w+, )?(\d{1,15}) bytes?\b"
)
"""A message as the package websockets logs it, with its size: a long one without its middle."""
ESCAPED: Final = re.compile(r'([^"\\\n]*(?:\\.[^"\\\n]*)*)("?)')
ESCAPE: Final = re.compile(r"\\(.)")
MEANT: Final = {"n": "\n", "r": "\r", "t": "\t", "u": r"\u", "x": r"\u00"}
"""What escapes mean; those that JSON has in strings, too, may stay."""

GAP: Final = re.compile(rf".{BLANK}{{0,999}}")
BLANKS: Final = re.compile(rf"{BLANK}*")
INDENTED: Final = re.compile(r"[ \t]*")
CLOSING_LINE: Final = re.compile(r"[ \t\r\]},;)]*(\n|\"|\Z)")
OPEN_LINE: Final = re.compile(r".*[{\[(,][ \t\r]*\n")
CUT: Final = re.compile(
    r"\s*\Z|\n|(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-)?(?:\.\.\.|…)?[ \t\r]*(?:\n|\Z)"
)
"""The end of what is cut: of the file, of a line in a string, or of a line after part of a word."""
PYTHON: Final = re.compile(r"None\b|True\b|False\b|b?'")
SHORT: Final = re.compile(r"\.\.\.|…|\\u2026")
SHORT_TAIL: Final = re.compile(r"\}['\"`)\]> \t\r]*(?:\[\d+ bytes.*)?\Z")
"""How a line ends of which only the middle is left out."""
SHORT_TOLD: Final = re.compile(
    r"(?:\.\.\.|…|[<\[(]).{0,40}?\b(?:truncated|omitted|elided|shortened|snip(?:ped)?"
    r"|more (?:bytes|char\w*)|(?:bytes|char\w*) more)\b"
)
"""What a logger says when it leaves out the rest."""
BAD_BYTE: Final = re.compile("[\udc80-\udcff]")
BETWEEN: Final = " \t\r,[]"
"""What stands between the objects of an array."""
LIKE_EVENT: Final = re.compile(r"\s*\{|.*\{\s*(?:[\"']?(?:type|event_id)\b|[\"']?\w*\Z)", re.DOTALL)
"""A text in a record that is JSON, or has an event, also one that is cut."""

_no_json: Final = partial(Problem, "", "error", "invalid_json")
UNFINISHED: Final = _no_json("expected JSON, found a value that is not finished")
PYTHON_VALUE: Final = _no_json("expected JSON, found a Python value, not JSON")
SCRIPT_VALUE: Final = _no_json("expected JSON, found JavaScript notation, not JSON")
BROKEN_TEXT: Final = _no_json("expected JSON in a string, found it broken or not finished")
STRAY: Final = _no_json("expected JSON, found a bracket that closes nothing")
NO_COMMA: Final = _no_json("expected a comma between the items of an array, found none")
NO_ITEM: Final = _no_json("expected an item of an array, found a comma or the end")
NOT_UTF_8: Final = _no_json("expected UTF-8, found bytes that are not")
NO_NUMBER: Final = invalid_json(ValueError())
TOO_DEEP: Final = invalid_json(RecursionError())
TOO_LONG: Final = Problem(
    "", "error", "too_large", f"expected at most {LONGEST >> 20} MB, found a value that is too long"
)
SHORTENED: Final = Problem(
    "", "notice", "shortened", "expected JSON, found it shortened by the logger"
)
SHORTENED_AUDIO: Final = "expected base64, found it shortened by the logger"

LENIENT: Final = json.JSONDecoder(parse_constant=len, parse_int=len)
"""Finds the end of a value in which there is a number that JSON, or Python, does not have."""


class Document(NamedTuple):
    """A JSON value, or what was to be one, and where it stands."""

    line: int
    data: object = None
    text: str = ""
    """What it was read from, if that is all of it that stands in the file."""
    pointer: str = ""
    """Where it stands in the array that holds it."""
    problems: tuple[Problem, ...] = ()
    """What keeps it from being JSON, or the notice that it is shortened; then there is no data."""
    notices: tuple[Problem, ...] = ()
    """What is unwise in it: names that an object gives twice."""


class Documents:
    """Iterate over the documents of a text, which may come in any pieces."""

    def __init__(self, pieces: Iterable[str], options: Options, level: int = 0) -> None:
        self.lines_without: int = 0
        """How many lines have text, but no JSON."""
        self._pieces = iter(pieces)
        self._options = options
        self._level = level
        """How often the text was quoted in another."""
        self._text = ""
        """What is in memory."""
        self._base = 0
        """How much has been dropped before it."""
        self._at = 0
        """How much of it is passed."""
        self._sure = 0
        """How much of it can be looked at: all before is in memory with the rest of its line."""
        self._ended = False
        """Return whether all that there is is in memory."""
        self._line: int = 1
        """The number of the line that is reached."""
        self._indent = 0
        """The blanks before the value in it."""
        self._has_text = self._has_json = False
        """What has been passed of it."""
        self._opened = 0
        """How many brackets its text opens."""
        self._no_array = 0
        """No array begins before this offset of the file."""
        self._failure = ("", 0, frozenset[int]())
        """What a value was broken by, at which offset, and the offsets of brackets open there."""
        self._repeats = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._members if options.strict else None,
            parse_constant=refuse_constant,
        )

    def __iter__(self) -> Iterator[Document]:
        return _joined(self._documents()) if not self._level else self._documents()

    def _documents(self) -> Iterator[Document]:
        place = PLACE if self._options.type_name is None else PLACE_OF_ANY
        while True:
            if found := place.search(self._text, self._at, self._sure):
                self._pass(found.end() - 1)
                yield from self._begun()
                continue
            self._pass(max(self._at, self._sure))
            if not self._more():
                self._end_line()
                return

    # The text and the place in it

    def _more(self, least: int = 1) -> bool:
        """Drop what is passed, and read at least so much more; return whether there was more."""
        if self._ended or least <= 0:
            return False
        first = max(self._at - 1, 0)  # A quote before a value tells how it is written.
        pieces = [self._text[first:]]
        while least > 0 and not self._ended:
            pieces.append(next(self._pieces, ""))
            least -= len(pieces[-1])
            self._ended = not pieces[-1]
        self._text = "".join(pieces)
        self._base, self._at = self._base + first, self._at - first
        size = len(self._text)
        self._sure = size if self._ended else max(self._text.rfind("\n") + 1, size - SIGHT)
        return True

    def _see(self, offset: int = 0) -> bool:
        """Have in sight what is so far from here; return whether there is something."""
        while self._at + offset >= self._sure:
            if not self._more():
                return False
        return True

    def _see_more(self, offset: int = 0) -> None:
        """Have in sight what follows the bracket there, on whichever line."""
        size = -1
        while self._see(offset + size) and (gap := self._match(GAP, offset)):
            if gap.end() - gap.start() == size:
                return
            size = gap.end() - gap.start()

    def _match(self, pattern: re.Pattern[str], offset: int = 0) -> re.Match[str] | None:
        """Match a pattern in what is in sight from there."""
        return pattern.match(self._text, self._at + offset, self._at + offset + SIGHT)

    def _line_end(self) -> int:
        """Read the line that is reached to its end, if it is not too long; return where that is."""
        size = 0
        while (end := self._text.find("\n", self._at + size)) < 0:
            size = len(self._text) - self._at
            if size > LONGEST or not self._more(size):
                end = len(self._text)
                break
        return min(end, self._at + LONGEST)

    def _pass(self, end: int) -> None:
        """Go on after text in which there is no value, and count its lines."""
        between = self._text[self._at : end]
        if between == "\n":  # As between JSON Lines.
            self._end_line()
            self._line, self._indent, self._at = self._line + 1, 0, end
            return
        first, *others = between.split("\n")
        self._has_text = self._has_text or bool(first.strip(BETWEEN))
        for line in others:
            self._end_line()
            self._line += 1
            self._has_text = bool(line.strip(BETWEEN))
        last = others[-1] if others else first
        self._indent = len(last) if last.isspace() else 0
        self._opened += sum(map(last.count, "{[")) - sum(map(last.count, "}]"))
        self._at = end

    def _take(self, end: int) -> None:
        """Go on after a value, or a part of one."""
        if crossed := self._text.count("\n", self._at, end):
            self._line += crossed
            self._has_text, self._opened = False, 0
        self._has_json = not self._text.endswith("\n", self._at, end)
        self._at = end

    def _take_line(self) -> None:
        """Go on after the line, which need not be in memory as a whole."""
        while (end := self._text.find("\n", self._at)) < 0:
            self._take(len(self._text))
            if not self._more():
                return
        self._take(end + 1)

    def _end_line(self) -> None:
        self.lines_without += self._has_text and not self._has_json
        self._has_text, self._has_json, self._opened = False, False, 0

    # What begins at a bracket

    def _begun(self) -> Iterable[Document]:
        """Read what begins here, or pass over the first character."""
        if PLAIN.match(self._text, self._at):  # As in JSON Lines.
            return self._value()
        self._see_more()
        is_any = self._options.type_name is not None
        is_clean = self._has_json or not self._has_text
        first = self._text[self._at]
        if first == "{":
            found = self._match(BEGIN)
            is_alone = is_clean and self._match(ALONE)
            kind = found.lastgroup if found else "alone" if is_alone else None
            if kind in ("escaped", "csv") and self._level < DEEPEST:
                return self._escaped() if kind == "escaped" else self._doubled()
            if kind in ("python", "script"):
                problem = PYTHON_VALUE if kind == "python" else SCRIPT_VALUE
                return self._broken(problem, self._at, self._at)
            if kind in ("alone", "cut") or (found and found[0][-1] == '"') or is_alone:
                return self._framed() or self._value()
        elif first == "[" and is_clean:
            if self._match(LIST) if is_any else self._is_array():
                return self._items() if not is_any else self._value()
        elif (scalar := self._match(SCALAR)) and (scalar[0][-1] == "\n" or self._ended):
            return self._value()
        self._pass(self._at + 1)
        return ()

    def _is_array(self) -> bool:
        """Return whether the bracket here opens an array with objects: a log has others."""
        if self._base + self._at < self._no_array:
            return False
        size, is_in_sight = 1, True
        while is_in_sight:
            items = ITEMS.match(self._text, self._at + size, self._at + SIGHT)
            size = items.end() - self._at if items else size
            if self._at + size < self._sure:
                break
            is_in_sight = self._see(size)
        self._see_more(size)
        begins = self._match(BEGIN, size)
        kind = begins.lastgroup if begins else None
        next_one = self._text[self._at + size : self._at + size + 1]
        if kind in ("json", "python", "cut") or next_one in ("]", ""):
            return True
        self._no_array = self._base + self._at + size
        return False

    def _items(self) -> Iterator[Document]:
        """Read an array item by item, so that it may be of any length."""
        first, index, is_due, may_end = self._line, 0, True, True
        self._take(self._at + 1)
        while True:
            blanks = BLANKS.match(self._text, self._at)
            if blanks and "\n" in blanks[0]:
                self._indent = len(blanks[0]) - blanks[0].rindex("\n") - 1
            self._take(blanks.end() if blanks else self._at)
            if not self._see():
                yield Document(first, problems=(UNFINISHED,))
                return
            if self._text[self._at] in " \n\t\r":
                continue
            if (character := self._text[self._at]) in ",]":
                if is_due and not (character == "]" and may_end):
                    yield Document(self._line, problems=(NO_ITEM,))
                self._take(self._at + 1)
                if character == "]":
                    yield from self._strays()
                    return
                is_due, may_end = True, False
            else:
                if not is_due:
                    yield Document(self._line, problems=(NO_COMMA,))
                is_due, may_end = False, False
                for document in self._value(f"/{index}"):
                    yield document
                    if document.problems and document.problems[0] not in (NOT_UTF_8, NO_NUMBER):
                        return
                index += 1

    # JSON that is quoted in other texts

    def _inner(self, text: str) -> list[Document]:
        """Read a text that is quoted on this line."""
        found = Documents([text], self._options, self._level + 1)
        return [document._replace(line=self._line, text="") for document in found]

    def _escaped(self) -> list[Document]:
        """Read JSON whose quotes are escaped, to the end of the string or the line."""
        end = self._line_end()
        found = ESCAPED.match(self._text, self._at, end)
        documents = self._inner(unescaped(found[1])) if found else []
        known = (NOT_UTF_8, SHORTENED) if found and found[2] else (NOT_UTF_8, SHORTENED, UNFINISHED)
        self._take(found.end() if found else self._at)
        return [
            d._replace(problems=(BROKEN_TEXT,)) if d.problems and d.problems[0] not in known else d
            for d in documents
        ]

    def _doubled(self) -> list[Document]:
        """Read JSON whose quotes are doubled, with the rest of its line or its lines."""
        gap = self._match(GAP)
        is_long = gap is not None and "\n" in gap[0]
        line = self._line
        pieces: list[str] = []
        while not pieces or (is_long and self._is_inner('"')):
            end = self._line_end() + 1
            pieces.append(self._text[self._at : end])
            self._take(min(end, len(self._text)))
        text = "".join(pieces).replace('""', '"')
        return [
            document._replace(line=line + document.line - 1)
            for document in Documents([text], self._options, self._level + 1)
        ]

    def _in_python(self) -> list[Document]:
        """Read JSON that Python shows as a string with escapes."""
        end = self._line_end()
        found = QUOTED.match(self._text, self._at - 1, end)
        documents = self._inner(unescaped(found[1])) if found and "\\" in found[1] else []
        if found and documents:
            self._take(found.end())
        return documents

    def _framed(self) -> list[Document]:
        """Report a message whose middle the package websockets has left out."""
        found = self._match(FRAME, -1) if self._at else None
        shown: str = found[1] if found else ""
        if (
            not found
            or "..." not in shown
            or len(shown.encode("utf-8", "replace")) >= int(found[2])
        ):
            return []
        self._take(found.end())
        return [Document(self._line, problems=(SHORTENED,))]

    # Values

    def _decode(self) -> tuple[object, int, str]:
        """Decode the value that begins here; return it, its end, and what breaks it there.

        It is looked for in its line, and then in windows that grow, since Python's reader counts
        the lines of all that it is given when it finds an error.
        """
        message, offset, opened = self._failure
        if self._base + self._at in opened:
            return None, offset - self._base, message
        decoder = self._decoder
        size = self._text.find("\n", self._at, self._at + SIGHT) + 1 - self._at
        size = size if size > 0 else SIGHT
        while True:
            self._more(size - len(self._text) + self._at)
            window = self._text[self._at : self._at + size]
            data: object = None
            message = ""
            try:
                found: tuple[object, int] = decoder.raw_decode(window)
                data, end = found
                is_sure = end < len(window)
            except json.JSONDecodeError as error:
                message, end = error.msg, error.pos
                is_cut = message.startswith("Unterminated")
                is_sure = not is_cut and end < len(window) - (NEAR if window[-1] != "\n" else 0)
            except RecursionError:
                return None, self._nested(self._at + size, NESTED)[1], NESTS
            except ValueError:
                decoder = LENIENT
                continue
            if is_sure or size > LONGEST or (self._ended and len(window) < size):
                return NO_NUMBER if decoder is LENIENT else data, self._at + end, message
            size = min(max(4 * size, 4096), LONGEST + SIGHT)

    def _nested(self, end: int, most: int) -> tuple[list[int], int]:
        """Return the brackets that are open at an offset, or where there are too many before."""
        opened: list[int] = []
        for found in BRACKET.finditer(self._text, self._at, end):
            if found[0] in "{[":
                opened.append(found.start())
                if len(opened) == most:
                    return opened, found.start()
            elif found[0] in "}]" and opened:
                opened.pop()
        return opened, end

    def _value(self, pointer: str = "") -> list[Document]:
        """Read the value that begins here: the item of an array, if it has a pointer."""
        data, end, message = self._decode()
        if end - self._at > LONGEST:
            return self._broken(TOO_LONG, self._at, self._at + LONGEST)
        if message:
            return self._failed(message, end)
        text, line = self._text[self._at : end], self._line
        self._take(end)
        if not text.isascii() and (bad := BAD_BYTE.search(text)):
            line += text.count("\n", 0, bad.start())
            return [Document(line, pointer=pointer, problems=(NOT_UTF_8,))]
        if isinstance(data, Problem):
            return [Document(line, pointer=pointer, problems=(data,))]
        notices = tuple(map(repeated_name, repeated(text))) if self._repeats else ()
        self._repeats = False
        document = Document(line, data, text, pointer, notices=notices)
        if pointer:
            return [document]
        strays = self._strays()
        if strays and SHORT.search(text):
            return [Document(line, problems=(SHORTENED,))]
        return [document, *strays]

    def _strays(self) -> list[Document]:
        """Report brackets after a value that close nothing in their line."""
        self._see()
        found = self._match(CLOSING)
        if not found or len(found[0].strip()) <= self._opened:
            return []
        self._take(found.end())
        return [Document(self._line, problems=(STRAY,))]

    def _failed(self, message: str, at: int) -> list[Document]:
        """Say what is wrong with a value that is broken: that it is cut, or what else."""
        size = at - self._at
        self._see(size)
        if self._text[max(self._at - 1, 0)] == "'" and (documents := self._in_python()):
            return documents
        text, begin, at = self._text, self._at, self._at + size
        # A line that is not indented more, nor goes on with a value, is no part of one.
        outer = re.compile(rf"^[ \t]{{0,{self._indent}}}[^\s\]}},:\"]", re.MULTILINE)
        cut = outer.search(text, begin + 1, at + 1)
        if cut and self._base + begin not in self._failure[2]:
            opened = frozenset(self._base + offset for offset in self._nested(at, LONGEST)[0])
            self._failure = (message, self._base + at, opened)
        end = cut.start() - 1 if cut else at
        if message == NESTS:
            return self._broken(TOO_DEEP, begin, end)
        if not cut and self._is_shortened(message, at):
            return self._broken(SHORTENED, begin, at)
        if cut or message.startswith("Unterminated") or self._match(CUT, size):
            return self._broken(UNFINISHED, begin, end)
        if PYTHON.match(text, at):
            return self._broken(PYTHON_VALUE, at, at)
        error = json.JSONDecodeError(message, text[begin : at + 1], at - begin)
        return self._broken(invalid_json(error), at, at)

    def _is_shortened(self, message: str, at: int) -> bool:
        """Return whether a logger has left out a part of a broken value, and goes on or says so."""
        text, begin = self._text, self._at
        is_open = message.startswith(("Unterminated", "Invalid control"))
        start, last = at, text.rfind('"', begin, at)
        if is_open and text[at : at + 1] != '"':
            start = last
        elif not is_open and last > begin and not text[last + 1 : at].strip():
            start = text.rfind('"', begin, last)
        line = text[start : start + SIGHT].partition("\n")[0]
        if SHORT_TOLD.search(line):
            return True
        left_out = SHORT.search(line, 0, len(line) if is_open else at - start + len("..."))
        if left_out is None or message.startswith("Illegal trailing"):
            return False
        return SHORT_TAIL.search(line, left_out.end()) is not None

    def _broken(self, problem: Problem, shown: int, at: int) -> list[Document]:
        """Report the problem that shows at an offset; go on after the lines of the value."""
        text, begin = self._text, self._at
        line = self._line + text.count("\n", begin, shown)
        is_long = text.find("\n", begin, at) >= 0 or self._match(OPEN_LINE)
        self._take(at)
        self._take_line()
        while is_long and self._is_inner():
            self._take_line()
        return [Document(line, problems=(problem,))]

    def _is_inner(self, end: str = "\n") -> bool:
        """Return whether the line that begins here is indented more than a value, or closes it."""
        if not self._see():
            return False
        indent, closing = self._match(INDENTED), self._match(CLOSING_LINE)
        is_deeper = indent is not None and indent.end() - self._at > self._indent
        return is_deeper or (closing is not None and closing[1] in (end, ""))

    def _members(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        self._repeats = self._repeats or len(made) < len(pairs)
        return made


def unescaped(text: str) -> str:
    """Return what a string means whose escapes are those of JSON, or of Python."""
    return ESCAPE.sub(_meaning, text)


def _meaning(found: re.Match[str]) -> str:
    character: str = found[1]
    return MEANT.get(character, character)


def documents_in(text: str) -> list[Document]:
    """Return the documents in a text of a record; what is broken, only if it was to be JSON."""
    if "{" not in text:
        return []
    is_json = LIKE_EVENT.match(text)
    options = Options(type_name=None, strict=False)
    return [d for d in Documents([text], options, 1) if not d.problems or is_json]


def shortened_audio(data: object, text: str) -> Iterator[Problem]:
    """Find the base64 in a value that a logger has shortened; faster, if its text is known."""
    if text and "..." not in text and "…" not in text and r"\u2026" not in text:
        return
    waiting = [("", data)]
    for pointer, value in waiting:
        members = value.items() if is_map(value) else enumerate(value) if is_array(value) else ()
        for name, member in members:
            place = f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"
            if not isinstance(member, str):
                waiting.append((place, member))
            elif SHORT.search(member) and is_map(value) and _is_base64(name, member, value):
                yield SHORTENED._replace(pointer=place, message=SHORTENED_AUDIO)


def _is_base64(name: object, text: str, value: Mapping[str, object]) -> bool:
    is_delta = name == "delta" and "audio.delta" in str(value.get("type"))
    return name == "audio" or is_delta or text.startswith("data:")


def _joined(documents: Iterable[Document]) -> Iterator[Document]:
    """Join the records into which Docker splits a long line, or the lines of a value."""
    held: dict[str, list[Document]] = {}
    for document in documents:
        record = _record_of_docker(document)
        if record is None:
            yield document
            continue
        stream, text = record
        parts = held.get(stream, [])
        is_cut = _ends(text)
        if parts and text.lstrip().startswith("{") and is_cut is False:
            yield from held.pop(stream)  # They are cut, and this is another.
            parts = []
        if not parts and not is_cut:
            yield document
            continue
        parts = held.setdefault(stream, [])
        parts.append(document)
        first = _record_of_docker(parts[0])
        is_whole = text.endswith("\n") and first is not None and not first[1].endswith("\n")
        may_be_whole = text.rstrip().endswith("}") and (len(parts) < 16 or text.startswith("}"))
        if is_whole or len(parts) == MOST_PARTS or (may_be_whole and len(_whole(parts)) == 1):
            yield from _whole(held.pop(stream))
    for parts in held.values():
        yield from _whole(parts)


def _record_of_docker(document: Document) -> tuple[str, str] | None:
    """Return the stream and the text of a record."""
    data = document.data
    if type(data) is not DICT or "stream" not in data:
        return None
    text = data.get("log")
    return (str(data["stream"]), text) if isinstance(text, str) else None


def _ends(text: str) -> bool | None:
    """Return whether the last value of a text is cut; ``None`` if another problem is in it."""
    found = documents_in(text)
    if found and found[-1].problems == (UNFINISHED,):
        return True
    return None if any(document.problems for document in found) else False


def _whole(parts: list[Document]) -> list[Document]:
    """Return the record that was split into others, or these if they are no parts of one."""
    text = "".join(record[1] for record in map(_record_of_docker, parts) if record)
    data = parts[0].data
    if _ends(text) is not False or not is_map(data):
        return parts
    return [parts[0]._replace(data={**data, "log": text}, text="")]
