"""A bar on the terminal for files that take a while."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from typing import BinaryIO, Final

WIDTH: Final = 30
PATIENCE: Final = 0.5
"""Seconds before a bar appears."""
PAUSE: Final = 0.1
"""Seconds between two states of it."""


def size_of(file: str | int) -> int:
    """The bytes of a regular file; 0 for others, and for those that pretend to be empty."""
    return os.path.getsize(file) if os.path.isfile(file) else 0


class Progress:
    """How much of the files is read, on standard error, if that is a terminal."""

    def __init__(self, files: Sequence[str]) -> None:
        self._total = sum(map(size_of, files))
        on_terminal: bool = sys.stderr.isatty()
        self._shown = on_terminal and self._total > 0
        self._done = 0
        self._next = time.monotonic() + PATIENCE
        self._width = 0

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
        """Take the bar away, so that a line can be printed."""
        if self._width:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text:<{self._width}}" + ("" if text else "\r"))
        sys.stderr.flush()
        self._width = len(text)


def _position(stream: BinaryIO) -> int:
    return stream.tell() if stream.seekable() else 0
