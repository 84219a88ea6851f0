"""Names to what they stand for, where all that there is stands in one module.

The functions here take the place of those of the registry in such a module.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

TYPES: Final[tuple[str, ...]] = ()
"""The names of all models and aliases in this module, in the order of the alphabet."""


def find(name: str) -> object:
    """The model or alias of this name; raises ``LookupError`` if there is none."""
    if name not in TYPES:
        raise LookupError(f"no type is called {name}")
    found: object = globals()[name]
    return found


def home(name: str) -> str:
    """The full name of the module in which a name is defined: this one."""
    return __name__


def type_names() -> Iterator[str]:
    """The names of all models and aliases, in the order of the alphabet."""
    return iter(TYPES)
