"""The rules that let the library be copied anywhere; ``tests/package`` has more of them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.vendoring.copies import vendor

PACKAGE = ROOT / "realtime_models"
COPIED = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.relative_to(PACKAGE).parts[0] not in ("__main__.py", "cli", "vendoring")
)
ELSEWHERE = {
    "importlib.metadata": "what is installed",
    "importlib.resources": "files of a package",
    "pkgutil": "files of a package",
    "atexit": "what is done at the end",
    "signal": "what interrupts",
    "logging": "loggers",
    "copyreg": "how others are pickled",
    "codecs": "encodings",
    "locale": "the language",
    "os": "the environment",
    "threading": "threads",
    "warnings": "filters",
}
"""Modules that need what is not in a copy, or what belongs to the process."""


def python(code: str, *options: str, cwd: Path) -> str:
    """Return what a fresh interpreter prints for some code."""
    done = subprocess.run(
        [sys.executable, *options, "-c", code], cwd=cwd, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the copies ``one`` and ``two``."""
    folder = tmp_path_factory.mktemp("copies")
    assert [vendor(folder / name) for name in ("one", "two")] == [0, 0]
    return folder


@pytest.mark.parametrize("path", COPIED, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_needs_nothing_outside_of_the_copy(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=aliases):
                imported |= {alias.name for alias in aliases}
            case ast.ImportFrom(level=0, module=str(module), names=aliases):
                imported |= {module, *(f"{module}.{alias.name}" for alias in aliases)}
            case ast.Attribute(attr=attribute):
                assert attribute not in ("__file__", "__spec__", "__loader__")
            case ast.Global():
                raise AssertionError("it changes what it has for all")
            case _:
                pass
    assert imported.isdisjoint(ELSEWHERE)


def test_nothing_has_to_be_installed_with_the_code() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert "\ndependencies = []\n" in project
    assert "scripts]" not in project
    assert "entry-points" not in project
    held = {path.name for path in PACKAGE.rglob("*") if path.suffix not in (".py", ".pyc", "")}
    assert held == {"py.typed"}


def test_the_version_can_be_read_from_the_source() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    versions = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__version__"
    ]
    assert [type(version) for version in versions] == [ast.Constant]


STATE = """
import atexit, builtins, copyreg, decimal, gc, importlib, json, locale, pkgutil, signal, sys
import threading, warnings

def state():
    return {
        "builtins": set(vars(builtins)),
        "copyreg": dict(copyreg.dispatch_table),
        "atexit": atexit._ncallbacks(),
        "json": (json._default_decoder, json._default_encoder, json.JSONEncoder.default),
        "locale": locale.setlocale(locale.LC_ALL),
        "signals": {number: signal.getsignal(number) for number in signal.valid_signals()},
        "sys": (sys.getrecursionlimit(), sys.getswitchinterval(), sys.get_int_max_str_digits(),
                sys.excepthook, sys.displayhook, sys.gettrace(), list(sys.meta_path),
                list(sys.path), list(sys.path_hooks), sys.getswitchinterval()),
        "threads": threading.active_count(),
        "gc": (gc.isenabled(), gc.get_threshold()),
        "decimal": repr(decimal.getcontext()),
        "warnings": list(warnings.filters),
    }

state()
import dataclasses, inspect, ast, typing, functools  # which change some of it themselves
before = state()
import one
for module in pkgutil.walk_packages(one.__path__, "one."):
    importlib.import_module(module.name)
session = one.RealtimeSessionCreateResponse.from_dict({"newer": 1})
one.check("RealtimeServerEvent", {"type": "error"})
one.json_schema("RealtimeServerEvent")
after = state()
print([key for key in before if before[key] != after[key]])
"""


def test_nothing_is_changed_that_others_share(copies: Path) -> None:
    assert python(STATE, "-W", "error", cwd=copies) == "[]\n"


IMPORTED = """
import importlib, pkgutil, one
for module in pkgutil.walk_packages(one.__path__, "one."):
    importlib.import_module(module.name)
"""


def test_nothing_warns_not_even_those_who_develop(copies: Path) -> None:
    python(IMPORTED, "-W", "error", "-X", "dev", "-X", "warn_default_encoding", "-B", cwd=copies)


DELETABLE = [
    ["adapting.py"],
    ["wire/beta_events.py"],
    ["wire/server_events.py", "wire/client_events.py", "wire/beta_events.py"],
    ["wire/calls.py", "wire/client_secrets.py", "wire/translation_events.py"],
    ["LICENSE", "VENDORED.txt", "py.typed"],
]


@pytest.mark.parametrize("paths", DELETABLE, ids=" ".join)
def test_what_is_not_needed_can_be_deleted(tmp_path: Path, paths: list[str]) -> None:
    assert vendor(tmp_path / "one") == 0
    for path in paths:
        (tmp_path / "one" / path).unlink()
    code = (
        "import one; session = one.RealtimeSessionCreateResponse.from_dict({'id': 's'});"
        "assert one.check('RealtimeSessionCreateResponse', session.to_dict()) == [];"
        "one.json_schema('RealtimeSessionCreateResponse'); print(session.id)"
    )
    assert python(code, "-W", "error", cwd=tmp_path) == "s\n"


SIDE_BY_SIDE = """
import pickle
import one, two

first, second = (copy.RealtimeFunctionTool(name="f") for copy in (one, two))
assert first != second and first.to_dict() == second.to_dict()
assert not isinstance(first, two.RealtimeFunctionTool)
assert type(pickle.loads(pickle.dumps(first))) is one.RealtimeFunctionTool
assert type(pickle.loads(pickle.dumps(second))) is two.RealtimeFunctionTool
assert one.UNSET is not two.UNSET and pickle.loads(pickle.dumps(one.UNSET)) is one.UNSET
session = two.RealtimeSessionCreateRequestGA(tools=[second])
assert one.RealtimeSessionCreateRequestGA.from_json(session.to_json()).tools == (first,)

def told(call, *arguments):
    try:
        call(*arguments)
    except (TypeError, ValueError) as error:
        print(f"{type(error).__module__}.{type(error).__name__}: {error}")

told(lambda: two.RealtimeSessionCreateRequestGA(tools=[first]))
told(two.check, one.RealtimeFunctionTool, {})
told(two.json_schema, one.RealtimeServerEvent)
told(two.RealtimeFunctionTool.from_dict, first)
told(two.to_wire, one.UNSET)
told(two.RealtimeFunctionTool(name=one.UNSET).to_json)
told(one.RealtimeFunctionTool.from_dict, {"name": 1})
"""


def test_two_copies_work_side_by_side_and_refuse_to_mix(copies: Path) -> None:
    no_type = "is not a type of JSON values"
    no_object = "RealtimeFunctionTool: expected object, found a value that JSON does not have"
    tool = "RealtimeFunctionTool"
    no_tool = f"expected {tool} or MCPTool or Unknown, found {tool} of one.wire.tools"
    event = "RealtimeServerEventConversationCreated"
    assert python(SIDE_BY_SIDE, "-W", "error", cwd=copies).splitlines() == [
        f"builtins.TypeError: RealtimeSessionCreateRequestGA.tools[0]: {no_tool}",
        f"builtins.TypeError: <class 'one.wire.tools.RealtimeFunctionTool'> {no_type}",
        f"builtins.TypeError: <class 'one.wire.server_events.{event}'> {no_type}",
        f"two._runtime.errors.DecodeError: {no_object}",
        "builtins.TypeError: expected a decoded value, found UnsetType",
        "builtins.TypeError: RealtimeFunctionTool.name: expected a JSON value, found UnsetType",
        f"one._runtime.errors.DecodeError: {tool}: /name: expected string, found integer",
    ]
