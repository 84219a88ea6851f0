"""The head of a copy: what it is, which command wrote it, and whether it is as it was written."""

from __future__ import annotations

import hashlib
import shlex
import textwrap
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from .. import __version__
from ..wire import SCHEMA
from .sources import LIBRARY, ROOT

ADAPTERS: Final = ("pydantic", "attrs")
FIRST: Final = "SPDX-License-Identifier: MIT"
WRITTEN: Final = "Written by this command; do not edit it, but run the command again to update it:"
DIGEST: Final = "SHA-256 of all that follows:"
INDENT: Final = "    "


@dataclass(frozen=True)
class CopyOptions:
    """What a copy is to hold."""

    names: tuple[str, ...] = ()
    """Types, and unions as ``UNION=MEMBER,MEMBER``; with none, it is the whole library."""
    adapter: str | None = None

    @property
    def types(self) -> list[str]:
        """The names of the types."""
        return [name.partition("=")[0] for name in self.names]

    @property
    def members(self) -> dict[str, list[str]]:
        """The members of those unions that are to have fewer."""
        pairs = [name.partition("=") for name in self.names]
        return {union: members.split(",") for union, _, members in pairs if members}

    def command(self, destination: PurePath) -> str:
        """Return the command that makes the copy; where an absolute path leads, is private."""
        path = destination.name if destination.is_absolute() else str(destination)
        words = ["python", "-m", ROOT, "vendor", path, *self.names]
        return shlex.join([*words, *(["--adapter", self.adapter] if self.adapter else [])])


def options_of(command: str) -> CopyOptions:
    """Return the options that a command was given."""
    words = shlex.split(command)[5:]
    if "--adapter" in words:
        return CopyOptions(adapter=words[-1])
    return CopyOptions(tuple(words))


def with_header(command: str, content: str, mark: str = "") -> str:
    """Return some content under its header; ``mark`` starts the header's lines."""
    words = textwrap.wrap(command, 92, break_long_words=False, break_on_hyphens=False)
    lines = [
        FIRST,
        f"Copied from {LIBRARY} {__version__}, schema {SCHEMA}.",
        WRITTEN,
        *(f"{INDENT}{line} \\" for line in words[:-1]),
        f"{INDENT}{words[-1]}",
        "With --check, it tells whether this copy is current. The code is the library's own text.",
        f"{DIGEST} {digest(content)}",
    ]
    return "".join(f"{mark}{line}\n" for line in lines) + content


def command_in(text: str, mark: str = "") -> str | None:
    """Return the command in a header; ``None`` if there is no header."""
    lines = [line.removeprefix(mark) for line in text.splitlines()]
    if lines[:1] != [FIRST] or lines[2:3] != [WRITTEN]:
        return None
    command: list[str] = []
    for line in lines[3:]:
        if not line.startswith(INDENT):
            break
        command.append(line.strip().removesuffix(" \\"))
    return " ".join(command)


def content_under(text: str, mark: str = "") -> str | None:
    """Return what stands under a header; ``None`` if it is not as it was written."""
    _, _, rest = text.partition(f"{mark}{DIGEST} ")
    told, _, content = rest.partition("\n")
    return content if told == digest(content) else None


def digest(content: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(content.encode()).hexdigest()
