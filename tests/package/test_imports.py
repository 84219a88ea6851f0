"""What each module may import, what importing the package loads, and where it can live."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import realtime_models as rm
from codegen.load import load
from docgen.sdk_names import other_names
from realtime_models.catalog import find, type_names
from tests.support.oracle import components
from tests.support.paths import EXAMPLES, ROOT, SCHEMA

PACKAGE = ROOT / "realtime_models"
SOURCES = sorted(PACKAGE.rglob("*.py"))

RUNTIME = (
    *("sentinel", "errors", "json_values", "annotations", "problems", "json_text", "decoding"),
    *("base", "shape", "construction", "slow_decoder", "notices", "fallback", "model", "request"),
    "conversion",
)
"""The modules of the runtime, from the ground up."""
WIRE = (*(module.name for module in load(SCHEMA).modules), "correspondence")
"""The generated modules, from the ground up."""
ABOVE = ("catalog", "migration", "conversation", "dynamic", "schemas", "adapting")
"""What stands above the generated modules."""
ORDER = (
    *(f"_runtime.{name}" for name in RUNTIME),
    *(f"wire.{name}" for name in WIRE),
    *ABOVE,
)
LATE = {
    ("cli.vendor", "vendoring.copying"),
    ("__main__", "cli.convert"),
    ("__init__", "catalog"),
}
"""The imports inside functions; each has its reason beside it."""


def dotted(path: Path) -> str:
    """Return the name of a module inside the package; that of a package ends in ``__init__``."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def relative_imports(path: Path, *, late: bool) -> set[str]:
    """Return the modules of this package that one imports: at once, or late, inside a function."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {
        node
        for function in ast.walk(tree)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for node in ast.walk(function)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level and (node in inside) == late:
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            names = [base / alias.name for alias in node.names] if base.is_dir() else [base]
            modules = [name for name in names if name.with_suffix(".py").is_file()]
            found |= {dotted(name) for name in modules or [base / "__init__"]}
    return found


def test_the_order_has_every_module_below_the_commands() -> None:
    rooms = ("_runtime", "wire", "")
    there = {dotted(path) for room in rooms for path in (PACKAGE / room).glob("*.py")}
    assert sorted(ORDER) == sorted(name for name in there if not name.endswith("__"))


@pytest.mark.parametrize("name", ORDER)
def test_a_module_imports_only_what_is_below_it(name: str) -> None:
    path = PACKAGE.joinpath(*name.split(".")).with_suffix(".py")
    below = {*ORDER[: ORDER.index(name)]}
    if name in ABOVE:
        below |= {"wire.__init__", "__init__"}  # Both only list names.
    assert relative_imports(path, late=False) <= below


def test_imports_run_in_no_circle() -> None:
    graph = {dotted(path): relative_imports(path, late=False) for path in SOURCES}
    # Type checkers alone see what the two packages import of their modules.
    graph |= {"__init__": {"wire.__init__"}, "wire.__init__": set()}
    while leaves := [name for name, imported in graph.items() if imported.isdisjoint(graph)]:
        for name in leaves:
            del graph[name]
    assert graph == {}


def test_all_late_imports_are_listed() -> None:
    found = {(dotted(path), name) for path in SOURCES for name in relative_imports(path, late=True)}
    assert found == LATE


def test_only_the_command_line_imports_what_converts() -> None:
    importing = [
        dotted(path) for path in SOURCES if "migration" in relative_imports(path, late=False)
    ]
    assert importing == ["__init__"]  # The package lists names for type checkers.
    rows = [
        dotted(path)
        for path in SOURCES
        if "wire.correspondence" in relative_imports(path, late=False)
    ]
    assert rows == ["cli.convert", "migration"]


def run(code: str, *options: str) -> str:
    """Return what a fresh interpreter prints for some code."""
    command = [sys.executable, *options, "-c", code]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


def test_importing_the_package_imports_no_model() -> None:
    code = "import sys, realtime_models; print(*[m for m in sys.modules if 'realtime_models' in m])"
    assert run(code).split() == ["realtime_models.wire", "realtime_models"]


def test_importing_one_type_imports_only_what_it_needs() -> None:
    code = (
        "import sys; from realtime_models import RealtimeFunctionTool;"
        "print(*[m.rpartition('.')[2] for m in sys.modules if 'realtime_models.wire.' in m])"
    )
    assert run(code).split() == ["tools"]
    session = run(code.replace("RealtimeFunctionTool", "RealtimeSessionCreateResponse"))
    assert {*session.split()} == {"audio", "generation", "keys", "session", "tools"}
    loaded = run(code.replace("realtime_models.wire.", "realtime_models.")).split()
    assert not {*ABOVE, "cli", "migration", "vendoring", "request"} & {*loaded}


def test_every_schema_is_exported_and_every_export_is_in_a_schema() -> None:
    assert sorted(type_names()) == sorted(components())
    exported: list[str] = vars(rm)["__all__"]
    for name in exported:
        assert getattr(rm, name) is not None
        assert name in dir(rm)
    assert len(set(exported)) == len(exported)
    for name in ("Nope", "nope", ""):
        with pytest.raises(AttributeError, match=f"has no attribute '{name}'"):
            getattr(rm, name)
    assert find("RealtimeFunctionTool") is rm.RealtimeFunctionTool


@pytest.mark.parametrize(("theirs", "ours"), other_names().items())
def test_importing_what_only_the_official_sdk_has_tells_what_it_is_called_here(
    theirs: str, ours: str
) -> None:
    if theirs not in dir(rm):
        message = f"^{rm.__name__} has no {theirs}; here it is called {ours}$"
        with pytest.raises(ImportError, match=message):
            exec(f"from {rm.__name__} import {theirs}")


def test_looking_for_what_python_itself_looks_for_imports_nothing() -> None:
    code = (
        "import sys, realtime_models; print(hasattr(realtime_models, '__wrapped__'));"
        "print(*[m for m in sys.modules if 'realtime_models.' in m])"
    )
    assert run(code).split() == ["False", "realtime_models.wire"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_can_be_copied_anywhere(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= set(
                sys.stdlib_module_names
            )
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            assert (node.module or "").split(".")[0] in sys.stdlib_module_names
        if isinstance(node, ast.Name):
            assert node.id != "__file__"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert "realtime_models" not in node.value
    assert path.stem not in sys.stdlib_module_names or path.stem == "__main__"


@pytest.mark.parametrize("options", [("-I", "-S"), ("-I", "-S", "-OO", "-W", "error")], ids=str)
def test_it_works_from_a_zip_under_another_name_in_a_bare_interpreter(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    archive = tmp_path / "bundle.zip"
    with zipfile.ZipFile(archive, "w") as bundle:
        for path in SOURCES:
            bundle.write(path, Path("elsewhere") / path.relative_to(PACKAGE))
    example = EXAMPLES / "session_create_response.json"
    code = (
        f"import sys; sys.path.insert(0, {str(archive)!r})\n"
        "from elsewhere import RealtimeSessionCreateResponse as Session, DecodeError, check\n"
        f"text = open({str(example)!r}, encoding='utf-8').read()\n"
        "session = Session.from_json(text)\n"
        "print(session.to_json())\n"
        "assert check(Session, session.to_dict()) == []\n"
        "try: Session.from_dict({'id': 1})\n"
        "except DecodeError as error: print(error)\n"
    )
    first, second = run(code, *options).splitlines()
    assert json.loads(first) == json.loads(example.read_text("utf-8"))
    assert second == "RealtimeSessionCreateResponse: /id: expected string, found integer"
