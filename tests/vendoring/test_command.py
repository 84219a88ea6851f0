"""The command ``vendor``: what it writes, what it refuses, and what it says of earlier copies."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from realtime_models.vendoring import header
from realtime_models.vendoring.copying import HEAD, TEMPORARY, whole_library
from realtime_models.vendoring.definitions import sources
from realtime_models.vendoring.header import (
    ADAPTERS,
    LICENCE,
    CopyOptions,
    VendorError,
    options_of,
)
from tests.support.paths import ROOT
from tests.vendoring.copies import vendor

PACKAGE = ROOT / "realtime_models"
BEHIND = ("__main__.py", "cli", "vendoring")


def files(folder: Path) -> dict[str, bytes]:
    """Return what the files in a folder hold."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_the_whole_library_is_copied_with_its_licence_and_without_its_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vendor(tmp_path / "app" / "models") == 0
    copied = files(tmp_path / "app" / "models")
    kept = {
        path: HEAD.encode() + content if path.endswith(".py") else content
        for path, content in files(PACKAGE).items()
        if path.partition("/")[0] not in BEHIND
    }
    licence = (ROOT / "LICENSE").read_bytes()
    listed = copied.pop("VENDORED.txt").decode()
    assert copied == {**kept, "LICENSE": licence}
    assert "    python -m realtime_models vendor models\n" in listed
    size = sum(map(len, copied.values())) + len(listed)
    count = len(copied) + 1
    assert (
        capsys.readouterr().out == f"{tmp_path / 'app' / 'models'}: {count} files, {size:,} bytes\n"
    )


def test_the_licence_is_that_of_the_repository() -> None:
    assert (ROOT / "LICENSE").read_text("utf-8") == LICENCE


def test_a_copy_is_current_until_something_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = [tmp_path / "models", tmp_path / "tool.py"]
    assert [vendor(copy, "--check") for copy in copies] == [4, 4]
    assert [vendor(copies[0]), vendor(copies[1], "MCPToolFilter")] == [0, 0]
    assert [vendor(copy, "--check") for copy in copies] == [0, 0]
    assert vendor(copies[1], "MCPToolFilter", "--check", "--only") == 0
    assert vendor(copies[1], "MCPTool", "--check") == 1
    capsys.readouterr()

    monkeypatch.setattr(header, "SCHEMA", "of a newer version")
    assert [vendor(copy, "--check") for copy in copies] == [1, 1]
    assert capsys.readouterr().out.splitlines() == [
        f"{copy}: outdated: running the command again would change it" for copy in copies
    ]
    assert [vendor(copy) for copy in copies] == [0, 0]
    assert capsys.readouterr().out.splitlines()[1].startswith(f"{copies[1]}: 1 file, ")
    assert [vendor(copy, "--check") for copy in copies] == [0, 0]
    assert " MCPToolFilter\n" in copies[1].read_text("utf-8")


def test_an_edited_copy_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = [tmp_path / "models", tmp_path / "fewer", tmp_path / "more", tmp_path / "tool.py"]
    for copy in copies:
        assert vendor(copy, *(["MCPToolFilter"] if copy.suffix else [])) == 0
    (copies[0] / "adapting.py").write_text("# mine\n", "utf-8")
    (copies[1] / "adapting.py").unlink()
    (copies[2] / "wire" / "notes.txt").write_text("mine", "utf-8")
    copies[3].write_text(copies[3].read_text("utf-8") + "# mine\n", "utf-8")
    before = files(tmp_path)
    capsys.readouterr()
    assert [vendor(copy, "--check") for copy in copies] == [3, 3, 3, 3]
    assert [vendor(copy) for copy in copies] == [2, 2, 2, 2]
    names = ["adapting.py", "adapting.py", "wire/notes.txt", "tool.py"]
    assert capsys.readouterr().err.splitlines() == [
        f"cannot copy: {copy} was edited: {name}; to update it, remove it and run:"
        f" python -m realtime_models vendor {copy.name}{' MCPToolFilter' * bool(copy.suffix)}"
        for copy, name in zip(copies, names, strict=True)
    ]
    assert files(tmp_path) == before


def test_bytecode_is_not_an_edit(tmp_path: Path) -> None:
    assert vendor(tmp_path / "models") == 0
    compileall.compile_dir(tmp_path / "models", quiet=1)
    assert vendor(tmp_path / "models", "--check") == 0


def test_line_ends_are_not_an_edit(tmp_path: Path) -> None:
    path = tmp_path / "tool.py"
    assert vendor(path, "MCPToolFilter") == 0
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert vendor(path, "--check") == 0


def test_what_a_newer_version_lacks_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "models"
    monkeypatch.setattr(
        "realtime_models.vendoring.copying.whole_library",
        lambda name: whole_library(name) | {"wire/old.py": "#\n"},
    )
    assert vendor(folder) == 0
    assert (folder / "wire" / "old.py").exists()
    monkeypatch.undo()
    assert vendor(folder, "--check") == 1
    assert vendor(folder) == 0
    assert not (folder / "wire" / "old.py").exists()
    assert list(tmp_path.iterdir()) == [folder]


def test_what_it_did_not_write_is_not_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.py").write_text("mine = 1\n", "utf-8")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "main.py").write_text("mine = 1\n", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "odd.py").mkdir()
    (tmp_path / "binary.py").write_bytes(b"\xff\xfe")
    before = files(tmp_path)
    for name in ("mine.py", "odd.py", "binary.py"):
        assert vendor(tmp_path / name, "MCPTool") == 2
    for name in ("app", "file"):
        assert vendor(tmp_path / name) == 2
    there = "already exists, and this command did not write it"
    app = tmp_path / "app"
    errors = capsys.readouterr().err.splitlines()
    assert errors[0] == f"cannot copy: {tmp_path / 'mine.py'} {there}"
    assert errors[3] == (
        f"cannot copy: {app} contains files that this command did not write;"
        f" try {app / 'realtime_models'}"
    )
    assert [vendor(tmp_path / name, "--check") for name in ("mine.py", "app")] == [5, 5]
    assert files(tmp_path) == before
    assert vendor(app / "realtime_models") == 0


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    assert vendor(tmp_path / "models") == 0
    assert vendor(tmp_path / "models", "--check") == 0


@pytest.mark.parametrize(("name", "types"), [("models", []), ("tool.py", ["MCPToolFilter"])])
def test_an_interrupted_run_leaves_the_old_copy_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, types: list[str]
) -> None:
    assert vendor(tmp_path / name, *types) == 0
    before = files(tmp_path)
    write_text, replace = Path.write_text, os.replace

    def stop_writing(path: Path, text: str, *rest: Any, **options: Any) -> int:
        write_text(path, text[: len(text) // 2], *rest, **options)
        raise KeyboardInterrupt

    def stop_replacing(source: Path, target: Path) -> None:
        if source.name == "new":
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(header, "SCHEMA", "of a newer version")
    for place, method, stop in (
        (Path, "write_text", stop_writing),
        (os, "replace", stop_replacing),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(place, method, stop)
            assert vendor(tmp_path / name) == 130
        assert files(tmp_path) == before
    assert vendor(tmp_path / name) == 0
    assert vendor(tmp_path / name, "--check") == 0
    assert list(tmp_path.iterdir()) == [tmp_path / name]


KILLED = """
import os, sys
from realtime_models.__main__ import main

replace = os.replace

def killed(source, target):
    if source.name == "new":
        os._exit(9)
    replace(source, target)

os.replace = killed
main(["vendor", sys.argv[1], "--adapter", "attrs"])
"""


def test_what_a_killed_run_leaves_is_repaired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "models"
    monkeypatch.syspath_prepend(ROOT / "adapters")
    assert vendor(folder, "--adapter", "pydantic") == 0
    (tmp_path / ".models-being-copied-notes").mkdir()
    (tmp_path / ".models-being-copied-notes" / "mine.txt").write_text("mine", "utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'adapters'}"}
    command = [sys.executable, "-c", KILLED, str(folder)]
    assert subprocess.run(command, env=environment).returncode == 9
    assert not folder.exists()
    capsys.readouterr()
    assert vendor(folder, "--check") == 7
    told = "interrupted: running the command again repairs it"
    assert capsys.readouterr().out == f"{folder}: {told}\n"
    assert vendor(folder) == 0
    assert vendor(folder, "--adapter", "pydantic", "--only", "--check") == 0
    assert {path.name for path in tmp_path.iterdir()} == {"models", ".models-being-copied-notes"}


@pytest.mark.parametrize("name", ["empty", "linked.py", "adapting.py", "__pycache__/notes.txt"])
def test_what_is_not_of_the_copy_stays_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    folder = tmp_path / "models"
    assert vendor(folder) == 0
    (folder / name).parent.mkdir(exist_ok=True)
    if name == "empty":
        (folder / name).mkdir()
    elif name.endswith(".py"):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(folder / "catalog.py")
    else:
        (folder / name).write_text("mine", "utf-8")
    capsys.readouterr()
    assert vendor(folder) == 2
    assert f"{folder} was edited: {name}" in capsys.readouterr().err
    assert (folder / name).exists()
    assert vendor(folder, "--check") == 3


@pytest.mark.parametrize("name", ["", "wire/mine", "mine"])
def test_nothing_is_written_into_the_library_itself(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before = files(PACKAGE)
    assert vendor(PACKAGE / name) == 2
    assert (
        capsys.readouterr().err == f"cannot copy: {PACKAGE / name} is inside the library itself\n"
    )
    assert files(PACKAGE) == before


def test_a_second_run_adds_to_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tool.py"
    assert [vendor(path, "RealtimeFunctionTool"), vendor(path, "MCPTool")] == [0, 0]
    assert vendor(path, "RealtimeTruncation", "MCPTool") == 0
    text = path.read_text("utf-8")
    assert " vendor tool.py RealtimeFunctionTool MCPTool RealtimeTruncation\n" in text
    assert all(f"class {name}(Model)" in text for name in ("RealtimeFunctionTool", "MCPTool"))
    assert "no longer" not in capsys.readouterr().out
    assert vendor(path, "MCPTool", "--check") == 0
    assert vendor(path, "MCPTool", "--check", "--only") == 1
    assert vendor(path, "MCPTool", "--only") == 0
    told = f"{path}: no longer with RealtimeFunctionTool, RealtimeTruncation\n"
    assert capsys.readouterr().out.endswith(told)
    assert "class RealtimeFunctionTool(Model)" not in path.read_text("utf-8")
    assert vendor(path, "--only") == 2
    assert capsys.readouterr().err == "cannot copy: name the types to copy into the file\n"


def test_a_second_run_keeps_the_adapters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT / "adapters")
    folder = tmp_path / "models"
    assert vendor(folder, "--adapter", "pydantic", "--adapter", "attrs") == 0
    assert [vendor(folder), vendor(folder, "--adapter", "attrs")] == [0, 0]
    assert all((folder / f"realtime_models_{name}").is_dir() for name in ADAPTERS)
    head = (folder / "VENDORED.txt").read_text("utf-8")
    assert " vendor models --adapter pydantic --adapter attrs\n" in head
    assert "imports only the standard library, pydantic, attrs, cattrs; it opens no file" in head
    assert vendor(folder, "--only", "--adapter", "attrs") == 0
    assert capsys.readouterr().out.endswith(f"{folder}: no longer with pydantic\n")
    assert not (folder / "realtime_models_pydantic").exists()


@pytest.mark.parametrize("newer", ["0.1.1", "0.10", "1.0rc1"])
def test_a_copy_of_a_newer_version_is_not_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, newer: str
) -> None:
    copies = [tmp_path / "models", tmp_path / "tool.py"]
    monkeypatch.setattr(header, "__version__", newer)
    assert [vendor(copies[0]), vendor(copies[1], "MCPTool")] == [0, 0]
    monkeypatch.undo()
    before = files(tmp_path)
    capsys.readouterr()
    assert [vendor(copy, "--check") for copy in copies] == [6, 6]
    assert [vendor(copy) for copy in copies] == [2, 2]
    told = "newer than this library: update the library first"
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [f"{copy}: {told}" for copy in copies]
    assert printed.err.splitlines() == [f"cannot copy: {copy} is {told}" for copy in copies]
    assert files(tmp_path) == before


@pytest.mark.parametrize("older", ["0.0.9", "0.1.0rc1", "0.1.0.dev2"])
def test_a_copy_of_an_older_version_is_outdated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, older: str
) -> None:
    monkeypatch.setattr(header, "__version__", older)
    assert vendor(tmp_path / "tool.py", "MCPTool") == 0
    monkeypatch.undo()
    assert vendor(tmp_path / "tool.py", "--check") == 1
    assert [vendor(tmp_path / "tool.py"), vendor(tmp_path / "tool.py", "--check")] == [0, 0]


def test_a_link_to_a_copy_stays_one(tmp_path: Path) -> None:
    assert vendor(tmp_path / "real.py", "MCPToolFilter") == 0
    (tmp_path / "linked.py").symlink_to("real.py")
    assert vendor(tmp_path / "linked.py", "MCPTool") == 0
    assert (tmp_path / "linked.py").is_symlink()
    assert "class MCPTool(Model)" in (tmp_path / "real.py").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["json"], "json cannot be the name of your module"),
        (["class.py", "MCPTool"], "class cannot be the name of your module"),
        (["my-models"], "my-models cannot be the name of your module"),
        (["mode\u0300les"], "mode\u0300les cannot be the name of your module"),
        (["models", "MCPTool"], "models must end with .py: types are copied into one file"),
        (["tools.py"], "name the types to copy into the file"),
        (
            ["x.py", "MCPTool", "--adapter", "attrs"],
            "an adapter needs the whole library; remove the names",
        ),
    ],
    ids=" ".join,
)
def test_an_invalid_destination_is_refused(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert vendor(*arguments) == 2
    assert capsys.readouterr().err.startswith(f"cannot copy: {message}")
    assert not list(tmp_path.iterdir())


def test_the_command_in_a_copy_is_the_one_that_made_it() -> None:
    options = CopyOptions(("A=B,C", "D"))
    command = "python -m realtime_models vendor app/x.py A=B,C D"
    assert options.command(PurePosixPath("app/x.py")) == command
    assert options.command(PurePosixPath("/home/me/x.py")) == command.replace("app/", "")
    assert options_of(command) == options
    for options in (CopyOptions(), CopyOptions((), ("attrs", "pydantic"))):
        assert options_of(options.command(PurePosixPath("x"))) == options


def test_a_long_command_takes_some_lines() -> None:
    many = CopyOptions(tuple(f"RealtimeServerEvent{number}" for number in range(20)))
    text = header.with_header(many.command(PurePosixPath("x.py")), "content\n", "# ")
    assert max(map(len, text.splitlines())) <= 100
    found = header.read_header(text)
    assert found
    assert found.command == many.command(PurePosixPath("x.py"))
    assert options_of(found.command) == many
    assert found.content == "content\n"
    edited, cut_off = (
        header.read_header(other)
        for other in (text + "more\n", "".join(text.splitlines(keepends=True)[:4]))
    )
    assert edited
    assert edited.content is None
    assert cut_off
    assert cut_off.content is None
    assert found.command.startswith(cut_off.command)
    assert header.read_header("import os\n") is None


AN_ADAPTER = {
    "__init__.py": '''
        """An adapter."""

        from __future__ import annotations

        from importlib import import_module
        from typing import TYPE_CHECKING

        if TYPE_CHECKING:
            from .fields import described as described

        __all__ = ["described"]


        def __getattr__(name: str) -> object:
            return getattr(import_module(".fields", __name__), name)
        ''',
    "fields.py": '''
        """Some words, with names that the library has for other things."""

        from __future__ import annotations

        from dataclasses import dataclass
        from typing import TypeVar

        from realtime_models import DecodeError, from_wire
        from realtime_models import adapting as tools
        from realtime_models._runtime.base import Model

        T = TypeVar("T", bound=Model)


        @dataclass(frozen=True)
        class Room:
            """Not that of the library."""

            name: str


        def check(value: object) -> bool:
            """Not that of the library either, which is public."""
            return tools.is_map(value)


        # Told in words.
        def as_plain(model: type[T], data: object) -> T:
            from realtime_models._runtime.json_text import ENCODER

            return model.from_json(ENCODER.encode(data))


        def described(name: str, data: object) -> str:
            """What a value is."""
            try:
                value = from_wire(name, data)
            except DecodeError as error:
                return f"{Room(name)}: {error}"
            assert as_plain(type(value), data) == value
            return f"{Room(name)}: {check(data)}"
        ''',
}


@pytest.fixture
def adapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An adapter that can be imported."""
    folder = tmp_path / "installed" / "realtime_models_attrs"
    folder.mkdir(parents=True)
    for name, text in AN_ADAPTER.items():
        lines = text.splitlines(keepends=True)[1:]
        indent = len(lines[0]) - len(lines[0].lstrip())
        (folder / name).write_text("".join(line[indent:] or "\n" for line in lines), "utf-8")
    monkeypatch.syspath_prepend(folder.parent)
    for name in [name for name in sys.modules if name.startswith("realtime_models_attrs")]:
        monkeypatch.delitem(sys.modules, name)
    return folder


def test_an_adapter_is_copied_with_its_imports_rewritten(tmp_path: Path, adapter: Path) -> None:
    assert vendor(tmp_path / "models", "--adapter", "attrs") == 0
    text = (tmp_path / "models" / adapter.name / "fields.py").read_text("utf-8")
    original = (adapter / "fields.py").read_text("utf-8")
    moved = original.replace("from realtime_models import", "from .. import")
    assert text == HEAD + moved.replace("from realtime_models.", "from ..")
    code = (
        f"from models.{adapter.name} import described\n"
        "print(described('MCPToolFilter', {}))\n"
        "import sys; print([name for name in sys.modules if name.startswith('realtime')])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines() == ["Room(name='MCPToolFilter'): True", "[]"], done.stderr


def test_a_missing_adapter_is_reported(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / PACKAGE.name)
    # Without site-packages, and beside nothing but the library.
    command = [sys.executable, "-E", "-S", "-m", "realtime_models", "vendor", "models"]
    for adapter in ADAPTERS:
        done = subprocess.run(
            [*command, "--adapter", adapter], cwd=tmp_path, capture_output=True, encoding="utf-8"
        )
        told = f"cannot copy: realtime_models_{adapter} is not installed\n"
        assert (done.returncode, done.stderr) == (2, told)
    assert not (tmp_path / "models").exists()


def test_copies_are_made_from_a_zip_file_too(tmp_path: Path) -> None:
    archive = tmp_path / "library.zip"
    with zipfile.ZipFile(archive, "w") as bundle:
        for path, content in files(PACKAGE).items():
            bundle.writestr(f"realtime_models/{path}", content)
    command = [sys.executable, "-m", "realtime_models", "vendor", "copied.py", "MCPTool"]
    environment = {**os.environ, "PYTHONPATH": str(archive)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert vendor(tmp_path / "direct" / "copied.py", "MCPTool") == 0
    direct = (tmp_path / "direct" / "copied.py").read_bytes()
    assert (tmp_path / "copied.py").read_bytes() == direct


def test_what_has_no_source_is_told() -> None:
    with pytest.raises(VendorError, match="^nowhere_at_all is not installed$"):
        list(sources("nowhere_at_all"))
    with pytest.raises(VendorError, match="^the source of sys is needed for a copy, but cannot"):
        list(sources("sys"))


def test_without_sources_nothing_is_copied(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / PACKAGE.name)
    compileall.compile_dir(tmp_path / PACKAGE.name, quiet=1, legacy=True)
    for source in (tmp_path / PACKAGE.name).rglob("*.py"):
        source.unlink()
    command = [sys.executable, "-m", "realtime_models", "vendor", "models"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    told = "cannot copy: the source of realtime_models is needed for a copy, but cannot be read"
    assert (done.returncode, done.stderr.strip()) == (2, told)


def test_a_run_that_was_killed_before_it_took_the_old_copy_away_leaves_nothing(
    tmp_path: Path,
) -> None:
    copied = tmp_path / "copied"
    assert vendor(copied) == 0
    left = tmp_path / f".{copied.name}{TEMPORARY}x"
    (left / "new").mkdir(parents=True)
    assert vendor(copied) == 0
    assert not left.exists()
    assert (copied / "__init__.py").is_file()
