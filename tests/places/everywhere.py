"""The places for which a Python is enough: another name, archives, bare interpreters.

Each takes a folder with all copies, brings them to their place, and says how to run them there.
"""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import zipapp
from pathlib import Path
from typing import Final

from .runs import PORTABLE, Place

BARE: Final = (sys.executable, "-I", "-S", "-B", "-W", "error")


def renamed(folder: Path) -> Place:
    """As modules of other names."""
    return Place(folder)


def nested(folder: Path) -> Place:
    """Two levels down in another package."""
    inside = folder / "app" / "_vendor"
    inside.mkdir(parents=True)
    for path in folder.iterdir():
        if path.name != "app":
            path.rename(inside / path.name)
    for package in (inside, inside.parent):
        (package / "__init__.py").touch()
    return Place(folder, prefix="app._vendor.")


def archived(folder: Path) -> Place:
    """In a zip file on the path."""
    return Place(archive(folder))


def archive(folder: Path) -> Path:
    """Put all that is in a folder into the zip file ``library.zip`` in it."""
    made = shutil.make_archive(str(folder.with_suffix(".made")), "zip", folder)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return Path(shutil.move(made, folder / "library.zip"))


def application(folder: Path) -> Place:
    """In an application that is a zip file."""
    shutil.copy(PORTABLE, folder / "__main__.py")
    path = folder.with_suffix(".pyz")
    zipapp.create_archive(folder, path, compressed=True)
    return Place(python=BARE, program=[path])


def isolated(folder: Path) -> Place:
    """In an interpreter with nothing else, all warnings being errors."""
    return Place(folder, python=BARE)


def bytecode(folder: Path) -> Place:
    """Without any source."""
    compileall.compile_dir(folder, legacy=True, quiet=1)
    for source in folder.rglob("*.py"):
        source.unlink()
    return Place(folder, python=BARE)


def optimized(folder: Path) -> Place:
    """Without asserts and docstrings."""
    return Place(folder, env={"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error"})


def readonly(folder: Path) -> Place | None:
    """On a file system on which nothing can be written, not even bytecode."""
    remount = (
        f'mount --bind "{folder}" "{folder}" && mount -o remount,ro,bind "{folder}" '
        f'&& ! touch "{folder}/written" 2>/dev/null && exec "$@"'
    )
    mounted = ["unshare", "--map-root-user", "--mount", "sh", "-c", remount, "sh"]
    can = (
        shutil.which("unshare")
        and not subprocess.run([*mounted, "true"], stderr=subprocess.DEVNULL).returncode
    )
    if can:
        return Place(folder, python=[*mounted, sys.executable])
    if os.geteuid() == 0:
        print("  SKIPPED: it takes a user other than root, or one that may mount")
        return None
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return Place(folder)
