"""A pytest plugin for mutation testing: every test starts cold, and examples are few and fixed.

Mutants are tried in forks of one warm process. What that has cached would hide them.
"""

from __future__ import annotations

import sys
from typing import Any, cast

import pytest
from hypothesis import settings

import realtime_models as rm
from realtime_models import catalog, wire
from realtime_models._runtime import shape

# Each call of a mutated function goes through several others.
sys.setrecursionlimit(5000)


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    settings.register_profile(
        "mutation",
        settings.get_profile("tests"),
        max_examples=3,
        derandomize=True,
        database=None,
    )
    settings.load_profile("mutation")


@pytest.fixture(autouse=True)
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clear what earlier tests have loaded and cached."""
    cast(Any, shape.shape_of).cache_clear()
    shape._MODELS.clear()
    monkeypatch.setattr(catalog, "_docs", catalog._read_docs)
    for name in [*wire.HOMES, *rm._HAND_WRITTEN]:
        vars(rm).pop(name, None)
