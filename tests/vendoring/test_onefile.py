"""A copy in one file: what it contains, that it is the library's own text, and that it works."""

from __future__ import annotations

import ast
import builtins
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import realtime_models as rm
from realtime_models._runtime.base import Model
from realtime_models._runtime.shape import TypeShape, model_shape, shape_of
from realtime_models.catalog import as_model, find, type_names
from realtime_models.vendoring.definitions import Module, read_package
from realtime_models.vendoring.onefile import OTHERS
from realtime_models.wire import HOMES, SCHEMA
from tests.support.paths import EXAMPLES, ROOT
from tests.vendoring.copies import load, module_of, vendor

TOOL, SESSION, EVENTS = (
    "RealtimeFunctionTool",
    "RealtimeSessionCreateResponse",
    "RealtimeServerEvent",
)


@pytest.fixture(scope="module")
def package() -> list[Module]:
    """The modules of which one file can be made."""
    return read_package(OTHERS)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all types there are."""
    path = tmp_path_factory.mktemp("everything") / "every_type.py"
    assert vendor(path, *type_names()) == 0
    return path


def models(module: Any) -> dict[str, Any]:
    """Return the classes in a module that are models of the wire."""
    found = {name: thing for name, thing in vars(module).items() if isinstance(thing, type)}
    return {
        name: thing
        for name, thing in found.items()
        if issubclass(thing, module.Model) and name in HOMES
    }


def in_shape(shape: TypeShape) -> Iterator[type[Model]]:
    """Yield the models in an annotation."""
    for case in shape.cases.values():
        yield from case.models
        if case.items is not None:
            yield from in_shape(case.items)


def closure(*names: str) -> set[str]:
    """Return the models that some types need, found at run time."""
    seen: set[type[Model]] = set()
    todo = [model for name in names for model in in_shape(shape_of(find(name)))]
    while todo:
        model = todo.pop()
        if model not in seen:
            seen.add(model)
            for field in model_shape(model).fields.values():
                todo += in_shape(field.shape)
    return {model.__name__ for model in seen}


def definitions(tree: ast.Module, text: str) -> dict[str, str]:
    """Return the text of each class and function at the top of a module."""
    lines = text.splitlines()
    return {
        node.name: "\n".join(lines[node.lineno - 1 : node.end_lineno])
        for node in tree.body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef))
    }


def in_library() -> dict[str, str]:
    """Return the text of each class and function of the runtime and of the wire."""
    found: dict[str, str] = {}
    for folder in ("_runtime", "wire"):
        for path in (ROOT / "realtime_models" / folder).glob("*.py"):
            text = path.read_text("utf-8")
            found |= definitions(ast.parse(text), text)
    return found


def test_no_two_modules_define_the_same_name(package: list[Module]) -> None:
    defined = Counter(
        name for module in package for definition in module.definitions for name in definition.names
    )
    del defined["__all__"]  # Nothing uses it.
    assert [name for name, times in defined.items() if times > 1] == []
    imported = {
        (module, alias.asname or alias.name, alias.name)
        for of_package in package
        for module, alias in of_package.imported
        if not module.startswith("realtime_models")
    }
    assert len({local for _, local, _ in imported}) == len(imported)
    assert defined.keys().isdisjoint({local for _, local, _ in imported})
    assert defined.keys().isdisjoint(dir(builtins))


def test_names_of_other_modules_are_imported_at_the_top_and_as_they_are() -> None:
    for folder in ("_runtime", "wire"):
        for path in (ROOT / "realtime_models" / folder).glob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and node.level and path.stem != "__init__":
                    assert node.module
                    assert node in tree.body
                    assert [alias.asname for alias in node.names] == [None] * len(node.names)


def test_statements_at_the_top_of_a_module_define_something(package: list[Module]) -> None:
    for module in package:
        path = Path(*module.name.split(".")).with_suffix(".py")
        for node in ast.parse((ROOT / path).read_text("utf-8")).body:
            assert isinstance(
                node,
                (
                    *(ast.Import, ast.ImportFrom, ast.Expr, ast.Assign, ast.AnnAssign),
                    *(ast.ClassDef, ast.FunctionDef, ast.If),
                ),
            )


def test_the_runtime_comes_first_and_each_module_before_those_that_import_it(
    package: list[Module],
) -> None:
    names = [module.name for module in package]
    order = ["_runtime" in name for name in names]
    assert order == sorted(order, reverse=True)
    for number, module in enumerate(package):
        needs = {needed for needed, _ in module.imported if needed in names}
        assert needs <= set(names[:number])


def test_comments_above_and_strings_below_belong_to_a_definition() -> None:
    text = '''"""Words."""

import re as regex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    A = 1
else:
    B = 2

# Above,
# in two lines.
@regex
class C:
    ...
"""Below."""
D = 4
'''
    module = Module("x", "x.py", text)
    assert [definition.names for definition in module.definitions] == [("A", "B"), ("C",), ("D",)]
    assert module.definitions[1].text.startswith("\n# Above,\n# in two lines.\n@regex\n")
    assert module.definitions[1].text.endswith('...\n"""Below."""')
    imported = [(module, ast.unparse(alias)) for module, alias in module.imported]
    assert imported == [("", "re as regex"), ("typing", "TYPE_CHECKING")]


UNREAD = ("_read_only", "_deprecated", "_is_deprecated", "_rules", "_sent_to", "_moved", "_spoken")


@pytest.mark.parametrize("name", [TOOL, SESSION, EVENTS])
def test_each_definition_is_identical_to_that_of_the_library(tmp_path: Path, name: str) -> None:
    path = tmp_path / "copied.py"
    assert vendor(path, name) == 0
    text = path.read_text("utf-8")
    library = in_library()
    for found, copied in definitions(ast.parse(text), text).items():
        original = library[found]
        if "def to_request" not in copied:
            original = re.sub(r"\n\n    def to_request\(self\)[\s\S]*", "", original)
        for name in UNREAD:  # What only `check` and `to_request` read.
            if re.search(rf"^    {name}\b", copied, re.MULTILINE):
                continue
            pattern = rf"^    {name}\b.* = (?:.*[^(]|\([\s\S]*?^    \))\n(?:    \"\"\".*\"\"\"\n)?"
            original = re.sub(pattern, "", original, flags=re.MULTILINE)
        lines, expected = copied.splitlines(), original.splitlines()
        assert [line for line in lines if line] == [line for line in expected if line]


def test_what_gives_another_type_is_left_out_where_that_type_is(tmp_path: Path) -> None:
    request = "RealtimeSessionCreateRequest"
    alone = module_of(tmp_path, SESSION, name="alone")
    assert not hasattr(alone.RealtimeSessionCreateResponse, "to_request")
    assert not hasattr(alone, request)
    assert "as_request" not in vars(alone)
    both = module_of(tmp_path, SESSION, request, name="both")
    data = {"id": "s", "object": "realtime.session", "expires_at": None, "instructions": "i"}
    received = both.RealtimeSessionCreateResponse.from_dict(data)
    sent = rm.RealtimeSessionCreateResponse.from_dict(data).to_request().to_dict()
    assert type(received.to_request()) is both.RealtimeSessionCreateRequest
    assert received.to_request().to_dict() == sent


def test_what_is_only_received_is_not_sent(tmp_path: Path) -> None:
    call = "RealtimeConversationItemFunctionCall"
    for name, names, is_sent in (
        ("item", [call], True),
        ("event", ["RealtimeServerEventConversationItemDone"], False),
        ("function", ["realtime_server_event_from_json"], False),
        ("more", ["RealtimeServerEventConversationItemDone", call], True),
        ("ways", [EVENTS, "RealtimeClientEvent"], True),
    ):
        module = module_of(tmp_path, *names, name=name)
        assert hasattr(getattr(module, call), "to_request") == is_sent, name
        assert ("as_request" in vars(module)) == is_sent, name


@pytest.mark.parametrize("name", [SESSION, EVENTS, "MCPTool", "RealtimeTruncation"])
def test_it_holds_the_types_that_are_needed_and_no_others(tmp_path: Path, name: str) -> None:
    module = module_of(tmp_path, name)
    assert set(models(module)) == closure(name)
    assert set(module.__all__) >= set(models(module))
    assert name in module.__all__
    for public in module.__all__:
        assert hasattr(module, public)
        assert public in dir(rm)


def test_what_only_unions_use_is_left_out_without_one(tmp_path: Path) -> None:
    assert vendor(tmp_path / "tool.py", TOOL) == 0
    found = definitions_of(tmp_path / "tool.py")
    assert found.isdisjoint({"decode_json", "as_request", "as_models", "tag"})
    assert {"UNSET", "DecodeError", "Problem", "JsonValue", "examine"} <= found


def definitions_of(path: Path) -> set[str]:
    """Return the names that a file defines."""
    module = Module(path.stem, path.name, path.read_text("utf-8"))
    return {name for definition in module.definitions for name in definition.names}


def test_a_union_comes_with_its_functions_and_a_class_without_those_of_others(
    tmp_path: Path,
) -> None:
    union = module_of(tmp_path, "RealtimeTruncation", name="a_union")
    functions = {name for name in union.__all__ if name.startswith("realtime_")}
    assert functions == {"realtime_truncation_from_dict", "realtime_truncation_to_dict"}
    tool = module_of(tmp_path, TOOL, name="a_class")
    assert [name for name in tool.__all__ if name.islower()] == ["__version__"]


def test_public_functions_and_names_of_the_runtime_can_be_asked_for_too(tmp_path: Path) -> None:
    module = module_of(tmp_path, "or_none", "WireModel", "realtime_server_event_from_json")
    assert module.or_none(module.UNSET) is None
    assert module.WireModel.__name__ == "WireModel"
    assert module.realtime_server_event_from_json('{"type": "new"}').tag == "new"


@pytest.mark.parametrize("word", ["response.done", "ResponseDoneEvent"])
def test_a_type_can_be_asked_for_by_its_tag_and_by_its_name_in_the_sdk(
    tmp_path: Path, word: str
) -> None:
    module = module_of(tmp_path, word)
    assert "RealtimeServerEventResponseDone" in models(module)
    assert module.__doc__.startswith("RealtimeServerEventResponseDone, with what it needs")
    assert f" {word}\n" in (tmp_path / "vendored_types.py").read_text("utf-8")
    assert vendor(tmp_path / "vendored_types.py", "--check") == 0


def test_short_names_and_those_of_the_sdk_are_names_in_the_copy(tmp_path: Path) -> None:
    module = module_of(tmp_path, "RealtimeError", "ResponseDoneEvent", "response.created")
    assert module.RealtimeError is module.RealtimeBetaServerEventErrorError
    assert module.ResponseDoneEvent is module.RealtimeServerEventResponseDone
    assert {"RealtimeError", "ResponseDoneEvent"} < {*module.__all__}
    text = (tmp_path / "vendored_types.py").read_text("utf-8")
    assert text.endswith(
        "# The names that were asked for\n"
        "RealtimeError: TypeAlias = RealtimeBetaServerEventErrorError\n"
        "ResponseDoneEvent: TypeAlias = RealtimeServerEventResponseDone\n"
    )


def test_a_name_that_means_something_else_in_the_copy_is_no_alias(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        vendor(tmp_path / "voice.py", "Conversation", "RealtimeServerEvent=error", "Session") == 2
    )
    told = "Session has another meaning in the copy: ask for RealtimeSession\n"
    assert capsys.readouterr().err == f"cannot copy: {told}"


def test_a_conversation_comes_with_what_it_is_folded_from(tmp_path: Path) -> None:
    alone = module_of(tmp_path, "Conversation", name="alone")
    assert "realtime_server_event_from_json" in alone.__all__
    few = "RealtimeServerEvent=response.done,conversation.item.added"
    voice = module_of(tmp_path, "Conversation", few, name="voice")
    item = {"type": "message", "role": "user", "id": "i", "content": [{"type": "input_text"}]}
    conversation = voice.Conversation()
    event = {"type": "conversation.item.added", "event_id": "e", "item": item}
    conversation.receive(voice.realtime_server_event_from_dict(event))
    assert [type(item) for item in conversation.items] == [
        voice.RealtimeConversationItemMessageUser
    ]
    assert not hasattr(voice, "RealtimeServerEventResponseCreated")


def test_a_conversion_comes_with_the_types_of_both_forms(tmp_path: Path) -> None:
    module = module_of(tmp_path, "to_ga", "RealtimeBetaServerEvent")
    event: dict[str, Any] = {
        "type": "response.text.delta",
        "event_id": "e",
        "response_id": "r",
        "item_id": "i",
    }
    event |= {"output_index": 0, "content_index": 0, "delta": "d"}
    beta = module.realtime_beta_server_event_from_dict(event)
    converted = module.to_ga(beta)
    assert type(converted.value) is module.RealtimeServerEventResponseTextDelta
    expected = rm.to_ga(rm.realtime_beta_server_event_from_dict(event))
    assert converted.value.to_dict() == expected.value.to_dict()
    assert "RealtimeError" not in module.__all__


def test_all_events_can_be_asked_for_as_one_union(tmp_path: Path) -> None:
    module = module_of(tmp_path, "RealtimeEvent")
    read = module.realtime_event_from_json
    assert type(read('{"type": "response.cancel"}')) is module.RealtimeClientEventResponseCancel


OPENED = """
import sys, types
with open(sys.argv[1], encoding="utf-8") as file:
    code = compile(file.read(), "quiet", "exec")
seen = set()
for turn in ("which reads the standard library", "which has it"):
    seen.clear()
    module = sys.modules["quiet"] = types.ModuleType("quiet")
    if turn == "which has it":
        sys.addaudithook(lambda event, arguments: seen.add(event))
    exec(code, vars(module))
    kept = module.RealtimeFunctionTool.from_json('{"name": 1}', invalid="keep")
    assert kept.problems and kept.to_json() and repr(kept)
print(*seen)
"""


def test_a_copy_opens_nothing_when_it_is_imported_and_used(tmp_path: Path) -> None:
    assert vendor(tmp_path / "quiet.py", TOOL) == 0
    command = [sys.executable, "-c", OPENED, str(tmp_path / "quiet.py")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    # The standard library makes methods of dataclasses and named tuples by `compile` and `exec`.
    seen = {event.partition(".")[0] for event in done.stdout.split()}
    assert seen <= {"exec", "compile", "object", "sys"}


def test_annotations_can_be_resolved_by_everyone(everything: Path) -> None:
    module = load(everything)
    found = models(module)
    assert found.keys() == {name for name in type_names() if as_model(find(name))}
    for name, model in found.items():
        original = get_type_hints(getattr(rm, name), include_extras=True).keys()
        copied = get_type_hints(model, include_extras=True).keys()
        assert copied <= original
        assert original - copied <= {*UNREAD}


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    texts = []
    for seed in ("1", "2"):
        path = tmp_path / "copied.py"
        command = [sys.executable, "-m", "realtime_models", "vendor", str(path), SESSION]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        texts.append(path.read_bytes())
        path.unlink()
    assert texts[0] == texts[1]


def test_the_header_tells_a_reader_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "session.py"
    assert vendor(path, SESSION, "MCPTool") == 0
    lines = path.read_text("utf-8").splitlines()
    assert lines[:5] == [
        "# SPDX-License-Identifier: MIT",
        f"# Copied from realtime_models {rm.__version__}, schema {SCHEMA}.",
        "# Written by this command; do not edit it, but run the command again to update it:",
        f"#     python -m realtime_models vendor session.py {SESSION} MCPTool",
        (
            "# With --check, it says whether this copy is current."
            " The code is the library's own text."
        ),
    ]
    assert lines[5] == "# It imports only the standard library; it opens no file or socket."
    assert re.fullmatch("# SHA-256 of all that follows: [0-9a-f]{64}", lines[6])
    comments = [line[2:] for line in lines if line.startswith("#")]
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert licence.strip() in "\n".join(comments)
    module = load(path)
    assert module.__version__ == rm.__version__
    assert module.__doc__.startswith(f"{SESSION} and MCPTool, with what they need of realtime_mo")


def test_lines_are_as_long_as_in_the_library(everything: Path) -> None:
    text = everything.read_text("utf-8")
    sources = (ROOT / "realtime_models").rglob("*.py")
    known = {line.strip() for source in sources for line in source.read_text("utf-8").splitlines()}
    code = text.partition('"""')[2]
    assert {line.strip() for line in code.splitlines() if len(line) > 100} <= known
    assert text.endswith("\n")
    assert "\n\n\n\n" not in text


@pytest.mark.parametrize("name", [SESSION, EVENTS])
def test_it_works_in_an_interpreter_with_nothing_else(tmp_path: Path, name: str) -> None:
    assert vendor(tmp_path / "alone.py", name) == 0
    example, call = {
        SESSION: ("session_create_response", "alone.RealtimeSessionCreateResponse.from_json"),
        EVENTS: ("session_created_full", "alone.realtime_server_event_from_json"),
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


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "RealtimeFunctionTol",
            "no type is called RealtimeFunctionTol; is it RealtimeFunctionTool",
        ),
        ("Zzz", "no type is called Zzz\n"),
        ("check", "check finds types by name, so copy the whole library: give a folder"),
        ("Report", "no type is called Report"),
    ],
)
def test_what_cannot_be_meant_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    assert vendor(tmp_path / "copied.py", name) == 2
    assert capsys.readouterr().err.startswith(f"cannot copy: {message}")
    assert not (tmp_path / "copied.py").exists()


def test_a_model_of_another_copy_is_refused_by_the_name_of_its_module(tmp_path: Path) -> None:
    path = tmp_path / "other_copy.py"
    assert vendor(path, TOOL) == 0
    other = load(path).RealtimeFunctionTool(name="ring")
    with pytest.raises(TypeError, match=r", found RealtimeFunctionTool of other_copy$"):
        rm.RealtimeSessionCreateResponse(tools=[other])
