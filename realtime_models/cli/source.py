"""The lines of a file: of UTF-8 or UTF-16, also if gzip has compressed it."""

from __future__ import annotations

import codecs
import io
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from .progress import Progress, size_of

if TYPE_CHECKING:
    from gzip import GzipFile

    Stream: TypeAlias = io.BufferedReader | GzipFile

BLOCK: Final = 1 << 18
"""How many bytes are read at once: a line that goes on after them comes in pieces."""
LINES: Final = re.compile(r"[^\n]*\n|[^\n]+")
ENCODINGS: Final = (
    (re.compile(b"\xef\xbb\xbf"), "utf-8-sig", "UTF-8 with a byte order mark"),
    (re.compile(b"\xff\xfe|\xfe\xff"), "utf-16", "UTF-16 with a byte order mark"),
    (re.compile(rb"(?:[^\0]\0){2}"), "utf-16-le", "UTF-16 without a byte order mark"),
    (re.compile(rb"(?:\0[^\0]){2}"), "utf-16-be", "UTF-16 without a byte order mark"),
)
"""How texts begin that are not plain UTF-8, their encoding, and what is told of them."""


class Source:
    """The lines of a file: whoever has read them finds what is to be told of the file."""

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
                    lines: list[str] = LINES.findall(text)
                    yield from lines
                self._progress.end(stream)
        except OSError as error:
            self.complaint = error.strerror or str(error)

    def _texts(self, stream: Stream) -> Iterator[str]:
        first = stream.peek(4)
        if first.startswith(b"\x1f\x8b"):
            yield from self._unzipped(stream)
            return
        known = ((encoding, told) for begin, encoding, told in ENCODINGS if begin.match(first))
        encoding, told = next(known, ("utf-8", ""))
        if b"\0" in first and encoding.startswith("utf-8"):
            self.complaint = "it is binary data: it has NUL bytes"
        elif first:
            self.remarks += [f"it is {told}"] if told else []
            # In UTF-16, what is no text becomes an escape that JSON does not have.
            errors = "surrogateescape" if encoding.startswith("utf-8") else "backslashreplace"
            yield from codecs.iterdecode(self._blocks(stream), encoding, errors)
        else:
            self.complaint = "it is empty"

    def _blocks(self, stream: Stream) -> Iterator[bytes]:
        """The bytes of a file, up to the line in which it ended when it was opened."""
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

    def _unzipped(self, stream: Stream) -> Iterator[str]:
        import gzip  # Not every Python has it, and what it needs.
        import zlib

        try:
            yield from self._texts(gzip.GzipFile(fileobj=stream))
        except EOFError:
            self.complaint = "its gzip data ends too early"
        except (gzip.BadGzipFile, zlib.error):
            self.complaint = "its gzip data is damaged"
