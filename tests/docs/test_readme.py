"""Every command and every snippet of the README does what it says."""

from __future__ import annotations

import contextlib
import glob
import io
import re
import shlex
from importlib.util import find_spec

import pytest

from realtime_models.__main__ import main
from tests.support.paths import ROOT

README = (ROOT / "README.md").read_text("utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
CONSOLE = re.findall(r"```console\n\$ (.*?)\n(.*?)```", README, re.DOTALL)


def test_the_readme_is_short() -> None:
    assert README.count("\n") < 150


def test_the_readme_is_whole_on_the_index_of_packages_where_no_other_file_is() -> None:
    assert [to for to in re.findall(r"\]\(([^)]*)\)", README) if "://" not in to] == []


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_a_snippet_prints_what_its_comments_say(snippet: str) -> None:
    modules = re.findall(r"^(?:from|import) (\w+)", snippet, re.MULTILINE)
    missing = [name for name in modules if not find_spec(name)]
    if missing:  # An adapter's snippet is run in the environments of the adapter.
        pytest.skip(f"needs {missing}")
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(snippet, {})
    expected = re.findall(r"^(?:.*\) {2,}| *)# (.*)$", snippet, re.MULTILINE)
    said = [line.partition(": a field newer")[0].strip() for line in expected]
    printed = [line.strip() for line in output.getvalue().splitlines()]
    assert said == printed[: len(said)]
    assert said or printed


def test_the_first_command_prints_what_the_readme_shows(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    command, shown = CONSOLE[0]
    words = shlex.split(command)
    assert words[:3] == ["python3", "-m", "realtime_models"]
    arguments = [path for word in words[3:] for path in sorted(glob.glob(word)) or [word]]
    assert main(arguments) == 0
    assert capsys.readouterr().out == shown


@pytest.mark.skipif(not (ROOT / ".ci").is_dir(), reason="not in the source archive")
def test_the_test_command_is_the_one_that_ci_runs() -> None:
    assert "$ pip install tox && tox\n" in README
    assert re.search(r"^tox 2>&1", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
