"""With an adapter inside: the tests of the adapter pass on the copy."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .runs import NAME, Place, suite, vendor

ADAPTERS: Final = {
    "pydantic": ("fields", "mirror", "problems", "schemas"),
    "attrs": ("fields", "mirror", "problems"),
}
"""The tests of each that are about what it does, not about its being installed."""


def adapted(folder: Path) -> None:
    """With an adapter inside, whose tests find nothing of the original either."""
    for adapter, names in ADAPTERS.items():
        inside = folder / adapter
        inside.mkdir()
        vendor(inside / NAME, "--adapter", adapter)
        print(f"  --adapter {adapter}")
        suite(
            inside,
            Place(inside),
            tests=[f"tests/adapters/{adapter}/test_{name}.py" for name in names],
        )
