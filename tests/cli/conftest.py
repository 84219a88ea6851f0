"""Runs commands in an empty folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime_models.__main__ import main
from tests.cli.inputs import Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command in an empty folder: the exit status, the lines printed, and the complaints."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, list[str], str]:
        status = main([*arguments])
        out, err = capsys.readouterr()
        return status, out.splitlines(), err

    return run
