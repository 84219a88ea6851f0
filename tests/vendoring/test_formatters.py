"""Formatters and linters of another project leave copies alone: ``tox -e vendor-types``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.vendoring.copies import vendor

TOOLS = {
    "ruff check": ["ruff", "check", "--isolated", "--no-cache", "--fix", "."],
    "ruff check, our rules": ["ruff", "check", "--no-cache", "--ignore", "PGH004", "."],
    "ruff format": ["ruff", "format", "--isolated", "--no-cache", "."],
    "black": ["black", "--quiet", "."],
    "isort": ["isort", "--quiet", "."],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_copy_stays_current_under_a_tool(tmp_path: Path, tool: str) -> None:
    copies = {tmp_path / "models": [], tmp_path / "tool.py": ["RealtimeFunctionTool"]}
    for path, names in copies.items():
        assert vendor(path, *names) == 0
    (tmp_path / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text("utf-8") if "our rules" in tool else "", "utf-8"
    )
    command = [sys.executable, "-m", *TOOLS[tool]]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout
    assert [vendor(path, "--check") for path in copies] == [0, 0]
