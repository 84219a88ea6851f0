"""What all commands share: how they are added, and the arguments they are run with.

:mod:`argparse` has no public name for what adds commands, and its arguments have any type.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Protocol


class Commands(Protocol):
    """What ``add_subparsers`` gives."""

    def add_parser(self, name: str, /, *, help: str, description: str = ...) -> ArgumentParser:
        """Add a command; its arguments are for the caller to add."""
        ...


class Options(Namespace):
    """The arguments, each there if the command has it."""

    run: Callable[[Options], int]
    """The command."""
    name: str
    files: list[str]
    type_name: str | None
    strict: bool
    api: str | None
    all: bool
    format: str
    words: list[str]
    destination: str
    names: list[str]
    adapter: str | None
    check: bool
