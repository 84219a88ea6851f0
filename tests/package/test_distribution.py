"""The wheel and the source archive: what is in them, and that nothing else is."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from email.message import Message
from email.parser import Parser
from hashlib import sha256
from pathlib import Path

import pytest

import realtime_models as rm
from tests.support.paths import ROOT

PACKAGES = [ROOT / "realtime_models", *sorted((ROOT / "adapters").glob("realtime_models_*"))]
FOR_DEVELOPERS_OF_THE_CLONE = (
    *(".ci/", ".github/", ".editorconfig", ".gitignore", ".pre-commit-config.yaml"),
    *(".python-version", "constraints.txt"),
)
"""The parts of the repository that are in no archive."""


def run(*command: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(folder: Path) -> Path:
    """Build the source archive, and from it the wheel, in a folder."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder))
    return folder


@pytest.fixture(scope="module", name="built")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that is built from it."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module", name="wheel")
def find_wheel(built: Path) -> Path:
    (wheel,) = built.glob("*.whl")
    assert wheel.name == f"realtime_models-{rm.__version__}-py3-none-any.whl"
    return wheel


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(f"realtime_models-{rm.__version__}.dist-info/METADATA").decode()
    return Parser().parsestr(text)


def relative(paths: Iterable[Path], folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in paths}


def test_the_wheel_holds_the_packages_and_the_licence_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.endswith("/")}
    info = f"realtime_models-{rm.__version__}.dist-info"
    expected = {
        file
        for package in PACKAGES
        for file in relative([*package.rglob("*.py"), package / "py.typed"], package.parent)
    }
    assert held - expected == {
        f"{info}/METADATA",
        f"{info}/RECORD",
        f"{info}/WHEEL",
        f"{info}/licenses/LICENSE",
    }
    assert expected <= held


def test_the_source_archive_holds_what_a_developer_needs(built: Path) -> None:
    (source,) = built.glob("*.tar.gz")
    top = f"realtime_models-{rm.__version__}/"
    with tarfile.open(source) as archive:
        held = {member.name.removeprefix(top) for member in archive if member.isfile()}
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    expected = {name for name in listed if not name.startswith(FOR_DEVELOPERS_OF_THE_CLONE)}
    # The build backend adds the metadata, and the list of what it has ignored.
    assert held - expected <= {"PKG-INFO", ".gitignore"}
    assert expected - held == set()


def test_two_builds_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    def hashes(folder: Path) -> dict[str, str]:
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}

    first, second = hashes(built), hashes(build(tmp_path))
    assert first == second
    assert len(first) == 2


def test_the_tests_of_the_source_archive_pass_where_nothing_else_is(
    built: Path, tmp_path: Path
) -> None:
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    (root,) = tmp_path.iterdir()
    # Those that read the most kinds of files of the archive; all would take minutes.
    names = ("docs/test_examples", "docs/test_guides", "docs/test_readme", "package/test_imports")
    tests = [f"tests/{name}.py" for name in names]
    options = ("-q", "-n", "auto", "--hypothesis-profile=one", "-p", "no:cacheprovider")
    printed = run(sys.executable, "-m", "pytest", *options, *tests, cwd=root)
    assert " passed" in printed
    run(sys.executable, "-m", "codegen", "--check", cwd=root)


def test_the_metadata_says_what_the_package_is_and_that_it_needs_nothing(wheel: Path) -> None:
    found = metadata(wheel)
    assert found["Name"] == "realtime-models"
    assert found["Version"] == rm.__version__
    assert found["Requires-Python"] == ">=3.10"
    assert found["License-Expression"] == "MIT"
    assert found.get_all("License-File") == ["LICENSE"]
    assert [need for need in found.get_all("Requires-Dist", []) if "extra ==" not in need] == []
    assert "Typing :: Typed" in found.get_all("Classifier", [])
    assert found.get_payload() == (ROOT / "README.md").read_text("utf-8")


def test_the_index_would_take_both_and_show_the_readme(built: Path) -> None:
    files = sorted(str(path) for path in built.iterdir())
    assert len(files) == 2
    run(sys.executable, "-m", "twine", "check", "--strict", *files)


def test_the_wheel_works_where_nothing_else_is(wheel: Path, tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(wheel)!r})\n"
        "from realtime_models import RealtimeFunctionTool as Tool, check\n"
        'print(Tool.from_json(\'{"name": "f"}\').to_json(), check(Tool, {}))'
    )
    printed = run(sys.executable, "-I", "-S", "-c", program, cwd=tmp_path)
    assert printed == '{"name":"f"} []\n'
