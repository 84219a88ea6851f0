"""Write copies without overwriting other files, and check whether they are current."""

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
"""The file in a copied folder that has its header, and the digests of its other files."""
COMMENT: Final = "# "
"""The prefix of the header's lines in a copied file."""


@dataclass(frozen=True)
class Copy:
    """An existing copy."""

    command: str
    """The command that wrote it."""
    head: str
    """The text of the file; for a folder, the text of its :data:`LIST`."""
    is_edited: bool


def write(destination: Path, options: CopyOptions) -> tuple[int, int]:
    """Write or update a copy; return how many files and bytes it has.

    Raises :class:`VendorError` for options that do not fit the destination, and if an edited copy
    or other files would be overwritten.
    """
    earlier = read(destination)
    if earlier is None:
        prove_free(destination)
    elif earlier.is_edited:
        raise VendorError(f"{destination} was edited; remove it if you do not need the changes")
    elif options == CopyOptions():
        options = options_of(earlier.command)
    prove_name(destination, options)
    files = render(options, options.command(destination))
    put(destination.resolve(), files)
    return len(files), sum(len(text.encode()) for text in files.values())


def status(destination: Path, options: CopyOptions) -> Status:
    """Return the state of a copy: whether it exists, is unedited, and is up to date."""
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
    """Return the texts of a copied folder by their paths, or of a copied file by an empty path."""
    if options.names:
        return {"": with_header(command, one_file(options), COMMENT)}
    files = whole_library(options.adapter)
    return {**files, LIST: with_header(command, _digests(files))}


def read(destination: Path) -> Copy | None:
    """Return the copy at a path; ``None`` if there is none."""
    is_folder = destination.is_dir()
    path, mark = (destination / LIST, "") if is_folder else (destination, COMMENT)
    head = _text(path)
    command = command_in(head, mark)
    if command is None:
        return None
    content = content_under(head, mark)
    if content is None or not is_folder:
        return Copy(command, head, content is None)
    # Bytecode that Python caches is not an edit.
    paths = (path for path in destination.rglob("*") if path.parent.name != "__pycache__")
    files = {
        path.relative_to(destination).as_posix(): _text(path)
        for path in paths
        if not path.is_dir() and path != destination / LIST
    }
    return Copy(command, head, _digests(files) != content)


def put(destination: Path, files: dict[str, str]) -> None:
    """Replace an earlier copy, which stays in place until all new files are written."""
    folder = destination.parent
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{destination.name}-", dir=folder) as place:
        new, old = Path(place, "new"), Path(place, "old")
        for path, text in files.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_text(text, "utf-8", newline="\n")
        try:
            if destination.is_dir():  # Only an empty one can be replaced.
                os.replace(destination, old)
            os.replace(new, destination)
        finally:
            if old.exists() and not destination.exists():
                os.replace(old, destination)


def prove_name(destination: Path, options: CopyOptions) -> None:
    """Refuse options that do not fit the destination, and names that cannot be imported."""
    name = destination.name.removesuffix(".py")
    if options.names and options.adapter:
        raise VendorError("an adapter needs the whole library; remove the names")
    if options.names and name == destination.name:
        raise VendorError(f"{destination} must end with .py: types are copied into one file")
    if not options.names and name != destination.name:
        raise VendorError("name the types to copy into the file")
    if not name.isidentifier() or keyword.iskeyword(name) or name in sys.stdlib_module_names:
        raise VendorError(f"{name or destination} cannot be the name of your module")


def prove_free(destination: Path) -> None:
    """Refuse a destination that exists, except an empty folder for the whole library."""
    if destination.is_dir() and destination.suffix != ".py":
        if any(destination.iterdir()):
            inside = destination / LIBRARY
            raise VendorError(
                f"{destination} contains files that this command did not write; try {inside}"
            )
    elif destination.exists() or destination.is_symlink():
        raise VendorError(f"{destination} already exists, and this command did not write it")


def _digests(files: dict[str, str]) -> str:
    return "".join(f"{digest(text)}  {path}\n" for path, text in sorted(files.items()))


def _text(path: Path) -> str:
    """Return the text of a file; if it cannot be read, an empty text, which is not a copy."""
    try:
        # Bytes that are not UTF-8 are replaced: the digest of such a file then differs.
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""
