"""Pydantic models that mirror ours."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, field_validator

import realtime_models as rm
from realtime_models import Model
from realtime_models.adapting import mirror_fields
from realtime_models.catalog import as_model, find, type_names
from realtime_models_pydantic import Mirror, to_pydantic
from tests.support.foreign import Bare
from tests.support.strategies import instances

MODELS = [model for name in type_names() if (model := as_model(find(name)))]
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)

Tool: Any = to_pydantic(rm.RealtimeFunctionTool)
MCP: Any = to_pydantic(rm.MCPTool)
Session: Any = to_pydantic(rm.RealtimeSessionCreateRequestGA)


@each_model
@given(data=st.data())
def test_every_model_converts_to_its_mirror_and_back_without_loss(
    model: type[Model], data: st.DataObject
) -> None:
    raw = data.draw(instances(model.__name__))
    ours, mirror = model.from_dict(raw), to_pydantic(model)
    mirrored = mirror.from_wire(ours)
    assert mirrored.to_wire() == ours
    assert mirrored.model_dump(exclude_unset=True) == raw
    assert json.loads(mirrored.model_dump_json(exclude_unset=True)) == raw
    assert mirrored.model_fields_set == {*raw}
    # A mirror that is decoded has its constants, as if it were constructed.
    constants = {f.name: f.default for f in mirror_fields(model) if isinstance(f.default, str)}
    full = model.from_dict({**constants, **raw})
    assert mirror.model_validate(raw).to_wire() == full
    assert mirror.model_validate_json(json.dumps(raw)).to_wire() == full


@each_model
def test_a_mirror_has_the_fields_of_its_model(model: type[Model]) -> None:
    mirror = to_pydantic(model)
    assert mirror is to_pydantic(model)
    assert issubclass(mirror, BaseModel)
    assert (mirror.__name__, mirror.__doc__) == (model.__name__, model.__doc__)
    assert [*mirror.model_fields, "extra"] == [*model.__dataclass_fields__]
    for name, field in mirror.model_fields.items():
        assert field.description
        assert field.repr is (name not in model._hidden)
        assert not {part for part in parts(field.annotation) if part in (rm.UnsetType, *MODELS)}


def parts(hint: object) -> list[object]:
    """Return all parts of an annotation."""
    inside = [part for argument in get_args(hint) for part in parts(argument)]
    return inside if get_origin(hint) in (Union, UnionType) else [hint, *inside]


def test_the_annotations_are_those_of_what_a_mirror_holds() -> None:
    fields = Session.model_fields
    unknown: Any = to_pydantic(rm.Unknown)
    assert fields["tools"].annotation == list[Tool | MCP | unknown] | None
    assert fields["instructions"].annotation == str | None
    assert fields["audio"].annotation == to_pydantic(rm.RealtimeSessionCreateRequestGAAudio) | None
    assert Tool.model_fields["parameters"].annotation == dict[str, object] | None
    assert MCP.model_fields["server_label"].is_required()
    assert MCP.model_fields["type"].default == "mcp"


def test_a_mirror_is_built_by_hand_and_fills_its_constants() -> None:
    session = Session(
        tools=[Tool(name="f"), {"type": "mcp", "server_label": "m"}, MCP(server_label="n")],
        audio={"output": {"speed": 9}},
        newer=[1, None],
    )
    assert session.to_wire() == rm.RealtimeSessionCreateRequestGA(
        tools=[
            rm.RealtimeFunctionTool(name="f"),
            rm.MCPTool(server_label="m"),
            rm.MCPTool(server_label="n"),
        ],
        audio=rm.RealtimeSessionCreateRequestGAAudio(
            output=rm.RealtimeSessionCreateRequestGAAudioOutput(speed=9)
        ),
        extra={"newer": [1, None]},
    )
    assert [type(tool) for tool in session.tools] == [Tool, MCP, MCP]
    assert session.model_dump(exclude_unset=True)["type"] == "realtime"
    assert (session.newer, session.instructions) == ([1, None], None)
    assert Tool(name="f", parameters={"a": [rm.Unknown({"b": 1})]}).parameters == {"a": [{"b": 1}]}


def test_a_mirror_is_mutable_all_the_way_down() -> None:
    session = Session(tools=[Tool(name="f", parameters={"type": "object"})])
    session.tools[0].parameters["required"] = ["a"]
    session.tools.append(Tool(name="g"))
    session.instructions = None
    assert session.to_wire().to_dict() == {
        "type": "realtime",
        "tools": [
            {"type": "function", "name": "f", "parameters": {"type": "object", "required": ["a"]}},
            {"type": "function", "name": "g"},
        ],
        "instructions": None,
    }
    copied = session.model_copy(deep=True, update={"instructions": "Hush."})
    assert copied.to_wire().instructions == "Hush."
    session.instructions = 5
    with pytest.raises(rm.DecodeError, match="/instructions: expected string, found integer$"):
        session.to_wire()


def test_unknown_is_mirrored_by_a_model_without_fields() -> None:
    unknown: Any = to_pydantic(rm.Unknown)
    session = Session(tools=[{"type": "newer.tool", "a": {"b": [None]}}])
    assert type(session.tools[0]) is unknown
    assert session.tools[0].type == "newer.tool"
    assert session.to_wire().tools == (rm.Unknown({"type": "newer.tool", "a": {"b": [None]}}),)
    assert unknown.from_wire(rm.Unknown({"a": 1})).to_wire() == rm.Unknown({"a": 1})


def test_an_absent_constant_stays_absent_on_the_way_there_and_back() -> None:
    tool = rm.RealtimeFunctionTool.from_dict({"name": "f"})
    mirror = to_pydantic(rm.RealtimeFunctionTool).from_wire(tool)
    assert mirror.to_wire().to_dict() == {"name": "f"}
    assert (mirror.type, mirror.model_fields_set) == ("function", {"name"})


def test_all_problems_are_told_as_the_library_tells_them() -> None:
    with pytest.raises(ValidationError) as info:
        TypeAdapter(dict[str, Session]).validate_python(
            {"a": {"tools": [{"type": "mcp"}, Tool(name="f"), 5], "audio": 3, "prompt": {"id": 1}}}
        )
    assert [(error["loc"], error["type"], error["input"]) for error in info.value.errors()] == [
        (("a", "audio"), "wrong_type", None),
        (("a", "tools", 0, "server_label"), "missing", None),
        (("a", "tools", 2), "wrong_type", None),
        (("a", "prompt", "id"), "wrong_type", None),
    ]


@pytest.mark.parametrize(
    "value",
    [5, "text", [], None, rm.UNSET, Session(), rm.MCPTool(server_label="m"), object()],
    ids=lambda value: type(value).__name__,
)
def test_data_that_is_not_an_object_is_refused(value: object) -> None:
    with pytest.raises(ValidationError) as info:
        Tool.model_validate(value)
    assert [error["loc"] for error in info.value.errors()] == [()]
    assert [error["input"] for error in info.value.errors()] == [None]


def test_a_mirror_is_accepted_where_a_mirror_is_expected() -> None:
    class Call(BaseModel):
        tool: Tool

    tool = Tool(name="f")
    assert Call(tool=tool).tool is tool
    assert Call(tool=rm.RealtimeFunctionTool(name="f")).tool == tool
    assert Call(tool=tool).model_dump(exclude_unset=True) == {"tool": tool.to_wire().to_dict()}


def test_from_wire_takes_the_mirrored_class_only() -> None:
    for value in (rm.MCPTool(server_label="m"), {"name": "f"}):
        with pytest.raises(TypeError, match="is not what this RealtimeFunctionTool mirrors$"):
            Tool.from_wire(value)


def test_what_was_kept_although_it_is_broken_has_no_mirror() -> None:
    kept = rm.RealtimeServerEventResponseDone.from_dict({"event_id": "ek_secret"}, invalid="keep")
    with pytest.raises(ValidationError) as caught:
        to_pydantic(rm.RealtimeServerEventResponseDone).from_wire(kept)
    assert "ek_secret" not in str(caught.value)
    assert [error["type"] for error in caught.value.errors()] == ["missing", "missing"]


def test_data_that_nests_too_deeply_is_refused() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValidationError, match="at most 200 levels, found more"):
        Tool(name="f", parameters={"deep": deep})


def test_a_mirror_shows_no_secret() -> None:
    tool = MCP(server_label="m", authorization="ek_s", headers={"A": "ek_s"}, newer="ek_s")
    assert "ek_s" not in f"{tool!r} {tool}"
    assert repr(tool).startswith("MCPTool(type='mcp', server_label='m', ")


def test_mirrors_are_copied_and_pickled() -> None:
    session = Session(tools=[Tool(name="f"), {"type": "newer.tool"}], newer=1)
    for other in (pickle.loads(pickle.dumps(session)), copy.deepcopy(session), copy.copy(session)):
        assert other == session
        assert type(other) is Session
        assert other.model_fields_set == session.model_fields_set


class Noted(to_pydantic(rm.RealtimeFunctionTool)):  # type: ignore[misc]
    """A subclass of a mirror, with a field of its own."""

    note: str = "none"


def test_a_subclass_of_a_mirror_is_one_with_more_fields() -> None:
    tool = Noted(name="f", note="mine")
    assert tool.to_wire() == rm.RealtimeFunctionTool(name="f", extra={"note": "mine"})
    assert Noted(name="f").to_wire() == rm.RealtimeFunctionTool(name="f")
    assert Noted(name="f").note == "none"
    for other in (pickle.loads(pickle.dumps(tool)), copy.deepcopy(tool)):
        assert (other, type(other), other.note) == (tool, Noted, "mine")


def test_a_subclass_of_a_mirror_may_look_at_what_is_assigned() -> None:
    class Careful(Session):  # type: ignore[misc]
        model_config = ConfigDict(validate_assignment=True)

        @field_validator("tools")
        @classmethod
        def _few(cls, tools: list[object]) -> list[object]:
            assert len(tools) < 2
            return tools

    careful = Careful(tools=[Tool(name="f")], instructions=None)
    careful.tools = [Tool(name="g")]
    careful.model = "m"
    with pytest.raises(ValidationError):
        careful.tools = careful.tools * 2
    assert careful.model_fields_set == {"type", "tools", "instructions", "model"}
    assert [type(tool) for tool in careful.tools] == [Tool]
    assert careful.to_wire() == rm.RealtimeSessionCreateRequestGA.from_dict(
        {
            "type": "realtime",
            "tools": [{"type": "function", "name": "g"}],
            "instructions": None,
            "model": "m",
        }
    )


@dataclass(frozen=True)
class Tree:
    """A user's class that follows the protocol, and holds itself."""

    name: str
    children: tuple[Tree, ...] | rm.UnsetType = rm.UNSET
    tool: rm.RealtimeFunctionTool | rm.UnsetType = rm.UNSET

    @classmethod
    def from_dict(cls, data: Any, /) -> Tree:
        children, tool = data.get("children", rm.UNSET), data.get("tool", rm.UNSET)
        if children is not rm.UNSET:
            children = tuple(map(cls.from_dict, children))
        if tool is not rm.UNSET:
            tool = rm.RealtimeFunctionTool.from_dict(tool)
        return cls(data["name"], children, tool)

    def to_dict(self) -> dict[str, rm.JsonValue]:
        data: dict[str, rm.JsonValue] = {"name": self.name}
        if self.children is not rm.UNSET:
            data["children"] = [child.to_dict() for child in self.children]
        if self.tool is not rm.UNSET:
            data["tool"] = self.tool.to_dict()
        return data


@dataclass(frozen=True)
class Forest:
    """Another one, which holds the first."""

    trees: rm.FrozenDict[Tree]

    @classmethod
    def from_dict(cls, data: Any, /) -> Forest:
        trees = {name: Tree.from_dict(tree) for name, tree in data["trees"].items()}
        return cls(rm.FrozenDict(trees))

    def to_dict(self) -> dict[str, rm.JsonValue]:
        return {"trees": {name: tree.to_dict() for name, tree in self.trees.items()}}


@pytest.mark.parametrize("first", [Tree, Forest])
def test_classes_of_ones_own_are_mirrored_even_within_themselves(
    first: type[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime_models_pydantic.mirror._MIRRORS", {})
    to_pydantic(first)
    tree: Any = to_pydantic(Tree)
    forest: Any = to_pydantic(Forest)
    assert forest.model_fields["trees"].annotation == dict[str, tree]
    data = {"name": "a", "children": [{"name": "b"}, {"name": "c", "children": []}]}
    ours = Tree.from_dict({**data, "tool": {"name": "f"}})
    assert tree.from_wire(ours).to_wire() == ours
    assert [type(child) for child in tree(**data).children] == [tree, tree]
    whole = Forest.from_dict({"trees": {"x": data}})
    assert forest.from_wire(whole).to_wire() == whole
    assert forest(trees={"x": tree(**data)}).to_wire() == whole
    assert forest.model_json_schema()["title"] == "Forest"


@pytest.mark.parametrize("cls", [Bare, int, rm.WireModel, BaseModel], ids=lambda cls: cls.__name__)
def test_a_class_without_fields_to_mirror_is_refused(cls: Any) -> None:
    with pytest.raises(TypeError, match="is not a dataclass that follows WireModel$"):
        to_pydantic(cls)


@pytest.mark.parametrize(
    ("union", "name"),
    [
        (rm.RealtimeServerEvent, "RealtimeServerEvent"),
        (rm.RealtimeFunctionTool | None, str(rm.RealtimeFunctionTool | None)),
    ],
)
@pytest.mark.parametrize("mirror", [to_pydantic, Mirror.__class_getitem__])
def test_a_union_is_refused_with_what_to_use(
    mirror: Callable[[Any], object], union: Any, name: str
) -> None:
    with pytest.raises(TypeError) as info:
        mirror(union)
    advice = "which has no mirror: use it as it is, or mirror its members"
    assert str(info.value) == f"{name} is a union, {advice}"


class Setup(BaseModel):
    """A user's model, annotated with mirrors."""

    tool: Mirror[rm.RealtimeFunctionTool]
    other: Mirror[rm.RealtimeFunctionTool] | Mirror[rm.MCPTool] | None = None


def test_a_mirror_is_an_annotation() -> None:
    setup = Setup.model_validate(
        {"tool": {"name": "f"}, "other": {"type": "mcp", "server_label": "m", "headers": None}}
    )
    assert (type(setup.tool), type(setup.other)) == (Tool, MCP)
    assert setup.tool.to_wire() == rm.RealtimeFunctionTool(name="f")


def test_an_absent_field_is_not_written_as_null() -> None:
    audio = to_pydantic(rm.RealtimeSessionCreateRequestGAAudioInput)
    assert audio.model_validate({}).model_dump_json() == "{}"
    off = audio.model_validate({"turn_detection": None})
    assert off.model_dump_json() == '{"turn_detection":null}'
    assert off.model_dump() == {"turn_detection": None}
    session = Session(audio={"input": {}}, tools=[Tool(name="f")])
    session.audio.input.turn_detection = None
    assert session.model_dump() == session.to_wire().to_dict()
    setup = Setup.model_validate({"tool": {"name": "f"}})
    assert setup.model_dump_json() == '{"tool":{"type":"function","name":"f"},"other":null}'


def test_a_field_of_a_subclass_is_written_and_described_whether_it_is_set_or_not() -> None:
    assert Noted(name="f").model_dump() == {"type": "function", "name": "f", "note": "none"}
    for mode in ("validation", "serialization"):
        assert {"name", "note"} < {*Noted.model_json_schema(mode=mode)["properties"]}


def test_threads_get_the_same_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime_models_pydantic.mirror._MIRRORS", {})
    with ThreadPoolExecutor(8) as pool:
        made = [*pool.map(to_pydantic, [rm.RealtimeServerEventSessionCreated] * 16)]
    assert len({*made}) == 1
    assert issubclass(made[0], Mirror)


def test_mirrors_are_annotations_like_any_other_model() -> None:
    reading: TypeAdapter[Any] = TypeAdapter(list[Annotated[Tool | MCP, "a note"]])
    read = reading.validate_python([{"name": "f"}, {"type": "mcp", "server_label": "m"}])
    assert [type(tool) for tool in read] == [Tool, MCP]


def test_a_mirror_of_any_model_is_still_a_mirror() -> None:
    mirror: Any = Mirror
    assert issubclass(mirror[rm.WireModel], Mirror)


def test_what_is_assigned_to_a_mirror_is_validated_if_that_is_asked_for() -> None:
    class Careful(Session):  # type: ignore[misc]
        model_config = ConfigDict(validate_assignment=True)

    careful = Careful(tools=[{"name": "f"}])
    bad: list[tuple[str, object, tuple[object, ...]]] = [
        ("instructions", 5, ("instructions",)),
        ("tools", [{"type": "mcp"}, Tool(name="f")], ("tools", 0, "server_label")),
        ("audio", {"input": []}, ("audio", "input")),
    ]
    for name, value, place in bad:
        with pytest.raises(ValidationError) as info:
            setattr(careful, name, value)
        assert [(e["loc"], e["input"]) for e in info.value.errors()] == [(place, None)]
    careful.tools = [{"type": "mcp", "server_label": "m"}, Tool(name="g")]
    careful.instructions = None
    assert [type(tool) for tool in careful.tools] == [MCP, Tool]
    assert careful.to_wire().to_dict()["instructions"] is None


def test_an_error_of_a_field_of_a_subclass_shows_no_input() -> None:
    class Counted(to_pydantic(rm.MCPTool)):  # type: ignore[misc]
        count: int = 0
        kind: str = "a"

        @field_validator("kind")
        @classmethod
        def _letter(cls, kind: str) -> str:
            raise ValueError("no letter")

    with pytest.raises(ValidationError) as info:
        Counted(server_label="m", count="ek_secret", kind="ek_secret")
    assert "ek_secret" not in f"{info.value} {info.value.errors()}"
    assert [(error["loc"], error["type"]) for error in info.value.errors()] == [
        (("count",), "int_parsing"),
        (("kind",), "value_error"),
    ]
    with pytest.raises(ValidationError) as info:
        Counted.model_validate_json('{"server_label": "ek_secret')
    assert "ek_secret" not in str(info.value)


def test_the_places_of_what_was_kept_have_indices() -> None:
    kept = rm.RealtimeSessionCreateRequestGA.from_dict(
        {"type": "realtime", "tools": [{"name": "f"}, {"type": "mcp", "server_label": 5}]},
        invalid="keep",
    )
    with pytest.raises(ValidationError) as info:
        Session.from_wire(kept)
    assert [error["loc"] for error in info.value.errors()] == [("tools", 1, "server_label")]
