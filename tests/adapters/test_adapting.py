"""What adapters need to know of our types."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import realtime_models as rm
from realtime_models._runtime.annotations import Limits
from realtime_models._runtime.base import Model
from realtime_models.adapting import (
    admits,
    decoder,
    decodes,
    is_array,
    is_map,
    is_model,
    is_value,
    mirror_fields,
    name_of,
    steps,
)
from realtime_models.catalog import as_model, find, type_names
from tests.support.foreign import Bare, Point
from tests.support.strategies import instances

MODELS = [model for name in type_names() if (model := as_model(find(name)))]


def test_the_hidden_fields_are_those_that_repr_hides() -> None:
    hidden = {field.name for field in mirror_fields(rm.MCPTool) if field.hidden}
    assert hidden == {"authorization", "headers", "extra"}
    assert [field.name for field in mirror_fields(Point) if field.hidden] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_schema_with_a_description(model: type[Model]) -> None:
    *fields, extra = mirror_fields(model)
    assert [field.name for field in (*fields, extra)] == list(model.__dataclass_fields__)
    assert all(field.schema["description"] for field in fields)
    assert extra.name == "extra"
    assert not extra.schema


def test_a_schema_has_the_documented_limits() -> None:
    schemas = {field.name: field.schema for field in mirror_fields(rm.MCPTool)}
    assert schemas["tunnel_id"]["pattern"] == "^tunnel_[a-z0-9]{32}$"


TOOL = rm.RealtimeFunctionTool(name="f")


@pytest.mark.parametrize(
    ("hint", "values", "others"),
    [
        (str, ["a"], [b"a", 1, None]),
        (int, [1], [True, 1.0, "1"]),
        (float, [1, 1.5], [True, "1"]),
        (bool, [True], [1, 0]),
        (None.__class__, [None], [rm.UNSET, False]),
        (rm.UnsetType, [rm.UNSET], [None]),
        (Literal["a", "b"], ["a"], ["c", None]),
        (rm.RealtimeFunctionTool | rm.Unknown, [TOOL, rm.Unknown({})], [{}, None, "f"]),
        (tuple[str | int, ...], [(), ("a", 1)], [["a"], ("a", None), "a"]),
        (rm.FrozenDict[str], [rm.FrozenDict({"a": "b"})], [{"a": "b"}, rm.FrozenDict({"a": 1})]),
        (Annotated[str, Limits(max_length=1)], ["a", "ab"], [1, Limits(max_length=1)]),
    ],
    ids=str,
)
def test_an_annotation_admits_values_of_its_type(
    hint: object, values: list[object], others: list[object]
) -> None:
    assert [admits(hint, value) for value in values] == [True] * len(values)
    assert [admits(hint, value) for value in others] == [False] * len(others)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@settings(max_examples=3)
@given(data=st.data())
def test_decoded_values_are_admitted(model: type[Model], data: st.DataObject) -> None:
    decoded = model.from_dict(data.draw(instances(model.__name__)))
    for name, hint in get_type_hints(model, include_extras=True).items():
        assert admits(hint, getattr(decoded, name)) or get_origin(hint) is ClassVar


def test_the_steps_of_a_pointer_are_names_and_indices() -> None:
    data = {"a/b": [{"0": {"~1": None}}]}
    assert list(steps("/a~1b/0/0/~01/more", data)) == ["a/b", 0, "0", "~1", "more"]
    assert list(steps("", data)) == []
    assert list(steps("/0", (1,))) == [0]


def test_arrays_and_maps_are_told_by_what_they_are_like() -> None:
    assert is_array([])
    assert is_array(())
    assert not is_array("text")
    assert is_map(rm.JsonObject({}))
    assert not is_map([])


def test_whether_a_type_can_be_decoded_is_known_before() -> None:
    assert all(map(decodes, [*map(find, type_names()), Bare, str, rm.FrozenDict[str]]))
    assert not any(map(decodes, [object, list[str], Bare | None, rm.MCPTool | list[str]]))


def test_values_of_models_are_recognised_by_the_protocol() -> None:
    assert is_value(TOOL)
    assert is_value(rm.Unknown({}))
    assert is_value(Bare())
    others: list[object] = [rm.MCPTool, Bare, {}, rm.JsonObject({}), "text", None, rm.UNSET]
    for other in others:
        assert not is_value(other)


def test_models_are_recognised_by_the_protocol() -> None:
    assert is_model(rm.MCPTool)
    assert is_model(Bare)
    assert not is_model(rm.RealtimeServerEvent)
    assert not is_model(rm.JsonObject)
    assert not is_model(rm.WireModel)


@pytest.mark.parametrize(
    ("hint", "name"),
    [
        (rm.MCPTool, "MCPTool"),
        (Bare, "Bare"),
        (rm.RealtimeServerEvent, "RealtimeServerEvent"),
        (rm.RealtimeSessionTracing, None),  # Four other aliases have the same definition.
        (rm.RealtimeServerEvent | None, None),
        (str, None),
    ],
    ids=str,
)
def test_a_type_is_called_by_its_name_if_it_has_one(hint: object, name: str | None) -> None:
    assert name_of(hint) == name


def test_a_place_that_is_not_there_has_steps_all_the_same() -> None:
    assert list(steps("/a/5/6", {"a": [1]})) == ["a", 5, "6"]


def test_a_name_is_found_among_the_modules_that_are_loaded() -> None:
    home = f"{rm.RealtimeServerEventError.__module__}"
    assert name_of(rm.RealtimeServerEvent, {home}) == "RealtimeServerEvent"
    assert name_of(rm.RealtimeServerEvent, ()) is None
    assert name_of(rm.RealtimeServerEvent) == "RealtimeServerEvent"


def test_a_decoder_keeps_what_is_broken_of_objects_only() -> None:
    keep = decoder(rm.RealtimeTruncation, "keep")
    broken = {"type": "retention_ratio", "retention_ratio": "x"}
    kept: Any = keep(broken)
    assert (type(kept), kept.to_dict()) == (rm.RealtimeTruncationRetentionRatio, broken)
    assert keep("auto") == "auto"
    assert isinstance(keep({1: 2, "type": "retention_ratio"}), rm.RealtimeTruncationRetentionRatio)
    with pytest.raises(rm.DecodeError):
        keep(5)
    assert decoder(Point, "keep")({"x": 1}) == Point(1)
