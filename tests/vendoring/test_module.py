"""One module with some types: what it holds, and that all of it works."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from realtime_models.model import Model
from realtime_models.registry import as_model, find, type_names
from realtime_models.shape import model_shape, shape_of

import realtime_models as rm
from realtime_models.vendoring import single
from realtime_models.wire import HOMES, SCHEMA
from tests import portable
from tests.support.paths import DATA, EXAMPLES, ROOT
from tests.vendoring.copies import load, module_of, vendor

SESSION = "RealtimeSessionCreateResponse"
OPTIONS: list[list[str]] = [[], ["--strip"], ["--fast"], ["--fast", "--strip"]]


@pytest.fixture(scope="module", params=OPTIONS, ids=" ".join)
def everything(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A module with all types there are."""
    folder = tmp_path_factory.mktemp("everything")
    name = "every" + "".join(request.param).replace("-", "_")
    return module_of(folder, *type_names(), *request.param, name=name)


def models(module: Any) -> dict[str, Any]:
    """The classes in a module that are models."""
    found = {name: thing for name, thing in vars(module).items() if isinstance(thing, type)}
    base = found["Model"]
    return {
        name: thing for name, thing in found.items() if issubclass(thing, base) and name in HOMES
    }


def reached(model: type[Model], with_requests: bool) -> Iterator[type[Model]]:
    """The models that one refers to: in its fields, or as what may be sent of it."""
    for field in model_shape(model).fields.values():
        yield from in_shape(field.shape)
    request = getattr(model, "to_request", None)
    if with_requests and request is not None:
        found = as_model(find(request.__annotations__["return"]))
        assert found is not None
        yield found


def in_shape(shape: Any) -> Iterator[type[Model]]:
    for branch in shape.branches.values():
        yield from branch.models
        if branch.items is not None:
            yield from in_shape(branch.items)


def closure(*names: str, with_requests: bool = False) -> set[str]:
    """The models that some types need, found at run time."""
    seen: set[type[Model]] = set()
    todo = [model for name in names for model in in_shape(shape_of(find(name)))]
    while todo:
        model = todo.pop()
        if model not in seen:
            seen.add(model)
            todo += reached(model, with_requests)
    return {model.__name__ for model in seen}


@pytest.mark.parametrize("name", [SESSION, "RealtimeServerEvent", "MCPTool", "RealtimeTruncation"])
@pytest.mark.parametrize("options", [[], ["--fast"]], ids=" ".join)
def test_it_holds_the_types_that_are_needed_and_no_others(
    tmp_path: Path, name: str, options: list[str]
) -> None:
    module = module_of(tmp_path, name, *options)
    assert set(models(module)) == closure(name, with_requests=bool(options))
    assert set(module.__all__) >= set(models(module))
    assert name in module.__all__
    for public in module.__all__:
        assert hasattr(module, public)
        assert public in rm.__all__


def test_a_union_comes_with_its_functions_and_a_class_without_those_of_others(
    tmp_path: Path,
) -> None:
    union = module_of(tmp_path, "RealtimeTruncation", name="a_union")
    functions = {name for name in union.__all__ if name.startswith("realtime_")}
    assert functions == {"realtime_truncation_from_dict", "realtime_truncation_to_dict"}
    tool = module_of(tmp_path, "RealtimeFunctionTool", name="a_class")
    assert [name for name in tool.__all__ if name.islower()] == ["__version__", "check"]


def test_every_case_is_decoded_as_by_the_library(everything: Any) -> None:
    library = portable.Copy(everything)
    found = list(portable.cases(library, DATA))
    assert len(found) == len(list(DATA.rglob("*.json")))
    for kind, _, case in found:
        portable.KINDS[kind](library, case)


def test_values_are_built_as_by_the_library(everything: Any) -> None:
    headers, names = {"a": "b"}, ["f"]
    tool = everything.MCPTool(server_label="s", headers=headers, allowed_tools=names)
    same = everything.MCPTool.from_dict(
        {"type": "mcp", "server_label": "s", "headers": headers, "allowed_tools": names}
    )
    assert tool == same
    assert hash(tool) == hash(same)
    assert repr(tool) == repr(rm.MCPTool(server_label="s", headers=headers, allowed_tools=names))
    a_filter = everything.MCPToolFilter(tool_names=names, extra={"newer": [1]})
    assert everything.MCPTool(server_label="s", allowed_tools=a_filter).allowed_tools is a_filter
    assert a_filter.to_dict() == {"tool_names": ["f"], "newer": [1]}
    function = everything.RealtimeFunctionTool(name="f", parameters={"type": ["object"]})
    assert function.parameters["type"] == ("object",)
    with pytest.raises(TypeError, match="^expected a sequence of values, found a single string$"):
        everything.MCPToolFilter(tool_names="f")
    with pytest.raises(TypeError, match="^extra holds fields that have parameters: \\['name'\\]$"):
        everything.RealtimeFunctionTool(name="f", extra={"name": 1})
    with pytest.raises(everything.DecodeError, match="^MCPToolFilter: expected object, found arr"):
        everything.MCPToolFilter.from_dict([])


@pytest.mark.parametrize("options", [[], ["--fast"]], ids=" ".join)
def test_types_are_found_by_their_names(tmp_path: Path, options: list[str]) -> None:
    module = module_of(tmp_path, "RealtimeFunctionTool", *options)
    assert module.check("RealtimeFunctionTool", {"name": 1})[0].code == "wrong_type"
    for name in ("MCPTool", "json", "find"):
        with pytest.raises(LookupError, match=f"^'?no type is called {name}'?$"):
            module.check(name, {})


def test_the_registry_of_a_single_module_is_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single, "TYPES", ("find",))
    assert single.find("find") is single.find
    assert single.home("find") == single.__name__
    assert list(single.type_names()) == ["find"]
    with pytest.raises(LookupError, match="no type is called home"):
        single.find("home")


def test_public_functions_can_be_asked_for_too(tmp_path: Path) -> None:
    names = ["ToolChoiceOptions", "json_schema", "from_wire", "to_wire"]
    module = module_of(tmp_path, *names, "--fast")
    assert module.json_schema("ToolChoiceOptions") == rm.json_schema("ToolChoiceOptions")
    assert module.from_wire("ToolChoiceOptions", "auto") == module.to_wire("auto") == "auto"


@pytest.mark.parametrize("options", [[], ["--fast"]], ids=" ".join)
def test_without_docstrings_the_code_is_the_same(tmp_path: Path, options: list[str]) -> None:
    trees = []
    for more in (["--strip"], []):
        path = tmp_path / "copied.py"
        assert vendor(path, SESSION, *options, *more) == 0
        trees.append(ast.parse(path.read_text("utf-8")))
        path.unlink()
    stripped, whole = trees
    assert not [node for node in ast.walk(stripped) if is_text(node)]
    assert [node for node in ast.walk(whole) if is_text(node)]
    for node in ast.walk(whole):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            node.body = [part for part in node.body if not is_text(part)] or [ast.Pass()]
    assert ast.dump(stripped) == ast.dump(whole)


def is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def test_without_white_space_a_line_is_indented_by_one_space_a_block(tmp_path: Path) -> None:
    path = tmp_path / "copied.py"
    assert vendor(path, "MCPToolFilter", "--strip") == 0
    assert """
@final
@dataclass(frozen=True, kw_only=True)
class MCPToolFilter(Model):
 tool_names: As[list[str] | tuple[str, ...], tuple[str, ...]] = As()
 read_only: Opt[bool] = Opt()
""" in path.read_text("utf-8")


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_lines_are_as_long_as_in_the_library(tmp_path: Path, options: list[str]) -> None:
    path = tmp_path / "copied.py"
    assert vendor(path, "RealtimeServerEvent", "RealtimeClientEvent", *options) == 0
    sources = (ROOT / "realtime_models").rglob("*.py")
    known = {line.strip() for source in sources for line in source.read_text("utf-8").splitlines()}
    long = [line.strip() for line in path.read_text("utf-8").splitlines() if len(line) > 100]
    assert set(long) <= known
    assert path.read_text("utf-8").endswith("\n")
    assert "\n\n\n\n" not in path.read_text("utf-8")


def test_the_header_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "session.py"
    assert vendor(path, SESSION, "MCPTool", "--strip") == 0
    text = path.read_text("utf-8")
    lines = text.splitlines()
    assert lines[:3] == [
        "# Written by this command; do not edit:",
        f"#     python -m realtime_models vendor session.py {SESSION} MCPTool --strip",
        f"# From realtime_models {rm.__version__}, schema {SCHEMA}.",
    ]
    assert re.fullmatch("# SHA-256 of all that follows: [0-9a-f]{64}", lines[3])
    comments = [line[2:] for line in lines if line.startswith("#")]
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert licence.strip() in "\n".join(comments)
    assert load(path).__version__ == rm.__version__


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    texts = []
    for seed in ("1", "2"):
        path = tmp_path / "copied.py"
        command = [sys.executable, "-m", "realtime_models", "vendor", str(path), SESSION, "--strip"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        texts.append(path.read_bytes())
        path.unlink()
    assert texts[0] == texts[1]


@pytest.mark.parametrize("name", [SESSION, "RealtimeServerEvent"])
@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_it_works_in_an_interpreter_with_nothing_else(
    tmp_path: Path, name: str, options: list[str]
) -> None:
    assert vendor(tmp_path / "alone.py", name, *options) == 0
    example, call = {
        SESSION: ("session_create_response", "alone.RealtimeSessionCreateResponse.from_json"),
        "RealtimeServerEvent": ("session_created_full", "alone.realtime_server_event_from_json"),
    }[name]
    code = (
        f"import sys; sys.path[:] = [p for p in sys.path if 'lib' in p] + [{str(tmp_path)!r}]\n"
        f"import alone\n"
        f"with open({str(EXAMPLES / example)!r} + '.json', encoding='utf-8') as file:\n"
        f"    print({call}(file.read()).to_json())"
    )
    command = [sys.executable, "-I", "-S", "-B", "-W", "error", "-c", code]
    printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert json.loads(printed) == json.loads((EXAMPLES / f"{example}.json").read_text("utf-8"))


EVENTS = "RealtimeServerEventError,RealtimeServerEventConversationItemDone"


@pytest.mark.parametrize("options", [[], ["--fast"]], ids=" ".join)
def test_a_union_of_fewer_members_reads_the_others_as_unknown(
    tmp_path: Path, options: list[str]
) -> None:
    module = module_of(tmp_path, f"RealtimeServerEvent={EVENTS}", *options)
    members = [member.__name__ for member in get_args(module.RealtimeServerEvent)]
    assert members == [
        "RealtimeServerEventError",
        "RealtimeServerEventConversationItemDone",
        "Unknown",
    ]
    read = module.realtime_server_event_from_json
    error = read('{"type": "error", "event_id": "e", "error": {"message": "m", "type": "t"}}')
    assert isinstance(error, module.RealtimeServerEventError)
    created = {"type": "session.created", "event_id": "e", "session": {"type": "realtime"}}
    other = module.realtime_server_event_from_dict(created)
    assert isinstance(other, module.Unknown)
    assert other.to_dict() == created
    assert [p.code for p in module.check("RealtimeServerEvent", created)] == ["unknown_variant"]
    assert set(models(module)) == closure(*EVENTS.split(","), with_requests=bool(options))


@pytest.mark.parametrize("options", [[], ["--fast"]], ids=" ".join)
def test_members_may_be_unions_and_unions_may_be_parts(tmp_path: Path, options: list[str]) -> None:
    fewer = "RealtimeConversationItem=RealtimeConversationItemMessage"
    module = module_of(tmp_path, "RealtimeServerEventConversationItemDone", fewer, *options)
    assert "RealtimeConversationItemMessageUser" in models(module)
    assert "RealtimeMCPToolCall" not in models(module)
    item = {"type": "mcp_call", "id": "i", "server_label": "s", "arguments": "", "name": "n"}
    kept = module.realtime_conversation_item_from_dict(item)
    assert isinstance(kept, module.Unknown)
    one = module_of(
        tmp_path,
        "RealtimeConversationItem=RealtimeConversationItemFunctionCall",
        *options,
        name="another",
    )
    assert "RealtimeConversationItemMessage" not in one.__all__
    message = {"type": "message", "role": "user", "content": []}
    assert isinstance(one.realtime_conversation_item_from_dict(message), one.Unknown)


@pytest.mark.parametrize("options", [[], ["--fast"]], ids=" ".join)
def test_members_told_by_their_fields_can_be_left_out_too(
    tmp_path: Path, options: list[str]
) -> None:
    assert rm.VoiceIdsOrCustomVoice == rm.VoiceIdsShared | rm.CustomVoice | rm.Unknown
    module = module_of(tmp_path, "VoiceIdsOrCustomVoice=CustomVoice", *options, name="with_it")
    assert "CustomVoice" in models(module)
    assert set(get_args(module.VoiceIdsOrCustomVoice)) > {module.CustomVoice, module.Unknown}
    assert module.voice_ids_or_custom_voice_from_dict("alloy") == "alloy"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("RealtimeServerEvent=Nope", "RealtimeServerEvent has no member Nope; it has Realtime"),
        ("MCPTool=MCPTool", "MCPTool is no union"),
        ("VoiceIdsOrCustomVoice=VoiceIdsShared", "VoiceIdsOrCustomVoice has no member VoiceIdsS"),
        ("MCPToolAllowedTools=MCPToolFilter", "MCPToolAllowedTools is no union of which members"),
        (
            "RealtimeFunctionTol",
            "no type is called RealtimeFunctionTol; is it RealtimeFunctionTool",
        ),
        ("Zzz", "no type is called Zzz\n"),
        ("json_schema", "a function among these is for written-out types only: add --fast"),
    ],
)
def test_what_cannot_be_meant_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    assert vendor(tmp_path / "copied.py", name) == 2
    assert capsys.readouterr().err.startswith(f"cannot copy: {message}")
    assert not (tmp_path / "copied.py").exists()
