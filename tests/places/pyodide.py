"""In WebAssembly: Pyodide, the CPython of browsers, under Node and without a network."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Final

from .everywhere import archive
from .runs import COPIES, CORE, DATA, NAME, PORTABLE, PYTEST, ROOT, gather, run, told

SCRIPT: Final = Path(__file__).with_suffix(".mjs")
VERSION: Final = "314.0.7"
CACHE: Final = ROOT / ".tox" / f"pyodide-{VERSION}"
"""Where the npm package is kept from one run to the next."""
STACK: Final = "--stack-size=4000"
"""Tests nest data deeply; the stack of Node is small."""
NEEDING_MORE: Final = [
    "tests/decoding/test_properties.py",
    "tests/decoding/test_schemas.py",
    "tests/models/test_secrets.py",
]
"""These need jsonschema, which needs an extension module."""
NOT_THERE: Final = [
    # Pyodide itself fails when it parses such a text, or frees such a value.
    "tests/decoding/test_bad_input.py::test_text_that_is_not_json_is_refused[deep]",
    "tests/decoding/test_bad_input.py::test_free_form_json_that_nests_too_deeply_is_refused[100000-list]",
    "tests/decoding/test_bad_input.py::test_free_form_json_that_nests_too_deeply_is_refused[100000-dict]",
    # There are no threads, and no other processes.
    "tests/models/test_sharing.py::test_sixteen_threads_may_load_and_decode_everything_at_once",
]
RUN_PYTEST: Final = """\
import os, sys
os.chdir("suite")
os.environ["VENDORED"] = sys.argv[1]
sys.path[:0] = ["/place/library.zip", "/place/suite", "/packages"]
import pytest
sys.exit(pytest.main(sys.argv[2:]))
"""


def pyodide(folder: Path) -> None:
    """In CPython for WebAssembly, from a zip file; also the tests that can go there."""
    node = shutil.which("node")
    if node is None or not _installed():
        print(f"  SKIPPED: it takes Node 18 or newer, and the npm package pyodide {VERSION}")
        return
    archive(folder)
    shutil.copy(PORTABLE, folder)
    shutil.copytree(DATA, folder / "data")
    for name, at_least in COPIES.items():
        told(_run(node, folder, "portable.py", name, "data", "library.zip"), at_least)
    example = ROOT / "examples"
    command = [example / "pyodide" / "run.mjs", folder / "library.zip", example / "error.json"]
    shown = run([*offline(), node, *command], CACHE)
    if not shown.startswith("RealtimeServerEventError("):
        sys.exit(f"expected an error event, found {shown}")
    print(f"  examples/pyodide: {shown[:60]}...")
    gather(folder / "suite")
    (folder / "run_pytest.py").write_text(RUN_PYTEST, "utf-8")
    options = [
        *(*PYTEST, "-p", "no:cacheprovider"),
        *(f"--ignore={test}" for test in NEEDING_MORE),
        *(f"--deselect={test}" for test in NOT_THERE),
    ]
    print(f"  {NAME}: {_run(node, folder, 'run_pytest.py', NAME, *options, *CORE)}")


def _run(node: str, place: Path, *command: str) -> str:
    packages = sysconfig.get_paths()["purelib"]
    return run([*offline(), node, STACK, SCRIPT, place, packages, *command], CACHE)


def offline() -> list[str]:
    """Return what makes a command run without any network, where the system can do that."""
    unshare = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") is None:
        return []
    tried = subprocess.run([*unshare, "true"], stderr=subprocess.DEVNULL, check=False)
    return [] if tried.returncode else unshare


def _installed() -> bool:
    """Install the npm package if it is missing; return whether it is there."""
    there = CACHE / "node_modules" / "pyodide" / "package.json"
    npm = shutil.which("npm")
    if not there.is_file() and npm is not None:
        CACHE.mkdir(parents=True, exist_ok=True)
        # Without a network, npm would retry for minutes; it reports itself why it gives up.
        options = ["--engine-strict", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"]
        command = [npm, "install", "--loglevel=error", *options, "--prefix", str(CACHE)]
        subprocess.run([*command, f"pyodide@{VERSION}"], stdout=subprocess.DEVNULL, check=False)
    return there.is_file()
