"""``python -m codegen`` writes the generated modules; ``--check`` shows what it would change.

``--extend PACKAGE`` writes modules for a schema of yours, which import this library's. ``python -m
codegen drift FILE`` compares the schema with the published description of the API.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .drift import compare as compare_descriptions
from .drift import read_list, read_schema, write_list
from .emit import emit
from .layout import UNCHANGED, LayoutError, lay_out
from .load import SchemaError, load
from .published import read_description

ROOT: Final = Path(__file__).parent.parent
SCHEMA: Final = ROOT / "schema"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0, or 1 for a difference, or 2 for an error in the schema."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 on any difference"
    )
    parser.add_argument("--schema", type=Path, help="the folder to read")
    parser.add_argument("--out", type=Path, help="the folder to write")
    parser.add_argument(
        "--extend", metavar="PACKAGE", help="write only what the schema adds to this library"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    newer = commands.add_parser("drift", help="compare the schema with the description of the API")
    newer.add_argument("file", type=Path, help="the OpenAPI document as published, JSON or YAML")
    newer.add_argument(
        "--accept", action="store_true", help="list the differences that have a reason as known"
    )
    options = parser.parse_args(arguments)
    if options.extend and not (options.schema and options.out):
        parser.error("--extend needs the folders --schema and --out")
    if options.extend and not options.extend.replace(".", "_").isidentifier():
        parser.error(f"{options.extend} is not the name of a package")
    schema: Path = options.schema or SCHEMA
    out: Path = options.out or ROOT / "realtime_models" / "wire"
    if options.command == "drift":
        return drift(options.file, schema, options.accept)
    try:
        form = load(schema, SCHEMA if options.extend else None)
        files = lay_out(emit(form, options.extend))
        if options.extend:
            files = {name: UNCHANGED + text for name, text in files.items()}
    except SchemaError as error:
        print(f"schema error: {error}", file=sys.stderr)
        return 2
    except LayoutError as error:
        print(error, file=sys.stderr)
        return 2
    if options.check:
        return compare(files, out, stale=not options.extend)
    write(files, out, stale=not options.extend)
    return 0


def drift(file: Path, schema: Path, accept: bool) -> int:
    """Print how a description of the API and our schema differ; return 1 if anything is new."""
    try:
        theirs, ours = read_description(file), read_schema(schema)
        if accept:
            write_list(schema, compare_descriptions(theirs, ours))
        comparison = compare_descriptions(theirs, ours, listed=read_list(schema))
    except OSError as error:
        print(f"{file}: {error.strerror}", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"{file}: {error}", file=sys.stderr)
        return 2
    for difference in comparison.news:
        print(difference)
    for place in comparison.stale:
        print(f"stale    {place}")
    print(comparison.summary)
    return 1 if comparison.news or comparison.stale else 0


def write(files: Mapping[str, str], folder: Path, stale: bool = True) -> None:
    """Write the files that differ, and remove others: in a folder of ours they are stale."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.py") if stale else ():
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        if _present(folder / name) != text:
            (folder / name).write_text(text, encoding="utf-8")


def compare(files: Mapping[str, str], folder: Path, stale: bool = True) -> int:
    """Print how the files differ from what would be generated; return 1 if they do."""
    present = {path.name for path in folder.glob("*.py") if stale or path.name in files}
    differences = [
        line
        for name in sorted({*files, *present})
        for line in _difference(name, folder, files.get(name, ""))
    ]
    sys.stdout.writelines(differences)
    return 1 if differences or present != {*files} else 0


def _difference(name: str, folder: Path, text: str) -> list[str]:
    before = _present(folder / name).splitlines(keepends=True)
    after = text.splitlines(keepends=True)
    return list(difflib.unified_diff(before, after, f"present/{name}", f"generated/{name}"))


def _present(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
