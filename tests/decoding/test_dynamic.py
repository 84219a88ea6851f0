"""Decoding and encoding by a type that is known only at run time."""

from __future__ import annotations

import dataclasses
from collections import UserDict
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

import realtime_models as rm
from realtime_models._runtime.annotations import UNDOCUMENTED, Limits
from realtime_models.catalog import find
from tests.support.catalog import NAMES
from tests.support.foreign import Point
from tests.support.snake import decode, outcome, write
from tests.support.strategies import instances, mutated


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_a_value_is_decoded_and_written_as_by_the_functions_of_its_type(
    name: str, data: st.DataObject
) -> None:
    value = data.draw(instances(name))
    decoded = rm.from_wire(find(name), value)
    assert decoded == rm.from_wire(name, value) == decode(name, value)
    assert rm.to_wire(decoded) == write(name, decoded)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_it_raises_what_the_functions_of_the_type_raise(name: str, data: st.DataObject) -> None:
    value = data.draw(mutated(name))
    expected = outcome(name, value)
    if isinstance(expected, rm.DecodeError):
        with pytest.raises(rm.DecodeError) as info:
            rm.from_wire(name, value)
        assert info.value.problems == expected.problems
    else:
        assert rm.from_wire(name, value) == expected


def test_a_union_without_a_name_is_called_by_its_json_types() -> None:
    hint: object = Optional[rm.RealtimeFunctionTool]  # noqa: UP045
    assert rm.from_wire(hint, None) is None
    with pytest.raises(rm.DecodeError) as info:
        rm.from_wire(hint, 3)
    assert str(info.value) == "object or null: expected object or null, found integer"


def test_data_that_is_like_json_is_decoded_as_json() -> None:
    data = UserDict({"type": "function", "name": "f"})
    assert rm.from_wire(rm.RealtimeFunctionTool, data) == rm.RealtimeFunctionTool(name="f")
    assert rm.from_wire("RealtimeFunctionTool", data) == rm.RealtimeFunctionTool(name="f")
    union: object = rm.RealtimeFunctionTool | None
    assert rm.from_wire(union, data) == rm.RealtimeFunctionTool(name="f")


def test_what_is_like_json_in_a_map_is_decoded_as_json() -> None:
    class Text(str):
        pass

    data = {"a": UserDict({"type": "input_text", "text": "b"}), "c": Text("d")}
    decoded = rm.response_prompt_variables_from_dict(data)
    assert decoded == rm.FrozenDict({"a": rm.InputTextContent(text="b"), "c": "d"})
    assert rm.from_wire("ResponsePromptVariables", data) == decoded


def test_a_users_class_works_too() -> None:
    point = rm.from_wire(Point, {"x": 3})
    assert point.x == 3
    assert rm.to_wire((point, None)) == [{"x": 3}, None]
    with pytest.raises(rm.DecodeError, match=r"^Point: expected object, found array$"):
        rm.from_wire(Point, [])
    assert rm.json_schema(Point) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Point",
        "description": "A point on a line.",
        "type": "object",
        "$defs": {},
    }


def test_a_name_that_no_type_has_is_refused() -> None:
    with pytest.raises(LookupError, match="no type is called Nope"):
        rm.from_wire("Nope", {})


@pytest.mark.parametrize(
    "hint",
    [
        object,
        list[int],
        tuple[int, str],
        rm.RealtimeFunctionTool | list[int],
        Literal[b"x"],
        Annotated[rm.RealtimeFunctionTool | None, "a note"],
        rm.WireModel,
    ],
    ids=str,
)
def test_a_type_that_json_cannot_express_is_refused(hint: object) -> None:
    for serve in (rm.from_wire, rm.check):
        with pytest.raises(TypeError, match="is not a type of JSON values$"):
            serve(hint, None)
    with pytest.raises(TypeError, match="is not a type of JSON values$"):
        rm.json_schema(hint)


def test_any_type_within_a_type_is_one_too() -> None:
    tool = rm.RealtimeFunctionTool(name="f")
    array: object = tuple[rm.RealtimeFunctionTool, ...]
    assert rm.from_wire(array, [tool.to_dict()]) == (tool,)
    assert rm.from_wire(rm.FrozenDict[str], {"a": "b"}) == rm.FrozenDict({"a": "b"})
    assert rm.json_schema(array)["items"] == {"$ref": "#/$defs/RealtimeFunctionTool"}


def test_a_schema_says_by_which_type_the_variants_of_a_union_differ() -> None:
    schema = rm.json_schema("RealtimeTurnDetection")
    options = [
        {"$ref": "#/$defs/RealtimeTurnDetectionServerVad"},
        {"$ref": "#/$defs/RealtimeTurnDetectionSemanticVad"},
    ]
    mapping = {
        "semantic_vad": "#/$defs/RealtimeTurnDetectionSemanticVad",
        "server_vad": "#/$defs/RealtimeTurnDetectionServerVad",
    }
    union = {"anyOf": options, "discriminator": {"propertyName": "type", "mapping": mapping}}
    assert schema["anyOf"] == [union, {"type": "null"}]
    # Messages differ by their role, too, and voices have no type.
    assert "discriminator" not in rm.json_schema("RealtimeConversationItem")
    assert "discriminator" not in rm.json_schema("VoiceIdsOrCustomVoice")


def test_a_schema_refers_to_where_its_definitions_are_said_to_be() -> None:
    schema: Any = rm.json_schema("RealtimeAudioFormats", lambda model: f"{model.__name__}.json")
    assert schema["anyOf"] == [{"$ref": f"{name}.json"} for name in schema["$defs"]]
    assert schema["discriminator"]["mapping"] == {
        "audio/pcm": "RealtimeAudioFormatsPCM.json",
        "audio/pcma": "RealtimeAudioFormatsPCMA.json",
        "audio/pcmu": "RealtimeAudioFormatsPCMU.json",
    }


def test_the_schema_of_an_undocumented_null_is_that_of_null() -> None:
    assert rm.json_schema(Annotated[None, UNDOCUMENTED])["type"] == "null"


def test_the_schema_of_unknown_is_that_of_any_object() -> None:
    assert rm.json_schema(rm.Unknown)["type"] == "object"
    assert rm.json_schema(tuple[rm.Unknown, ...])["items"] == {"type": "object"}


def test_marks_that_are_not_ours_change_nothing() -> None:
    hint: object = Annotated[str, "a note", Limits(max_length=1), "another"]
    assert rm.from_wire(hint, "xy") == "xy"
    assert [problem.code for problem in rm.check(hint, "xy")] == ["too_long"]
    assert rm.check(Annotated[str, "a note"], "xy") == []


@pytest.mark.parametrize(
    "value", [rm.UNSET, object(), (1, {2})], ids=lambda value: type(value).__name__
)
def test_values_that_no_json_decodes_to_are_not_encoded(value: object) -> None:
    with pytest.raises(TypeError, match="^expected a decoded value, found (UnsetType|object|set)$"):
        rm.to_wire(value)


def test_unknown_keeps_any_object() -> None:
    data: dict[str, rm.JsonValue] = {"type": "new", "list": [1]}
    unknown = rm.from_wire(rm.Unknown, data)
    assert unknown == rm.Unknown.from_dict(data) == rm.Unknown(data)
    assert rm.to_wire(unknown) == data
    assert unknown.to_json() == '{"type":"new","list":[1]}'
    with pytest.raises(rm.DecodeError) as info:
        rm.Unknown.from_dict({"x": {1}})
    assert str(info.value) == (
        "Unknown: /x: expected a JSON value, found a value that JSON does not have"
    )


@dataclasses.dataclass(frozen=True)
class Lamp:
    """A class of somebody else, which follows the protocol."""

    name: str

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Lamp:
        if data["type"] != "lamp":
            raise ValueError("no lamp")
        return cls(str(data["name"]))

    def to_dict(self) -> dict[str, rm.JsonValue]:
        return {"type": "lamp", "name": self.name}


@pytest.mark.parametrize("union", [rm.RealtimeServerEvent | Lamp, rm.RealtimeFunctionTool | Lamp])
def test_a_union_gives_the_classes_of_others_what_ours_do_not_know(union: object) -> None:
    lamp: dict[str, object] = {"type": "lamp", "name": "n"}
    assert rm.from_wire(union, lamp) == Lamp("n")
    assert rm.from_wire(union, {"type": "newer"}) == rm.Unknown({"type": "newer"})
    assert rm.from_wire(union, {"type": "lamp"}) == rm.Unknown({"type": "lamp"})


def test_ours_are_decoded_in_a_union_with_classes_of_others() -> None:
    tool = {"type": "function", "name": "f"}
    assert rm.from_wire(rm.RealtimeFunctionTool | Lamp, tool) == rm.RealtimeFunctionTool(name="f")
    with pytest.raises(rm.DecodeError, match=r"^RealtimeFunctionTool: /name: expected string"):
        rm.from_wire(rm.RealtimeFunctionTool | Lamp, {"type": "function", "name": 1})


def test_short_names_are_taken_wherever_names_are() -> None:
    tool = {"type": "function", "name": "f"}
    assert rm.from_wire("RealtimeTool", tool) == rm.realtime_tool_from_dict(tool)
    newer = {"type": "new"}
    assert rm.realtime_tool_to_dict(rm.realtime_tool_from_json('{"type": "new"}')) == newer
    assert rm.check("RealtimeToolChoice", 5)[0].code == "wrong_type"
    assert rm.realtime_tool_choice_to_dict(rm.realtime_tool_choice_from_dict("auto")) == "auto"
    assert rm.RealtimeError is rm.RealtimeBetaServerEventErrorError
    assert rm.json_schema("RealtimeRateLimit")["title"] == rm.RealtimeRateLimit.__name__
