"""Copies on disk: written where nothing else is, and held against what would be written today."""

from __future__ import annotations

import keyword
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from .onefile import one_module
from .package import whole_library
from .sources import VendorError
from .stamp import content_under, digest, stamped, wish_in
from .wish import Wish

Status: TypeAlias = Literal["current", "outdated", "edited"]

LIST: Final = "VENDORED.txt"
"""The file with the stamp of a whole library, and the digests of its files."""
COMMENT: Final = "# "
"""Starts the lines of a module's stamp."""


@dataclass(frozen=True)
class Copy:
    """A copy that is there."""

    wish: Wish
    paths: frozenset[Path]
    """The files that were written."""
    is_edited: bool


def write(destination: Path, wish: Wish) -> Mapping[Path, str]:
    """Write a copy, or write it anew; the texts of its files.

    Raises :class:`VendorError` where that would change what this did not write.
    """
    earlier = read(destination)
    if earlier is not None and earlier.is_edited:
        raise VendorError(f"{destination} was edited; remove it if its changes can be lost")
    files = render(destination, earlier.wish if earlier and wish == Wish() else wish)
    ours: frozenset[Path] = earlier.paths if earlier else frozenset()
    for path in files:
        if path not in ours and (path.exists() or _is_in_the_way(path, destination)):
            raise VendorError(f"{path} is there already, and was not written by this command")
    for path in ours - files.keys():
        path.unlink()
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return files


def status(destination: Path, wish: Wish) -> Status:
    """Whether a copy is as it was written, and as it would be written today."""
    copy = read(destination)
    if copy is None:
        raise VendorError(f"{destination} was not written by this command")
    if copy.is_edited:
        return "edited"
    files = render(destination, copy.wish if wish == Wish() else wish)
    same = copy.paths == files.keys() and all(_text(path) == text for path, text in files.items())
    return "current" if same else "outdated"


def render(destination: Path, wish: Wish) -> dict[Path, str]:
    """The text of each file of a copy."""
    _prove(destination, wish)
    if wish.names:
        return {destination: stamped(wish, destination.name, one_module(wish), COMMENT)}
    files = whole_library(wish)
    digests = "".join(f"{digest(text)}  {path}\n" for path, text in sorted(files.items()))
    files[LIST] = stamped(wish, destination.name, digests)
    return {destination / path: text for path, text in files.items()}


def read(destination: Path) -> Copy | None:
    """The copy that is there, if one is."""
    is_package = destination.is_dir()
    stamp, mark = (destination / LIST, "") if is_package else (destination, COMMENT)
    text = _text(stamp)
    wish = wish_in(text, mark)
    if wish is None:
        return None
    content = content_under(text, mark)
    pairs = [line.partition("  ") for line in (content or "").splitlines() if is_package]
    listed = {destination / path: told for told, _, path in pairs}
    changed = any(digest(_text(path)) != told for path, told in listed.items())
    return Copy(wish, frozenset({stamp, *listed}), content is None or changed)


def _prove(destination: Path, wish: Wish) -> None:
    """A copy must have a name under which Python can import it, and nothing else."""
    name = destination.name.removesuffix(".py")
    if wish.names and name == destination.name:
        raise VendorError(f"{destination} must end with .py, for some types make one module")
    if not wish.names and name != destination.name:
        raise VendorError("name the types that the module is to hold")
    if not wish.names and (wish.strip or wish.fast):
        raise VendorError("the whole library is copied as it is; name some types to choose")
    if not name.isidentifier() or keyword.iskeyword(name) or name in sys.stdlib_module_names:
        raise VendorError(f"{name or destination} cannot be the name of a module of yours")


def _is_in_the_way(path: Path, destination: Path) -> bool:
    """Whether a folder on the way to a file is none."""
    inside = [parent for parent in path.parents if parent not in destination.parents]
    return any(parent.exists() and not parent.is_dir() for parent in inside)


def _text(path: Path) -> str:
    """The text of a file; without one, of none of ours."""
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""
