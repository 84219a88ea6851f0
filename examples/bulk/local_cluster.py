"""A small cluster on this machine: a scheduler and workers, each in a process of its own.

Their interpreters are isolated (``-I``): they see neither this folder nor ``PYTHONPATH``, only what
is installed and what a client sends them, like the machines of a real cluster.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 60.0
"""The seconds in which the scheduler must be ready."""


@contextlib.contextmanager
def local_cluster(workers: int) -> Iterator[str]:
    """Run a cluster during the block, and yield its address."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "scheduler.json")
        with _running("scheduler", "--port", "0", "--scheduler-file", str(file)):
            address = _address(file)
            options = (address, "--no-nanny", "--nthreads", "1", "--local-directory", folder)
            with contextlib.ExitStack() as stack:
                for _ in range(workers):
                    stack.enter_context(_running("worker", *options))
                yield address


@contextlib.contextmanager
def _running(role: str, *options: str) -> Iterator[None]:
    """Run a process of the cluster during the block."""
    command = [sys.executable, "-I", "-m", "dask", role, *options]
    environment = {**os.environ, "DASK_LOGGING__DISTRIBUTED": "error"}
    with subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--no-dashboard"], env=environment
    ) as process:
        try:
            yield
        finally:
            process.terminate()


def _address(file: Path) -> str:
    """Return the address of the scheduler, once it has written that to a file."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError, ValueError):  # not there yet, or incomplete
            return f"{json.loads(file.read_text('utf-8'))['address']}"
        time.sleep(0.05)
    raise TimeoutError("the scheduler did not start")
