"""Copies on disk: written where nothing else is, and held against what would be written today."""

from __future__ import annotations

import keyword
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from .folder import whole_library
from .header import (
    LIBRARY,
    CopyOptions,
    VendorError,
    command_in,
    content_under,
    digest,
    options_of,
    with_header,
)
from .onefile import one_file

Status: TypeAlias = Literal["current", "outdated", "edited", "missing", "not a copy"]

LIST: Final = "VENDORED.txt"
"""The file with the header of a whole library, and the digests of its files."""
COMMENT: Final = "# "
"""Starts the lines of the header of a file."""


@dataclass(frozen=True)
class Copy:
    """A copy that is there."""

    command: str
    """What wrote it."""
    head: str
    """Its text, or that of :data:`LIST`, which has the digests of all others."""
    is_edited: bool


def write(destination: Path, options: CopyOptions) -> tuple[int, int]:
    """Write a copy, or write it anew; return how many files and bytes it has.

    Raises :class:`VendorError` where that would change what this did not write.
    """
    earlier = read(destination)
    if earlier is None:
        prove_free(destination)
    elif earlier.is_edited:
        raise VendorError(f"{destination} was edited; remove it if its changes can be lost")
    elif options == CopyOptions():
        options = options_of(earlier.command)
    prove_name(destination, options)
    files = render(options, options.command(destination))
    put(destination.resolve(), files)
    return len(files), sum(len(text.encode()) for text in files.values())


def status(destination: Path, options: CopyOptions) -> Status:
    """Whether a copy is as it was written, and as it would be written today."""
    if not destination.exists():
        return "missing"
    copy = read(destination)
    if copy is None:
        return "not a copy"
    if copy.is_edited:
        return "edited"
    written = options_of(copy.command)
    if options not in (CopyOptions(), written):
        return "outdated"
    files = render(written, copy.command)
    return "current" if copy.head == files.get(LIST, files.get("")) else "outdated"


def render(options: CopyOptions, command: str) -> dict[str, str]:
    """Return the text of each file of a copy, by its path in it; of one file, by no path."""
    if options.names:
        return {"": with_header(command, one_file(options), COMMENT)}
    files = whole_library(options.adapter)
    return {**files, LIST: with_header(command, _digests(files))}


def read(destination: Path) -> Copy | None:
    """Return the copy that is there, if one is."""
    is_folder = destination.is_dir()
    path, mark = (destination / LIST, "") if is_folder else (destination, COMMENT)
    head = _text(path)
    command = command_in(head, mark)
    if command is None:
        return None
    content = content_under(head, mark)
    if content is None or not is_folder:
        return Copy(command, head, content is None)
    # Bytecode that Python has cached is no part of it.
    paths = (path for path in destination.rglob("*") if path.parent.name != "__pycache__")
    files = {
        path.relative_to(destination).as_posix(): _text(path)
        for path in paths
        if not path.is_dir() and path != destination / LIST
    }
    return Copy(command, head, _digests(files) != content)


def put(destination: Path, files: dict[str, str]) -> None:
    """Put files in the place of an earlier copy, which stays whole until they are all written."""
    folder = destination.parent
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{destination.name}-", dir=folder) as place:
        new, old = Path(place, "new"), Path(place, "old")
        for path, text in files.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_text(text, "utf-8", newline="\n")
        try:
            if destination.is_dir():  # No system replaces a folder that is not empty.
                os.replace(destination, old)
            os.replace(new, destination)
        finally:
            if old.exists() and not destination.exists():
                os.replace(old, destination)


def prove_name(destination: Path, options: CopyOptions) -> None:
    """A copy must have a name under which Python can import it, and nothing else."""
    name = destination.name.removesuffix(".py")
    if options.names and options.adapter:
        raise VendorError("an adapter comes with the whole library only; leave the names out")
    if options.names and name == destination.name:
        raise VendorError(f"{destination} must end with .py, for some types make one file")
    if not options.names and name != destination.name:
        raise VendorError("name the types that the file is to hold")
    if not name.isidentifier() or keyword.iskeyword(name) or name in sys.stdlib_module_names:
        raise VendorError(f"{name or destination} cannot be the name of a module of yours")


def prove_free(destination: Path) -> None:
    """A copy takes no place but one where nothing is, or an empty folder for a whole library."""
    if destination.is_dir() and destination.suffix != ".py":
        if any(destination.iterdir()):
            inside = destination / LIBRARY
            raise VendorError(
                f"{destination} has files that this command did not write; try {inside}"
            )
    elif destination.exists() or destination.is_symlink():
        raise VendorError(f"{destination} is there already, and was not written by this command")


def _digests(files: dict[str, str]) -> str:
    return "".join(f"{digest(text)}  {path}\n" for path, text in sorted(files.items()))


def _text(path: Path) -> str:
    """The text of a file; without one, or of another encoding, one that is not ours."""
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""
