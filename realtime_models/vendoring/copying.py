"""Write copies, of the whole library or one file, without overwriting others, and check them."""

from __future__ import annotations

import ast
import keyword
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal, TypeAlias

from .._runtime.errors import printable
from .definitions import Source, sources
from .header import (
    LIBRARY,
    LICENCE,
    ROOT,
    UNCHANGED,
    CopyOptions,
    VendorError,
    command_in,
    content_under,
    digest,
    is_newer,
    options_of,
    with_header,
)
from .onefile import one_file

Status: TypeAlias = Literal[
    "current", "outdated", "edited", "missing", "not a copy", "newer", "interrupted"
]

LIST: Final = "VENDORED.txt"
"""The file in a copied folder that has its header, and the digests of its other files."""
TEMPORARY: Final = "-being-copied-"
"""What the name of a folder contains in which a new copy is written, and the old one put away."""
COMMENT: Final = "# "
"""The prefix of the header's lines in a copied file."""
PARENT: Final = ROOT.removesuffix(LIBRARY)
"""The package that contains this library and its adapters, with a dot at its end."""
BEHIND: Final = (["__main__"], ["cli"], ["vendoring"])
"""The modules and packages that are not copied."""
HEAD: Final = "".join(f"{line}\n" for line in UNCHANGED)


@dataclass(frozen=True)
class Copy:
    """An existing copy."""

    command: str
    """The command that wrote it."""
    head: str
    """The text of the file; for a folder, the text of its :data:`LIST`."""
    edited: tuple[str, ...]
    """The names of the files that were changed, removed, or added."""
    is_newer: bool
    """Whether a newer version of the library wrote it."""


def write(
    destination: Path, options: CopyOptions, *, only: bool = False
) -> tuple[dict[str, str], list[str]]:
    """Write a copy, or update one, which keeps what it has unless ``only`` the options are wanted.

    Return its files, and the words that are not in its command any more. Raises
    :class:`VendorError` for options that do not fit the destination, and if an edited copy or
    other files would be overwritten.
    """
    place = destination.resolve()
    validate_place(destination, place)
    repair(place)
    earlier, before = read(destination), CopyOptions()
    if earlier is None:
        validate_free(destination)
    elif earlier.edited:
        raise VendorError(
            f"{destination} was edited: {printable(earlier.edited[0])};"
            f" to update it, remove it and run: {earlier.command}"
        )
    elif earlier.is_newer:
        raise VendorError(f"{destination} is newer than this library: update the library first")
    else:
        before = options_of(earlier.command)
    options = (CopyOptions() if only else before).joined(options)
    if options.names and options.adapters:
        raise VendorError("an adapter needs the whole library; remove the names")
    if bool(options.names) != (destination.suffix == ".py"):
        told = f"{destination} must end with .py: types are copied into one file"
        raise VendorError(told if options.names else "name the types to copy into the file")
    files = render(options, options.command(destination))
    put(place, files)
    kept = (*options.names, *options.adapters)
    return files, [word for word in (*before.names, *before.adapters) if word not in kept]


def status(destination: Path, options: CopyOptions, *, only: bool = False) -> Status:
    """Return the state of a copy: whether it exists, is unedited, and is up to date."""
    place = destination.resolve()
    if not place.exists():
        return "interrupted" if any((path / "old").exists() for path in left(place)) else "missing"
    copy = read(destination)
    if copy is None:
        return "not a copy"
    if copy.edited:
        return "edited"
    if copy.is_newer:
        return "newer"
    written = options_of(copy.command)
    if (CopyOptions() if only else written).joined(options) != written:
        return "outdated"
    files = render(written, copy.command)
    return "current" if copy.head == files.get(LIST, files.get("")) else "outdated"


def render(options: CopyOptions, command: str) -> dict[str, str]:
    """Return the texts of a copied folder by their paths, or of a copied file by an empty path."""
    if options.names:
        return {"": with_header(command, one_file(options), COMMENT)}
    files = whole_library(options.adapters)
    return {**files, LIST: with_header(command, _digests(files))}


def whole_library(adapters: Iterable[str]) -> dict[str, str]:
    """Return the text of each file of the library, by its path in the copy.

    Modules are unchanged, as all their imports are relative; those of an adapter become relative.
    """
    files = {"LICENSE": LICENCE, "py.typed": ""}
    for source in sources(ROOT):
        parts = source.name.removeprefix(ROOT).split(".")[1:]
        if parts[:1] not in BEHIND:
            files[_path(source, parts)] = HEAD + source.text
    for adapter in adapters:
        for source in sources(f"{ROOT}_{adapter}"):
            parts = source.name.removeprefix(PARENT).split(".")
            text = _moved(source, "." * (len(parts) + source.is_package))
            files[_path(source, parts)] = HEAD + text
    return files


def _path(source: Source, parts: list[str]) -> str:
    return "/".join([*parts, "__init__"] if source.is_package else parts) + ".py"


def _moved(source: Source, up: str) -> str:
    """Return the text of an adapter's module, its imports of the library made relative."""
    lines = source.text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{ROOT}."):
            line = lines[node.lineno - 1].replace(f"from {ROOT}.", f"from {up}", 1)
            lines[node.lineno - 1] = line.replace(f"from {ROOT} ", f"from {up} ", 1)
    return "".join(lines)


def read(destination: Path) -> Copy | None:
    """Return the copy at a path; ``None`` if there is none."""
    is_folder = destination.is_dir()
    path, mark = (destination / LIST, "") if is_folder else (destination, COMMENT)
    head = _text(path)
    command = command_in(head, mark)
    if command is None:
        return None
    content = content_under(head, mark)
    edited: set[str] = {path.name} if content is None else set()
    if content is not None and is_folder:
        found = {name: _text(destination / name) for name in inside(destination) - {LIST}}
        differ = {*_digests(found).splitlines()} ^ {*content.splitlines()}
        edited = {line.partition("  ")[2] for line in differ}
    return Copy(command, head, tuple(sorted(edited)), is_newer(head, mark))


def inside(folder: Path) -> set[str]:
    """Return the paths of all files, links and empty folders, but not of Python's bytecode."""
    found: set[str] = set()
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found.add(f"{name} (a link)")
        elif path.is_dir():
            is_empty = path.name != "__pycache__" and not any(path.iterdir())
            found |= {f"{name} (an empty folder)"} if is_empty else set()
        elif path.parent.name != "__pycache__" or ".pyc" not in path.name:
            found.add(name)
    return found


def put(destination: Path, files: dict[str, str]) -> None:
    """Replace an earlier copy, which stays in place until all new files are written."""
    folder = destination.parent
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{destination.name}{TEMPORARY}", dir=folder) as place:
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


def left(destination: Path) -> list[Path]:
    """Return the temporary folders that runs which were killed have left."""
    found = destination.parent.glob(f".{destination.name}{TEMPORARY}*")
    folders = [path for path in found if path.is_dir() and not path.is_symlink()]
    return [path for path in folders if {part.name for part in path.iterdir()} <= {"new", "old"}]


def repair(destination: Path) -> None:
    """Remove what killed runs have left; put the old copy back if one had taken it away."""
    for place in left(destination):
        if (place / "old").exists() and not destination.exists():
            os.replace(place / "old", destination)
        shutil.rmtree(place)


def validate_place(destination: Path, place: Path) -> None:
    """Refuse names that cannot be imported, and places inside the library itself."""
    name = destination.name.removesuffix(".py")
    is_plain = unicodedata.is_normalized("NFKC", name)  # Python normalises what it imports.
    is_name = name.isidentifier() and not keyword.iskeyword(name) and is_plain
    if not is_name or name in sys.stdlib_module_names:
        raise VendorError(f"{name or destination} cannot be the name of your module")
    spec = find_spec(ROOT)
    for library in spec.submodule_search_locations or () if spec else ():
        if Path(library).resolve() in (place, *place.parents):
            raise VendorError(f"{destination} is inside the library itself")


def validate_free(destination: Path) -> None:
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
