"""Finds the JSON values of a text in which they may stand anywhere: of JSON, JSON Lines, and logs.

The text is scanned forward once. What a change must keep:

* **The blocks do not matter.** A text is cut into its lines, and these into pieces of ``SIGHT``
  characters, in whatever blocks it comes. What begins in a line is told by what is there of it,
  and a brace at its end by the next line.
* **Time is linear.** What is looked at is passed, with one exception: a value that is broken may
  end at a line before that place. Up to there, further values end with their own lines.
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
from .locate import repeated
from .options import Options

LONGEST: Final = 64 << 20
"""How many characters a value may have."""
SIGHT: Final = 1 << 16
"""How many characters of a line are looked at to tell what begins in it."""
NEAR: Final = 12
"""So near to the end of what is read, an error may be a literal or an escape that is cut."""
DEEPEST: Final = 8
"""How many times text may be quoted in text."""
MOST_PARTS: Final = 1024
"""How many records of Docker are joined at most."""

STRING: Final = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
SCALAR: Final = rf"(?:true|false|null|{STRING}|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)"
NAME: Final = r"[A-Za-z_$][\w$]{0,99}[ \t]{0,99}:[ \t]{0,99}"
BEGIN: Final = re.compile(
    rf"""
    \{{ (?:\s|\\[nrt]){{0,999}} (?:
        (?P<doubled> ""[^":,}}\s] )
        | (?P<json> " )
        | (?P<escaped> \\+" )
        | (?P<python> '[^'\n]{{0,999}}'[ \t]{{0,99}}: )
        | (?P<script> (?: {NAME}[-+.\w]{{1,99}},[ \t]{{0,99}} ){{0,9}}
            (?: (?:type|event_id)[ \t]{{0,99}}:(?!:) | {NAME}['`{{\[] ) )
        | (?P<empty> \}} [ \t\r,\]]* (?: \n|\Z ) )
        | (?P<cut> \Z )
    )""",
    re.VERBOSE,
)
"""What may begin at a brace; all other braces are text."""
PLAIN: Final = re.compile(r"(?<!')\{\"[^\"]")
ARRAY: Final = re.compile(rf"\[(?:[ \t\r\[]|{SCALAR}[ \t]*,)*(?:\{{\s*['\"}}]|\]|\n|\Z)")
"""An array with objects, or one that is empty, or goes on in the next line: a log has others."""
LINE_OF_ANY: Final = re.compile(rf'{SCALAR}[ \t\r]*(?:\n|\Z)|\[[ \t\r]*(?:["{{\[\]\n]|\Z)')
"""A value of any type, where all have a type that was named."""
PLACE: Final = re.compile(r"[{\[\n]")
PLACE_OF_ANY: Final = re.compile(r"[{\[\n]|^[ \t]*[\"\-\dtfn]", re.MULTILINE)
"""Where something may begin; a value of any type only at the beginning of a line."""
BLANKS: Final = re.compile(r"[ \t\r\n]*")
BETWEEN: Final = " \t\r\n,]"
"""What stands between the objects of an array."""
CLOSING: Final = re.compile(r"[ \t]*[}\]][}\] \t]*")
OPEN_ENDS: Final = ("{", "[", "(", ",")
"""How a line ends that goes on in those that are indented more."""

ESCAPE: Final = re.compile(r"\\(.)")
MEANT: Final = {"n": " ", "r": " ", "t": " ", "u": r"\u", "x": r"\u00"}
"""What escapes mean in JSON that is quoted; those that its strings have, too, may stay."""
SIZE: Final = re.compile(r"' \[(?:\w+, )?(\d{1,15}) bytes?\b")
"""What the package websockets logs after a message, which may lack its middle: its size."""
CUT: Final = re.compile(r"\s*\Z|\n|[a-z-]{0,4}(?:\.\.\.|…)?[ \t\r]*(?:\n|\Z)")
"""The end of what is cut: of the file, of a line in a string, or of a line after part of a word."""
PYTHON: Final = re.compile(r"None\b|True\b|False\b|b?'")
ELLIPSES: Final = ("...", "…", r"\u2026")
SHORT: Final = re.compile("|".join(map(re.escape, ELLIPSES)))
SHORT_TAIL: Final = re.compile(r"\}['\"`)\]> \t\r]*(?:\[\d+ bytes.*)?\Z")
"""How a line ends of which only the middle is left out."""
SHORT_TOLD: Final = re.compile(
    r"(?:\.\.\.|…|[<\[(]).{0,40}?\b(?:truncated|omitted|elided|shortened|snip(?:ped)?"
    r"|more (?:bytes|char\w*)|(?:bytes|char\w*) more)\b"
)
"""What a logger says when it leaves out the rest."""
BAD_BYTE: Final = re.compile("[\udc80-\udcff]")
LIKE_EVENT: Final = re.compile(r"\s*\{|.*\{\s*(?:[\"']?(?:type|event_id)\b|[\"']?\w*\Z)", re.DOTALL)
"""A text in a record that is JSON, or has an event, also one that is cut."""

_no_json: Final = partial(Problem, "", "error", "invalid_json")
UNFINISHED: Final = _no_json("expected JSON, found a value that is not finished")
NOTATIONS: Final = {
    "python": _no_json("expected JSON, found a Python value, not JSON"),
    "script": _no_json("expected JSON, found JavaScript notation, not JSON"),
}
STRAY: Final = _no_json("expected JSON, found a bracket that closes nothing")
WRONG_COMMAS: Final = _no_json("expected one comma between the items of an array")
NOT_UTF_8: Final = _no_json("expected UTF-8, found bytes that are not")
TOO_LONG: Final = Problem(
    "", "error", "too_large", f"expected at most {LONGEST >> 20} MB, found a value that is too long"
)
SHORTENED: Final = Problem(
    "", "notice", "shortened", "expected JSON, found it shortened by the logger"
)
REPEATED: Final = Problem(
    "",
    "notice",
    "repeated_name",
    "expected names that differ in an object, found this one twice; the last one is read",
)
SHORTENED_AUDIO: Final = "expected base64, found it shortened by the logger"

DECODER: Final = json.JSONDecoder(parse_constant=refuse_constant)


def unescaped(text: str) -> str:
    """Return the JSON in a string with the escapes of JSON, or of Python."""
    return ESCAPE.sub(_meaning, text)


def _meaning(found: re.Match[str]) -> str:
    character: str = found[1]
    return MEANT.get(character, character)


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
    notices: tuple[Problem, ...] = ()
    """What is unwise in it: names that an object gives twice."""


class Documents:
    """Iterate over the documents of a text, which may come in any pieces."""

    def __init__(self, pieces: Iterable[str], options: Options, level: int = 0) -> None:
        self.lines_without: int = 0
        """How many lines have text, but no JSON."""
        self._lines = _lines(pieces)
        self._options = options
        self._level = level
        """How often the text was quoted in another."""
        self._text, self._at = "", 0
        """What is in memory, and how much of it is passed."""
        self._limit = 0
        """How far it was looked at for the end of a value that is broken."""
        self._line = 1
        self._has_text = self._has_json = False
        """What has been passed of the line that is reached."""
        self._indent = self._opened = 0
        """The blanks before the value in it, and how many brackets its text opens."""

    def __iter__(self) -> Iterator[Document]:
        return _joined(self._documents()) if not self._level else self._documents()

    def _documents(self) -> Iterator[Document]:
        place = PLACE if self._options.type_name is None else PLACE_OF_ANY
        while self._at < len(self._text) or self._more():
            if PLAIN.match(self._text, self._at):  # As in JSON Lines.
                yield from self._value()
                continue
            found = place.search(self._text, self._at)
            if found and found[0] != "\n":
                self._pass(found.end() - 1)
                yield from self._begun()
            else:
                self._pass(found.end() if found else len(self._text))
        self.lines_without += self._has_text and not self._has_json

    # The text and the place in it

    def _more(self, size: int = 1) -> bool:
        """Drop what is passed, and read lines of so many characters; return whether there are."""
        lines: list[str] = []
        while size > 0 and (line := next(self._lines, "")):
            lines.append(line)
            size -= len(line)
        if lines:
            first = max(self._at - 1, 0)  # A quote before a value tells how it is written.
            self._text = "".join([self._text[first:], *lines])
            self._at, self._limit = self._at - first, self._limit - first
        return bool(lines)

    def _line_end(self, at: int) -> int:
        """Return where the line of an offset ends, as far as it is in memory."""
        return self._text.find("\n", at) + 1 or len(self._text)

    def _pass(self, end: int, is_json: bool = False) -> None:
        """Go on after a value, or a part of one, or after other text."""
        passed = self._text[self._at : end]
        self._at = end
        if is_json:
            self._has_json = True
        elif passed != "\n":
            self._has_text = self._has_text or bool(passed.strip(BETWEEN))
            self._opened += sum(map(passed.count, "{[")) - sum(map(passed.count, "}]"))
        crossed = passed.count("\n")
        if crossed:
            self._line += crossed
            self.lines_without += self._has_text and not self._has_json
            passed = passed[passed.rindex("\n") + 1 :]
            self._has_text, self._has_json, self._opened = False, is_json and bool(passed), 0
        if crossed or passed.isspace():
            self._indent = len(passed) if passed.isspace() else 0

    # What begins at a bracket

    def _begun(self) -> Iterable[Document]:
        """Read what begins here, or pass over the first character."""
        if len(self._text) - self._at < SIGHT and self._text[-1] != "\n":
            self._more()
        is_any = self._options.type_name is not None
        is_clean = self._has_json or not self._has_text
        found = BEGIN.match(self._text, self._at)
        while found and found.lastgroup == "cut" and self._more():
            found = BEGIN.match(self._text, self._at)
        kind = (found.lastgroup if found else None) or "text"
        if kind in QUOTES and self._level < DEEPEST:
            return self._quoted(kind)
        if kind in NOTATIONS:
            return self._broken(NOTATIONS[kind], self._at, self._at)
        if kind in ("json", "cut") or (kind == "empty" and is_clean):
            return self._value()
        if is_clean and not is_any and ARRAY.match(self._text, self._at):
            return self._items()
        if is_clean and is_any and LINE_OF_ANY.match(self._text, self._at):
            return self._value()
        self._pass(self._at + 1)
        return ()

    def _items(self) -> Iterator[Document]:
        """Read an array item by item, so that it may be of any length."""
        first, index, commas = self._line, 0, 0
        self._pass(self._at + 1, True)
        while True:
            blanks = BLANKS.match(self._text, self._at)
            self._pass(blanks.end() if blanks else self._at, True)
            character = self._text[self._at : self._at + 1]
            if character == ",":
                commas += 1
                self._pass(self._at + 1, True)
            elif character:
                if commas != (index > 0 and character != "]"):
                    yield Document(self._line, problems=(WRONG_COMMAS,))
                if character == "]":
                    self._pass(self._at + 1, True)
                    yield from self._strays()
                    return
                for document in self._value(f"/{index}"):
                    yield document
                    if document.problems not in ((), (NOT_UTF_8,)):
                        return
                index, commas = index + 1, 0
            elif not self._more():
                yield Document(first, problems=(UNFINISHED,))
                return

    def _quoted(self, kind: str) -> list[Document]:
        """Read JSON in quotes, to their end."""
        pattern, unquoted = QUOTES[kind]
        while True:
            found = pattern.match(self._text, self._at)
            end = found.end() if found else self._at
            is_whole = len(self._text) > end + 1 or self._text.startswith("\n", end)
            if is_whole or end - self._at > LONGEST or not self._more(end - self._at):
                break
        text, line = unquoted(self._text[self._at : end]), self._line - 1
        self._pass(end, True)
        if self._lacks(text):
            return self._broken(SHORTENED, end, end)
        inner = Documents([text], self._options, self._level + 1)
        return [document._replace(line=line + document.line) for document in inner]

    def _lacks(self, text: str) -> bool:
        """Return whether a message has an ellipsis, and a greater size is logged after it."""
        size = SIZE.match(self._text, self._at)
        is_less = size and len(text.encode("utf-8", "replace")) < int(size[1])
        return bool(is_less and SHORT.search(text))

    # Values

    def _value(self, pointer: str = "") -> list[Document]:
        """Read the value that begins here: the item of an array, if it has a pointer."""
        data, end, failure = self._decode()
        if end - self._at > LONGEST:
            return self._broken(TOO_LONG, self._at, self._at + LONGEST)
        if isinstance(failure, Problem):
            return self._broken(failure, self._at, self._at)
        if failure:
            return self._failed(failure, end)
        text, line = self._text[self._at : end], self._line
        self._pass(end, True)
        if not text.isascii() and (bad := BAD_BYTE.search(text)):
            line += text.count("\n", 0, bad.start())
            return [Document(line, pointer=pointer, problems=(NOT_UTF_8,))]
        notices = tuple(
            REPEATED._replace(pointer=at) for at in repeated(text) if self._options.strict
        )
        document = Document(line, data, text, pointer, notices=notices)
        if pointer or self._text.startswith("\n", self._at):
            return [document]
        strays = self._strays()
        if self._lacks(text) or (strays and SHORT.search(text)):
            return self._broken(SHORTENED, self._at, self._at)
        return [document, *strays]

    def _strays(self) -> list[Document]:
        """Report brackets after a value that close nothing in their line."""
        found = CLOSING.match(self._text, self._at)
        if not found or len(found[0].strip()) <= self._opened:
            return []
        self._pass(found.end(), True)
        return [Document(self._line, problems=(STRAY,))]

    def _decode(self) -> tuple[object, int, str | Problem]:
        """Decode the value that begins here; return it, its end, and what breaks it there.

        It is looked for in its line, and then in windows that grow, since Python's reader counts
        the lines of all that it is given when it finds an error.
        """
        size = self._text.find("\n", self._at, self._at + SIGHT) + 1 - self._at
        size = size if size > 0 else 4096
        if is_limited := self._at < self._limit:
            outer = self._outer().search(self._text, self._at + 1, self._limit)
            size = (outer.start() if outer else self._limit) - self._at
        while True:
            self._more(self._at + size - len(self._text))
            window = self._text[self._at : self._at + size]
            try:
                found: tuple[object, int] = DECODER.raw_decode(window)
                return found[0], self._at + found[1], ""
            except json.JSONDecodeError as error:
                message, end = error.msg, error.pos
            except (RecursionError, ValueError) as error:
                self._limit = max(self._limit, self._at + size)
                return None, self._at, invalid_json(error)
            is_near = end >= len(window) - (0 if window[-1] == "\n" else NEAR)
            may_end = is_near or message.startswith("Unterminated")
            if not may_end or is_limited or len(window) < size or size > LONGEST:
                return None, self._at + end, message
            size = min(max(4 * size, 4096), LONGEST + SIGHT)

    def _outer(self) -> re.Pattern[str]:
        """Return how a line begins that is not indented more, nor goes on with a value."""
        return re.compile(rf"^[ \t]{{0,{min(self._indent, 999)}}}[^\s\]}},:\"]", re.MULTILINE)

    def _failed(self, message: str, at: int) -> list[Document]:
        """Say what is wrong with a value that is broken: that it is cut, or what else."""
        text, begin = self._text, self._at
        if text[max(begin - 1, 0)] == "'" and "\\" in text[begin : at + 2]:
            return self._quoted("single")
        if outer := self._outer().search(text, begin + 1, at + 1):
            self._limit = max(self._limit, at)
            return self._broken(UNFINISHED, begin, outer.start() - 1)
        if self._is_shortened(message, at):
            return self._broken(SHORTENED, begin, at)
        if message.startswith("Unterminated") or CUT.match(text, at):
            return self._broken(UNFINISHED, begin, at)
        if PYTHON.match(text, at):
            return self._broken(NOTATIONS["python"], at, at)
        error = json.JSONDecodeError(message, text[begin : at + 1], at - begin)
        return self._broken(invalid_json(error), at, at)

    def _is_shortened(self, message: str, at: int) -> bool:
        """Return whether a logger has left out a part of a broken value, and goes on or says so."""
        start, is_open = at, message.startswith(("Unterminated", "Invalid control"))
        before = self._text[self._at : at].rstrip()
        if before.endswith('"') or message.startswith("Invalid control"):
            start = self._at + before.rfind('"', 0, None if is_open else -1)
        line = self._text[start : start + SIGHT].partition("\n")[0]
        left_out = SHORT.search(line, 0, len(line) if is_open else at - start + len("..."))
        if SHORT_TOLD.search(line) or left_out is None or message.startswith("Illegal trailing"):
            return SHORT_TOLD.search(line) is not None
        return SHORT_TAIL.search(line, left_out.end()) is not None

    def _broken(self, problem: Problem, shown: int, at: int) -> list[Document]:
        """Report the problem that shows at an offset; go on after the lines of the value."""
        text, begin, outer = self._text, self._at, self._outer()
        line = self._line + text.count("\n", begin, shown)
        first = text[begin : self._line_end(begin)].rstrip()
        is_long = first.endswith(OPEN_ENDS) or "\n" in text[begin:at]
        self._pass(self._line_end(at), True)
        while is_long or self._text[self._at - 1] != "\n":
            if self._at == len(self._text) and not self._more():
                break
            if self._text[self._at - 1] == "\n" and outer.match(self._text, self._at):
                break
            self._pass(self._line_end(self._at), True)
        return [Document(line, problems=(problem,))]


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    """Cut a text into lines, and these into pieces of ``SIGHT`` characters."""
    rest = ""
    for piece in pieces:
        lines = StringIO(rest + piece, newline="\n")
        rest = ""
        for line in iter(partial(lines.readline, SIGHT), ""):
            if line[-1] == "\n" or len(line) == SIGHT:
                yield line
            else:
                rest = line
    if rest:
        yield rest


def documents_in(text: str) -> list[Document]:
    """Return the documents in a text of a record; what is broken, only if it was to be JSON."""
    if "{" not in text:
        return []
    is_json = LIKE_EVENT.match(text)
    options = Options(type_name=None, strict=False)
    return [d for d in Documents([text], options, 1) if not d.problems or is_json]


def shortened_audio(data: object, text: str) -> Iterator[Problem]:
    """Find the base64 in a value that a logger has shortened; faster, if its text is known."""
    is_whole = text and not any(ellipsis in text for ellipsis in ELLIPSES)
    waiting = [] if is_whole else [("", data)]
    for pointer, value in waiting:
        members = value.items() if is_map(value) else enumerate(value) if is_array(value) else ()
        is_delta = is_map(value) and "audio.delta" in str(value.get("type"))
        for name, member in members:
            place = join_pointer(pointer, str(name))
            if not isinstance(member, str):
                waiting.append((place, member))
                continue
            is_audio = name == "audio" or (name == "delta" and is_delta)
            if SHORT.search(member) and (is_audio or member.startswith("data:")):
                yield SHORTENED._replace(pointer=place, message=SHORTENED_AUDIO)


def _joined(documents: Iterable[Document]) -> Iterator[Document]:
    """Join the records into which Docker splits a long line, or the lines of a value."""
    held: dict[str, list[Document]] = {}
    for document in documents:
        stream, text = _record_of_docker(document)
        is_cut = bool(stream) and _is_cut(text)
        if stream and is_cut is False and text.lstrip().startswith("{"):
            yield from _whole(held.pop(stream, []))  # They are cut, and this is another.
        if not is_cut and stream not in held:
            yield document
            continue
        parts = held[stream] = [*held.get(stream, []), document]
        is_line = text.endswith("\n") and not _record_of_docker(parts[0])[1].endswith("\n")
        may_end = is_line or len(parts) == MOST_PARTS or text.rstrip().endswith("}")
        whole = _whole(parts) if may_end else parts
        if is_line or len(parts) == MOST_PARTS or whole is not parts:
            yield from whole
            del held[stream]
    for parts in held.values():
        yield from _whole(parts)


def _record_of_docker(document: Document) -> tuple[str, str]:
    """Return the stream and the text of a record; of all else, two empty texts."""
    data = document.data
    text = data.get("log") if type(data) is DICT and "stream" in data else None
    return (str(data["stream"]), text) if is_map(data) and isinstance(text, str) else ("", "")


def _is_cut(text: str) -> bool | None:
    """Return whether the last value of a text is cut; ``None`` if another problem is in it."""
    found = [document.problems for document in documents_in(text)]
    return (found[-1:] == [(UNFINISHED,)]) or (None if any(found) else False)


def _whole(parts: list[Document]) -> list[Document]:
    """Return the record that was split into others, or these if they are no parts of one."""
    text = "".join(_record_of_docker(part)[1] for part in parts)
    data = parts[0].data if parts else None
    if _is_cut(text) is not False or not is_map(data):
        return parts
    return [parts[0]._replace(data={**data, "log": text}, text="")]
