"""What is in the repository for those who work on it, and agrees with the rest."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from tests.support.paths import ROOT

pytestmark = pytest.mark.skipif(
    not (ROOT / ".ci").is_dir(), reason="these files are not in the source archive"
)

OTHER_VERSIONS = {"conversation-beta", "fuzz", "pyodide"}
"""The groups that ask for other versions than the rest, or for packages of one system."""


def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def test_the_workflow_runs_the_two_commands_of_the_readme_on_every_python() -> None:
    (job,) = yaml.safe_load(text(".github/workflows/tests.yml"))["jobs"].values()
    shown = re.findall(r"```console\n\$ (.*)", text("README.md"))
    assert [step["run"] for step in job["steps"] if "run" in step] == shown
    supported = re.findall(r"Python :: (3\.\d+)", text("pyproject.toml"))
    assert job["strategy"]["matrix"]["python"] == supported
    listed = re.search(r"py\{([\d, ]+)\}", text("tox.ini"))
    assert listed is not None
    assert listed[1].split(", ") == [version.replace(".", "") for version in supported]


def test_the_hooks_run_the_version_of_ruff_that_tox_runs() -> None:
    (pin,) = re.findall(r'"(ruff==[^"]+)"', text("pyproject.toml"))
    (repository,) = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    assert all(pin in hook["additional_dependencies"] for hook in repository["hooks"])


def test_every_group_has_a_version_of_each_package_in_the_constraints() -> None:
    tomllib = pytest.importorskip("tomllib", reason="needs Python 3.11")
    groups: dict[str, list[Any]] = tomllib.loads(text("pyproject.toml"))["dependency-groups"]
    wanted = [
        Requirement(entry)
        for name, entries in groups.items()
        for entry in entries
        if name not in OTHER_VERSIONS and isinstance(entry, str)
    ]
    pins: dict[str, set[str]] = {}
    for line in text("constraints.txt").splitlines():
        if not line.startswith("#"):
            pin = Requirement(line)
            pins.setdefault(pin.name, set()).add(f"{pin.specifier}".removeprefix("=="))
    for need in wanted:
        assert pins.get(need.name), need
        assert all(need.specifier.contains(version) for version in pins[need.name]), need
    assert not re.search("://|@", text("constraints.txt"))


def script(path: Path, *lines: str) -> None:
    path.write_text("\n".join(("#!/usr/bin/env bash", *lines)) + "\n", "utf-8")
    path.chmod(0o755)


def run_ci(folder: Path, *passed: str, has_314: bool) -> subprocess.CompletedProcess[str]:
    """Run a copy of `.ci/run` with a tox that reports the given environments as passed."""
    programs = folder / "bin"
    programs.mkdir()
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", folder / ".ci" / "run")
    script(programs / "pip")
    script(programs / "tox", *(f'echo "  {name}: OK (1.0 seconds)"' for name in passed))
    script(programs / "python3", "mkdir -p .tox/ci", f'ln -sfn "{programs}" .tox/ci/bin')
    script(programs / "python3.14", f"exit {0 if has_314 else 127}")
    return subprocess.run(
        [folder / ".ci" / "run"],
        env={"PATH": f"{programs}{os.pathsep}{os.defpath}"},
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_ci_fails_where_a_python_that_is_there_was_skipped(tmp_path: Path) -> None:
    (older := tmp_path / "older").mkdir()
    pythons = ("py310", "py311", "py312", "py313")
    assert run_ci(older, *pythons, has_314=False).returncode == 0
    (skipped := tmp_path / "skipped").mkdir()
    failed = run_ci(skipped, *pythons, has_314=True)
    assert (failed.returncode, failed.stderr) == (1, "CI: py314 did not run\n")
    (run := tmp_path / "run").mkdir()
    assert run_ci(run, *pythons, "py314", has_314=True).returncode == 0
