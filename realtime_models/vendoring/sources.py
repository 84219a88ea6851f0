"""The source code of a package, from wherever it was imported, a zip file too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Protocol, runtime_checkable

LIBRARY = "_".join(["realtime", "models"])
"""The name of this library, told so that no tool which renames imports takes it for one."""
ROOT = __name__.rpartition(".")[0].rpartition(".")[0]
"""The name of the package that this library is here."""


class VendorError(Exception):
    """Why nothing is copied, for the user."""


@dataclass(frozen=True)
class Source:
    """The text of one module."""

    name: str
    is_package: bool
    text: str


@runtime_checkable
class HasSource(Protocol):
    """A loader that knows the source of its module."""

    def get_source(self, fullname: str, /) -> str | None: ...


def sources(package: str) -> Iterator[Source]:
    """The modules of a package, by name; none of them is imported."""
    yield from _sources(find_spec(package), package)


def _sources(spec: ModuleSpec | None, name: str) -> Iterator[Source]:
    if spec is None:
        raise VendorError(f"{name} is not installed")
    inside = spec.submodule_search_locations
    loader: object = spec.loader
    text = loader.get_source(spec.name) if isinstance(loader, HasSource) else None
    if text is None:
        raise VendorError(f"the source of {name} cannot be read, and it is needed for a copy")
    yield Source(name, inside is not None, text)
    for module in sorted(module.name for module in iter_modules(inside or [])):
        yield from _sources(PathFinder.find_spec(module, inside), f"{name}.{module}")
