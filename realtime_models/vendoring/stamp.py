"""The mark on a copy: who wrote it, from what, and whether it is as it was written."""

from __future__ import annotations

import hashlib
import textwrap
from typing import Final

from .. import __version__
from ..wire import SCHEMA
from .sources import LIBRARY
from .wish import Wish, wish_of

WRITTEN: Final = "Written by this command; do not edit:"
ORIGIN: Final = f"From {LIBRARY} {__version__}, schema {SCHEMA}."
DIGEST: Final = "SHA-256 of all that follows:"
INDENT: Final = "    "


def stamped(wish: Wish, destination: str, content: str, mark: str = "") -> str:
    """Some content under its stamp; ``mark`` starts the stamp's lines."""
    command = textwrap.wrap(
        wish.command(destination), 92, break_long_words=False, break_on_hyphens=False
    )
    lines = [WRITTEN, *(f"{INDENT}{line} \\" for line in command[:-1]), f"{INDENT}{command[-1]}"]
    lines += [ORIGIN, f"{DIGEST} {digest(content)}"]
    return "".join(f"{mark}{line}\n" for line in lines) + content


def wish_in(text: str, mark: str = "") -> Wish | None:
    """What a stamped text was written for; ``None`` if it has no stamp."""
    lines = [line.removeprefix(mark) for line in text.splitlines()]
    if not lines or lines[0] != WRITTEN:
        return None
    command: list[str] = []
    for line in lines[1:]:
        if not line.startswith(INDENT):
            break
        command.append(line.strip().removesuffix("\\"))
    return wish_of(" ".join(command))


def content_under(text: str, mark: str = "") -> str | None:
    """What a stamp was put on; ``None`` if it is not as it was."""
    _, _, rest = text.partition(f"{mark}{DIGEST} ")
    told, _, content = rest.partition("\n")
    return content if told == digest(content) else None


def digest(content: str) -> str:
    """What tells one content from another."""
    return hashlib.sha256(content.encode()).hexdigest()
