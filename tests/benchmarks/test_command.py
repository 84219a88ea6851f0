"""The whole suite runs, with as few rounds as possible: no test here depends on time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import folding, versus
from benchmarks.__main__ import PARTS, main
from benchmarks.imports import EVERYTHING, ONE_TYPE, ONE_UNION, PACKAGES, WARM
from benchmarks.measures import KEPT, OBJECTS, WITH_STRINGS
from benchmarks.payloads import payloads
from benchmarks.peers.peer import OPERATIONS
from benchmarks.results import OURS, Results, load
from realtime_models import DecodeError, Model, check
from tests.support.paths import ROOT

QUICK = ["--rounds", "1", "--milliseconds", "0.001"]
AFTER = ["ours after orjson", "ours after msgspec"]
NAMES = [OURS, "msgspec", "pydantic", "mashumaro", "openai"]


def run(folder: Path, *arguments: str) -> Results:
    assert main([*arguments, *QUICK, "--save", str(folder / "results.json")]) == 0
    return load(folder / "results.json")


def test_every_peer_is_measured_with_every_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = run(tmp_path, "messages", "memory")
    assert results.measures() == [*OPERATIONS.values(), OBJECTS, WITH_STRINGS]
    decoded = results.of(OPERATIONS["decode"])
    assert decoded.peers() == NAMES
    assert set(results.of(OPERATIONS["read"]).peers()) == {*NAMES, *AFTER, "json"}
    assert len(decoded.subjects()) == 10
    for subject in decoded.subjects():
        assert all(decoded.ratio(subject, peer) for peer in decoded.peers())
    printed = capsys.readouterr().out
    assert all(f"### {title}" in printed for title in results.measures())


def test_a_conversation_is_measured(tmp_path: Path) -> None:
    results = run(tmp_path, "conversation", "--peers", "msgspec")
    assert results.measures() == [*KEPT.values()]
    assert results.of(KEPT["read"]).peers() == [OURS, "msgspec"]


def test_folding_a_conversation_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    folding.main(events=20, runs=1)
    printed = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in printed] == [
        "decoding",
        "folding, audio=False",
        "folding, audio=True",
        *[f"folding {deltas} deltas of one item" for deltas in (10, 20, 40)],
        "memory of 1000 deltas of audio, audio=False",
        "memory of 1000 deltas of audio, audio=True",
    ]


def test_imports_are_measured(tmp_path: Path) -> None:
    results = run(tmp_path, "imports", "--peers", "msgspec")
    assert results.measures() == [WARM]
    assert results.subjects() == [ONE_TYPE, ONE_UNION, EVERYTHING]
    assert results.ratio(ONE_UNION, "msgspec") is not None


@pytest.mark.parametrize("package", PACKAGES)
def test_the_same_is_imported_of_the_sdk_and_of_ours(package: str) -> None:
    assert list(PACKAGES[package]) == [ONE_TYPE, ONE_UNION, EVERYTHING]
    for statement in PACKAGES[package].values():
        exec(statement, {})


def test_kept_data_gives_the_same_tables_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = run(tmp_path, "memory", "--peers", "msgspec")
    first = capsys.readouterr().out
    assert main(["--load", str(tmp_path / "results.json")]) == 0
    assert capsys.readouterr().out == first
    assert results.peers() == [OURS, "msgspec"]


def test_a_part_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["speed"])
    assert "no part is called speed" in capsys.readouterr().err
    assert "memory" in PARTS


def test_the_command_tells_how_it_is_used() -> None:
    command = [sys.executable, "-m", "benchmarks", "--help"]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    assert "--save FILE" in done.stdout


def test_what_is_compared_with_another_checkout_does_what_it_says() -> None:
    done = {name: function() for name, function in versus.work()}
    assert {name.partition(": ")[0] for name in done} == set(versus.OPERATIONS)
    for payload in payloads():
        data = done[f"encode: {payload.name}"]
        assert data == payload.data
        assert done[f"build: {payload.name}"] == done[f"decode: {payload.name}"]
        refused, kept = done[f"refuse: {payload.name}"], done[f"keep: {payload.name}"]
        assert isinstance(refused, DecodeError)
        assert isinstance(kept, Model)
        assert kept.problems == refused.problems
        assert done[f"check: {payload.name}"] == check(payload.type_name, payload.data)


def test_a_checkout_compared_with_itself_gives_a_ratio_for_each_message(
    capsys: pytest.CaptureFixture[str],
) -> None:
    versus.main([str(ROOT), *QUICK])
    printed = capsys.readouterr().out
    assert all(f"\n{title}: " in printed for title in versus.OPERATIONS.values())
    assert printed.count("response.done, ten items") == len(versus.OPERATIONS)
