"""Our types and unions in pydantic models: their own functions decode and encode them."""

from __future__ import annotations

import json
import pickle
from collections import UserDict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Optional

import pydantic.dataclasses
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, RootModel, SerializeAsAny, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, to_json

import realtime_models as rm
from realtime_models import Model
from realtime_models.catalog import find, type_names
from realtime_models_pydantic import Wire, install
from tests.support.cases import VALID, by_stem, load
from tests.support.foreign import Point
from tests.support.snake import decode, write
from tests.support.strategies import instances

NAMES = list(type_names())
TOOL = rm.RealtimeFunctionTool(name="f")


@cache
def adapter(name: str) -> TypeAdapter[Any]:
    """Return the type adapter of one of our types."""
    hint: Any = find(name)
    return TypeAdapter(Annotated[hint, Wire])


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_every_type_and_union_goes_through_unchanged(name: str, data: st.DataObject) -> None:
    value = data.draw(instances(name))
    ours, reading = decode(name, value), adapter(name)
    assert reading.validate_python(value) == ours
    assert reading.validate_json(json.dumps(value)) == ours
    assert reading.validate_python(ours) == ours
    for mode in ("python", "json"):
        assert reading.dump_python(ours, mode=mode) == value == write(name, ours)
    assert json.loads(reading.dump_json(ours)) == value


class Held(BaseModel):
    """A pydantic model with types and unions of ours in all possible places."""

    tool: Annotated[rm.RealtimeFunctionTool, Wire]
    event: Annotated[rm.RealtimeServerEvent, Wire] | None = None
    choice: Annotated[rm.RealtimeTruncation, Wire] | int = 3
    turns: Optional[Annotated[rm.RealtimeTurnDetection, Wire]] = None  # noqa: UP045
    tools: list[Annotated[rm.RealtimeResponseCreateParamsToolsInner, Wire]] = []
    named: dict[str, Annotated[rm.RealtimeFunctionTool, Wire]] = {}
    pair: tuple[Annotated[rm.MCPTool, Wire], int] | None = None


RAW: dict[str, Any] = {
    "tool": {"type": "function", "name": "f", "description": None, "newer": [1, None]},
    "event": {"type": "response.dreamed", "sheep": [None]},
    "choice": "auto",
    "turns": {"type": "semantic_vad", "eagerness": None},
    "tools": [{"type": "mcp", "server_label": "m"}, {"type": "newer.tool", "a": {}}],
    "named": {"a": {"name": "without type"}},
    "pair": ({"type": "mcp", "server_label": "m", "headers": {"a": "b"}}, 1),
}


def test_absent_null_and_newer_fields_are_kept_in_any_place() -> None:
    held = Held(**RAW)
    assert held.tool == rm.RealtimeFunctionTool.from_dict(RAW["tool"])
    assert held.event == rm.Unknown(RAW["event"])
    assert held.model_dump() == RAW
    assert json.loads(held.model_dump_json()) == json.loads(json.dumps(RAW))
    assert Held.model_validate_json(held.model_dump_json()) == held
    assert pickle.loads(pickle.dumps(held)) == held == held.model_copy(deep=True)


@pytest.mark.parametrize("option", ["exclude_none", "exclude_unset", "exclude_defaults"])
def test_what_pydantic_leaves_out_is_never_a_part_of_ours(option: str) -> None:
    options: dict[str, Any] = {option: True}
    written = Held.model_validate({"tool": RAW["tool"], "event": None}).model_dump(**options)
    assert written["tool"] == RAW["tool"]
    kept = {"exclude_none": {"choice", "tools", "named"}, "exclude_unset": {"event"}}
    assert {*written} == {"tool"} | kept.get(option, set())


def test_a_built_instance_passes() -> None:
    unknown, mcp = rm.Unknown({"type": "newer.tool"}), rm.MCPTool(server_label="m")
    held = Held(tool=TOOL, event=unknown, tools=[mcp, unknown, TOOL], named={"a": TOOL})
    assert held.tool is TOOL
    assert held.event is unknown
    assert [tool is given for tool, given in zip(held.tools, (mcp, unknown, TOOL), strict=True)]
    assert held.model_dump()["tools"] == [mcp.to_dict(), {"type": "newer.tool"}, TOOL.to_dict()]


def test_arrays_and_maps_of_built_models_pass() -> None:
    tools: TypeAdapter[Any] = TypeAdapter(Annotated[tuple[rm.RealtimeFunctionTool, ...], Wire])
    assert tools.validate_python((TOOL,)) == (TOOL,)
    assert tools.validate_python([TOOL.to_dict()]) == (TOOL,)
    variables = rm.FrozenDict({"a": rm.Unknown({"type": "new"}), "b": "text"})
    reading = adapter("ResponsePromptVariables")
    assert reading.validate_python(variables) is variables
    assert reading.dump_python(variables) == {"a": {"type": "new"}, "b": "text"}
    with pytest.raises(ValidationError):
        tools.validate_python((TOOL, rm.MCPTool(server_label="m")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RealtimeFunctionTool", rm.MCPTool(server_label="m")),
        ("RealtimeServerEvent", TOOL),
        ("RealtimeFunctionTool", rm.Unknown({"name": "f"})),
        ("RealtimeTurnDetection", rm.UNSET),
        ("RealtimeTruncation", object()),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_an_instance_of_another_type_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as info:
        adapter(name).validate_python(value)
    assert [error["type"] for error in info.value.errors()] == ["wrong_type"]
    assert "found a value that JSON does not have" in str(info.value)


def test_unset_is_never_written() -> None:
    class Lax(BaseModel):
        tool: Annotated[rm.RealtimeFunctionTool | rm.UnsetType, Wire] = rm.UNSET

    assert Lax().model_dump(exclude_unset=True) == Lax().model_dump(exclude_defaults=True) == {}
    assert Lax.model_validate({"tool": TOOL}).model_dump() == {"tool": {**TOOL.to_dict()}}
    for dump in (Lax().model_dump, Lax().model_dump_json):
        with pytest.raises(PydanticSerializationError, match="found UnsetType$"):
            dump()


def test_encoded_data_is_fresh_and_mutable() -> None:
    held = Held(**RAW)
    held.model_dump()["tool"]["newer"].append(2)
    assert held.model_dump() == RAW
    assert type(held.model_dump()["tool"]["newer"]) is list


def test_data_that_is_like_json_is_decoded_as_json() -> None:
    data: Mapping[str, object] = UserDict({"name": "f"})
    assert adapter("RealtimeFunctionTool").validate_python(data).name == "f"
    assert adapter("MCPToolAllowedTools").validate_python(("a", "b")) == ("a", "b")


def test_it_serves_all_kinds_of_pydantic() -> None:
    root = RootModel[Annotated[rm.RealtimeServerEvent, Wire]]
    assert root.model_validate(RAW["event"]).model_dump() == RAW["event"]

    @pydantic.dataclasses.dataclass
    class Call:
        tool: Annotated[rm.RealtimeFunctionTool, Wire]

    call: Any = TypeAdapter(Call).validate_python({"tool": RAW["tool"]})
    assert TypeAdapter(Call).dump_python(call) == {"tool": RAW["tool"]}


def test_it_keeps_to_the_configuration_of_the_model() -> None:
    class Careful(BaseModel):
        model_config = ConfigDict(strict=True, validate_assignment=True, frozen=False)

        tool: Annotated[rm.RealtimeFunctionTool, Wire]

    careful = Careful.model_validate({"tool": RAW["tool"]})
    with pytest.raises(ValidationError, match="expected string, found integer"):
        careful.tool = {"name": 5}  # type: ignore[assignment]
    careful.tool = TOOL
    assert careful.model_dump() == {"tool": TOOL.to_dict()}


def test_free_form_json_may_be_as_deep_as_our_own_functions_allow() -> None:
    deep: Any = "bottom"
    for _ in range(190):
        deep = [deep]
    data = {"type": "function", "name": "f", "parameters": {"deep": deep}}
    reading = adapter("RealtimeFunctionTool")
    assert reading.dump_python(reading.validate_python(data)) == data
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValidationError, match="at most 200 levels, found more"):
        reading.validate_python({**data, "parameters": {"deep": deep}})


def test_a_users_class_works_too() -> None:
    reading: TypeAdapter[Any] = TypeAdapter(list[Annotated[Point, Wire]])
    assert reading.validate_python([{"x": 3}, Point(4)]) == [Point(3), Point(4)]
    assert reading.dump_python([Point(3)]) == [{"x": 3}]
    with pytest.raises(ValidationError) as info:
        reading.validate_python([{"x": 3}, []])
    assert [error["loc"] for error in info.value.errors()] == [(1,)]


@pytest.mark.parametrize("hint", [int | bytes, list[str], rm.WireModel, BaseModel], ids=str)
def test_a_foreign_type_is_refused_at_once(hint: Any) -> None:
    with pytest.raises(TypeError, match="is not a type of JSON values$"):
        TypeAdapter(Annotated[hint, Wire])


@pytest.fixture
def _installed() -> Iterator[None]:
    install()
    yield
    del Model.__get_pydantic_core_schema__  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_installed")
def test_object_types_need_no_annotation_once_that_is_installed() -> None:
    class Bare(BaseModel):
        tool: rm.RealtimeFunctionTool
        tools: list[rm.MCPTool] = []

    raw = {"tool": RAW["tool"], "tools": [RAW["tools"][0]]}
    assert Bare.model_validate(raw).model_dump() == raw
    assert Bare(tool=TOOL).tool is TOOL
    with pytest.raises(ValidationError) as info:
        Bare.model_validate({"tool": {"name": 5}, "tools": [{}]})
    places = [("tool", "name"), ("tools", 0, "type"), ("tools", 0, "server_label")]
    assert [error["loc"] for error in info.value.errors()] == places
    assert Bare.model_json_schema()["properties"]["tools"]["items"] == {"$ref": "#/$defs/MCPTool"}


@pytest.mark.usefixtures("_installed")
def test_unions_need_the_annotation_all_the_same() -> None:
    with pytest.raises(TypeError, match=r"a union of models needs an annotation: Annotated\[..., "):
        TypeAdapter(rm.RealtimeServerEvent)
    marked: TypeAdapter[Any] = TypeAdapter(Annotated[rm.RealtimeServerEvent, Wire])
    assert marked.validate_python(RAW["event"]) == rm.Unknown(RAW["event"])


def test_types_without_any_annotation_fail_loudly() -> None:
    hints: list[Any] = [rm.RealtimeFunctionTool, rm.RealtimeServerEvent]
    for hint in hints:
        with pytest.raises(pydantic.errors.PydanticSchemaGenerationError):
            TypeAdapter(hint)


class Recording(BaseModel):
    """A user's model that keeps what is broken."""

    first: Annotated[rm.RealtimeServerEventError, Wire(invalid="keep")] | None = None
    maybe: Annotated[rm.RealtimeServerEvent | None, Wire(invalid="keep")] = None
    events: list[Annotated[rm.RealtimeServerEvent, Wire(invalid="keep")]] = []


def test_what_is_broken_is_kept_if_that_is_asked_for() -> None:
    raw: dict[str, Any] = {
        "first": {"type": "error"},
        "maybe": {"type": "error", "event_id": 5},
        "events": [
            {"type": "error", "error": [1]},
            {"type": "newer"},
            {"type": "error", "x": "\ud800"},
        ],
    }
    recording = Recording.model_validate(raw)
    assert recording.first is not None
    assert [p.pointer for p in recording.first.problems] == ["/event_id", "/error"]
    assert recording.maybe == rm.realtime_server_event_from_dict(raw["maybe"], invalid="keep")
    assert [len(event.problems) for event in recording.events] == [2, 0, 2]
    assert recording.model_dump() == raw
    assert Recording.model_validate({"first": None, "maybe": None}).model_dump(
        exclude_unset=True
    ) == {"first": None, "maybe": None}
    with pytest.raises(ValidationError, match="expected object or null, found array"):
        Recording.model_validate({"maybe": []})


def test_it_includes_and_excludes_what_it_is_told_to() -> None:
    secret = rm.MCPTool(server_label="m", authorization="ek_s", headers={"A": "ek_s", "B": "b"})
    held = Held(tool=TOOL, tools=[secret])
    written = held.model_dump(exclude={"tools": {0: {"authorization": True, "headers": {"A"}}}})
    assert written["tools"] == [{"type": "mcp", "server_label": "m", "headers": {"B": "b"}}]
    assert json.loads(held.model_dump_json(include={"tool": {"name"}})) == {"tool": {"name": "f"}}
    assert adapter("MCPTool").dump_python(secret, include=set()) == {}
    assert adapter("MCPTool").dump_json(secret, include={"type"}) == b'{"type":"mcp"}'


def test_pydantic_writes_our_values_wherever_it_finds_them() -> None:
    class Lax(BaseModel):
        anything: Any
        more: SerializeAsAny[object] = None

    raw = {"type": "function", "name": "f"}
    lax = Lax(anything=[TOOL, rm.Unknown({"type": "new"})], more=TOOL)
    assert lax.model_dump() == {"anything": [raw, {"type": "new"}], "more": raw}
    assert json.loads(lax.model_dump_json(serialize_as_any=True)) == lax.model_dump(mode="json")
    assert lax.model_dump(exclude={"more": {"name"}})["more"] == {"type": "function"}
    assert json.loads(to_json({"tool": (TOOL, {TOOL})})) == {"tool": [raw, [raw]]}


@pytest.mark.parametrize("path", VALID, ids=by_stem)
def test_a_valid_message_is_written_by_pydantic_as_it_came(path: Path) -> None:
    case = load(path)
    assert json.loads(to_json([decode(case["type"], case["data"])])) == [case["data"]]


def test_an_error_names_the_member_of_a_union_by_its_type() -> None:
    class Choice(BaseModel):
        value: (
            Annotated[rm.MCPTool, Wire]
            | Annotated[rm.RealtimeServerEvent, Wire]
            | Annotated[Point, Wire]
            | Annotated[tuple[rm.MCPTool, ...], Wire]
            | int
        )

    with pytest.raises(ValidationError) as info:
        Choice(value="a")  # type: ignore[arg-type]
    assert [error["loc"][1] for error in info.value.errors()] == [
        "MCPTool",
        "RealtimeServerEvent",
        "Point",
        f"{tuple[rm.MCPTool, ...]}",
        "int",
    ]


def test_text_that_utf_8_cannot_express_is_refused_as_pydantic_refuses_it() -> None:
    for name in ("RealtimeFunctionTool", "RealtimeResponseCreateParamsToolsInner"):
        with pytest.raises(ValidationError) as info:
            adapter(name).validate_python({"type": "function", "name": "\ud800"})
        (error,) = info.value.errors()
        assert (error["msg"], error["input"]) == ("expected text, found a lone surrogate", None)


def test_a_number_alone_is_no_value_that_is_built() -> None:
    limit: Any = rm.RealtimeBetaResponseCreateParamsMaxOutputTokens
    for number in (10**5000, 1.5, float("nan")):
        with pytest.raises(ValidationError):
            TypeAdapter(Annotated[limit, Wire]).validate_python(number)
