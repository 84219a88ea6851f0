"""Reads the JSON documents of a file: one JSON text, or one a line: JSON Lines, or a log."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from .._runtime.errors import DecodeError, Problem
from .._runtime.json_text import parse_json, refuse_constant
from .._runtime.problems import repeated_name
from .locate import repeated

LINES: Final = (".jsonl", ".ndjson")
LOGS: Final = (".log",)
BRACES: Final = 16
"""How many opening braces of a log line are tried: an object begins at one of the first."""


@dataclass(frozen=True)
class Document:
    """One JSON document, and where it stands."""

    file: str
    line: int
    text: bytes
    data: object
    problems: tuple[Problem, ...] = ()
    """What keeps the text from being JSON."""
    notices: tuple[Problem, ...] = ()
    """What is unwise in it: names that an object gives twice."""


def read(file: str, progress: Callable[[int], None]) -> Iterator[Document]:
    """The documents of a file (``-`` is standard input), read as they are asked for.

    ``progress`` is told the number of bytes of each piece. Raises ``OSError``.
    """
    if file == "-":
        stdin: TextIO = sys.stdin
        yield from _documents(file, stdin.buffer, progress)
        return
    with open(file, "rb") as stream:
        yield from _documents(file, stream, progress)


def _documents(file: str, stream: BinaryIO, progress: Callable[[int], None]) -> Iterator[Document]:
    blank_lines, start = 0, stream.readline()
    while start and not start.strip():
        progress(len(start))
        blank_lines, start = blank_lines + 1, stream.readline()
    progress(len(start))
    first = _parse(file, blank_lines + 1, start.rstrip(b"\r\n"))
    suffix = Path(file).suffix
    is_log = suffix in LOGS or (suffix not in LINES and bool(first.problems) and _in_log(first))
    if first.problems and suffix not in LINES and not is_log:
        # No JSON Lines, then: one JSON text over many lines.
        rest = stream.read()
        progress(len(rest))
        yield _parse(file, 1, b"\n" * blank_lines + start + rest)
        return
    yield from _of_log(first) if is_log else [first]
    for number, line in enumerate(stream, blank_lines + 2):
        progress(len(line))
        if line.strip():
            document = _parse(file, number, line.rstrip(b"\r\n"))
            yield from _of_log(document) if is_log else [document]


def _in_log(document: Document) -> bool:
    """Whether a line that is no JSON holds an object after some words."""
    return not document.text.lstrip().startswith((b"{", b"[")) and bool(_of_log(document))


def _of_log(document: Document) -> list[Document]:
    """The object in a line of a log; a line without one says nothing about the API."""
    if document.text.lstrip().startswith(b"{"):
        return [document]
    text = document.text.decode("utf-8", "replace")
    begin = -1
    for _ in range(BRACES):
        begin = text.find("{", begin + 1)
        if begin < 0:
            break
        try:
            found: tuple[object, int] = _DECODER.raw_decode(text, begin)
        except (RecursionError, ValueError):
            continue
        return [_parse(document.file, document.line, text[begin : found[1]].encode())]
    return []


def _parse(file: str, line: int, text: bytes) -> Document:
    notices: list[Problem] = []

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) < len(pairs) and not notices:
            notices.extend(repeated_name(pointer) for pointer in repeated(text.decode("utf-8-sig")))
        return made

    decoder = json.JSONDecoder(object_pairs_hook=members, parse_constant=refuse_constant)
    try:
        data = parse_json(text, "JSON", decoder)
    except DecodeError as error:
        return Document(file, line + _lines_before_error(text), text, None, error.problems)
    return Document(file, line, text, data, notices=tuple(notices))


def _lines_before_error(text: bytes) -> int:
    try:
        json.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return error.object.count(b"\n", 0, error.start)
    except json.JSONDecodeError as error:
        return error.lineno - 1
    except (RecursionError, ValueError):
        pass
    return 0


_DECODER: Final = json.JSONDecoder()
