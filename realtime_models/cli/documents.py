"""Finds the JSON values of a text in which they may stand anywhere: of JSON, JSON Lines, and logs.

The text is scanned forward once, from place to place where something may begin: a value, text in
quotes, or an array. What breaks a value is told, and passed, in one place. What a change must keep:

* **The blocks do not matter.** A text comes in its lines, and these in pieces of ``PIECE``
  characters. What begins in a line is told by what is there of it, and a brace at its end by the
  next line.
* **Time is linear.** What is looked at is passed, with one exception: a value that is broken may
  end at a line before that place. What begins before it is passed as far as it is looked at.
* **Nothing is left out in silence.** A line has a value, or a problem, or is counted as one without
  JSON. What is broken is passed to the end of its line, or of the lines that are indented more.
* **Memory is constant.** What is passed is dropped; a value has at most ``LONGEST`` characters.
* **Quoted JSON is JSON.** What stands in a string of JSON, of Python, or of CSV is read alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import StringIO
from typing import Final, NamedTuple

from .._runtime.errors import Problem
from .._runtime.json_text import refuse_constant
from .._runtime.json_values import DICT, is_array, is_map
from .._runtime.problems import invalid_json, join_pointer
from .options import Options
from .source import PIECE, pieces_of

LONGEST: Final = 64 << 20
"""How many characters a value may have."""
BEFORE: Final = 1000
"""How many characters before a value are kept, of which its quote and its indentation tell."""
NEAR: Final = 12
"""So near to the end of what is read, an error may be a literal or an escape that is cut."""
MOST_PARTS: Final = 1024
"""How many records of Docker are joined at most."""

SCALAR: Final = r'(?:true|false|null|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)'
PLACE: Final = re.compile(r"[{\[\n]")
PLACE_OF_ANY: Final = re.compile(r"[{\[\n]|^[ \t]*[\"\-\dtfn]", re.MULTILINE)
"""Where something may begin; if all values have a type that was named, also one of any type."""
BEGIN: Final = re.compile(
    r"""
    \{ (?:\s|\\[nrt]){0,999} (?:
        (?P<doubled> ""[^":,}\s] )
        | (?P<escaped> \\+" )
        | (?: " | \Z )
        | '[^'\n]*'[ \t]*:
        | (?: [A-Za-z_$][\w$]*:[^\n{}\[\],]*,[ ]* )* (?:type|event_id|object):(?!:)
    )""",
    re.VERBOSE,
)
"""What may begin at a brace, also in quotes, or in the notation of Python or JavaScript."""
FIRST: Final = re.compile(
    rf"""
    (?: \{{\s*\}}[ \t\r,\]]* | {SCALAR}[ \t\r]* ) (?: \n | \Z )
    | \[ (?: [ \t\r\[] | {SCALAR}[ \t]*, )*
        (?: \{{\s*['"}}] | \] | {SCALAR}\]+[ \t\r]*(?:\n|\Z) | \n | \Z )""",
    re.VERBOSE,
)
"""What else may begin a line: alone, an empty object, or a value of any type; an array, if it has
objects, or is alone, or goes on in the next line (a log has others)."""
BETWEEN: Final = " \t\r\n,]"
"""What stands between the objects of an array."""
ITEM: Final = re.compile(r"[^ \t\r\n,]")
CLOSING: Final = re.compile(r"[ \t]*[}\]][}\] \t]*")
OPEN_ENDS: Final = ("{", "[", "(", ",")
"""How a line ends that goes on in those that are indented more."""

CUT: Final = re.compile(r"[a-z-]{0,4}(?:\.\.\.|…)?\s*?(?:\n|\Z)")
"""The end of what is cut: of the file or a line, maybe after a part of a word, or an ellipsis."""
PYTHON: Final = re.compile(r"None\b|True\b|False\b|b?'")
SCRIPT: Final = re.compile(r"[A-Za-z_$][\w$]*:")
SIZE: Final = re.compile(r"' \[(?:\w+, )?(\d{1,15}) bytes?\b")
"""What the package websockets logs after a message, which may lack its middle: its size."""
ELLIPSES: Final = ("...", "…", r"\u2026")
SHORT: Final = re.compile("|".join(map(re.escape, ELLIPSES)))
SHORT_TAIL: Final = re.compile(
    r"\}['\"`)\]> \t\r]*(?:\[\d+ bytes.*)?\Z"
    r"|\b(?:truncated|omitted|elided|shortened|snipped|more (?:bytes|char\w*))\b"
)
"""How a line goes on in which something is left out; one that is only cut has other ends."""
BAD_BYTE: Final = re.compile("[\udc80-\udcff]")
LIKE_EVENT: Final = re.compile(r"\s*\{|.*\{\s*(?:[\"']?(?:type|event_id)\b|[\"']?\w*\Z)", re.DOTALL)
"""A text in a record that is JSON, or has an event, also one that is cut."""

_no_json: Final = partial(Problem, "", "error", "invalid_json")
UNFINISHED: Final = _no_json("expected JSON, found a value that is not finished")
PYTHON_VALUE: Final = _no_json("expected JSON, found a Python value, not JSON")
SCRIPT_VALUE: Final = _no_json("expected JSON, found JavaScript notation, not JSON")
STRAY: Final = _no_json("expected JSON, found a bracket that closes nothing")
WRONG_COMMAS: Final = _no_json("expected one comma between the items of an array")
NOT_UTF_8: Final = _no_json("expected UTF-8, found bytes that are not")
TOO_LONG: Final = Problem(
    "", "error", "too_large", f"expected at most {LONGEST >> 20} MB, found a value that is too long"
)
SHORTENED: Final = Problem(
    "", "notice", "shortened", "expected JSON, found it shortened by the logger"
)

DECODER: Final = json.JSONDecoder(parse_constant=refuse_constant)
MEANT: Final = {r"\n": " ", r"\r": " ", r"\t": " ", r"\u": r"\u", r"\x": r"\u00"}
"""What escapes mean in JSON that is quoted; those that its strings have, too, may stay."""


def _meaning(escape: re.Match[str]) -> str:
    return MEANT.get(escape[0], escape[0][1:])


unescaped: Final = partial(re.compile(r"\\.").sub, _meaning)
QUOTES: Final[Mapping[str, tuple[re.Pattern[str], Callable[[str], str]]]] = {
    "escaped": (re.compile(r'[^"\\\n]*(?:\\.[^"\\\n]*)*'), unescaped),
    "single": (re.compile(r"[^'\\\n]*(?:\\.[^'\\\n]*)*"), unescaped),
    "doubled": (re.compile(r'[^"]*(?:""[^"]*)*'), lambda text: text.replace('""', '"')),
}
"""How far text in quotes goes, and the text that is meant."""


class Document(NamedTuple):
    """A JSON value, or what was to be one, and where it stands."""

    line: int
    data: object = None
    text: str = ""
    """What it was read from."""
    pointer: str = ""
    """Where it stands in the array that holds it."""
    problems: tuple[Problem, ...] = ()
    """What keeps it from being JSON, or the notice that it is shortened; then there is no data."""


class Documents:
    """Iterate over the documents of a text, which comes in pieces of lines."""

    def __init__(self, pieces: Iterable[str], options: Options) -> None:
        self.lines_without: int = 0
        """How many lines have text, but no JSON."""
        self._pieces = iter(pieces)
        self._options = options
        self._text, self._at = "", 0
        """What is in memory, and how much of it is passed."""
        self._limit = 0
        """How far it was looked at for the end of a value that ended before."""
        self._line = 1
        self._has_text, self._has_json, self._opened = False, False, 0
        """What is passed of the line that is reached, and the brackets that its text opens."""

    def __iter__(self) -> Iterator[Document]:
        return _joined(self.scan())

    def scan(self) -> Iterator[Document]:
        """Iterate over them as they stand: what Docker has split is not joined."""
        place = PLACE_OF_ANY if self._options.type_name else PLACE
        while self._at < len(self._text) or self._more():
            found = place.search(self._text, self._at)
            end = found.end() - 1 if found else len(self._text)
            if end > self._at:
                self._pass(end)
            if found:
                yield from self._begun()
        self.lines_without += self._has_text and not self._has_json

    def _more(self, size: int = 1) -> bool:
        """Drop what is passed, and read lines of so many characters; return whether there are."""
        pieces: list[str] = []
        while size > 0 and (piece := next(self._pieces, "")):
            pieces.append(piece)
            size -= len(piece)
        if pieces:
            first = max(self._at - BEFORE, 0)
            self._text = "".join([self._text[first:], *pieces])
            self._at, self._limit = self._at - first, self._limit - first
        return bool(pieces)

    def _line_end(self, at: int) -> int:
        """Return where the line of an offset ends, as far as it is in memory."""
        return self._text.find("\n", at) + 1 or len(self._text)

    def _pass(self, end: int, is_json: bool = False) -> None:
        """Go on after a value, or a part of one, or after other text."""
        passed = self._text[self._at : end]
        self._at = end
        if is_json:
            self._has_json = True
        elif passed.strip(BETWEEN):
            self._has_text = True
            self._opened += sum(map(passed.count, "{[")) - sum(map(passed.count, "}]"))
        if crossed := passed.count("\n"):
            self._line += crossed
            self.lines_without += self._has_text and not self._has_json
            self._has_text, self._opened = False, 0
            self._has_json = is_json and passed[-1] != "\n"

    def _begun(self) -> Iterable[Document]:
        """Read what begins here, or pass over the first character."""
        if len(self._text) - self._at < PIECE and self._text[-1] != "\n":
            self._more()
        found = BEGIN.match(self._text, self._at)
        while found and found.end() == len(self._text) and self._more():
            found = BEGIN.match(self._text, self._at)
        if not found and not self._has_text:
            found = FIRST.match(self._text, self._at)
        if not found:
            self._pass(self._at + 1)
            return ()
        if found.lastgroup:
            return self._quoted(found.lastgroup)
        is_array = self._text[self._at] == "[" and self._options.type_name is None
        return self._items() if is_array else self._value()

    def _items(self) -> Iterator[Document]:
        """Read an array item by item, so that it may be of any length."""
        first, index, commas = self._line, 0, 0
        self._pass(self._at + 1, True)
        while self._at < len(self._text) or self._more():
            found = ITEM.search(self._text, self._at)
            end = found.start() if found else len(self._text)
            commas += self._text.count(",", self._at, end)
            self._pass(end)
            if not found:
                continue
            is_last = found[0] == "]"
            if commas != (index > 0 and not is_last):
                yield Document(self._line, problems=(WRONG_COMMAS,))
            if is_last:
                self._pass(end + 1, True)
                yield from self._ended("", [])
                return
            for document in self._value(f"/{index}"):
                yield document
                if document.problems not in ((), (NOT_UTF_8,)):
                    return
            index, commas = index + 1, 0
        yield Document(first, problems=(UNFINISHED,))

    def _quoted(self, kind: str) -> list[Document]:
        """Read JSON in quotes, to their end."""
        pattern, unquoted = QUOTES[kind]
        while True:
            found = pattern.match(self._text, self._at)
            end = found.end() if found else self._at
            # Only what comes after a quote tells whether it is doubled.
            is_whole = self._text[end : end + 1] == "\n" or end + 1 < len(self._text)
            if is_whole or end - self._at > LONGEST or not self._more(end - self._at):
                break
        text, line = unquoted(self._text[self._at : end]), self._line - 1
        self._pass(end, True)
        inner = Documents(pieces_of(StringIO(text)), self._options).scan()
        return self._ended(text, [found._replace(line=line + found.line) for found in inner])

    def _value(self, pointer: str = "", size: int = 0) -> list[Document]:
        """Read the value that begins here: the item of an array, if it has a pointer.

        It is looked for in its line, and then in windows that grow, since Python's reader counts
        the lines of all that it is given when it finds an error.
        """
        size = size or self._line_end(self._at) - self._at
        window = self._text[self._at : self._at + size]
        try:
            found: tuple[object, int] = DECODER.raw_decode(window)
        except json.JSONDecodeError as error:
            is_near = error.pos >= len(window) - (0 if window[-1] == "\n" else NEAR)
            may_end = is_near or error.msg.startswith("Unterminated")
            if not may_end or len(window) < size:
                return self._failed(error, self._at + error.pos)
            if size >= LONGEST:
                return self._broken(TOO_LONG, self._at + size, self._line)
            size = min(4 * size, LONGEST)
            self._more(self._at + size - len(self._text))
            return self._value(pointer, size)
        except (RecursionError, ValueError) as error:
            return self._failed(error, self._at + len(window) - 1)
        data, length = found
        text, line = window[:length], self._line
        is_line = window[length : length + 1] == "\n"
        self._pass(self._at + length + is_line, True)
        if not text.isascii() and (bad := BAD_BYTE.search(text)):
            line += text.count("\n", 0, bad.start())
            return [Document(line, pointer=pointer, problems=(NOT_UTF_8,))]
        document = Document(line, data, text, pointer)
        return [document] if pointer or is_line else self._ended(text, [document])

    def _ended(self, text: str, found: list[Document]) -> list[Document]:
        """Return what was found, and brackets that close nothing; or that it was shortened."""
        size, closing = SIZE.match(self._text, self._at), CLOSING.match(self._text, self._at)
        is_stray = closing is not None and len(closing[0].strip()) > self._opened
        is_less = size is not None and len(text.encode("utf-8", "replace")) < int(size[1])
        if (is_stray or is_less) and SHORT.search(text):
            return self._broken(SHORTENED, self._at, self._line)
        return [*found, Document(self._line, problems=(STRAY,))] if is_stray else found

    def _failed(self, error: ValueError | RecursionError, at: int) -> list[Document]:
        """Say what is wrong with a value that is broken: that it is cut, or what else."""
        text, begin, line, end = self._text, self._at, self._line, at
        if text[begin - 1 : begin] == "'" and "\\" in text[begin : at + 2]:
            return self._quoted("single")
        outer = self._outer().search(text, begin + 1, at + 1)
        if outer and begin >= self._limit:
            self._limit, end = at, outer.start() - 1
        is_open = str(error).startswith("Unterminated")
        # A logger leaves something out in the string that was read last, or where the value breaks.
        start = begin + max(text[begin:at].rstrip().rfind('"', 0, -1), 0)
        rest = text[start : self._line_end(start)].rstrip()
        left_out = SHORT.search(rest, 0, len(rest) if is_open else at - start + len("..."))
        if not isinstance(error, json.JSONDecodeError):
            problem = invalid_json(error)
        elif left_out and not outer and SHORT_TAIL.search(rest, left_out.end()):
            problem = SHORTENED
        elif outer or is_open or CUT.match(text, at):
            problem = UNFINISHED
        elif error.msg.startswith("Expecting property name") and SCRIPT.match(text, at):
            problem = SCRIPT_VALUE
        else:
            problem = PYTHON_VALUE if PYTHON.match(text, at) else invalid_json(error)
            line += text.count("\n", begin, at)
        return self._broken(problem, end, line)

    def _outer(self) -> re.Pattern[str]:
        """Return how a line begins that is not indented more, nor goes on with a value."""
        before = self._text[max(self._at - BEFORE, 0) : self._at].rpartition("\n")[2]
        indent = len(before) if before.isspace() else 0
        return re.compile(rf"^[ \t]{{0,{indent}}}[^\s\]}},:\"]", re.MULTILINE)

    def _broken(self, problem: Problem, at: int, line: int) -> list[Document]:
        """Report the problem of a value that breaks at an offset; go on after its lines."""
        outer = self._outer()
        first = self._text[self._at : self._line_end(self._at)].rstrip()
        is_long = first.endswith(OPEN_ENDS) or self._text.find("\n", self._at, at) >= 0
        self._pass(self._line_end(at), True)
        while is_long or self._text[self._at - 1] != "\n":
            if self._at == len(self._text) and not self._more():
                break
            if self._text[self._at - 1] == "\n" and outer.match(self._text, self._at):
                break
            self._pass(self._line_end(self._at), True)
        return [Document(line, problems=(problem,))]


def documents_in(text: str) -> list[Document]:
    """Return the documents in a text of a record; what is broken, only if it was to be JSON."""
    if "{" not in text:
        return []
    is_json = LIKE_EVENT.match(text)
    found = Documents(pieces_of(StringIO(text)), Options()).scan()
    return [document for document in found if is_json or not document.problems]


def shortened_audio(data: object, text: str) -> Iterator[Problem]:
    """Find the base64 in a value that a logger has shortened; faster, if its text is known."""
    if text and not any(ellipsis in text for ellipsis in ELLIPSES):
        return
    waiting = [("", data)]
    for pointer, value in waiting:
        is_delta = is_map(value) and "audio.delta" in str(value.get("type"))
        members = value.items() if is_map(value) else enumerate(value) if is_array(value) else ()
        for name, member in members:
            place = join_pointer(pointer, str(name))
            is_audio = name == "audio" or (name == "delta" and is_delta)
            if not isinstance(member, str):
                waiting.append((place, member))
            elif SHORT.search(member) and (is_audio or member.startswith("data:")):
                message = SHORTENED.message.replace("JSON", "base64")
                yield SHORTENED._replace(pointer=place, message=message)


def _joined(documents: Iterable[Document]) -> Iterator[Document]:
    """Join the records into which Docker splits a long line, or the lines of a value.

    Those of a stream are held from one whose text is cut to one with which the texts are whole.
    """
    held: dict[str, list[Document]] = {}
    for document in documents:
        stream, text = _record_of_docker(document)
        if not stream:
            yield document
            continue
        parts = [*held.pop(stream, []), document]
        texts = [_record_of_docker(part)[1] for part in parts]
        is_line = text.endswith("\n") and not texts[0].endswith("\n")
        may_end = len(parts) == 1 or is_line or text.rstrip().endswith("}")
        found = [d.problems for d in documents_in("".join(texts))] if may_end else [(UNFINISHED,)]
        if found[-1:] == [(UNFINISHED,)] and len(parts) < MOST_PARTS:
            held[stream] = parts
        elif len(parts) > 1 and not any(found):
            yield parts[0]._replace(data={"log": "".join(texts)}, text="")
        else:
            yield from parts
    for parts in held.values():
        yield from parts


def _record_of_docker(document: Document) -> tuple[str, str]:
    """Return the stream and the text of a record; of all else, two empty texts."""
    data = document.data
    text = data.get("log") if type(data) is DICT and "stream" in data else None
    return (str(data["stream"]), text) if isinstance(text, str) and is_map(data) else ("", "")
