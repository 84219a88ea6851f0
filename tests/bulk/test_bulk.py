"""The summary of an archive of events is the same, whoever reads it."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from itertools import chain, permutations
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import EXAMPLES
from tests.support.programs import run

PARTS, SESSIONS = 4, 12
NEWER = "response.mood.updated"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The parts of a small archive."""
    return make(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def bulk() -> Iterator[Any]:
    """The program for clusters, as a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLES / "bulk"))
        import on_cluster

        yield on_cluster


def make(folder: Path, seed: int = 1) -> list[Path]:
    """Return an archive that the program made."""
    counts = ("--parts", f"{PARTS}", "--sessions", f"{SESSIONS}", "--seed", f"{seed}")
    run("bulk/make_archive.py", folder, *counts)
    return sorted(folder.glob("*.gz"))


def expected(archive: list[Path]) -> list[str]:
    """Return what a program must print, computed without the library."""
    counts: Counter[str] = Counter()
    tokens = {"input_tokens": 0, "output_tokens": 0, "audio_bytes": 0}
    lines = [gzip.decompress(part.read_bytes()).splitlines() for part in archive]
    for line in chain.from_iterable(lines):
        try:
            data = json.loads(line)
        except ValueError:
            counts["malformed"] += 1
            continue
        kind = data["type"]
        counts[f"newer: {kind}" if kind == NEWER else f"events: {kind}"] += 1
        if kind == "error":
            counts[f"errors: {data['error']['code']}"] += 1
        if kind == "response.output_audio.delta":
            tokens["audio_bytes"] += len(b64decode(data["delta"]))
        if kind == "response.done":
            for item in data["response"]["output"]:
                counts[f"calls: {item.get('name')}"] += item["type"] == "function_call"
            for name in ("input_tokens", "output_tokens"):
                tokens[name] += data["response"]["usage"][name]
    return sorted(f"{key}: {count}" for key, count in {**+counts, **tokens}.items())


def test_an_archive_is_the_same_for_the_same_seed(archive: list[Path], tmp_path: Path) -> None:
    assert len(archive) == PARTS
    contents = [part.read_bytes() for part in archive]
    assert [part.read_bytes() for part in make(tmp_path / "again")] == contents
    assert not {part.read_bytes() for part in make(tmp_path / "other", 2)} & {*contents}


def test_the_archive_has_everything_that_is_counted(archive: list[Path]) -> None:
    kinds = {line.split(":")[0] for line in expected(archive)}
    assert kinds == {
        *("events", "newer", "malformed", "errors", "calls"),
        *("input_tokens", "output_tokens", "audio_bytes"),
    }


def test_one_machine_counts_what_is_there(archive: list[Path]) -> None:
    printed, _ = run("bulk/on_one_machine.py", *archive, "--workers", "2")
    assert sorted(printed.splitlines()) == expected(archive)


def test_parts_merge_to_the_same_in_any_order_and_grouping(archive: list[Path], bulk: Any) -> None:
    whole = bulk.as_text(reduce(bulk.merge, map(bulk.summarise_part, map(str, archive))))
    assert sorted(whole.splitlines()) == expected(archive)
    for a, b, c, d in permutations(bulk.summarise_part(str(part)) for part in archive):
        assert bulk.as_text(bulk.merge(bulk.merge(a, b), bulk.merge(c, d))) == whole
        assert bulk.as_text(bulk.merge(a, bulk.merge(b, bulk.merge(c, d)))) == whole
    assert bulk.merge(a, bulk.Summary()) == a


def test_the_zip_file_is_all_that_a_bare_interpreter_needs(
    archive: list[Path], bulk: Any, tmp_path: Path
) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from summary import as_text, summarise_part\n"
        "print(as_text(summarise_part(sys.argv[2])))"
    )
    command = [sys.executable, "-I", "-S", "-c", code, bulk.library_zip(tmp_path), archive[0]]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    assert sorted(done.stdout.splitlines()) == expected(archive[:1])


def test_nothing_of_ours_is_installed_where_the_workers_run() -> None:
    command = [sys.executable, "-I", "-c", "import distributed, realtime_models"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.stderr.endswith("ModuleNotFoundError: No module named 'realtime_models'\n")


def test_a_cluster_counts_what_is_there(archive: list[Path]) -> None:
    printed, _ = run("bulk/on_cluster.py", *archive)
    assert sorted(printed.splitlines()) == expected(archive)


def test_the_three_ways_are_equal_and_the_workers_have_the_library_from_the_zip_file(
    archive: list[Path],
) -> None:
    printed, _ = run("bulk/compare.py", *archive, "--workers", "2")
    head, *lines = printed.splitlines()
    assert head.split() == ["seconds", "lines/s", "processor", "s", "per", "core"]
    row = r"{} +\d+\.\d\d +[\d,]+ +\d+\.\d\d +[\d,]+"
    for line, name in zip(lines, ["plain loop", "2 processes", "2 Dask workers"], strict=False):
        assert re.fullmatch(row.format(name), line)
    origin = lines[3].removeprefix("the workers have the library from ").split()
    assert len(origin) == 2
    for path in origin:
        assert path.endswith("realtime_models_and_summary.zip/realtime_models/__init__.py")
    assert sorted(lines[4:-1]) == expected(archive)
    assert lines[-1] == "the summaries are equal"
