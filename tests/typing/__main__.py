"""Runs a checker over all programs and compares what it says with what is expected."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from codegen.load import load

from . import constructions, readings, unions
from .checkers import CHECKERS, run
from .expectations import complaints, expectations

HERE: Final = Path(__file__).parent
SCHEMA: Final = HERE.parent.parent / "schema"
WRITTEN: Final = ("programs", "mistakes")


def programs() -> dict[str, dict[str, str]]:
    """Return all programs, by where they come from and by the names of their files."""
    found = {
        folder: {path.name: path.read_text("utf-8") for path in HERE.glob(f"{folder}/*.py")}
        for folder in WRITTEN
    }
    schema = load(SCHEMA)
    for maker in (unions, constructions, readings):
        found[maker.__name__.rpartition(".")[2]] = dict(maker.programs(schema))
    return found


def main(arguments: list[str]) -> int:
    """Check with the checker that is named; the exit status."""
    if len(arguments) != 1 or arguments[0] not in CHECKERS:
        print(f"usage: python -m tests.typing {{{','.join(CHECKERS)}}}", file=sys.stderr)
        return 2
    (checker,) = arguments
    groups = programs()
    texts = {file: text for group in groups.values() for file, text in group.items()}
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for file, text in texts.items():
            (folder / file).write_text(text, "utf-8")
        reports = run(checker, folder)
    expected = [one for file, text in texts.items() for one in expectations(file, text)]
    problems = list(complaints(checker, expected, reports))
    for problem in problems:
        print(problem)
    print(f"{checker} {version(checker)}: {len(problems)} surprises")
    for origin, group in groups.items():
        print(f"  {origin}: {summary(checker, group)}")
    return 1 if problems else 0


def summary(checker: str, group: Mapping[str, str]) -> str:
    """Return how much some programs pin, and how much of that this checker does not follow."""
    types = sum(text.count("assert_type(") for text in group.values())
    every = [one for file, text in group.items() for one in expectations(file, text)]
    differing = [one for one in every if one.kind == "reveal" and checker in one.checkers]
    mistakes = [one for one in every if one.for_all]
    silent = [one for one in mistakes if checker not in one.checkers]
    return (
        f"{len(group)} files, {types} types ({len(differing)} differ),"
        f" {len(mistakes)} mistakes ({len(silent)} not reported)"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
