"""The adapter as a package."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import realtime_models_pydantic
from tests.support.paths import ROOT

SOURCES = sorted((ROOT / "adapters" / "realtime_models_pydantic").glob("*.py"))
PUBLIC = ("realtime_models", "realtime_models.adapting")


def run(code: str) -> str:
    """Return what a fresh interpreter prints."""
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


def test_nothing_heavy_is_imported_until_it_is_used() -> None:
    code = (
        "import sys, realtime_models_pydantic as ours\n"
        "print(*{'pydantic', 'pydantic_core', 'realtime_models'} & {*sys.modules})\n"
        "ours.Wire\n"
        "print('pydantic' in sys.modules, 'realtime_models_pydantic.mirror' in sys.modules)\n"
        "ours.to_pydantic\n"
        "print('realtime_models.wire.session' in sys.modules, 'fastapi' in sys.modules)\n"
    )
    assert run(code).split("\n") == ["", "True False", "False False", ""]


def test_the_library_does_not_import_pydantic() -> None:
    code = (
        "import sys, realtime_models as rm\n"
        "rm.RealtimeServerEvent, rm.json_schema(rm.MCPTool), rm.check(rm.MCPTool, {})\n"
        "print([name for name in sys.modules if 'pydantic' in name])\n"
    )
    assert run(code) == "[]\n"


def test_the_public_names_are_told_truly() -> None:
    assert {*realtime_models_pydantic.__all__} < {*dir(realtime_models_pydantic)}
    for name in realtime_models_pydantic.__all__:
        assert callable(getattr(realtime_models_pydantic, name))
    with pytest.raises(AttributeError, match="has no attribute 'Nope'"):
        realtime_models_pydantic.Nope  # noqa: B018


def test_the_adapter_is_small() -> None:
    assert sum(len(path.read_text("utf-8").splitlines()) for path in SOURCES) <= 471


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_it_uses_only_what_is_made_for_adapters(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("realtime_models"):
            assert node.module in PUBLIC
        if isinstance(node, ast.Import):
            assert "realtime_models" not in [alias.name for alias in node.names]
