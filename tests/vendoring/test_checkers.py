"""Copies of one file please the type checkers at their strictest: ``tox -e vendor-types``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from realtime_models.catalog import type_names
from tests.vendoring.copies import vendor

EVENTS = "RealtimeServerEvent=RealtimeServerEventError,RealtimeServerEventSessionCreated"
COPIES: dict[str, list[str]] = {
    "session": ["RealtimeSessionCreateResponse"],
    "tool": ["RealtimeFunctionTool"],
    "some_events": [EVENTS],
    "everything": [*type_names(), "Conversation", "to_ga", "to_beta", "RealtimeError"],
}
USE = """\
from copy import deepcopy
from dataclasses import fields, replace

from session import (
    UNSET,
    JsonObject,
    RealtimeFunctionTool,
    RealtimeSessionCreateResponse,
    RealtimeSessionCreateResponseAudio,
    TracingConfiguration,
    Unknown,
)

tool = RealtimeFunctionTool(type="function", name="f", parameters={"a": [1]})
session = RealtimeSessionCreateResponse(
    tools=[tool], modalities=["text"], tracing="auto", speed=1, turn_detection=None, extra={"x": 1}
)
session = replace(RealtimeSessionCreateResponse.from_json(session.to_json()), id="i")
print(fields(session), deepcopy(session), session.problems)


def told(session: RealtimeSessionCreateResponse) -> str:
    if session.expires_at is not UNSET and session.expires_at is not None:
        return f"{session.expires_at + 1}"
    if session.tools:
        parameters: JsonObject | object = session.tools[0].parameters
        return str(parameters)
    match session:
        case RealtimeSessionCreateResponse(tracing=TracingConfiguration(group_id=str() as group)):
            return group
        case RealtimeSessionCreateResponse(audio=RealtimeSessionCreateResponseAudio(input=None)):
            return "no input"
        case _:
            pass
    match session.tool_choice:
        case str() as choice:
            return choice
        case Unknown() as newer:
            return newer.tag or ""
        case other:
            return repr(other)
"""
MISTAKES = """\
from session import *

session = RealtimeSessionCreateResponse.from_json("{}")
reveal_type(session)
reveal_type(session.expires_at)
reveal_type(session.tools)
reveal_type(session.modalities)
reveal_type(session.tool_choice)
RealtimeFunctionTool(type="wrong")
RealtimeFunctionTool(name=None)
RealtimeSessionCreateResponse(modalities=["txt"])
RealtimeSessionCreateResponse(tracing="off")
RealtimeSessionCreateResponse(nope=1)
ToolChoiceMCP()
session.id = "x"
session.tools.append(1)
session.nope
"""
SAID = [
    "session.RealtimeSessionCreateResponse",
    "int | session.UnsetType | None",
    "tuple[session.RealtimeFunctionTool, ...] | session.UnsetType | None",
    "tuple[Literal['text'] | Literal['audio'] | str, ...] | session.UnsetType | None",
    (
        "Literal['none'] | Literal['auto'] | Literal['required'] | str"
        " | session.ToolChoiceFunction | session.ToolChoiceMCP | session.Unknown"
        " | session.UnsetType | None"
    ),
    *["arg-type", "arg-type", "list-item", "arg-type", "call-arg", "call-arg"],
    *["misc", "union-attr", "union-attr", "union-attr", "attr-defined"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the copies."""
    folder = tmp_path_factory.mktemp("modules")
    for name, arguments in COPIES.items():
        assert vendor(folder / f"{name}.py", *arguments) == 0
    (folder / "use.py").write_text(USE, "utf-8")
    return folder


def run(*command: str, cwd: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=cwd, capture_output=True, encoding="utf-8"
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("version", ["3.10", "3.13"])
def test_mypy_has_nothing_to_say(folder: Path, version: str) -> None:
    status, said = run("mypy", "--strict", "--python-version", version, ".", cwd=folder)
    assert (status, said) == (0, f"Success: no issues found in {len(COPIES) + 1} source files\n")


def test_pyright_has_nothing_to_say(folder: Path) -> None:
    settings = {"include": ["."], "typeCheckingMode": "strict", "pythonVersion": "3.10"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    status, said = run("pyright", cwd=folder)
    assert said.strip().endswith("0 errors, 0 warnings, 0 informations"), said
    assert status == 0


def test_what_is_wrong_in_a_program_is_told_as_with_the_library(folder: Path) -> None:
    (folder / "mistakes.txt").write_text(MISTAKES, "utf-8")
    status, said = run("mypy", "--strict", "--no-pretty", "mistakes.txt", cwd=folder)
    assert status == 1
    told = [line.partition(": ")[2] for line in said.splitlines()[:-1]]
    revealed = [line.split('"')[1] for line in told if "Revealed" in line]
    codes = [line.rpartition("[")[2].rstrip("]") for line in told if line.startswith("error")]
    assert [*revealed, *codes] == SAID, said
