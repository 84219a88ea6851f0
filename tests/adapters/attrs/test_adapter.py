"""The adapter as a package, and its example."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import realtime_models_attrs
from tests.support.paths import EXAMPLES, ROOT

SOURCES = sorted((ROOT / "adapters" / "realtime_models_attrs").glob("*.py"))


def run(*arguments: str) -> str:
    """Return what a fresh interpreter prints."""
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


def test_nothing_heavy_is_imported_until_it_is_used() -> None:
    code = (
        "import sys, realtime_models_attrs as ours\n"
        "heavy = {'attr', 'attrs', 'cattrs', 'realtime_models'}\n"
        "print(*heavy & {*sys.modules})\n"
        "ours.to_attrs\n"
        "print('cattrs' in sys.modules)\n"
        "ours.configure\n"
        "print('cattrs' in sys.modules, 'realtime_models.wire.session' in sys.modules)\n"
    )
    assert run("-c", code).split("\n") == ["", "False", "True False", ""]


def test_the_public_names_are_told_truly() -> None:
    assert {*realtime_models_attrs.__all__} < {*dir(realtime_models_attrs)}
    for name in realtime_models_attrs.__all__:
        assert getattr(realtime_models_attrs, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'Nope'"):
        realtime_models_attrs.Nope  # noqa: B018


def test_the_adapter_is_small() -> None:
    assert sum(len(path.read_text("utf-8").splitlines()) for path in SOURCES) <= 360


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_it_uses_only_the_public_contract(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("realtime_models"):
            assert node.module in ("realtime_models", "realtime_models.adapting")
        if isinstance(node, ast.Import):
            assert "realtime_models" not in [alias.name for alias in node.names]


def test_the_example_prints_the_problems_of_a_bad_input() -> None:
    first, *lines = run(str(EXAMPLES / "attrs_app.py")).splitlines()
    session = "RealtimeSessionCreateRequestGA(type='realtime', instructions='Be brief.'"
    assert first == f"session: {session}, extra=<mood>)"
    assert lines == [
        "error: busy",
        "newer than this library: response.dreamed",
        "unchanged: True",
        'tools: {"ring": {"type": "function", "name": "ring_bell"}}',
        "name: Name by which the model calls the function.",
        "mirror: True",
        "problem: required field missing @ $.assistant.session.tools[0].server_label",
        "problem: required field missing @ $.events[0].event_id",
        "problem: invalid type (expected string, found integer) @ $.events[0].error.type",
        "problem: invalid type (expected object, found string) @ $.events[1]",
    ]
