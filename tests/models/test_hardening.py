"""Values stay as they are, and show no secret, whatever is tried on them."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from typing import Any

import pytest

import realtime_models as rm
from realtime_models import MCPTool, RealtimeFunctionTool, Unknown
from realtime_models._runtime.errors import Mismatch
from realtime_models._runtime.json_values import MAX_BITS, MAX_DEPTH, Budget, freeze_part

FORGED = "a\u001b[31m\nFAKE\u202e\ud800"


def nested(depth: int) -> Any:
    data: Any = {}
    for _ in range(depth - 1):
        data = {"a": data}
    return data


def test_a_second_init_is_refused() -> None:
    tool: Any = RealtimeFunctionTool(name="f")
    with pytest.raises(TypeError, match=r"^RealtimeFunctionTool is immutable; dataclasses.replace"):
        tool.__init__(name="g")
    unknown: Any = Unknown({"type": "a"})
    with pytest.raises(TypeError, match="^Unknown is immutable"):
        unknown.__init__({"type": "b"})
    decoded: Any = RealtimeFunctionTool.from_dict({"name": "f"})
    with pytest.raises(TypeError, match="immutable"):
        decoded.__init__()
    assert (tool.name, unknown.tag, decoded.name) == ("f", "a", "f")


def test_the_problems_and_the_class_of_extra_cannot_be_changed() -> None:
    kept: Any = RealtimeFunctionTool.from_dict({"name": 5, "parameters": {}}, invalid="keep")
    for change in (
        lambda: setattr(kept.extra, "problems", ()),
        lambda: setattr(kept.extra, "_members", {}),
        lambda: setattr(kept.extra, "__class__", rm.JsonMapping),
        lambda: delattr(kept.extra, "problems"),
        lambda: setattr(kept, "__class__", Unknown),
        lambda: setattr(kept.parameters, "__class__", dict),
    ):
        with pytest.raises((AttributeError, TypeError), match=r"immutable|assign"):
            change()  # type: ignore[no-untyped-call]
    assert len(kept.problems) == 1


def test_depth_is_counted_through_values_that_are_frozen_already() -> None:
    deep = rm.JsonObject(nested(MAX_DEPTH))
    with pytest.raises(TypeError, match="expected a mapping of strings to JSON values"):
        rm.JsonObject({"a": deep})
    with pytest.raises(rm.DecodeError, match="expected JSON of at most 200 levels"):
        RealtimeFunctionTool.from_dict({"parameters": {"a": deep}})
    with pytest.raises(TypeError, match="expected a mapping"):
        RealtimeFunctionTool(extra={"a": deep})
    tool = RealtimeFunctionTool(parameters=deep)
    assert RealtimeFunctionTool.from_dict(tool.to_dict()) == tool


def test_what_is_kept_raw_nests_no_deeper_than_what_can_be_pickled() -> None:
    for depth, count in ((MAX_DEPTH, 1), (MAX_DEPTH + 1, 2)):
        data = {"name": nested(depth), "type": "function"}
        kept = RealtimeFunctionTool.from_dict(data, invalid="keep")
        assert [problem.code for problem in kept.problems] == ["wrong_type", "too_deep"][:count]
        assert (kept.to_dict() == data) == (count == 1)
        assert pickle.loads(pickle.dumps(kept)) == dataclasses.replace(kept) == kept


def test_names_of_fields_cannot_forge_a_line_or_stop_the_output() -> None:
    tool = RealtimeFunctionTool(extra={FORGED: 1})
    unknown = Unknown({"type": FORGED, FORGED: 1})
    kept = RealtimeFunctionTool.from_dict({FORGED: float("nan")}, invalid="keep")
    for value in (tool, tool.extra, unknown, kept, kept.problems, *map(str, kept.problems)):
        text = repr(value)
        assert text.isprintable()
        assert text.encode("ascii")


def test_names_that_can_be_printed_are_shown_as_they_are() -> None:
    assert repr(RealtimeFunctionTool(extra={"größe": 1}).extra) == "<größe>"
    escape = RealtimeFunctionTool(extra={"\u001b[31m": 1, "\u007f": 2}).extra
    assert repr(escape) == "<\\u001b[31m, \\u007f>"


def test_a_whole_number_is_an_integer_in_what_is_kept() -> None:
    data = {"total_tokens": 1.0, "input_tokens": "broken"}
    kept = rm.RealtimeResponseUsage.from_dict(data, invalid="keep")
    assert (type(kept.total_tokens), kept.total_tokens) == (int, 1)
    strict = rm.RealtimeResponseUsage.from_dict({"total_tokens": 1.0})
    assert type(strict.total_tokens) is int


def test_a_mapping_of_newer_fields_shows_names_only() -> None:
    tool = RealtimeFunctionTool(extra={"key": "sk_1"})
    assert repr(tool) == "RealtimeFunctionTool(type='function', extra=<key>)"
    assert repr(tool.extra) == "<key>"
    assert dict(tool.extra) == {"key": "sk_1"} == tool.extra


def test_secrets_are_hidden_from_what_lists_attributes() -> None:
    tool = MCPTool(server_label="s", authorization="sk_1")
    assert "authorization" not in dir(tool)
    assert {"server_label", "to_dict"} <= set(dir(tool))
    assert [(name, repr(value)) for name, value in tool.__rich_repr__()] == [
        ("type", "'mcp'"),
        ("server_label", "'s'"),
        ("authorization", "<hidden>"),
    ]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            rm.RealtimeClientEventInputAudioBufferAppend(audio=b"abc"),  # type: ignore[arg-type]
            "RealtimeClientEventInputAudioBufferAppend.audio: expected a JSON value, found bytes",
        ),
        (
            rm.RealtimeClientEventSessionUpdate(
                session=rm.RealtimeSessionCreateRequestGA(
                    tools=[RealtimeFunctionTool(name={1})]  # type: ignore[arg-type]
                )
            ),
            "RealtimeFunctionTool.name: expected a JSON value, found set",
        ),
        (
            MCPTool(server_label=rm.UNSET),  # type: ignore[arg-type]
            "MCPTool.server_label: expected a JSON value, found UnsetType",
        ),
        (
            rm.MCPToolFilter(tool_names=["a", b"b"]),  # type: ignore[list-item]
            "MCPToolFilter.tool_names: expected a JSON value, found bytes",
        ),
        (
            rm.Prompt(id="p", variables={"a": rm.InputTextContent(text=b"b")}),  # type: ignore[arg-type]
            "InputTextContent.text: expected a JSON value, found bytes",
        ),
    ],
)
def test_an_error_of_to_json_names_the_field(value: rm.Model, message: str) -> None:
    with pytest.raises(TypeError, match=f"^{message}$") as info:
        value.to_json()
    assert info.value.__context__ is None


def test_an_error_of_to_json_that_no_field_explains_is_raised_unchanged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Broken:
        def encode(self, value: object) -> str:
            raise ValueError("a bug")

    monkeypatch.setattr("realtime_models._runtime.base.ENCODER", Broken())
    with pytest.raises(ValueError, match="^a bug$"):
        MCPTool(server_label="s", headers={"a": "b"}).to_json()


def test_an_error_has_no_other_that_holds_the_text_as_its_context() -> None:
    for text in ('{"secret": "sk_1"', b'"\xff sk_1"', "[1]", '{"type": "error", "event_id": 5}'):
        with pytest.raises(rm.DecodeError) as info:
            rm.realtime_server_event_from_json(text)
        assert (info.value.__context__, info.value.__cause__) == (None, None)
        with pytest.raises(rm.DecodeError) as info:
            MCPTool.from_json(text)
        assert (info.value.__context__, info.value.__cause__) == (None, None)


def test_no_model_can_be_subclassed() -> None:
    for model in (RealtimeFunctionTool, Unknown):
        with pytest.raises(TypeError, match=f"^{model.__name__} cannot be subclassed"):
            type("Mine", (model,), {"__slots__": ()})


def test_an_encoder_that_knows_dataclasses_fails_on_every_model() -> None:
    tool = RealtimeFunctionTool(name="f")
    for value in (tool, Unknown({"type": "a"}), rm.RealtimeFunctionTool(extra={"a": 1})):
        with pytest.raises(TypeError, match="is not JSON serializable"):
            json.dumps(dataclasses.asdict(value))
    with pytest.raises(TypeError, match=r"found JsonMapping \(use to_dict\(\) of its model\)$"):
        rm.to_wire(tool.extra)


def test_a_pickle_of_a_healthy_value_is_kept_by_a_version_that_finds_it_broken() -> None:
    reduced: Any = RealtimeFunctionTool(name="f").__reduce__()
    assert reduced[0](RealtimeFunctionTool, {**reduced[1][1], "name": 5}).problems


def test_a_field_that_an_older_version_did_not_know_is_unset_in_its_pickle() -> None:
    kept = RealtimeFunctionTool.from_dict({"name": 5, "description": "d"}, invalid="keep")
    reduced: Any = kept.__reduce__()
    del reduced[1][1]["description"]
    assert reduced[0](*reduced[1]).description is rm.UNSET


def test_empty_texts_and_the_largest_numbers_are_not_broken_beside_what_is() -> None:
    beta = rm.RealtimeSession.from_dict({"modalities": ["", "a"], "voice": []}, invalid="keep")
    assert beta.modalities == ("", "a")
    usage = {"total_tokens": 2**MAX_BITS - 1, "input_tokens": ""}
    kept = rm.RealtimeResponseUsage.from_dict(usage, invalid="keep")
    assert [problem.pointer for problem in kept.problems] == ["/input_tokens"]


def test_the_members_of_frozen_values_are_counted() -> None:
    value = {"a": rm.JsonObject({"b": 1, "c": [2]})}
    assert freeze_part(value, 5, Budget(4)) == {"a": {"b": 1, "c": (2,)}}
    with pytest.raises(Mismatch):
        freeze_part(value, 5, Budget(3))


def test_copies_of_a_mapping_are_the_mapping_itself() -> None:
    extra = RealtimeFunctionTool(extra={"a": 1}).extra
    assert copy.copy(extra) is copy.deepcopy(extra) is extra
    assert pickle.loads(pickle.dumps(extra)) == extra


@pytest.mark.parametrize("invalid", ["raise", "keep"])
def test_what_is_no_object_is_refused_by_unknown(invalid: Any) -> None:
    data: Any = [1]
    with pytest.raises(rm.DecodeError, match="^Unknown: expected object, found array$"):
        Unknown.from_dict(data, invalid=invalid)


def test_check_tells_what_is_deprecated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RealtimeFunctionTool, "_is_deprecated", True)
    monkeypatch.setattr(RealtimeFunctionTool, "_deprecated", frozenset({"name"}))
    found = rm.check(RealtimeFunctionTool, {"type": "function", "name": "f"})
    assert [(problem.code, str(problem)) for problem in found] == [
        ("deprecated", "expected no RealtimeFunctionTool, which is deprecated"),
        ("deprecated", "/name: expected no RealtimeFunctionTool.name, which is deprecated"),
    ]


def test_a_secret_that_is_empty_is_hidden_too() -> None:
    tool = MCPTool(server_label="s", authorization="", headers={})
    assert repr(tool) == (
        "MCPTool(type='mcp', server_label='s', authorization=<hidden>, headers=<hidden>)"
    )
