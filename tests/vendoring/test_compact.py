"""Types in few lines do what the written-out ones do, and say the same of what is wrong."""

from __future__ import annotations

import ast
import copy
import dataclasses
import inspect
import json
import pickle
import sys
from collections import UserDict
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Annotated, Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from realtime_models.compact import decoding
from realtime_models.compact.fields import Array, Field
from realtime_models.compact.models import Model
from realtime_models.compact.reading import Reading
from realtime_models.compact.shapes import Limits
from realtime_models.registry import find, type_names

import realtime_models as rm
from codegen.names import snake
from realtime_models import compact as runtime
from realtime_models.vendoring.compact import compact as compact_source
from realtime_models.vendoring.edits import Text
from realtime_models.vendoring.forms import field
from realtime_models.vendoring.sources import WIRE, sources
from realtime_models.wire import HOMES
from tests import portable
from tests.support.paths import DATA
from tests.support.snake import outcome, write
from tests.support.strategies import JSON, instances, mutated
from tests.vendoring.copies import module_of

NAMES = sorted(type_names())
EVENTS = [name for name in NAMES if name.endswith("Event")]


@pytest.fixture(scope="module")
def in_place() -> Iterator[Any]:
    """All types in few lines, on the runtime in the package itself."""
    package = f"{rm.__name__}.in_few_lines"
    texts = {
        source.name.replace(WIRE, f"{package}."): compact_source(source, NAMES).text
        for source in sources(rm.__name__)
        if source.name.startswith(WIRE)
    }
    finder = Texts({package: "", **texts})
    sys.meta_path.insert(0, finder)
    space = SimpleNamespace(
        **{name: getattr(rm, name) for name in ("DecodeError", "Problem", "UNSET")}
    )
    space.Reading = Reading
    space.__all__ = [
        *runtime.__all__,
        *vars(space),
        *(name for name in rm.__all__ if name in HOMES),
    ]
    for name in runtime.__all__:
        setattr(space, name, getattr(runtime, name))
    for name in rm.__all__:
        if name in HOMES:
            setattr(space, name, getattr(import_module(f"{package}.{HOMES[name]}"), name))
    before = dict(vars(decoding))
    vars(decoding).update(vars(space) | before)  # In a module of its own, all names are there.
    yield space
    vars(decoding).clear()
    vars(decoding).update(before)
    sys.meta_path.remove(finder)
    for name in [name for name in sys.modules if name.startswith(package)]:
        del sys.modules[name]


class Texts(MetaPathFinder, Loader):
    """Imports modules of which the text is given."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        is_package = fullname == next(iter(self._texts))
        known = fullname in self._texts
        return spec_from_loader(fullname, self, is_package=is_package) if known else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self._texts[module.__name__], vars(module))


@pytest.fixture(scope="module", params=["in place", "in a module"])
def compact(
    request: pytest.FixtureRequest, in_place: Any, tmp_path_factory: pytest.TempPathFactory
) -> Any:
    """All types in few lines, also where all stands in one module."""
    if request.param == "in place":
        return in_place
    return module_of(tmp_path_factory.mktemp("all"), *NAMES, name="compact_types")


def read(compact: Any, name: str, data: object, **options: str) -> Any:
    """What data stands for as a type of the module, or the error that says why it does not."""
    found = getattr(compact, name)
    try:
        if isinstance(found, type):
            return getattr(compact, name).from_dict(data)
        return getattr(compact, f"{snake(name)}_from_dict")(data, **options)
    except compact.DecodeError as error:
        return error


def same(one: Any, other: Any) -> bool:
    """Whether both say the same: of a value, or of what is wrong."""
    if isinstance(one, ValueError):
        return str(one) == str(other) and one.args == other.args
    return repr(one) == repr(other) and type(one).__name__ == type(other).__name__


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=2)
@given(data=st.data())
def test_both_forms_read_the_same(in_place: Any, name: str, data: st.DataObject) -> None:
    compact = in_place
    value = data.draw(instances(name) | mutated(name) | JSON)
    expected, found = outcome(name, value), read(compact, name, value)
    assert same(expected, found), (expected, found)
    assert compact.check(name, value) == rm.check(name, value)
    if isinstance(found, compact.DecodeError):
        return
    assert write(name, expected) == value
    if isinstance(find(name), type):
        assert found.to_dict() == value
        assert found.to_json() == expected.to_json()
        assert (found, hash(found)) == (read(compact, name, value), hash(copy.deepcopy(found)))
        assert pickle.loads(pickle.dumps(found)) == found
        assert type(found).from_json(found.to_json()) == found
    else:
        assert getattr(compact, f"{snake(name)}_to_dict")(found) == value


@pytest.mark.parametrize("name", EVENTS)
@settings(max_examples=4)
@given(data=st.data())
def test_both_forms_keep_the_same(in_place: Any, name: str, data: st.DataObject) -> None:
    value = data.draw(mutated(name) | JSON)
    expected = getattr(rm, f"{snake(name)}_from_dict")(value, invalid="keep")
    assert same(expected, read(in_place, name, value, invalid="keep"))
    text = json.dumps(value)
    assert same(
        getattr(rm, f"{snake(name)}_from_json")(text, invalid="keep"),
        getattr(in_place, f"{snake(name)}_from_json")(text, invalid="keep"),
    )


def test_every_type_has_its_fields_its_words_and_its_secrets(compact: Any) -> None:
    for name in NAMES:
        model = find(name)
        if not isinstance(model, type):
            continue
        other = getattr(compact, name)
        fields = [field.name for field in dataclasses.fields(other)]
        assert fields == [field.name for field in dataclasses.fields(model)]
        assert tuple(fields[:-1]) == other.__slots__
        assert other.__match_args__ == ()
        words, _, schema = (inspect.getdoc(model) or "").partition("\n\nSchema: ")
        assert (inspect.getdoc(other), schema) == (words, f"`{name}`.")
        assert vars(other).get("_hidden", frozenset()) == vars(model).get("_hidden", frozenset())
        assert hasattr(other, "to_request") == hasattr(model, "to_request")


def test_every_case_is_read_in_place(in_place: Any) -> None:
    library = portable.Copy(in_place)
    for kind, _, case in portable.cases(library, DATA):
        portable.KINDS[kind](library, case)


def test_what_is_no_json_is_told_and_can_be_kept(in_place: Any) -> None:
    assert in_place.MCPToolFilter.from_json(b"{}") == in_place.MCPToolFilter()
    newer = in_place.realtime_server_event_from_json('\ufeff{"type": "newer"}')
    assert newer == in_place.Unknown({"type": "newer"})
    told = "expected JSON, found an error at line 1, column 1"
    with pytest.raises(rm.DecodeError, match=f"^MCPToolFilter: {told}$"):
        in_place.MCPToolFilter.from_json("nope")
    with pytest.raises(rm.DecodeError, match=f"^RealtimeServerEvent: {told}$"):
        in_place.realtime_server_event_from_json("nope")
    kept = in_place.realtime_server_event_from_json(b"nope", invalid="keep")
    assert [str(problem) for problem in kept.problems] == [told]
    data = {"type": "error", "event_id": 5, "error": {"message": "m"}, "set": {1}, 7: 8}
    kept = in_place.realtime_server_event_from_dict(data, invalid="keep")
    assert kept.to_dict() == {"type": "error", "event_id": 5, "error": {"message": "m"}}
    with pytest.raises(rm.DecodeError, match="^RealtimeServerEventError: 4 problems"):
        in_place.realtime_server_event_from_dict(data)


class Sample(Model):
    number: Annotated[float, Limits(minimum=1, maximum=2)]
    text: Annotated[str, Limits(min_length=2, max_length=3, pattern="^x")]
    items: Array[int] = Array()
    few: Field[tuple[int, ...], Annotated[tuple[int, ...], Limits(min_items=1, max_items=2)]]


def test_limits_are_told_and_do_not_keep_a_message_from_being_read() -> None:
    fine = {"number": 1, "text": "xx", "items": [], "few": [1]}
    assert decoding.check(Sample, fine) == []
    small, large = (
        {"number": 0, "text": "y", "few": []},
        {"number": 3, "text": "xxxx", "few": [1] * 3},
    )
    assert Sample.from_dict(small).to_dict() == small
    assert [str(problem) for problem in decoding.check(Sample, small)] == [
        "/number: expected a number of at least 1, found a smaller one",
        "/text: expected at least 2 characters, found 1",
        "/text: expected a string that matches ^x, found another",
        "/few: expected at least 1 items, found 0",
    ]
    assert [str(problem) for problem in decoding.check(Sample, large)] == [
        "/number: expected a number of at most 2, found a larger one",
        "/text: expected at most 3 characters, found 4",
        "/few: expected at most 2 items, found 3",
    ]


def test_an_object_without_tags_is_told_by_the_fields_that_it_must_have(in_place: Any) -> None:
    for data in ({}, {"id": 1}, {"type": "newer"}):
        for name in ("VoiceIdsOrCustomVoice", "RealtimeTruncation"):
            assert in_place.check(name, data) == rm.check(name, data)


ALL: dict[str, Any] = {
    "type": "mcp", "server_label": "s", "headers": {"a": "b"}, "allowed_tools": ["f"],
    "require_approval": {"never": {"tool_names": ["f"]}}, "newer": [1],
}  # fmt: skip


def test_what_is_constructed_is_what_is_decoded(compact: Any) -> None:
    never = compact.MCPToolFilter(tool_names=["f"])
    approval = compact.MCPToolRequireApprovalFilter(never=never)
    tool = compact.MCPTool(
        server_label="s",
        headers=UserDict({"a": "b"}),
        allowed_tools=(name for name in ["f"]),
        require_approval=approval,
        extra={"newer": [1]},
    )
    assert tool == compact.MCPTool.from_dict(ALL)
    assert hash(tool) == hash(compact.MCPTool.from_dict(ALL))
    assert tool.to_dict() == ALL
    assert tool != ALL
    assert tool == type("Any", (), {"__eq__": lambda *_: True})()
    assert (tool.type, tool.server_url, tool.extra) == ("mcp", compact.UNSET, {"newer": (1,)})
    assert repr(tool) == repr(rm.MCPTool.from_dict(ALL))
    changed = dataclasses.replace(tool, headers=None)
    assert (changed.headers, changed.extra) == (None, tool.extra)
    assert tool.__replace__(headers=None) == changed
    assert dataclasses.is_dataclass(tool)
    function = compact.RealtimeFunctionTool(parameters={"a": [{}]})
    assert (function.type, function.parameters) == ("function", {"a": ({},)})
    assert compact.JsonObject(function.parameters) is function.parameters


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "MCPTool: missing or unexpected arguments: server_label"),
        ({"server_label": "s", "a": 1}, "MCPTool: missing or unexpected arguments: a"),
        ({"server_label": "s", "extra": {"type": 1}}, "extra holds fields that have parameters:"),
        ({"server_label": "s", "allowed_callers": "x"}, "expected a sequence of values, found a"),
        ({"server_label": "s", "extra": {"a": {1}}}, "expected a mapping of strings to JSON val"),
    ],
)
def test_what_cannot_be_constructed_is_told(
    compact: Any, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(TypeError, match=f"^{message}"):
        compact.MCPTool(**arguments)


def test_nothing_can_be_changed(compact: Any) -> None:
    tool = compact.MCPTool.from_dict(ALL)
    with pytest.raises(dataclasses.FrozenInstanceError, match="^cannot change field 'type'$"):
        tool.type = "x"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del tool.type
    with pytest.raises(TypeError):
        tool.headers["a"] = "c"
    with pytest.raises(AttributeError):
        object.__setattr__(tool, "other", 1)


def test_an_unknown_object_is_kept_whole(compact: Any) -> None:
    unknown = compact.Unknown({"type": "t", "a": [1]})
    assert (unknown.type, unknown.to_dict()) == ("t", {"type": "t", "a": [1]})
    assert compact.Unknown({"type": 1}).type is None
    assert unknown.to_request() is unknown
    assert unknown == compact.Unknown.from_dict({"type": "t", "a": [1]})
    problem = compact.Problem("/a", "error", "missing", "m")
    kept = compact.Unknown({}, problems=(problem,))
    assert pickle.loads(pickle.dumps(kept)) == copy.deepcopy(kept) == kept != unknown
    assert repr(kept) == repr(rm.Unknown({}, problems=(rm.Problem(*problem),)))
    with pytest.raises(compact.DecodeError, match="^Unknown: /a: expected a JSON value, found a v"):
        compact.Unknown.from_dict({"a": {1}})


def test_what_cannot_be_written_is_told(compact: Any) -> None:
    tool = compact.MCPToolFilter(read_only=object())
    with pytest.raises(TypeError, match="^expected a decoded value, found object$"):
        tool.to_dict()


ITEM = {"type": "message", "role": "user", "id": "i", "object": "realtime.item", "content": []}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("RealtimeConversationItemMessageUser", ITEM | {"status": None, "newer": 1}),
        (
            "RealtimeSessionCreateResponse",
            {
                "id": "i", "tracing": {"metadata": {"a": [1]}}, "audio": {}, "speed": 1,
                "prompt": {"id": "p", "variables": {"v": {"type": "input_text", "text": "t"}}},
                "tools": [{"type": "function", "name": "f", "parameters": {"a": None}}],
                "truncation": {"type": "newer"}, "turn_detection": None, "voice": None,
            },
        ),
    ],
)  # fmt: skip
def test_what_may_be_sent_is_the_same(compact: Any, name: str, data: dict[str, Any]) -> None:
    sent = getattr(compact, name).from_dict(data).to_request()
    assert repr(sent) == repr(getattr(rm, name).from_dict(data).to_request())


def nested(levels: int, inside: object = 1) -> Any:
    for _ in range(levels):
        inside = [inside]
    return {"a": inside}


ODD: list[Any] = [
    nested(199), nested(200), {"a": {1: 2}, 3: 4}, {"a": float("nan")}, UserDict({"a": (1, {})}),
    {"a": 1.0}, {"a": {"~/": object()}}, [], None,
]  # fmt: skip


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("name", ["RealtimeFunctionTool", "RealtimeServerEventError"])
def test_odd_data_is_read_the_same(compact: Any, name: str, value: Any) -> None:
    cases: list[Any] = [value]
    if isinstance(value, dict):
        cases += [{"parameters": value}, {"type": "error", "event_id": 1, **value}]
    for data in cases:
        assert same(outcome(name, data), read(compact, name, data))
        assert compact.check(name, data) == rm.check(name, data)
        union = "RealtimeServerEvent"
        assert same(outcome(union, data), read(compact, union, data))


def test_absurd_size_is_told_once(compact: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[compact.Reading.__module__], "MAX_VALUES", 10)
    assert compact.JsonObject({"a": [0] * 9})
    told = "expected free-form JSON of at most 10 values, found more"
    for data, pointers in (
        ({"a": [0] * 10}, ["/a"]),
        ({"a": [0] * 10, "b": [[0] * 10]}, ["/a"]),
        ({"a": {}, "parameters": {"b": [0] * 10}}, ["/parameters/b"]),
        ({"parameters": dict.fromkeys("0123456789a", 0)}, ["/parameters"]),
    ):
        with pytest.raises(compact.DecodeError) as info:
            compact.RealtimeFunctionTool.from_dict(data)
        assert [problem.pointer for problem in info.value.problems] == pointers
        assert {(problem.code, problem.message) for problem in info.value.problems} == {
            ("too_many_values", told)
        }


def test_too_many_problems_are_cut_off_the_same(compact: Any) -> None:
    for data in (
        {"tool_names": [*range(1001)]},
        {"tool_names": [*range(1000)]},
        {"x" * 60_000: 1, "y" * 60_000: 2, "z": 3},
    ):
        assert compact.check("MCPToolFilter", data) == rm.check("MCPToolFilter", data)


def test_a_stack_without_room_is_told(compact: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(sys.modules[compact.Reading.__module__], "branch_for", deep)
    with pytest.raises(compact.DecodeError, match="^MCPToolFilter: expected room on the stack"):
        compact.MCPToolFilter.from_dict({})


def test_what_is_no_type_is_told(compact: Any) -> None:
    for name in ("Nope", "json", "find", "__all__"):
        with pytest.raises(LookupError, match=f"no type is called {name}"):
            compact.check(name, {})
    with pytest.raises(TypeError, match="is no type that JSON is decoded as"):
        compact.check(set, {})
    with pytest.raises(TypeError, match="is no type that JSON is decoded as"):
        compact.check(rm.MCPTool, {})


def test_the_annotations_are_there_for_who_looks(compact: Any) -> None:
    hints = get_type_hints(compact.CustomVoice)
    assert hints["id"] is str
    assert dataclasses.fields(compact.CustomVoice)[0].type == "str"


def test_a_declaration_has_as_many_lines_as_it_needs() -> None:
    long = " | ".join(f'Literal["{letter * 30}"]' for letter in "abcd")
    for annotation, lines in (
        ("str", ["    name: str"]),
        (
            f"{long} | str",
            [
                "    name: (",
                f"        {long[:87]}",
                f"        {long[88:]} | str",
                "    )",
            ],
        ),
    ):
        (node,) = ast.parse(f"name: {annotation}\n").body
        assert isinstance(node, ast.AnnAssign)
        text = Text(f"name: {annotation}\n")
        assert list(field(text, "name", node.annotation, node.annotation, None)) == lines


def test_a_request_comes_along_only_where_it_is_there_anyway(tmp_path: Path) -> None:
    name, request = "RealtimeSessionCreateResponse", "RealtimeSessionCreateRequest"
    without = module_of(tmp_path, name, name="without")
    assert not hasattr(without.RealtimeSessionCreateResponse, "to_request")
    assert not hasattr(without, request)
    both = module_of(tmp_path, name, request, name="both")
    session = both.RealtimeSessionCreateResponse.from_dict({"id": "i", "model": "m"})
    assert session.to_request() == both.RealtimeSessionCreateRequest(model="m")


def test_the_sizes_are_what_they_are_for(tmp_path: Path) -> None:
    most = {"": 60_000, "--strip": 40_000}
    for option, bytes_ in most.items():
        name = f"session{option.strip('-')}"
        module_of(tmp_path, "RealtimeSessionCreateResponse", *filter(None, [option]), name=name)
        assert (tmp_path / f"{name}.py").stat().st_size < bytes_
