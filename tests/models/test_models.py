"""Every model is a frozen, slotted, keyword-only dataclass with explicit conversions."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import json
import pickle
from typing import Any

import pytest

import realtime_models as rm
from realtime_models import (
    UNSET,
    JsonObject,
    MCPTool,
    RealtimeAudioFormatsPCM,
    RealtimeFunctionTool,
    RealtimeServerEventError,
    RealtimeSessionCreateResponse,
    RealtimeTranscriptionSessionCreateResponseClientSecret,
    RealtimeTurnDetectionServerVad,
    Unknown,
    realtime_server_event_from_dict,
    realtime_server_event_from_json,
    realtime_turn_detection_from_json,
)
from tests.support.catalog import MODELS, by_name


@pytest.mark.parametrize("model", MODELS, ids=by_name)
def test_a_model_is_a_frozen_slotted_keyword_only_dataclass(model: Any) -> None:
    assert model.__dataclass_params__.frozen
    for name in ("__init__", "from_dict", "to_dict"):
        assert name in vars(model)
    parameters = list(inspect.signature(model).parameters.values())
    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    fields = [field.name for field in dataclasses.fields(model)]
    assert [parameter.name for parameter in parameters] == fields
    assert fields[-1] == "extra"
    assert model.__doc__
    assert "__dict__" not in dir(model)


def test_construction_fills_constants_and_leaves_the_rest_unset() -> None:
    tool = RealtimeFunctionTool(name="f")
    assert tool.type == "function"
    assert tool.description is UNSET
    assert tool.to_dict() == {"type": "function", "name": "f"}


def test_a_value_built_by_hand_equals_the_same_value_decoded() -> None:
    built = RealtimeFunctionTool(
        name="f",
        parameters={"type": "object", "required": ["a"], "properties": {"a": {}}},
        extra={"strict": [True]},
    )
    decoded = RealtimeFunctionTool.from_dict(
        {
            "type": "function",
            "name": "f",
            "parameters": {"type": "object", "required": ["a"], "properties": {"a": {}}},
            "strict": [True],
        }
    )
    assert built == decoded
    assert hash(built) == hash(decoded)
    assert built != RealtimeFunctionTool(name="f")
    text: object = "f"
    assert built != text


def test_arrays_are_tuples_and_a_bare_string_is_refused() -> None:
    names = ["a", "b"]
    tools = rm.MCPToolFilter(tool_names=names)
    names.append("c")
    assert tools.tool_names == ("a", "b")
    with pytest.raises(
        TypeError, match=r"^MCPToolFilter\.tool_names: expected a sequence, found str$"
    ):
        rm.MCPToolFilter(tool_names="ab")  # type: ignore[arg-type]


def test_an_array_or_an_object_may_be_given_where_both_are_allowed() -> None:
    assert MCPTool(server_label="s", allowed_tools=["a"]).allowed_tools == ("a",)
    chosen = rm.MCPToolFilter(read_only=True)
    assert MCPTool(server_label="s", allowed_tools=chosen).allowed_tools is chosen
    assert MCPTool(server_label="s", allowed_tools=None).to_dict()["allowed_tools"] is None


def test_mappings_are_copied_and_frozen() -> None:
    headers = {"X-A": "1"}
    tool = MCPTool(server_label="s", headers=headers)
    headers["X-A"] = "2"
    assert tool.headers == {"X-A": "1"}
    assert MCPTool(server_label="s", headers=None).headers is None


def test_values_that_json_cannot_express_are_refused_when_built() -> None:
    for value in ({"a": float("nan")}, {"a": object()}, {1: "a"}, {"a": {"b": {1, 2}}}):
        with pytest.raises(TypeError, match="expected a mapping of strings to JSON values"):
            RealtimeFunctionTool(name="f", parameters=value)  # type: ignore[arg-type]


def test_extra_cannot_hide_a_known_field() -> None:
    with pytest.raises(TypeError, match="^RealtimeFunctionTool.extra: parameters exist for name$"):
        RealtimeFunctionTool(extra={"name": "f", "new": 1})


def test_a_value_cannot_be_changed() -> None:
    tool = RealtimeFunctionTool(name="f", parameters={"a": [1]}, extra={"b": {"c": 1}})
    with pytest.raises(dataclasses.FrozenInstanceError):
        tool.name = "g"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del tool.name
    with pytest.raises((AttributeError, TypeError)):
        tool.color = "red"  # type: ignore[attr-defined]
    written = tool.to_dict()
    written["parameters"]["a"].append(2)  # type: ignore[call-overload,index,union-attr]
    written["b"]["c"] = 2  # type: ignore[call-overload,index]
    assert tool.to_dict() == {
        "type": "function",
        "name": "f",
        "parameters": {"a": [1]},
        "b": {"c": 1},
    }


def test_replace_fields_pickle_and_copy_work() -> None:
    session = RealtimeSessionCreateResponse.from_dict(
        {"id": "s", "audio": {"output": {"voice": "sage"}}, "newer": [1]}
    )
    changed = dataclasses.replace(session, id="t")
    assert changed.id == "t"
    assert changed.audio is session.audio
    assert changed.extra == {"newer": (1,)}
    assert pickle.loads(pickle.dumps(session)) == session
    assert copy.copy(session) is session
    assert copy.deepcopy([session])[0] is session


def test_match_takes_values_apart() -> None:
    event = realtime_server_event_from_dict(
        {"type": "error", "event_id": "e", "error": {"type": "t", "message": "m"}}
    )
    match event:
        case RealtimeServerEventError(event_id="e", error=error):
            assert error.message == "m"
        case _:
            pytest.fail("the event was not matched")


def test_an_unknown_variant_is_kept_whole() -> None:
    data = {"type": "from.tomorrow", "list": [1, {"a": None}]}
    event = realtime_server_event_from_dict(data)
    assert isinstance(event, Unknown)
    assert (event.type, event.tag) == (None, "from.tomorrow")
    assert (event.id, event.event_id, event.problems) == (None, None, ())
    assert event.to_dict() == data
    assert event.data["list"] == (1, {"a": None})
    assert event == Unknown(data)
    assert hash(event) == hash(Unknown(data))
    assert pickle.loads(pickle.dumps(event)) == event
    assert rm.realtime_server_event_to_dict(event) == data
    assert Unknown({"type": 5, "id": 6, "event_id": None}).tag is None
    assert Unknown({}).tag is None
    assert Unknown({"type": "t", "id": "i", "event_id": "e"}).event_id == "e"
    assert Unknown({"type": "t", "id": "i", "event_id": "e"}).id == "i"


def test_json_text_is_read_and_written() -> None:
    text = '{"type":"function","name":"caf\\u00e9"}'
    tool = RealtimeFunctionTool.from_json(text)
    assert tool.name == "café"
    assert tool.to_json() == text
    assert RealtimeFunctionTool.from_json(bytearray(b"\xef\xbb\xbf") + text.encode()) == tool
    assert json.loads(tool.to_json()) == tool.to_dict()
    event = realtime_server_event_from_json('{"type": "x"}')
    assert isinstance(event, Unknown)
    assert realtime_turn_detection_from_json("null") is None
    vad = realtime_turn_detection_from_json(b'{"type": "server_vad"}')
    assert vad == RealtimeTurnDetectionServerVad()


def test_json_that_is_no_object_is_refused_by_name() -> None:
    with pytest.raises(
        rm.DecodeError, match="^RealtimeFunctionTool: expected object, found array$"
    ):
        RealtimeFunctionTool.from_json("[]")
    with pytest.raises(rm.DecodeError, match="^RealtimeServerEvent: expected object, found null$"):
        realtime_server_event_from_json("null")


def test_nan_is_never_written() -> None:
    vad = RealtimeTurnDetectionServerVad(threshold=float("nan"))
    with pytest.raises(
        ValueError,
        match="Vad.threshold: expected a JSON value, found NaN",
    ):
        vad.to_json()


def test_repr_shows_what_is_set_and_hides_secrets_audio_and_newer_fields() -> None:
    secret = RealtimeTranscriptionSessionCreateResponseClientSecret(value="ek_1", expires_at=2)
    session = RealtimeSessionCreateResponse(id="s", tools=UNSET, client_secret=secret)
    assert repr(session) == (
        "RealtimeSessionCreateResponse(id='s', client_secret="
        "RealtimeTranscriptionSessionCreateResponseClientSecret(value=<hidden>, expires_at=2))"
    )
    tool = MCPTool(
        server_label="s", authorization="Bearer x", headers={"a": "b"}, extra={"key": "y"}
    )
    assert repr(tool) == (
        "MCPTool(type='mcp', server_label='s', authorization=<hidden>, headers=<hidden>,"
        " extra=<key>)"
    )
    assert repr(MCPTool(server_label="s", headers=None)).endswith("headers=None)")
    assert repr(rm.InputFileContent(file_data="AAAA")) == (
        "InputFileContent(type='input_file', file_data=<hidden>)"
    )
    assert repr(Unknown({"type": "x", "key": "y"})) == "Unknown(tag='x', fields=['key', 'type'])"


def test_models_and_the_like_follow_the_protocol() -> None:
    assert isinstance(RealtimeAudioFormatsPCM(), rm.WireModel)
    assert not isinstance(3, rm.WireModel)


def test_free_form_json_is_an_immutable_hashable_dict() -> None:
    value = JsonObject({"a": [1, {"b": (2,)}], "c": JsonObject({"d": None})})
    assert isinstance(value, dict)
    assert json.dumps(value) == '{"a": [1, {"b": [2]}], "c": {"d": null}}'
    assert value["a"] == (1, JsonObject({"b": (2,)}))
    assert hash(value) == hash(JsonObject(value)) == hash(JsonObject(dict(value)))
    assert hash(rm.RealtimeFunctionTool(extra=value).extra) == hash(value)
    assert JsonObject(value) is value
    assert copy.copy(value) is value
    assert copy.deepcopy(value) is value
    assert pickle.loads(pickle.dumps(value)) == value
    assert type(pickle.loads(pickle.dumps(value))) is JsonObject
    assert JsonObject() == {}


@pytest.mark.parametrize(
    "change",
    [
        "value['a'] = 1",
        "del value['a']",
        "value.clear()",
        "value.pop('a')",
        "value.popitem()",
        "value.setdefault('a', 1)",
        "value.update(a=1)",
        "value |= {'a': 1}",
    ],
)
def test_free_form_json_cannot_be_changed(change: str) -> None:
    value = JsonObject({"a": 0})
    with pytest.raises(TypeError, match="JsonObject is immutable"):
        exec(change, {"value": value})
    value.__init__({"a": 1})  # type: ignore[misc]
    assert value == {"a": 0}
