"""The header of a copy: its version, the command that wrote it, and a digest; and the licence."""

from __future__ import annotations

import hashlib
import re
import shlex
import textwrap
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from .. import __version__
from ..wire import SCHEMA

LIBRARY: Final = "_".join(["realtime", "models"])
"""The name of this library, split so that tools which rewrite imports do not change it."""
ROOT: Final = __name__.rpartition(".")[0].rpartition(".")[0]
"""The name under which this library is imported."""
ADAPTERS: Final = {"pydantic": "pydantic", "attrs": "attrs, cattrs"}
"""The adapters, and what each imports."""
FIRST: Final = "SPDX-License-Identifier: MIT"
VERSION: Final = f"Copied from {LIBRARY}"
WRITTEN: Final = "Written by this command; do not edit it, but run the command again to update it:"
DIGEST: Final = "SHA-256 of all that follows:"
INDENT: Final = "    "
UNCHANGED: Final = ("# ruff: noqa", "# fmt: off", "# isort: skip_file")
"""The comments with which linters and formatters, whatever their rules, leave a module as it is."""
LICENCE: Final = f"""\
MIT License

Copyright (c) 2026 The {LIBRARY} developers

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
"""The text of the file ``LICENSE``, which is not installed beside the modules."""


class VendorError(Exception):
    """The reason why nothing is copied, as a message to the user."""


@dataclass(frozen=True)
class CopyOptions:
    """What to copy."""

    names: tuple[str, ...] = ()
    """Types, and unions as ``UNION=MEMBER,MEMBER``; if empty, the whole library."""
    adapters: tuple[str, ...] = ()

    def joined(self, more: CopyOptions) -> CopyOptions:
        """Return these options and more, each once."""
        names = dict.fromkeys([*self.names, *more.names])
        return CopyOptions(tuple(names), tuple(dict.fromkeys([*self.adapters, *more.adapters])))

    def command(self, destination: PurePath) -> str:
        """Return the command that makes the copy; an absolute path is private, so only its name."""
        path = destination.name if destination.is_absolute() else str(destination)
        adapters = [word for adapter in self.adapters for word in ("--adapter", adapter)]
        return shlex.join(["python", "-m", ROOT, "vendor", path, *self.names, *adapters])


@dataclass(frozen=True)
class Header:
    """What the header of a copy says, and what stands below it."""

    text: str
    """Both, as they are in the file."""
    command: str
    """The command that wrote the copy."""
    is_newer: bool
    """Whether a newer version of the library wrote it."""
    content: str | None
    """What stands below the header; ``None`` if that was edited."""


def options_of(command: str) -> CopyOptions:
    """Return the options that a command was given."""
    words = tuple(shlex.split(command)[5:])
    return CopyOptions((), words[1::2]) if "--adapter" in words else CopyOptions(words)


def with_header(command: str, content: str, mark: str = "") -> str:
    """Return some content under its header; ``mark`` starts the header's lines."""
    words = textwrap.wrap(command, 92, break_long_words=False, break_on_hyphens=False)
    needs = ["the standard library", *(ADAPTERS[name] for name in options_of(command).adapters)]
    written = f" \\\n{INDENT}".join(words)
    header = f"""\
{FIRST}
{VERSION} {__version__}, schema {SCHEMA}.
{WRITTEN}
{INDENT}{written}
With --check, it says whether this copy is current. The code is the library's own text.
It imports only {", ".join(needs)}; it opens no file or socket.
{DIGEST} {digest(content)}
"""
    return textwrap.indent(header, mark) + content


def read_header(text: str) -> Header | None:
    """Return what the header of a text says; ``None`` if there is none."""
    found = re.match(
        rf"(.*){FIRST}\n\1{VERSION} (\S+), .*\n\1{WRITTEN}\n((?:\1{INDENT}.*\n)+)", text
    )
    if found is None:
        return None
    mark, version, written = found.groups()
    lines = [line.removeprefix(mark).strip().removesuffix(" \\") for line in written.splitlines()]
    is_newer = _order(version) > _order(__version__)
    told, _, content = text.partition(f"{DIGEST} ")[2].partition("\n")
    return Header(text, " ".join(lines), is_newer, content if told == digest(content) else None)


def digest(content: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(content.encode()).hexdigest()


def _order(version: str) -> tuple[list[int], bool, str]:
    """Return what sorts versions: 0.9, 0.10rc1, 0.10."""
    release, rest = re.findall(r"^([\d.]*)(.*)", version)[0]
    return [int(part) for part in release.split(".") if part], not rest, rest
