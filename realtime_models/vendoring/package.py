"""The whole library as files: its modules as they are, for all their imports are relative.

The command line, the code that makes copies, and what only single modules use stay behind. An
adapter goes along as a package inside, its imports of the library changed into relative ones.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from .edits import Edit, Text
from .licence import LICENCE
from .sources import LIBRARY, ROOT, Source, sources
from .wish import Wish

PARENT: Final = ROOT.removesuffix(LIBRARY)
"""The package that this library stands in, with its dot: adapters stand there, too."""
BEHIND: Final = (["__main__"], ["cli"], ["compact"], ["vendoring"])
"""What is not copied, each as the first part of a path."""


def whole_library(wish: Wish) -> dict[str, str]:
    """The text of each file, by its path in the copy."""
    files = {"LICENSE": LICENCE, "py.typed": ""}
    for source in sources(ROOT):
        inside = source.name.removeprefix(ROOT).split(".")[1:]
        if inside[:1] not in BEHIND:
            files[_path(source, inside)] = source.text
    if wish.adapter:
        for source in sources(f"{ROOT}_{wish.adapter}"):
            inside = source.name.removeprefix(PARENT).split(".")
            files[_path(source, inside)] = _moved(source, len(inside))
    return files


def _path(source: Source, parts: list[str]) -> str:
    if source.is_package:
        return "/".join([*parts, "__init__.py"])
    return "/".join(parts) + ".py"


def _moved(source: Source, depth: int) -> str:
    """A module of an adapter, where the library is the package around that of the adapter."""
    text = Text(source.text)
    up = "." * (depth + source.is_package)
    return text.edited(0, len(text.content), _imports(source, text, up))


def _imports(source: Source, text: Text, up: str) -> Iterator[Edit]:
    for node in ast.walk(ast.parse(source.text)):
        match node:
            case ast.ImportFrom(level=0, module=str(module)) if _is_ours(module):
                start = text.place(node) + len("from ")
                inside = module.removeprefix(ROOT).removeprefix(".")
                yield Edit(start, start + len(module), up + inside)
            case ast.Import(names=aliases) if any(_is_ours(alias.name) for alias in aliases):
                raise NotImplementedError(f"{source.name} imports the library as a module")
            case _:
                pass


def _is_ours(module: str) -> bool:
    return f"{module}.".startswith(f"{ROOT}.")
