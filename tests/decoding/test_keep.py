"""With ``invalid="keep"`` an object keeps its class, whatever is wrong inside it."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from inspect import signature
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import realtime_models as rm
from codegen.annotations import AnnotationBuilder
from codegen.code import Code
from codegen.form import Alias, Ref
from codegen.load import load
from codegen.names import snake
from realtime_models import UNSET, DecodeError, Problem, RealtimeFunctionTool, Unknown
from realtime_models._runtime.base import Model
from realtime_models._runtime.shape import model_shape, select_model, shape_of
from realtime_models.catalog import find
from tests.support.catalog import MODELS, NAMES, by_name
from tests.support.paths import SCHEMA
from tests.support.snake import outcome
from tests.support.strategies import JSON, mutated

UNIONS = [
    name
    for name in NAMES
    if not isinstance(find(name), type)
    and "invalid" in signature(getattr(rm, f"{snake(name)}_from_dict")).parameters
]
TEXT = "never shown"


def decoder(name: str, source: str = "dict") -> Any:
    return getattr(rm, f"{snake(name)}_from_{source}")


def test_every_union_of_objects_can_keep() -> None:
    schemas = load(SCHEMA).schemas()
    code = Code(schemas, AnnotationBuilder(schemas))
    unions = [
        name
        for name, schema in schemas.items()
        if isinstance(schema, Alias) and code.is_object(Ref(name))
    ]
    assert sorted(unions) == UNIONS


@pytest.mark.parametrize("model", MODELS, ids=by_name)
@given(data=st.data())
def test_a_class_keeps_any_object(model: type[Model], data: st.DataObject) -> None:
    value = data.draw(mutated(model.__name__).filter(lambda found: isinstance(found, dict)))
    kept = model.from_dict(value, invalid="keep")
    assert type(kept) is model
    assert_kept(kept, value, outcome(model.__name__, value))


@pytest.mark.parametrize("name", UNIONS)
@given(data=st.data())
def test_a_union_keeps_anything_as_the_class_that_the_tag_names(
    name: str, data: st.DataObject
) -> None:
    value = data.draw(mutated(name) | JSON)
    kept = decoder(name)(value, invalid="keep")
    if isinstance(value, dict):
        case = shape_of(find(name)).cases["object"]
        assert type(kept) is (select_model(case, value) or Unknown)
    else:
        assert isinstance(kept, Unknown)
    assert_kept(kept, value if isinstance(value, dict) else {}, outcome(name, value))


def assert_kept(kept: Model, value: dict[str, Any], expected: object) -> None:
    """Assert that a kept value equals its data, reports its problems, and works like any other."""
    if isinstance(expected, rm.DecodeError):
        assert kept.problems == expected.problems
    else:
        assert (kept, kept.problems) == (expected, ())
    assert kept.to_dict() == value
    if not isinstance(kept, Unknown):
        assert_smallest_fields_are_broken(kept, value)
    assert_like_any_other(kept)


def assert_smallest_fields_are_broken(kept: Model, value: dict[str, Any]) -> None:
    """Assert that a broken field is unset and raw, and that all others have their values."""
    named = {problem.pointer.split("/")[1] for problem in kept.problems if problem.pointer}
    broken = {name.replace("~1", "/").replace("~0", "~") for name in named}
    for name in model_shape(type(kept)).fields:
        field = getattr(kept, name)
        if name not in broken:
            assert (field is UNSET) == (name not in value)
        elif field is not UNSET:
            # Something inside it is broken, and is among its problems.
            inner = [part.problems for part in parts(field)]
            prefix = f"/{name}/"
            assert sum(map(len, inner)) == sum(
                problem.pointer.startswith(prefix) for problem in kept.problems
            )
        assert (name in kept.extra) == (name in value and field is UNSET)  # type: ignore[attr-defined]


def parts(value: Any) -> list[Model]:
    """Return the outermost models in the value of a field."""
    if isinstance(value, Model):
        return [value]
    if isinstance(value, dict):
        value = tuple(value.values())
    return [part for member in value for part in parts(member)] if isinstance(value, tuple) else []


def assert_like_any_other(kept: Any) -> None:
    again = pickle.loads(pickle.dumps(kept))
    assert (type(again), again, again.problems) == (type(kept), kept, kept.problems)
    assert hash(again) == hash(kept)
    assert again.to_dict() == kept.to_dict()
    assert copy.copy(kept) is copy.deepcopy(kept) is kept
    fields = [field.name for field in dataclasses.fields(kept)]
    assert list(dataclasses.asdict(kept)) == fields
    assert len(dataclasses.astuple(kept)) == len(fields)
    replaced = dataclasses.replace(kept)
    assert (replaced, replaced.problems, replaced.to_dict()) == (
        kept,
        kept.problems,
        kept.to_dict(),
    )
    assert type(kept)(**{name: getattr(kept, name) for name in fields}) == kept


@pytest.mark.parametrize("model", MODELS, ids=by_name)
def test_no_value_of_a_broken_field_is_shown(model: type[Model]) -> None:
    for name in model_shape(model).fields:
        for wrong in ([{TEXT: TEXT}, TEXT, 5], {TEXT: [TEXT]}, TEXT):
            kept = model.from_dict({name: wrong}, invalid="keep")
            if name in kept.extra:  # type: ignore[attr-defined]
                assert TEXT not in repr(kept)
                assert name in repr(kept)


def test_a_broken_message_is_its_class_with_the_rest_intact() -> None:
    data = {
        "type": "response.done",
        "event_id": 5,
        "response": {
            "id": "r",
            "status": ["odd"],
            "output": [{"type": "message", "role": "assistant", "content": "none", "id": "i"}],
            "usage": {"total_tokens": "many", "input_tokens": 3},
        },
    }
    event = rm.realtime_server_event_from_dict(data, invalid="keep")
    assert isinstance(event, rm.RealtimeServerEventResponseDone)
    assert values(event.event_id, event.extra) == (UNSET, {"event_id": 5})
    response = event.response
    status = {"status": ("odd",)}
    assert values(response.id, response.status, response.extra) == ("r", UNSET, status)
    assert response.usage
    assert values(response.usage.input_tokens, response.usage.total_tokens) == (3, UNSET)
    assert response.output
    (item,) = response.output
    assert isinstance(item, rm.RealtimeConversationItemMessageAssistant)
    assert values(item.id, item.content) == ("i", UNSET)
    assert sorted(map(str, event.problems)) == [
        "/event_id: expected string, found integer",
        "/response/output/0/content: expected array, found string",
        "/response/status: expected string, found array",
        "/response/usage/total_tokens: expected integer, found string",
    ]
    assert [problem.pointer for problem in item.problems] == ["/content"]
    assert [problem.pointer for problem in response.usage.problems] == ["/total_tokens"]
    assert event.to_dict() == data
    assert repr(response.usage) == ("RealtimeResponseUsage(input_tokens=3, extra=<total_tokens>)")


def values(*fields: object) -> tuple[object, ...]:
    """Return the values of some fields, whose types are too narrow to compare them."""
    return fields


def test_an_array_with_an_item_of_a_wrong_type_is_left_out() -> None:
    data: dict[str, Any] = {"type": "mcp", "server_label": "s", "allowed_callers": ["direct", 1]}
    data |= {"headers": {"A": "a", "B": 2}}
    tool = rm.MCPTool.from_dict(data, invalid="keep")
    assert values(tool.server_label, tool.allowed_callers, tool.headers) == ("s", UNSET, UNSET)
    assert tool.extra == {"allowed_callers": ("direct", 1), "headers": {"A": "a", "B": 2}}
    assert [problem.pointer for problem in tool.problems] == ["/headers/B", "/allowed_callers/1"]
    assert tool.to_dict() == data


def test_a_missing_required_field_is_unset() -> None:
    kept = rm.RealtimeServerEventError.from_dict({"type": "error"}, invalid="keep")
    assert values(kept.error, kept.event_id, kept.extra) == (UNSET, UNSET, {})
    assert [problem.code for problem in kept.problems] == ["missing", "missing"]
    assert kept.to_dict() == {"type": "error"}
    assert repr(kept) == "RealtimeServerEventError(type='error')"


def test_a_wrong_tag_is_a_broken_field_of_a_class() -> None:
    kept = RealtimeFunctionTool.from_dict({"type": "dance", "name": "f"}, invalid="keep")
    assert values(kept.type, kept.name, kept.extra) == (UNSET, "f", {"type": "dance"})
    assert [problem.code for problem in kept.problems] == ["wrong_value"]


@pytest.mark.parametrize("text", ["", "nope", b"\xff", "[1]", "null", "3", '{"type": "error"'])
def test_text_that_is_no_json_object_is_an_empty_unknown_of_a_union(text: str | bytes) -> None:
    kept = rm.realtime_server_event_from_json(text, invalid="keep")
    assert isinstance(kept, Unknown)
    assert (kept.to_dict(), kept.tag) == ({}, None)
    assert len(kept.problems) == 1
    assert repr(kept) == f"Unknown(tag=None, fields=[], problems={kept.problems!r})"
    assert_like_any_other(kept)
    with pytest.raises(rm.DecodeError):
        rm.RealtimeServerEventError.from_json(text, invalid="keep")


@pytest.mark.parametrize("value", [[], "", None, 3, ()], ids=repr)
def test_data_that_is_not_an_object_is_refused_by_a_class(value: Any) -> None:
    with pytest.raises(rm.DecodeError, match="expected object, found"):
        RealtimeFunctionTool.from_dict(value, invalid="keep")
    assert rm.realtime_server_event_from_dict(value, invalid="keep").problems


def test_members_that_json_cannot_express_are_left_out_and_named() -> None:
    deep: Any = []
    for _ in range(300):
        deep = [deep]
    data: Any = {
        "type": "error",
        "set": {1},
        "nan": float("nan"),
        "deep": deep,
        "half": {"nan": float("inf"), "fine": [1]},
        "wide": {"a": [0] * 1_000_000},
        7: 8,
        "fine": [1],
    }
    kept = rm.realtime_server_event_from_dict(data, invalid="keep")
    cut: Any = []
    for _ in range(198):
        cut = [cut]
    expected = {"type": "error", "deep": cut, "wide": {}, "half": {"fine": [1]}, "fine": [1]}
    assert kept.to_dict() == expected
    pointers = {problem.pointer for problem in kept.problems}
    too_deep = f"/deep{'/0' * 199}"
    assert {"", "/event_id", "/set", "/nan", "/wide/a", "/half/nan", too_deep} < pointers
    assert rm.realtime_server_event_from_dict({**data, "type": 5}, invalid="keep").to_dict() == {
        **expected,
        "type": 5,
    }


class Liar:
    """A name with the hash of a field's name, which raises when it is compared."""

    def __init__(self, like: str) -> None:
        self.like = like

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    def __hash__(self) -> int:
        return hash(self.like)


def test_names_that_raise_when_compared_are_left_out_and_named() -> None:
    data: Any = {Liar("event_id"): "e", "type": "error", "error": {Liar("message"): "m"}}
    kept = rm.realtime_server_event_from_dict(data, invalid="keep")
    assert isinstance(kept, rm.RealtimeServerEventError)
    assert kept.to_dict() == {"type": "error", "error": {}}
    codes = {problem.pointer: problem.code for problem in kept.problems}
    assert (codes[""], codes["/error"]) == ("wrong_key", "wrong_key")
    named: Any = {Liar("name"): "f", "type": "function"}
    tool = RealtimeFunctionTool.from_dict(named, invalid="keep")
    assert tool.to_dict() == {"type": "function"}
    headers: Any = {"type": "mcp", "server_label": "s", "headers": {5: "a", "A": "b"}}
    server = rm.MCPTool.from_dict(headers, invalid="keep")
    assert server.headers is UNSET
    assert server.to_dict()["headers"] == {"A": "b"}


NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "raw", "pointers"),
    [
        ([NAN, 1], [1], ["", "/0"]),
        ({"a": NAN, "b": {"c": [NAN], "d": 2}}, {"b": {"c": [], "d": 2}}, ["", "/a", "/b/c/0"]),
        ({5: 1, "a": 1}, {"a": 1}, ["", ""]),
        ([{1}, "x"], ["x"], ["", "/0"]),
        (NAN, UNSET, [""]),
        ({1}, UNSET, [""]),
    ],
)
def test_a_broken_field_keeps_what_json_can_express_and_names_the_rest(
    value: Any, raw: Any, pointers: list[str]
) -> None:
    data = {"type": "input_audio_buffer.cleared", "event_id": value}
    kept = rm.realtime_server_event_from_dict(data, invalid="keep")
    assert isinstance(kept, rm.RealtimeServerEventInputAudioBufferCleared)
    expected = {} if raw is UNSET else {"event_id": raw}
    assert kept.to_dict() == {"type": "input_audio_buffer.cleared", **expected}
    assert [problem.pointer for problem in kept.problems] == [f"/event_id{end}" for end in pointers]
    assert_like_any_other(kept)


def test_a_value_that_lost_something_differs_from_a_healthy_one() -> None:
    lost = RealtimeFunctionTool.from_dict({"name": "f", "description": NAN}, invalid="keep")
    assert lost.to_dict() == {"name": "f"}
    assert lost != RealtimeFunctionTool.from_dict({"name": "f"})
    assert lost == RealtimeFunctionTool.from_dict({"name": "f", "description": NAN}, invalid="keep")


BROKEN: list[dict[Any, Any]] = [
    {"metadata": {"k": NAN}},
    {"voice": {"id": NAN}},
    {"audio": {"output": {"voice": {"id": NAN, "other": 1}}}},
    {"tools": [{"type": "mcp", "server_label": "s", "headers": {"A": "a", 5: "b"}}]},
    {"tools": [{"type": "function", "name": 5}, 3]},
    {"audio": {"input": {"turn_detection": {"type": "server_vad", "threshold": "x", "n": NAN}}}},
    {5: 6, "instructions": "i"},
    {"": NAN, "~/": [NAN], "__class__": NAN, "to_dict": NAN},
    {"to_dict": {"a": [NAN]}, "instructions": 5},
]


@pytest.mark.parametrize("data", BROKEN, ids=str)
def test_every_kept_session_is_pickled_copied_and_replaced_as_it_is(data: dict[Any, Any]) -> None:
    for kept in (
        rm.RealtimeSessionCreateResponse.from_dict(data, invalid="keep"),
        rm.RealtimeSessionCreateRequestGA.from_dict(
            {"type": "transcription", **data}, invalid="keep"
        ),
        rm.RealtimeSession.from_dict(data, invalid="keep"),
        rm.realtime_server_event_from_dict(
            {"type": "session.created", "session": {"type": "realtime", **data}}, invalid="keep"
        ),
    ):
        assert_like_any_other(kept)


def test_an_object_with_the_tag_of_another_class_is_pickled_as_it_is() -> None:
    wrong = {"type": "mcp", "name": "f"}
    kept = RealtimeFunctionTool.from_dict(wrong, invalid="keep")
    session = rm.RealtimeSessionCreateRequestGA(tools=[kept])
    again = pickle.loads(pickle.dumps(session))
    assert (again, again.problems, type(again.tools[0])) == (session, (), RealtimeFunctionTool)


def test_a_name_that_is_empty_or_escaped_is_replaced_like_any_other() -> None:
    kept = RealtimeFunctionTool.from_dict({"name": 5, "": NAN, "a/b": NAN}, invalid="keep")
    assert [problem.pointer for problem in kept.problems] == ["/name", "/", "/a~1b"]
    mended = dataclasses.replace(kept, name="f")
    assert [problem.pointer for problem in mended.problems] == ["/", "/a~1b"]


def test_a_value_with_more_problems_than_are_listed_is_replaced_like_any_other() -> None:
    data = {"type": "mcp", "server_label": "s", "allowed_callers": [*range(1500)]}
    kept = rm.MCPTool.from_dict({**data, "require_approval": 5}, invalid="keep")
    replaced = dataclasses.replace(kept, require_approval="never")
    assert (replaced.problems, replaced.require_approval) == (kept.problems, "never")
    assert_like_any_other(replaced)


def test_what_is_newer_and_too_large_is_kept_but_for_what_is_no_json() -> None:
    data: dict[str, Any] = {"name": "f", "big": [0] * 1_000_000, "odd": [NAN], "fine": [1]}
    kept = RealtimeFunctionTool.from_dict(data, invalid="keep")
    assert kept.to_dict() == {"name": "f", "odd": [], "fine": [1]}
    assert [problem.pointer for problem in kept.problems] == ["/big", "/odd/0"]
    many = {**{str(number): 0 for number in range(1_000_001)}, "odd": NAN}
    kept = RealtimeFunctionTool.from_dict(many, invalid="keep")
    assert [(problem.pointer, problem.code) for problem in kept.problems] == [
        ("", "too_many_values")
    ]
    assert kept.to_dict() == {}


def test_a_list_that_holds_itself_is_cut_in_little_time() -> None:
    itself: list[Any] = [1]
    itself += [itself, itself]
    kept = RealtimeFunctionTool.from_dict({"name": "f", "new": itself}, invalid="keep")
    assert {problem.code for problem in kept.problems} == {"too_deep", "too_many_problems"}


def test_data_that_is_like_json_is_kept_as_json() -> None:
    class Word(str):
        pass

    data: Any = rm.JsonObject({"type": Word("function"), "name": 5, "parameters": {"a": (1,)}})
    kept = RealtimeFunctionTool.from_dict(data, invalid="keep")
    assert kept.to_dict() == {"type": "function", "name": 5, "parameters": {"a": [1]}}


def test_newer_data_is_not_broken() -> None:
    newer = rm.realtime_server_event_from_dict({"type": "newer"}, invalid="keep")
    assert newer == Unknown({"type": "newer"})
    assert newer.problems == ()
    data = {"type": "function", "name": "f", "newer": 1}
    tool = RealtimeFunctionTool.from_dict(data, invalid="keep")
    assert tool == RealtimeFunctionTool(name="f", extra={"newer": 1})
    assert tool.problems == ()


def test_a_value_that_holds_a_kept_one_has_no_problems_and_pickles() -> None:
    data = {"type": "function", "name": 5}
    kept = RealtimeFunctionTool.from_dict(data, invalid="keep")
    request = rm.RealtimeSessionCreateRequestGA(tools=[kept])
    update = rm.RealtimeClientEventSessionUpdate(session=request)
    assert (request.problems, update.problems) == ((), ())
    assert update.to_dict()["session"] == {"type": "realtime", "tools": [data]}
    again = pickle.loads(pickle.dumps(update))
    assert again == update
    (tool,) = again.session.tools
    assert (tool, tool.problems) == (kept, kept.problems)


def test_a_field_that_is_replaced_is_no_longer_broken() -> None:
    kept = RealtimeFunctionTool.from_dict({"name": 5, "description": 6, "new": 7}, invalid="keep")
    named = dataclasses.replace(kept, name="f")
    assert [problem.pointer for problem in named.problems] == ["/description"]
    assert named.to_dict() == {"name": "f", "description": 6, "new": 7}
    mended = dataclasses.replace(named, description="d")
    assert values(mended.problems, mended.extra) == ((), {"new": 7})
    assert type(mended.extra) is rm.JsonMapping
    assert pickle.loads(pickle.dumps(mended)) == mended


def test_what_is_replaced_beside_a_broken_member_stays_broken() -> None:
    data = {"id": "p", "version": 5, "variables": {"a": {"type": "input_text", "text": 5}}}
    kept = rm.Prompt.from_dict(data, invalid="keep")
    replaced = dataclasses.replace(kept, version="1")
    assert [problem.pointer for problem in kept.problems] == ["/version", "/variables/a/text"]
    assert [problem.pointer for problem in replaced.problems] == ["/variables/a/text"]
    assert replaced.to_dict() == {**data, "version": "1"}


def test_a_report_that_was_cut_still_finds_what_is_broken_behind_it() -> None:
    names: list[object] = list(range(1500))
    data = {"allowed_tools": {"tool_names": names, "read_only": "yes"}, "require_approval": 5}
    kept = rm.MCPTool.from_dict({"type": "mcp", "server_label": "s", **data}, invalid="keep")
    assert kept.problems[-1].code == "too_many_problems"
    assert values(kept.require_approval, kept.server_label) == (UNSET, "s")
    assert isinstance(kept.allowed_tools, rm.MCPToolFilter)
    assert values(kept.allowed_tools.tool_names, kept.allowed_tools.read_only) == (UNSET, UNSET)
    assert kept.to_dict() == {"type": "mcp", "server_label": "s", **data}


def test_problems_belong_to_a_value_and_not_to_equal_ones() -> None:
    kept = RealtimeFunctionTool.from_dict({"name": 5}, invalid="keep")
    other = RealtimeFunctionTool.from_dict({"name": 5, "description": 5}, invalid="keep")
    assert kept != other
    assert kept.extra == rm.JsonMapping({"name": 5}) == rm.JsonObject({"name": 5})
    assert pickle.loads(pickle.dumps(kept.extra)) == kept.extra
    assert isinstance(kept.problems[0], Problem)


def test_an_unknown_keeps_a_member_that_is_called_like_its_field() -> None:
    data = {"type": "newer", "data": {"a": 1}, "odd": NAN}
    kept = rm.realtime_server_event_from_dict(data, invalid="keep")
    assert kept.to_dict() == {"type": "newer", "data": {"a": 1}}


def test_free_form_json_of_which_a_part_is_broken_is_left_out_whole() -> None:
    kept = RealtimeFunctionTool.from_dict({"parameters": {"a": NAN, "b": 1}}, invalid="keep")
    assert values(kept.parameters, kept.extra) == (UNSET, {"parameters": {"b": 1}})


def test_a_problem_in_a_newer_field_stays_whatever_its_members_are_called() -> None:
    kept = RealtimeFunctionTool.from_dict({"newer": {"name": NAN}}, invalid="keep")
    replaced = dataclasses.replace(kept, name="f")
    assert [problem.pointer for problem in replaced.problems] == ["/newer/name"]


def test_a_class_keeps_an_object_from_text_and_refuses_any_other_text() -> None:
    kept = RealtimeFunctionTool.from_json('{"name": 5}', invalid="keep")
    assert kept == RealtimeFunctionTool.from_dict({"name": 5}, invalid="keep")
    for invalid in ("raise", "keep"):
        with pytest.raises(DecodeError) as info:
            RealtimeFunctionTool.from_json("[1]", invalid=invalid)
        message = "expected object, found array"
        assert info.value.problems == (Problem("", "error", "wrong_type", message),)


def test_what_is_healthy_beside_what_is_broken_keeps_its_newer_fields() -> None:
    tools: list[Any] = [{"name": "f", "type": "function", "new": 1}]
    data = {"type": "realtime", "tools": tools, "instructions": 5}
    kept = rm.RealtimeSessionCreateRequestGA.from_dict(data, invalid="keep")
    assert kept.to_dict() == data
    assert kept.tools == (RealtimeFunctionTool.from_dict(tools[0]),)


def test_a_map_keeps_its_models_and_their_problems() -> None:
    data = {"id": "p", "variables": {"a": {"type": "input_text", "text": 5}, "b": "c"}}
    prompt = rm.Prompt.from_dict(data, invalid="keep")
    assert prompt.to_dict() == data
    assert isinstance(prompt.variables, rm.FrozenDict)
    assert [problem.pointer for problem in prompt.problems] == ["/variables/a/text"]
    again = dataclasses.replace(prompt, id="q")
    assert [problem.pointer for problem in again.problems] == ["/variables/a/text"]


def test_a_map_with_a_key_that_is_not_a_string_is_left_out() -> None:
    data: dict[str, Any] = {"id": "p", "variables": {5: "x", "b": "c"}}
    prompt = rm.Prompt.from_dict(data, invalid="keep")
    assert prompt.variables is UNSET
    assert prompt.to_dict() == {"id": "p", "variables": {"b": "c"}}


def test_a_text_that_is_no_json_is_refused_unless_it_is_to_be_kept() -> None:
    with pytest.raises(DecodeError, match="expected JSON"):
        rm.realtime_server_event_from_json("{")
    kept = rm.realtime_server_event_from_json("{", invalid="keep")
    assert isinstance(kept, rm.Unknown)
    assert [problem.code for problem in kept.problems] == ["invalid_json"]


def test_what_is_kept_is_pickled_with_its_problems_by_itself() -> None:
    kept = RealtimeFunctionTool.from_dict({"name": 5}, invalid="keep")
    alone = pickle.loads(pickle.dumps(kept.extra))
    assert (alone, alone.problems) == ({"name": 5}, kept.problems)
