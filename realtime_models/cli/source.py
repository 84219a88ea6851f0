"""The text of a file: of UTF-8 or UTF-16, also if gzip has compressed it; and a bar meanwhile."""

from __future__ import annotations

import io
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final, TextIO

if TYPE_CHECKING:
    from gzip import GzipFile

PIECE: Final = 1 << 16
"""How many characters of a line are read at once."""
MOST_LAYERS: Final = 8
"""How many times a file may be compressed by gzip."""
ENCODINGS: Final = (
    (re.compile(b"\xef\xbb\xbf"), "utf-8-sig", "UTF-8 with a byte order mark"),
    (re.compile(b"\xff\xfe|\xfe\xff"), "utf-16", "UTF-16 with a byte order mark"),
    (re.compile(rb"(?:[^\0]\0){2}"), "utf-16-le", "UTF-16 without a byte order mark"),
    (re.compile(rb"(?:\0[^\0]){2}"), "utf-16-be", "UTF-16 without a byte order mark"),
)
"""How texts begin that are not plain UTF-8, their encoding, and what is told of them."""
PAUSE: Final = 0.5
"""Seconds before the bar appears, and between two states of it."""


def size_of(file: str) -> int:
    """Return the bytes of a regular file, and 0 for others."""
    return os.path.getsize(file) if os.path.isfile(file) else 0


def pieces_of(text: TextIO) -> Iterator[str]:
    """Cut a text into its lines, and these into pieces of ``PIECE`` characters."""
    return iter(partial(text.readline, PIECE), "")


class Progress:
    """Show how much of the files is read, on standard error, if that is a terminal."""

    def __init__(self, files: Sequence[str]) -> None:
        on_terminal: bool = sys.stderr.isatty()
        self._total = sum(map(size_of, files)) if on_terminal else 0
        self.done: int = 0
        """The bytes of the files that are read."""
        self._next = time.monotonic() + PAUSE
        self._is_shown = False

    def show(self, stream: BinaryIO) -> None:
        """Show how much is read when a file is read so far."""
        if self._total and time.monotonic() >= self._next:
            self._next = time.monotonic() + PAUSE
            done = self.done + (stream.tell() if stream.seekable() else 0)
            share = min(done / self._total, 1)
            bar = f"\r[{'#' * round(share * 30):<30}] {share:4.0%}"
            print(bar, end="", file=sys.stderr, flush=True)
            self._is_shown = True

    def clear(self) -> None:
        """Remove what is shown, so that a line can be printed."""
        if self._is_shown:
            print(f"\r{' ' * 37}\r", end="", file=sys.stderr, flush=True)
            self._is_shown = False


class Source:
    """Iterates over the text of a file in pieces, with ``\\n`` as line ends, and describes it."""

    def __init__(self, file: str, progress: Progress) -> None:
        self.remarks: list[str] = []
        """What is unusual in it."""
        self.complaint: str = ""
        """Why it could not be read, or not to its end."""
        self._file = file
        self._progress = progress

    def __iter__(self) -> Iterator[str]:
        is_input = self._file == "-"
        size = size_of(self._file)
        try:
            with open(0 if is_input else self._file, "rb", closefd=not is_input) as stream:
                for piece in self._pieces(stream):
                    self._progress.show(stream)
                    yield piece
        except OSError as error:
            self.complaint = error.strerror or str(error)
        self._progress.done += size
        if size_of(self._file) > size:
            self.remarks.append("it grew while it was read")

    def was_read(self, is_empty: bool) -> bool:
        """Return whether the file was read and JSON found in it; if not, say why."""
        complaint = self.complaint or ("no JSON object was found in it" if is_empty else "")
        if complaint:
            self._progress.clear()
            print(f"{self._file}: {complaint}", file=sys.stderr)
        return not complaint

    def _pieces(self, stream: io.BufferedReader | GzipFile, layers: int = 0) -> Iterator[str]:
        first = stream.peek(4)
        known = ((encoding, told) for begin, encoding, told in ENCODINGS if begin.match(first))
        encoding, told = next(known, ("utf-8", ""))
        if first.startswith(b"\x1f\x8b") and layers < MOST_LAYERS:
            import gzip  # Not every Python has it, and what it needs.
            import zlib

            try:
                yield from self._pieces(gzip.GzipFile(fileobj=stream, mode="rb"), layers + 1)
            except EOFError:
                self.complaint = "its gzip data ends too early"
            except (gzip.BadGzipFile, zlib.error):
                self.complaint = "its gzip data is damaged"
        elif first.startswith(b"\x1f\x8b"):
            self.complaint = f"it is compressed more than {MOST_LAYERS} times"
        elif b"\0" in first and encoding.startswith("utf-8"):
            self.complaint = "it is binary data: it has NUL bytes"
        elif first:
            self.remarks += [f"it is {told}"] if told else []
            # In UTF-16, what is no text becomes an escape that JSON does not have.
            errors = "surrogateescape" if encoding.startswith("utf-8") else "backslashreplace"
            with io.TextIOWrapper(stream, encoding, errors) as text:
                yield from pieces_of(text)
        else:
            self.complaint = "it is empty"
