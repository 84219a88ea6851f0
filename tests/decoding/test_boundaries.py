"""Exactly at a limit data is accepted; one step beyond it is not."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import FrozenInstanceError, replace
from typing import Any, Literal

import pytest

import realtime_models as rm
from realtime_models import DecodeError, Problem, RealtimeFunctionTool, Unknown, check
from realtime_models._runtime.annotations import Limits
from realtime_models._runtime.errors import LINES_SHOWN, POINTER_SHOWN, printable
from realtime_models._runtime.json_values import MAX_VALUES
from realtime_models._runtime.notices import exceeded
from realtime_models._runtime.problems import one_of, shown


def problems(data: Any) -> tuple[Problem, ...]:
    with pytest.raises(DecodeError) as info:
        RealtimeFunctionTool.from_dict(data)
    return info.value.problems


TOO_MANY = "expected free-form JSON of at most 1000000 values, found more"


def test_free_form_json_holds_a_million_values_and_no_more() -> None:
    for name, inside in (("parameters", {"a": [0] * (MAX_VALUES - 1)}), ("x", [0] * 999_999)):
        assert RealtimeFunctionTool.from_dict({name: inside}).to_dict() == {name: inside}
    for data, pointer in (
        ({"parameters": {"a": [0] * MAX_VALUES}}, "/parameters/a"),
        ({"x": [0] * MAX_VALUES}, "/x"),
        ({"x": {"y": [0] * (MAX_VALUES - 1)}}, "/x/y"),
        ({"parameters": dict.fromkeys(map(str, range(MAX_VALUES + 1)))}, "/parameters"),
    ):
        assert problems(data) == (Problem(pointer, "error", "too_many_values", TOO_MANY),)
    full = {"parameters": {"a": [0] * (MAX_VALUES - 2), "b": {}}}
    assert RealtimeFunctionTool.from_dict(full).to_dict() == full
    overfull = {"parameters": {"a": [0] * (MAX_VALUES - 2), "b": [0]}}
    assert [problem.pointer for problem in problems(overfull)] == ["/parameters/b"]
    # What one value uses of the budget is not left for the next.
    shared = {"a": [0] * 600_000, "b": [0] * 600_000, "c": [1]}
    assert [problem.pointer for problem in problems({"parameters": shared})] == ["/parameters/b"]


def test_an_integer_has_fourteen_thousand_bits_and_no_more() -> None:
    largest = 2**14_000 - 1
    data = {"parameters": {"a": largest, "b": -largest}}
    assert RealtimeFunctionTool.from_dict(data).to_dict() == data
    assert [one.code for one in problems({"parameters": {"a": largest + 1}})] == ["too_large"]


def test_an_object_of_no_class_is_told_what_it_might_be() -> None:
    (told,) = check(rm.TranscriptionLanguage | rm.CustomVoice | rm.Unknown, {})
    expected = "CustomVoice or TranscriptionLanguage"
    assert told.message == f"expected {expected}, found an object without the required fields"


def test_free_form_json_nests_two_hundred_levels_deep_and_no_more() -> None:
    inside: Any = []
    for _ in range(198):
        inside = [inside]
    data = {"parameters": {"a": inside}}
    assert RealtimeFunctionTool.from_dict(data).to_dict() == data
    assert check(RealtimeFunctionTool, data) == []
    message = "expected JSON of at most 200 levels, found more"
    pointer = f"/parameters/a{'/0' * 199}"
    assert problems({"parameters": {"a": [inside]}}) == (
        Problem(pointer, "error", "too_deep", message),
    )


def test_a_pointer_goes_through_objects_in_free_form_json() -> None:
    found = problems({"parameters": {"a": {"b/c": [{"d": float("nan")}]}}})
    assert [problem.pointer for problem in found] == ["/parameters/a/b~1c/0/d"]


def test_a_thousand_problems_are_told_and_one_that_there_are_more() -> None:
    for count in (999, 1000):
        found = check(rm.MCPToolFilter, {"tool_names": list(range(count))})
        assert [problem.code for problem in found] == ["wrong_type"] * count
    assert check(rm.MCPToolFilter, {"tool_names": list(range(1001))})[1000] == Problem(
        "", "error", "too_many_problems", "more than 1000 problems; the rest is not listed"
    )


def test_a_hundred_thousand_characters_of_pointers_are_told() -> None:
    for length, told in ((100_001, 1), (100_000, 2), (50_000, 3)):
        names = [str(n) + "x" * (length - 2) for n in range(9)]
        found = check(RealtimeFunctionTool, dict.fromkeys(names))
        assert [len(problem.pointer) for problem in found] == [length] * told + [0]
    inside = {name * 60_000: {"a": float("nan")} for name in "abc"}
    assert [problem.pointer[:2] for problem in problems(inside)] == ["/a", "/b", ""]


@pytest.mark.parametrize(
    ("limits", "inside", "outside"),
    [
        (Limits(minimum=1), 1, 0),
        (Limits(maximum=1), 1, 2),
        (Limits(min_length=2), "ab", "a"),
        (Limits(max_length=2), "ab", "abc"),
        (Limits(min_items=2), [1, 2], [1]),
        (Limits(max_items=2), [1, 2], [1, 2, 3]),
        (Limits(pattern="^a$"), "a", "b"),
    ],
    ids=str,
)
def test_a_limit_is_exceeded_by_any_value_beyond_it(
    limits: Limits, inside: object, outside: object
) -> None:
    assert list(exceeded(limits, inside)) == []
    assert [problem.severity for problem in exceeded(limits, outside)] == ["notice"]


def test_what_is_shown_of_a_pointer_has_a_limit() -> None:
    assert printable("/" + "x" * (POINTER_SHOWN - 1)) == "/" + "x" * (POINTER_SHOWN - 1)
    long = printable("/" + "a" * POINTER_SHOWN + "z" * POINTER_SHOWN)
    assert long == f"/{'a' * 249}...{'z' * 250}"


def test_twenty_problems_are_shown_in_full() -> None:
    listed = [Problem(f"/{n}", "error", "missing", "m") for n in range(LINES_SHOWN)]
    error = DecodeError("T", listed)
    assert str(error).splitlines() == ["T: 20 problems", *(f"  /{n}: m" for n in range(20))]
    assert error.args == ("T", listed)
    assert str(DecodeError("T", [*listed, *listed])).splitlines()[-1] == "  and 20 more"


def test_what_is_shown_of_a_value_has_a_limit() -> None:
    texts = {
        "s" * 40: f'"{"s" * 40}"',
        "s" * 41: f'"{"s" * 37}..."',
        10**20 - 1: "99999999999999999999",
        10**20: "an integer of more than 20 digits",
        -(10**20): "an integer of more than 20 digits",
    }
    assert {value: shown(value) for value in texts} == texts


def test_eight_listed_values_are_all_named() -> None:
    names = list("abcdefgh")
    every = ", ".join(f'"{name}"' for name in names)
    assert one_of(names) == f"one of {every}"
    assert one_of([*names, "i", "j"]) == f"one of {every}, 2 others"
    assert one_of(["a"]) == '"a"'


def test_an_object_of_no_variant_is_told_what_it_could_have_been() -> None:
    found = check("RealtimeTruncation", {"type": 5})
    assert [problem.message.rpartition(", ")[2] for problem in found] == ["found integer"]


def test_values_that_differ_differ_in_hash_too() -> None:
    tools = [RealtimeFunctionTool(name=name, extra={"n": 1}) for name in "abcdefgh"]
    assert len({hash(tool) for tool in tools}) == 8
    assert len({hash(rm.JsonObject({name: 1})) for name in "abcdefgh"}) == 8
    others: list[object] = [
        Unknown(tools[0].to_dict()),
        "a",
        rm.RealtimeSessionCreateRequestGAAudio(),
    ]
    assert not any(tools[0] == other for other in others)
    assert rm.RealtimeSessionCreateResponseGAAudio() not in others
    assert replace(tools[0], name="b") == tools[1]


def test_a_frozen_value_says_which_field_cannot_be_changed() -> None:
    tool: Any = RealtimeFunctionTool(name="f")
    with pytest.raises(FrozenInstanceError, match="^cannot assign to field 'name'$"):
        tool.name = "g"
    with pytest.raises(FrozenInstanceError, match="^cannot delete field 'name'$"):
        del tool.name


def test_repr_names_all_newer_fields() -> None:
    tool = RealtimeFunctionTool(name="f", parameters={"a": 1}, extra={"x": 1, "y": 2})
    assert repr(tool) == (
        "RealtimeFunctionTool(type='function', name='f', parameters={'a': 1}, extra=<x, y>)"
    )


def test_arguments_that_cannot_be_meant_are_named() -> None:
    letters: Any = "abc"
    package: Any = rm
    with pytest.raises(TypeError, match="expected a sequence, found str$"):
        rm.MCPToolFilter(tool_names=letters)
    with pytest.raises(AttributeError, match=f"^module {rm.__name__!r} has no attribute 'Nope'$"):
        package.Nope  # noqa: B018


def test_a_listed_value_and_free_form_json_are_decoded_by_their_annotations() -> None:
    listed: object = Literal["a"]
    assert rm.from_wire(listed, "a") == "a"
    with pytest.raises(DecodeError, match='expected "a", found "b"$'):
        rm.from_wire(listed, "b")
    assert rm.from_wire(rm.JsonObject, {"a": [1]}) == rm.JsonObject({"a": [1]})


def test_data_that_is_merely_like_json_may_nest_and_hold_as_much() -> None:
    few: Any = OrderedDict(a=((1, (2,)), [({},)]))
    tool = RealtimeFunctionTool.from_dict({"parameters": few})
    assert tool.to_dict() == {"parameters": {"a": [[1, [2]], [[{}]]]}}
    many = RealtimeFunctionTool.from_dict({"parameters": OrderedDict(a=(0,) * 600_000)})
    assert many.parameters == {"a": (0,) * 600_000}
