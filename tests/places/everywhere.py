"""The places for which a Python is enough: another name, archives, bare interpreters."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import zipapp
from pathlib import Path
from typing import Final, NamedTuple

from .runs import PORTABLE, cases, vendor


class Copy(NamedTuple):
    """A copy that is there."""

    name: str
    path: Path
    """What is to be on the path for it."""
    lacking: tuple[str, ...] = ()
    """The tests of what it lacks."""


NAME: Final = "openai_models"
BARE: Final = (sys.executable, "-I", "-S", "-B", "-W", "error")
NEEDING_SOURCE: Final = (
    "tests/test_adapting.py::test_every_field_has_a_schema_with_a_description",
)
SINGLE: Final = {
    "session": (["RealtimeSessionCreateResponse"], 270),
    "events": (["RealtimeServerEvent", "RealtimeSessionCreateResponse"], 300),
}
"""Modules with some types, and how many cases there are for those at least."""


def renamed(place: Path) -> Copy:
    """As a package of another name."""
    vendor(place / NAME)
    cases(place, NAME, place)
    return Copy(NAME, place)


def nested(place: Path) -> Copy:
    """Two levels down in another package."""
    vendor(place / "app" / "_vendor" / NAME)
    for package in ("app", "app/_vendor"):
        (place / package / "__init__.py").touch()
    cases(place, f"app._vendor.{NAME}", place)
    return Copy(f"app._vendor.{NAME}", place)


def archived(place: Path) -> Copy:
    """In a zip file on the path."""
    archive(place)
    cases(place, NAME, place / "library.zip")
    return Copy(NAME, place / "library.zip")


def archive(place: Path) -> None:
    """Make the zip file ``library.zip``."""
    vendor(place / "unpacked" / NAME)
    shutil.make_archive(str(place / "library"), "zip", place / "unpacked")
    shutil.rmtree(place / "unpacked")


def application(place: Path) -> None:
    """In an application that is a zip file."""
    vendor(place / "unpacked" / NAME)
    shutil.copy(PORTABLE, place / "unpacked" / "__main__.py")
    zipapp.create_archive(place / "unpacked", place / "application.pyz", compressed=True)
    shutil.rmtree(place / "unpacked")
    cases(place, NAME, python=BARE, program=[place / "application.pyz"])


def isolated(place: Path) -> None:
    """In an interpreter with nothing else, all warnings being errors; as one module, too."""
    vendor(place / NAME)
    cases(place, NAME, place, python=BARE)
    for name, (types, at_least) in SINGLE.items():
        for option in ("", "--strip", "--fast"):
            module = vendor(
                place / f"{name}{option.strip('-')}.py", *types, *filter(None, [option])
            )
            cases(place, module, place, python=BARE, at_least=at_least)


def bytecode(place: Path) -> Copy:
    """Without any source."""
    vendor(place / NAME)
    compileall.compile_dir(place / NAME, legacy=True, quiet=1)
    for source in (place / NAME).rglob("*.py"):
        source.unlink()
    cases(place, NAME, place, python=BARE)
    return Copy(NAME, place, NEEDING_SOURCE)


def optimized(place: Path) -> None:
    """Without asserts and docstrings."""
    vendor(place / NAME)
    cases(place, NAME, place, env={"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error"})


def readonly(place: Path) -> None:
    """On a file system on which nothing can be written, not even bytecode."""
    vendor(place / NAME)
    remount = (
        f'mount --bind "{place}" "{place}" && mount -o remount,ro,bind "{place}" '
        f'&& ! touch "{place}/written" 2>/dev/null && exec "$@"'
    )
    mounted = ["unshare", "--map-root-user", "--mount", "sh", "-c", remount, "sh"]
    can = (
        shutil.which("unshare")
        and not subprocess.run([*mounted, "true"], stderr=subprocess.DEVNULL).returncode
    )
    if not can and os.geteuid() == 0:
        print("  SKIPPED: it takes a user other than root, or one that may mount")
        return
    if not can:
        mounted = []
        for path in [place, *place.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
    cases(place, NAME, place, python=[*mounted, sys.executable])
    if not can:
        for path in [place, *place.rglob("*")]:
            path.chmod(0o755)
    if list(place.rglob("*.pyc")):
        sys.exit("something was written")
