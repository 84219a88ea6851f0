"""The tool ``vendoring``, with which pip vendors its dependencies: ``tox -e vendor-tool``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places.runs import COPIES, NAME, Place, cases
from tests.support.paths import ROOT

SETTINGS = """\
[tool.vendoring]
destination = "app/_vendor/"
requirements = "app/_vendor/vendor.txt"
namespace = "app._vendor"
protected-files = ["__init__.py", "vendor.txt"]
"""
PACKAGE = Path("app", "_vendor", "realtime_models")


def run(*command: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has vendored the library."""
    folder = tmp_path_factory.mktemp("project")
    dist = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist)]
    run(*build, cwd=ROOT)
    (folder / PACKAGE.parent).mkdir(parents=True)
    for package in (PACKAGE.parent, PACKAGE.parent.parent):
        (folder / package / "__init__.py").touch()
    (folder / PACKAGE.parent / "vendor.txt").write_text("realtime-models\n", "utf-8")
    (folder / "pyproject.toml").write_text(SETTINGS, "utf-8")
    options = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(dist), "PIP_NO_BUILD_ISOLATION": "0"}
    # The tool itself opens files without naming their encoding.
    run(sys.executable, "-m", "vendoring", "sync", cwd=folder, PYTHONWARNINGS="", **options)
    return folder


def test_it_copies_the_library_without_a_change(project: Path) -> None:
    original = ROOT / "realtime_models"
    for path in original.rglob("*"):
        if path.suffix in (".py", ".typed"):
            copied = project / PACKAGE / path.relative_to(original)
            assert copied.read_bytes() == path.read_bytes()
    assert (project / PACKAGE / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_copy_reads_all_cases(project: Path) -> None:
    cases(project, Place(project, prefix="app._vendor."), {"realtime_models": COPIES[NAME]})


def test_the_command_line_of_the_copy_works_too(project: Path) -> None:
    command = [sys.executable, "-m", "app._vendor.realtime_models"]
    example = str(ROOT / "examples" / "error.json")
    assert run(*command, "check", example, cwd=project).startswith("1 document, 0 problems")
    run(*command, "vendor", "tools.py", "MCPToolFilter", cwd=project)
    run(*command, "vendor", "copied", cwd=project)
    header = (project / "tools.py").read_text("utf-8").splitlines()
    assert header[1].startswith("# Copied from realtime_models ")
    assert header[3] == "#     python -m app._vendor.realtime_models vendor tools.py MCPToolFilter"
    assert "# Copyright (c) 2026 The realtime_models developers" in header
    read = "import copied, tools; print(tools.MCPToolFilter(read_only=True).to_json())"
    assert run(sys.executable, "-c", read, cwd=project) == '{"read_only":true}\n'
    assert not (project / "copied" / "cli").exists()
