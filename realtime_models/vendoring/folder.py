"""Collect the files of the whole library; its modules are unchanged, as all imports are relative.

Above each are only the comments with which formatters leave it so. The command line and this
package are not copied. An adapter becomes a package inside the copy, and its imports of the library
become relative.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Final

from .definitions import Source, sources
from .header import LIBRARY, LICENCE, ROOT, UNCHANGED

PARENT: Final = ROOT.removesuffix(LIBRARY)
"""The package that contains this library and its adapters, with a dot at its end."""
BEHIND: Final = (["__main__"], ["cli"], ["vendoring"])
"""The modules and packages that are not copied."""
HEAD: Final = "".join(f"{line}\n" for line in UNCHANGED)


def whole_library(adapters: Iterable[str]) -> dict[str, str]:
    """Return the text of each file, by its path in the copy."""
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
