"""Modules with some types please the type checkers at their strictest: ``tox -e vendor-types``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from realtime_models.registry import type_names
from tests.vendoring.copies import vendor

EVENTS = "RealtimeServerEvent=RealtimeServerEventError,RealtimeServerEventSessionCreated"
MODULES: dict[str, list[str]] = {
    "session": ["RealtimeSessionCreateResponse"],
    "session_stripped": ["RealtimeSessionCreateResponse", "--strip"],
    "session_compact": ["RealtimeSessionCreateResponse", "--compact"],
    "session_smallest": ["RealtimeSessionCreateResponse", "--compact", "--strip"],
    "some_events": [EVENTS],
    "everything": [*type_names(), "from_wire", "to_wire", "json_schema"],
    "everything_compact": [*type_names(), "from_wire", "--compact", "--strip"],
}
USE = """
from session_compact import UNSET, RealtimeFunctionTool, RealtimeSessionCreateResponse

session = RealtimeSessionCreateResponse.from_json("{}")
tool = RealtimeFunctionTool(type="function", name="f")
reveal_type(session)
reveal_type(session.expires_at)
RealtimeFunctionTool(type="wrong", name=1)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the modules."""
    folder = tmp_path_factory.mktemp("modules")
    for name, arguments in MODULES.items():
        assert vendor(folder / f"{name}.py", *arguments) == 0
    return folder


def run(*command: str, cwd: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=cwd, capture_output=True, encoding="utf-8"
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("version", ["3.10", "3.13"])
def test_mypy_has_nothing_to_say(folder: Path, version: str) -> None:
    status, said = run("mypy", "--strict", "--python-version", version, ".", cwd=folder)
    assert (status, said) == (0, f"Success: no issues found in {len(MODULES)} source files\n")


def test_pyright_has_nothing_to_say(folder: Path) -> None:
    settings = {"include": ["."], "typeCheckingMode": "strict", "pythonVersion": "3.10"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    status, said = run("pyright", cwd=folder)
    assert said.strip().endswith("0 errors, 0 warnings, 0 informations"), said
    assert status == 0


def test_the_types_in_a_compact_module_are_as_exact(folder: Path) -> None:
    (folder / "use.txt").write_text(USE, "utf-8")
    status, said = run("mypy", "--strict", "--no-pretty", "use.txt", cwd=folder)
    assert status == 1
    told = [line.partition(": ")[2] for line in said.splitlines()]
    assert told[:2] == [
        'note: Revealed type is "session_compact.RealtimeSessionCreateResponse"',
        'note: Revealed type is "int | session_compact.UnsetType | None"',
    ]
    assert [line.rpartition("[")[2] for line in told[2:4]] == ["arg-type]", "arg-type]"]
