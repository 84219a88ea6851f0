"""A bar on the terminal for files that take a while."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from typing import Final

WIDTH: Final = 30
PATIENCE: Final = 0.5
"""Seconds before a bar appears."""
PAUSE: Final = 0.1
"""Seconds between two states of it."""


class Progress:
    """How much of the files is read, on standard error, if that is a terminal."""

    def __init__(self, files: Sequence[str]) -> None:
        self._total = sum(os.path.getsize(file) for file in files if os.path.isfile(file))
        on_terminal: bool = sys.stderr.isatty()
        self._shown = on_terminal and self._total > 0
        self._done = 0
        self._next = time.monotonic() + PATIENCE
        self._width = 0

    def advance(self, size: int) -> None:
        """Take note of some more bytes."""
        self._done += size
        if self._shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + PAUSE
            share = min(self._done / self._total, 1.0)
            bar = "#" * round(share * WIDTH)
            self._write(f"[{bar:<{WIDTH}}] {share:4.0%}")

    def clear(self) -> None:
        """Take the bar away, so that a line can be printed."""
        if self._width:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text:<{self._width}}" + ("" if text else "\r"))
        sys.stderr.flush()
        self._width = len(text)
