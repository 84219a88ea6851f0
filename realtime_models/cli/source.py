"""The text of a file: of UTF-8 or UTF-16, also if gzip has compressed it; and a bar meanwhile."""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

if TYPE_CHECKING:
    from gzip import GzipFile

    Stream: TypeAlias = io.BufferedReader | GzipFile

BLOCK: Final = 1 << 18
"""How many bytes are read at once."""
MOST_LAYERS: Final = 8
"""How many times a file may be compressed by gzip."""
ENCODINGS: Final = (
    (re.compile(b"\xef\xbb\xbf"), "utf-8-sig", "UTF-8 with a byte order mark"),
    (re.compile(b"\xff\xfe|\xfe\xff"), "utf-16", "UTF-16 with a byte order mark"),
    (re.compile(rb"(?:[^\0]\0){2}"), "utf-16-le", "UTF-16 without a byte order mark"),
    (re.compile(rb"(?:\0[^\0]){2}"), "utf-16-be", "UTF-16 without a byte order mark"),
)
"""How texts begin that are not plain UTF-8, their encoding, and what is told of them."""
WIDTH: Final = 30
"""The characters of the bar."""
PATIENCE: Final = 0.5
"""Seconds before a bar appears."""
PAUSE: Final = 0.1
"""Seconds between two states of it."""


def size_of(file: str | int) -> int:
    """Return the bytes of a regular file; 0 for others, and for those that seem to be empty."""
    return os.path.getsize(file) if os.path.isfile(file) else 0


class Progress:
    """Show how much of the files is read, on standard error, if that is a terminal."""

    def __init__(self, files: Sequence[str]) -> None:
        self._total = sum(map(size_of, files))
        on_terminal: bool = sys.stderr.isatty()
        self._shown = on_terminal and self._total > 0
        self._done = 0
        self._next = time.monotonic() + PATIENCE
        self._bar = ""

    def show(self, stream: BinaryIO) -> None:
        """Show how much is read when a file is read so far."""
        if self._shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + PAUSE
            share = min((self._done + _position(stream)) / self._total, 1.0)
            bar = "#" * round(share * WIDTH)
            self._write(f"[{bar:<{WIDTH}}] {share:4.0%}")

    def end(self, stream: BinaryIO) -> None:
        """Take note of a file that is read."""
        self._done += _position(stream)

    def clear(self) -> None:
        """Remove the bar, so that a line can be printed."""
        if self._bar:
            self._write("")

    def _write(self, bar: str) -> None:
        sys.stderr.write(f"\r{bar:<{len(self._bar)}}" + ("" if bar else "\r"))
        sys.stderr.flush()
        self._bar = bar


def _position(stream: BinaryIO) -> int:
    return stream.tell() if stream.seekable() else 0


class Source:
    """Iterate over the text of a file in pieces; then `remarks` and `complaint` describe the file.

    All line ends are read as ``\\n``.
    """

    def __init__(self, file: str, progress: Progress) -> None:
        self.remarks: list[str] = []
        """What is unusual in it."""
        self.complaint: str = ""
        """Why it could not be read, or not to its end."""
        self._file = file
        self._progress = progress

    def __iter__(self) -> Iterator[str]:
        is_input = self._file == "-"
        try:
            with open(0 if is_input else self._file, "rb", closefd=not is_input) as stream:
                for text in self._texts(stream):
                    self._progress.show(stream)
                    yield text
                self._progress.end(stream)
        except OSError as error:
            self.complaint = error.strerror or str(error)

    def _texts(self, stream: Stream, layers: int = 0) -> Iterator[str]:
        first = stream.peek(4)
        if first.startswith(b"\x1f\x8b"):
            yield from self._unzipped(stream, layers + 1)
            return
        known = ((encoding, told) for begin, encoding, told in ENCODINGS if begin.match(first))
        encoding, told = next(known, ("utf-8", ""))
        if b"\0" in first and encoding.startswith("utf-8"):
            self.complaint = "it is binary data: it has NUL bytes"
        elif first:
            self.remarks += [f"it is {told}"] if told else []
            # In UTF-16, what is no text becomes an escape that JSON does not have.
            errors = "surrogateescape" if encoding.startswith("utf-8") else "backslashreplace"
            decoder = codecs.getincrementaldecoder(encoding)(errors)
            lines = io.IncrementalNewlineDecoder(decoder, translate=True)
            for block in chain(self._blocks(stream), [b""]):
                if text := lines.decode(block, final=not block):
                    yield text
        else:
            self.complaint = "it is empty"

    def _blocks(self, stream: Stream) -> Iterator[bytes]:
        """Read the bytes of a file, to the end of the line in which it ended when it was opened."""
        left, block = sys.maxsize, b""
        if isinstance(stream, io.BufferedReader):
            left = size_of(stream.fileno()) or left
        # From a pipe, what is there is not kept waiting for what is to come.
        while left and (block := stream.read1(min(BLOCK, left))):
            left -= len(block)
            yield block
        if not left and stream.peek(1):
            self.remarks.append("it grew while it was read: what came later is left out")
            if not block.endswith(b"\n"):
                yield stream.readline()

    def _unzipped(self, stream: Stream, layers: int) -> Iterator[str]:
        import gzip  # Not every Python has it, and what it needs.
        import zlib

        if layers > MOST_LAYERS:
            self.complaint = f"it is compressed more than {MOST_LAYERS} times"
            return
        try:
            yield from self._texts(gzip.GzipFile(fileobj=stream, mode="rb"), layers)
        except EOFError:
            self.complaint = "its gzip data ends too early"
        except (gzip.BadGzipFile, zlib.error):
            self.complaint = "its gzip data is damaged"
