"""What a copy is to hold, and the command that says so."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Final

from .sources import ROOT

ADAPTERS: Final = ("pydantic", "attrs")


@dataclass(frozen=True)
class Wish:
    """What a copy is to hold."""

    names: tuple[str, ...] = ()
    """Types, and unions as ``UNION=MEMBER,MEMBER``; with none, it is the whole library."""
    strip: bool = False
    fast: bool = False
    """Whether the code of each type is written out, instead of done by reading its annotations."""
    adapter: str | None = None

    @property
    def is_compact(self) -> bool:
        """Whether the types are to be in few lines. Adapters need the written-out ones."""
        return not self.fast and self.adapter is None

    @property
    def types(self) -> list[str]:
        """The names of the types."""
        return [name.partition("=")[0] for name in self.names]

    @property
    def members(self) -> dict[str, list[str]]:
        """The members of those unions that are to have fewer."""
        pairs = [name.partition("=") for name in self.names]
        return {union: members.split(",") for union, _, members in pairs if members}

    def command(self, destination: str) -> str:
        """The command that makes the copy."""
        options = [("--strip", self.strip), ("--fast", self.fast)]
        words = ["python", "-m", ROOT, "vendor", destination, *self.names]
        words += [option for option, is_set in options if is_set]
        return shlex.join([*words, *(["--adapter", self.adapter] if self.adapter else [])])


def wish_of(command: str) -> Wish:
    """The wish that a command was made for."""
    words = shlex.split(command)[5:]
    adapter = words[words.index("--adapter") + 1] if "--adapter" in words else None
    names = (word for word in words if not word.startswith("-") and word not in ADAPTERS)
    return Wish(tuple(names), "--strip" in words, "--fast" in words, adapter)
