"""The text of a file, of which only a window is in memory."""

from __future__ import annotations

import codecs
import io
import itertools
import os
import stat
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

BLOCK: Final = 1 << 18
"""How many bytes are read at once."""
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


class Unusable(Exception):
    """A file cannot be read, or not to its end; the message says why."""


class Window:
    """A part of a text, which moves from the beginning of the file to its end."""

    def __init__(self, stream: BinaryIO, progress: Callable[[int], None]) -> None:
        self.text: str = ""
        """What is in memory."""
        self.ended: bool = False
        """Whether it goes to the end of the file."""
        self.remarks: list[str] = []
        """What is to be told of the file as a whole."""
        self._line, self._counted = 1, 0
        self._pieces = self._decoded(_blocks(stream, progress, self.remarks))

    def extend(self, keep: int, more: int = 1) -> None:
        """Forget the text before ``keep``, and read at least so many characters ``more``."""
        self.line_at(keep)
        self._counted -= keep
        pieces = [self.text[keep:]]
        while more > 0:
            piece = next(self._pieces, None)
            if piece is None:
                self.ended = True
                break
            pieces.append(piece)
            more -= len(piece)
        self.text = "".join(pieces)

    def line_at(self, offset: int) -> int:
        """Return the number of the line of an offset, which stands after those asked for before."""
        if offset > self._counted:
            self._line += self.text.count("\n", self._counted, offset)
            self._counted = offset
        return self._line

    def _decoded(self, blocks: Iterator[bytes]) -> Iterator[str]:
        first = _first(blocks)
        if first.startswith(b"\x1f\x8b"):
            blocks = _unzipped(first, blocks)
            first = _first(blocks)
        if not first:
            raise Unusable("it is empty")
        encoding, errors = "utf-8", "surrogateescape"
        for mark, mark_encoding, name in MARKS:
            if first.startswith(mark):
                encoding = mark_encoding
                self.remarks.append(f"it is {name} with a byte order mark")
        if encoding == "utf-16":
            errors = "replace"
        elif b"\0" in first:
            raise Unusable("it is binary data, or UTF-16 without a byte order mark")
        decoder = codecs.getincrementaldecoder(encoding)(errors)
        for block in itertools.chain([first], blocks):
            yield decoder.decode(block)
        yield decoder.decode(b"", True)


def _first(blocks: Iterator[bytes]) -> bytes:
    """The first block, and more if it is too short to tell what it begins with."""
    first = next(blocks, b"")
    while len(first) < 4 and (more := next(blocks, b"")):
        first += more
    return first


def _blocks(
    stream: BinaryIO, progress: Callable[[int], None], remarks: list[str]
) -> Iterator[bytes]:
    """The bytes of a file, up to the line in which it ended when it was opened."""
    size = _size(stream)
    left = size or 0
    block = b""
    while size is None or left:
        # From a pipe, what is there is not kept waiting for what is to come.
        read = stream.read1 if isinstance(stream, io.BufferedReader) else stream.read
        block = read(min(BLOCK, left) if size else BLOCK)
        if not block:
            return
        left -= len(block)
        progress(len(block))
        yield block
    if size and os.fstat(stream.fileno()).st_size > size:
        remarks.append("it grew while it was read: what came later is left out")
        if not block.endswith(b"\n"):
            yield stream.readline(BLOCK)


def _size(stream: BinaryIO) -> int | None:
    """The size of a regular file; others, and those that pretend to be empty, have none."""
    try:
        status = os.fstat(stream.fileno())
    except OSError:
        return None
    return status.st_size or None if stat.S_ISREG(status.st_mode) else None


def _unzipped(block: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """What gzip has made smaller."""
    import zlib  # Not every Python has it.

    members = zlib.decompressobj(31)
    try:
        while True:
            piece = members.decompress(block, BLOCK)
            if piece:
                yield piece
            block = members.unconsumed_tail
            if members.eof:
                block = members.unused_data.lstrip(b"\0") or next(blocks, b"")
                members = zlib.decompressobj(31)
                if not block:
                    return
            elif not block and len(piece) < BLOCK:
                block = next(blocks, b"")
                if not block:
                    raise Unusable("its gzip data ends too early")
    except zlib.error:
        raise Unusable("its gzip data is damaged") from None
