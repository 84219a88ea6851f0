"""Our types and unions in attrs classes, structured and unstructured by cattrs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, NewType

import attrs
import cattrs
import pytest
from cattrs.gen import make_dict_unstructure_fn
from cattrs.preconf.json import make_converter
from hypothesis import given
from hypothesis import strategies as st

import realtime_models as rm
from realtime_models.catalog import find, type_names
from realtime_models_attrs import configure, to_attrs
from tests.support.foreign import Point
from tests.support.snake import decode, write
from tests.support.strategies import instances

NAMES = list(type_names())


def configured(converter: cattrs.BaseConverter) -> cattrs.BaseConverter:
    configure(converter)
    return converter


CONVERTERS: dict[str, Callable[[], cattrs.BaseConverter]] = {
    "base": cattrs.BaseConverter,
    "plain": cattrs.Converter,
    "json": make_converter,
    "short": lambda: cattrs.Converter(detailed_validation=False),
    "strict": lambda: cattrs.Converter(forbid_extra_keys=True, omit_if_default=True),
    "tuples": lambda: cattrs.Converter(unstruct_strat=cattrs.UnstructureStrategy.AS_TUPLE),
    "copied": lambda: configured(cattrs.Converter()).copy(),
}
each_converter = pytest.mark.parametrize("kind", CONVERTERS)
CONVERTER = configured(cattrs.Converter())


@cache
def holder(name: str) -> type[Any]:
    """Return an attrs class with fields of one of our types."""
    hint: Any = find(name)
    types = {"one": hint, "many": list[hint], "named": dict[str, hint], "maybe": hint | None}
    return attrs.make_class("Holder", {key: attrs.field(type=types[key]) for key in types})


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_every_type_and_union_goes_through_an_attrs_class_unchanged(
    name: str, data: st.DataObject
) -> None:
    value = data.draw(instances(name))
    raw = {"one": value, "many": [value, value], "named": {"a": value}, "maybe": None}
    held = CONVERTER.structure(raw, holder(name))
    decoded = decode(name, value)
    assert (held.one, held.many, held.named) == (decoded, [decoded] * 2, {"a": decoded})
    assert type(held.one) is type(decoded)
    assert CONVERTER.unstructure(held) == raw
    assert json.loads(json.dumps(CONVERTER.unstructure(held))) == raw
    assert CONVERTER.structure(vars(held), holder(name)) == held
    hint: Any = find(name)
    assert CONVERTER.unstructure(CONVERTER.structure(value, hint), hint) == write(name, decoded)


@attrs.frozen
class Call:
    """A user's class: its own fields beside ours, in every way that cattrs supports."""

    number: int
    event: rm.RealtimeServerEvent
    items: tuple[rm.RealtimeConversationItem, ...] = ()
    detection: dict[str, rm.RealtimeTurnDetection] = attrs.field(factory=dict)
    tool: rm.RealtimeFunctionTool | None = None
    voice: rm.VoiceIdsShared | None = None
    metadata: rm.JsonObject = attrs.field(factory=rm.JsonObject)
    headers: rm.FrozenDict[str] = attrs.field(factory=lambda: rm.FrozenDict({}))


RAW: dict[str, Any] = {
    "number": "5",
    "event": {"type": "response.dreamed", "sheep": [None]},
    "items": [
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Hi"}]},
        {"type": "hologram", "id": None},
    ],
    "detection": {"a": None, "b": {"type": "server_vad", "threshold": None, "newer": 1}},
    "tool": {"type": "function", "name": "f", "parameters": {"enum": [1, {}]}},
    "voice": "a voice of tomorrow",
    "metadata": {"a": [{"b": None}]},
    "headers": {"a": "b"},
}


@each_converter
def test_any_converter_can_be_taught(kind: str) -> None:
    attrs.resolve_types(Call)  # which the simplest converter does not convert
    converter = CONVERTERS[kind]()
    configure(converter)
    raw: Any = list(RAW.values()) if kind == "tuples" else RAW
    call = converter.structure(raw, Call)
    assert call.number == 5  # which cattrs still coerces
    assert call.event == rm.Unknown({"type": "response.dreamed", "sheep": [None]})
    assert isinstance(call.items[0], rm.RealtimeConversationItemMessageUser)
    assert isinstance(call.items[1], rm.Unknown)
    assert call.detection == {
        "a": None,
        "b": rm.RealtimeTurnDetectionServerVad.from_dict(RAW["detection"]["b"]),
    }
    assert type(call.metadata) is rm.JsonObject
    assert type(call.headers) is rm.FrozenDict
    back = converter.unstructure(call)
    assert json.loads(json.dumps(back)) == (
        [5, *raw[1:]] if kind == "tuples" else {**RAW, "number": 5}
    )


@each_converter
def test_a_built_instance_passes(kind: str) -> None:
    converter = CONVERTERS[kind]()
    configure(converter)
    tool = rm.RealtimeFunctionTool(name="f")
    unknown = rm.Unknown({"type": "newer"})
    assert converter.structure(tool, rm.RealtimeFunctionTool) is tool
    event: Any = rm.RealtimeServerEvent
    assert converter.structure(unknown, event) is unknown
    created = rm.RealtimeServerEventInputAudioBufferCleared(event_id="e")
    assert converter.structure([created, {"type": "newer"}], list[event]) == [created, unknown]
    variables = rm.FrozenDict({"a": rm.InputTextContent(text="b")})
    built: list[tuple[object, Any]] = [
        (rm.JsonObject({"a": 1}), rm.JsonObject),
        (variables, rm.FrozenDict[rm.InputTextContent]),
        (variables, rm.ResponsePromptVariables),
        (("a", "b"), rm.MCPToolAllowedTools),
        (rm.UNSET, str | rm.UnsetType),
    ]
    for value, hint in built:
        assert converter.structure(value, hint) is value
    mirror = to_attrs(rm.RealtimeFunctionTool)(name="f")
    assert converter.structure(mirror, to_attrs(rm.RealtimeFunctionTool)) is mirror


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (rm.RealtimeFunctionTool(name="f"), rm.MCPTool),
        (rm.FrozenDict({"a": 5}), rm.FrozenDict[str]),
        ((5,), rm.MCPToolAllowedTools),
        (rm.UNSET, rm.RealtimeTurnDetection),
    ],
)
def test_instances_of_other_types_do_not_pass(value: object, hint: Any) -> None:
    with pytest.raises(cattrs.BaseValidationError):
        CONVERTER.structure(value, hint)


def test_unset_is_never_written() -> None:
    tool = rm.RealtimeFunctionTool(name="f")
    assert CONVERTER.unstructure({"tools": [tool]}) == {
        "tools": [{"type": "function", "name": "f"}]
    }
    for value, hint in [
        (rm.UNSET, None),
        ([rm.UNSET], None),
        (rm.UNSET, str | rm.UnsetType),
        (rm.UNSET, rm.RealtimeTurnDetection),
    ]:
        with pytest.raises(TypeError, match="^expected a decoded value, found UnsetType$"):
            CONVERTER.unstructure(value, hint)


@attrs.frozen
class Settings:
    """A user's class with fields that may be absent."""

    name: str
    speed: float | rm.UnsetType = rm.UNSET
    tools: tuple[rm.RealtimeResponseCreateParamsToolsInner, ...] | rm.UnsetType | None = rm.UNSET


def test_a_field_may_be_absent() -> None:
    converter = cattrs.Converter(omit_if_default=True)
    configure(converter)
    for raw in (
        {"name": "n"},
        {"name": "n", "speed": 1.5, "tools": None},
        {"name": "n", "tools": [{"type": "mcp", "server_label": "s"}, {"type": "newer"}]},
    ):
        structured = converter.structure(raw, Settings)
        assert (structured.speed is rm.UNSET) is ("speed" not in raw)
        assert converter.unstructure(structured) == raw
    with pytest.raises(TypeError, match="found UnsetType"):
        CONVERTER.unstructure(Settings("n"))
    override = cattrs.override(omit_if_default=True)
    hook = make_dict_unstructure_fn(Settings, CONVERTER, speed=override, tools=override)
    assert hook(Settings("n")) == {"name": "n"}


@attrs.frozen
class Own:
    """A user's attrs class whose methods have the names of ours, and call the converter."""

    number: int

    @classmethod
    def from_dict(cls, data: Any, /) -> Own:
        return CONVERTER.structure(data, cls)

    def to_dict(self) -> dict[str, Any]:
        unstructured: dict[str, Any] = CONVERTER.unstructure(self)
        return unstructured


@dataclass(frozen=True)
class Plain:
    """A user's dataclass, which cattrs knows."""

    number: int


Number = NewType("Number", int)


@pytest.mark.parametrize(
    ("hint", "raw", "expected"),
    [
        (Own, {"number": "3"}, Own(3)),
        (Plain, {"number": "3"}, Plain(3)),
        (int | None, "3", 3),
        (Number, "3", 3),
        (Literal["a"], "a", "a"),
        (list[float], ["1"], [1.0]),
        (Plain | None, {"number": "3"}, Plain(3)),
    ],
)
def test_other_types_stay_with_cattrs(hint: Any, raw: Any, expected: object) -> None:
    assert CONVERTER.structure(raw, hint) == expected == cattrs.structure(raw, hint)
    assert CONVERTER.unstructure(expected, hint) == cattrs.unstructure(expected, hint)


def test_the_methods_of_an_attrs_class_can_call_the_converter() -> None:
    assert Own.from_dict({"number": 3}).to_dict() == {"number": 3}


def test_a_class_that_follows_the_protocol_works_too() -> None:
    @attrs.define
    class Drawing:
        point: Point
        maybe: Point | None
        model: rm.WireModel

    drawing = Drawing(Point(1), Point(2), rm.RealtimeFunctionTool(name="f"))
    assert CONVERTER.unstructure(drawing) == {
        "point": {"x": 1},
        "maybe": {"x": 2},
        "model": {"type": "function", "name": "f"},
    }
    assert CONVERTER.structure({"x": 1}, Point).x == 1
    maybe: Any = Point | None
    assert CONVERTER.structure({"x": 1}, maybe).x == 1
    assert CONVERTER.structure(None, maybe) is None


def test_annotations_and_new_types_of_ours_are_ours() -> None:
    tool = rm.RealtimeFunctionTool(name="f")
    Renamed = NewType("Renamed", rm.RealtimeFunctionTool)
    union = Annotated[rm.RealtimeResponseCreateParamsToolsInner, "a note"]
    hints: list[Any] = [Annotated[rm.RealtimeFunctionTool, "a note"] | None, Renamed, union]
    for hint in hints:
        assert CONVERTER.structure(tool.to_dict(), hint) == tool


def test_a_hook_of_the_users_own_wins() -> None:
    converter = cattrs.Converter()
    converter.register_structure_hook(rm.MCPTool, lambda value, _: rm.MCPTool(server_label=value))
    configure(converter)
    converter.register_unstructure_hook(rm.MCPTool, lambda tool: tool.server_label)
    assert converter.structure(["s"], list[rm.MCPTool]) == [rm.MCPTool(server_label="s")]
    assert converter.unstructure([rm.MCPTool(server_label="s")]) == ["s"]


@pytest.mark.parametrize("name", [name for name in NAMES if isinstance(find(name), type)])
@given(data=st.data())
def test_a_mirror_goes_through_a_converter_unchanged(name: str, data: st.DataObject) -> None:
    value = data.draw(instances(name))
    model: Any = find(name)
    mirror = CONVERTER.structure(value, to_attrs(model))
    assert mirror == to_attrs(model).from_wire(decode(name, value))
    assert CONVERTER.unstructure(mirror) == value


def test_a_mirror_can_be_a_field_of_an_attrs_class() -> None:
    mirror: Any = to_attrs(rm.RealtimeFunctionTool)
    held = attrs.make_class("Held", {"tools": attrs.field(type=list[mirror])})
    raw = {"tools": [{"type": "function", "name": "f", "newer": None}, {"name": "g"}]}
    structured: Any = CONVERTER.structure(raw, held)
    assert structured.tools[1] == mirror(type=rm.UNSET, name="g")
    assert CONVERTER.unstructure(structured) == raw


@pytest.mark.parametrize("detailed", [True, False])
def test_one_broken_event_does_not_spoil_a_recording_if_it_is_kept(detailed: bool) -> None:
    @attrs.frozen
    class Recording:
        events: list[rm.RealtimeServerEvent]
        last: rm.RealtimeServerEvent | None = None
        mode: Literal["a", "b"] | int = 3

    converter = cattrs.Converter(detailed_validation=detailed)
    configure(converter, invalid="keep")
    raw = {
        "events": [{"type": "error", "event_id": 5}, {"type": "newer"}],
        "last": {"type": "error"},
        "mode": "a",
    }
    recording = converter.structure(raw, Recording)
    assert [len(event.problems) for event in recording.events] == [2, 0]
    assert isinstance(recording.last, rm.RealtimeServerEventError)
    assert converter.unstructure(recording) == raw
    with pytest.raises((cattrs.BaseValidationError, rm.DecodeError)):
        converter.structure({**raw, "mode": "c"}, Recording)
