"""Write copies, of the whole library or one file, without overwriting others, and check them."""

from __future__ import annotations

import keyword
import os
import re
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from .._runtime.errors import printable
from .definitions import sources
from .header import (
    LIBRARY,
    LICENCE,
    ROOT,
    UNCHANGED,
    CopyOptions,
    Header,
    VendorError,
    digest,
    options_of,
    read_header,
    with_header,
)
from .onefile import one_file

LIST: Final = "VENDORED.txt"
"""The file in a copied folder that has its header, and the digests of its other files."""
TEMPORARY: Final = "-being-copied-"
"""What the name of a folder contains in which a new copy is written, and the old one put away."""
BEHIND: Final = ("__main__.py", "cli", "vendoring")
"""The modules and packages that are not copied."""
HEAD: Final = "".join(f"{line}\n" for line in UNCHANGED)


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
    header, edited = read_copy(destination)
    if header is None:
        validate_free(destination)
    elif edited:
        told = f"was edited: {printable(edited[0])}; to update it, remove it and run"
        raise VendorError(f"{destination} {told}: {header.command}")
    elif header.is_newer:
        raise VendorError(f"{destination} is newer than this library: update the library first")
    before = options_of(header.command) if header else CopyOptions()
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


def status(destination: Path, options: CopyOptions, *, only: bool = False) -> str:
    """Return the state of a copy: ``current``, ``outdated``, ``edited`` and so on."""
    place = destination.resolve()
    if not place.exists():
        return "interrupted" if any((path / "old").exists() for path in left(place)) else "missing"
    header, edited = read_copy(destination)
    if header is None:
        return "not a copy"
    if edited:
        return "edited"
    if header.is_newer:
        return "newer"
    written = options_of(header.command)
    wanted = (CopyOptions() if only else written).joined(options)
    is_same = wanted == written and header.text in render(written, header.command).values()
    return "current" if is_same else "outdated"


def render(options: CopyOptions, command: str) -> dict[str, str]:
    """Return the texts of a copied folder by their paths, or of a copied file by an empty path."""
    if options.names:
        return {"": with_header(command, one_file(options), "# ")}
    files = whole_library(options.adapters)
    return {**files, LIST: with_header(command, _digests(files))}


def whole_library(adapters: Iterable[str]) -> dict[str, str]:
    """Return the text of each file of the library, by its path in the copy.

    Modules are unchanged, as all their imports are relative; those of an adapter become relative.
    """
    files = {"LICENSE": LICENCE, "py.typed": ""}
    for module in sources(ROOT):
        if module.path.partition("/")[0] not in BEHIND:
            files[module.path] = HEAD + module.text
    for adapter in adapters:
        for module in sources(f"{ROOT}_{adapter}"):
            path = f"{LIBRARY}_{adapter}/{module.path}"
            up = "." * (path.count("/") + 1)
            files[path] = HEAD + re.sub(rf"(?m)^( *from ){ROOT}(\.|(?= ))", rf"\1{up}", module.text)
    return files


def read_copy(destination: Path) -> tuple[Header | None, list[str]]:
    """Return the header of a copy, and which of its files were changed, removed or added."""
    path = destination / LIST if destination.is_dir() else destination
    header = read_header(_text(path))
    if header is None or header.content is None:
        return header, [path.name]
    if path == destination:
        return header, []
    found = {name: _text(destination / name) for name in inside(destination) - {LIST}}
    differ = {*_digests(found).splitlines()} ^ {*header.content.splitlines()}
    return header, sorted({line.partition("  ")[2] for line in differ})


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
    place = Path(tempfile.mkdtemp(prefix=f".{destination.name}{TEMPORARY}", dir=folder))
    try:
        for path, text in files.items():
            new = place / "new" / path
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(text, "utf-8", newline="\n")
        if destination.is_dir():  # Only an empty one can be replaced.
            os.replace(destination, place / "old")
        os.replace(place / "new", destination)
    finally:
        repair(destination)


def left(destination: Path) -> list[Path]:
    """Return the temporary folders of earlier runs, which were killed, and of this one."""
    found = destination.parent.glob(f".{destination.name}{TEMPORARY}*")
    folders = [path for path in found if path.is_dir() and not path.is_symlink()]
    return [path for path in folders if {part.name for part in path.iterdir()} <= {"new", "old"}]


def repair(destination: Path) -> None:
    """Remove what runs have left; put the old copy back if one that failed had taken it away."""
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
    library = {Path(path).resolve() for path in sys.modules[ROOT].__path__}
    if not library.isdisjoint([place, *place.parents]):
        raise VendorError(f"{destination} is inside the library itself")


def validate_free(destination: Path) -> None:
    """Refuse a destination that exists, except an empty folder for the whole library."""
    if destination.is_dir() and destination.suffix != ".py":
        if any(destination.iterdir()):
            told = f"contains files that this command did not write; try {destination / LIBRARY}"
            raise VendorError(f"{destination} {told}")
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
