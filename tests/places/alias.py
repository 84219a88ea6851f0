"""A plugin of pytest: the tests find a copy of the library where they look for the original.

The modules of the copy named by ``VENDORED`` stand under the names of the original, which cannot be
found otherwise: nothing of it is on the path, and what is not in the copy is refused.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys

import pytest

from tests.portable import ORIGINAL, Blocked, is_original

VENDORED = importlib.import_module(os.environ["VENDORED"])


def pytest_configure() -> None:
    """Give the copy the name of the original, with all its modules; an adapter in it, too."""
    prefix = f"{VENDORED.__name__}."
    names = [module.name for module in pkgutil.walk_packages(VENDORED.__path__, prefix)]
    sys.modules[ORIGINAL] = VENDORED
    for name in names:
        inside = name.removeprefix(prefix)
        alias = inside if is_original(inside) else f"{ORIGINAL}.{inside}"
        sys.modules[alias] = importlib.import_module(name)
    sys.meta_path.insert(0, Blocked())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail, if something of the original was imported after all."""
    names = [name for name in sys.modules if is_original(name)]
    theirs = [name for name in names if sys.modules[name].__name__.startswith(ORIGINAL)]
    if theirs or not names:
        pytest.exit(f"imported from the original: {theirs}", returncode=3)
