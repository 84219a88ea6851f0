"""The type checkers: how each is run over a folder of programs, and what it reports.

Each is as strict as possible about types. Rules of style are off, since the programs name values
only for readability.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .expectations import Report

PYTHON: Final = "3.11"
"""The version of the programs: the first whose ``typing`` has ``assert_type``."""


@dataclass(frozen=True)
class Checker:
    """A program with its arguments, the file of settings that a user would have, and a reader."""

    arguments: tuple[str, ...]
    file: str
    settings: str
    read: Callable[[str, Path], Iterator[Report]]


def run(name: str, folder: Path) -> list[Report]:
    """Return what a checker reports of the programs in a folder."""
    checker = CHECKERS[name]
    (folder / checker.file).write_text(checker.settings)
    program = Path(sysconfig.get_path("scripts"), name)
    command = [str(program), *checker.arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")
    return list(checker.read(done.stdout, folder))


def _of_mypy(output: str, folder: Path) -> Iterator[Report]:
    for line in output.splitlines():
        told = json.loads(line)
        if told["severity"] != "note":
            file = str(Path(told["file"]))
            yield Report(file, told["line"], told["code"] or "", told["message"])


def _of_pyright(output: str, folder: Path) -> Iterator[Report]:
    for told in json.loads(output)["generalDiagnostics"]:
        if told["severity"] != "information":
            file = str(Path(told["file"]).relative_to(folder))
            line = told["range"]["start"]["line"] + 1
            yield Report(file, line, told.get("rule", ""), told["message"])


def _of_ty(output: str, folder: Path) -> Iterator[Report]:
    for told in json.loads(output):
        place = told["location"]
        line = place["positions"]["begin"]["line"]
        yield Report(place["path"], line, told["check_name"], told["description"])


def _of_pyrefly(output: str, folder: Path) -> Iterator[Report]:
    for told in json.loads(output)["errors"]:
        yield Report(told["path"], told["line"], told["name"], told["description"])


_PYRIGHT: Final = (
    "--outputjson",
    f"--pythonversion={PYTHON}",
    f"--pythonpath={sys.executable}",
)
_STYLE: Final = (
    "reportImplicitStringConcatenation",
    "reportUnannotatedClassAttribute",
    "reportUnusedCallResult",
    "reportUnusedExpression",
)

CHECKERS: Final[Mapping[str, Checker]] = {
    "mypy": Checker(
        ("--output=json", f"--python-version={PYTHON}", "."),
        "mypy.ini",
        "[mypy]\nstrict = true\nwarn_unreachable = true\n",
        _of_mypy,
    ),
    "pyright": Checker(
        _PYRIGHT,
        "pyrightconfig.json",
        json.dumps({"typeCheckingMode": "strict", "reportUnusedExpression": False}),
        _of_pyright,
    ),
    "basedpyright": Checker(
        _PYRIGHT,
        "pyrightconfig.json",
        json.dumps({"typeCheckingMode": "all", **dict.fromkeys(_STYLE, False)}),
        _of_pyright,
    ),
    "ty": Checker(
        (
            "check",
            "--output-format=gitlab",
            f"--python-version={PYTHON}",
            f"--python={sys.prefix}",
        ),
        "ty.toml",
        "",
        _of_ty,
    ),
    "pyrefly": Checker(
        (
            "check",
            "--output-format=json",
            f"--python-version={PYTHON}",
            f"--python-interpreter-path={sys.executable}",
        ),
        "pyrefly.toml",
        'preset = "strict"\n',
        _of_pyrefly,
    ),
}
