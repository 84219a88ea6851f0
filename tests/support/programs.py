"""Programs of ``examples/``, run as a user runs them: in a process of their own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.support.paths import EXAMPLES, ROOT

ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "PYTHONWARNINGS": "error",
    "NO_PROXY": "127.0.0.1",
    "OPENAI_API_KEY": "sk-of-the-tests",
}


def run(
    program: str, *arguments: str | Path, status: int = 0, stdin: str = "", **environment: str
) -> tuple[str, str]:
    """Return what a program prints, on standard output and standard error."""
    done = subprocess.run(
        [sys.executable, EXAMPLES / program, *arguments],
        env=ENVIRONMENT | environment,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == status, done.stderr
    return done.stdout, done.stderr


@contextlib.contextmanager
def serve(
    program: str, *arguments: str | Path, lines: int, **environment: str
) -> Iterator[list[str]]:
    """Run a server during the block, and yield the first lines that it prints; later, all."""
    command = [sys.executable, EXAMPLES / program, *arguments]
    with subprocess.Popen(
        command,
        env=ENVIRONMENT | environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(lines)]
        try:
            yield said
        finally:
            process.terminate()
            said += process.stdout.read().splitlines()
