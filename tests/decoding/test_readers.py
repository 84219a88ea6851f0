"""What readers call for each field: it validates a JSON value and returns it frozen."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from realtime_models import (
    DecodeError,
    RealtimeFunctionTool,
    RealtimeSessionCreateResponseGA,
    check,
)
from realtime_models._runtime.annotations import Limits
from realtime_models._runtime.base import Model
from realtime_models._runtime.decoding import (
    array,
    integer,
    mapping,
    models,
    string,
    strings,
    tag_or_null,
)
from realtime_models._runtime.errors import Mismatch
from realtime_models._runtime.json_values import FrozenDict, JsonObject, freeze, thaw
from realtime_models._runtime.notices import exceeded


def test_whole_numbers_are_integers_however_they_are_written() -> None:
    assert array([1, 2.0, 10**30], integer) == (1, 2, 10**30)
    assert type(integer(1.0)) is int
    for value in (1.5, "1", True, None, float("inf")):
        with pytest.raises(Mismatch):
            integer(value)
    with pytest.raises(Mismatch):
        array((1,), integer)


def test_arrays_are_validated_item_by_item() -> None:
    assert strings(["a"]) == ("a",)
    assert array(["a", 1.0], str) == ("a", "1.0")
    assert models([{"a": 1}], len) == (1,)
    for value in ("a", ("a",), {"a": 1}, None):
        for function in (lambda v: array(v, string), strings, lambda v: models(v, len)):
            with pytest.raises(Mismatch):
                function(value)
    with pytest.raises(Mismatch):
        strings(["a", 1])
    with pytest.raises(Mismatch):
        models([{}, []], len)


def test_null_is_decoded_only_where_it_is_allowed() -> None:
    assert array([1.0], integer) == (1,)
    assert tag_or_null(None, "a") is None
    assert tag_or_null("a", "a") == "a"
    for value in ("b", 1, ["a"]):
        with pytest.raises(Mismatch):
            tag_or_null(value, "a")
    with pytest.raises(Mismatch):
        array((), integer)


def test_maps_are_validated_member_by_member() -> None:
    found = mapping({"a": "b"}, string)
    assert found == {"a": "b"}
    assert type(found) is FrozenDict
    bad: list[Any] = [[], {"a": 1}, {1: "a"}]
    for value in bad:
        with pytest.raises(Mismatch):
            mapping(value, string)


def test_frozen_values_are_kept_unchanged_and_thaw_to_fresh_ones() -> None:
    value = freeze({"a": [1, {"b": None}], "c": 0.5})
    assert isinstance(value, JsonObject)
    assert freeze(value) is value
    assert freeze((1, value)) == (1, value)
    assert thaw(value) == {"a": [1, {"b": None}], "c": 0.5}
    assert thaw(value) is not value


def test_limits_survive_pickling_as_the_annotations_that_they_stand_in() -> None:
    limits = Limits(minimum=1, pattern="^a")
    assert pickle.loads(pickle.dumps(limits)) == limits


def test_limits_of_values_without_any_are_never_exceeded() -> None:
    limits = Limits(minimum=1, max_length=1, min_items=1)
    assert list(exceeded(limits, True)) == []
    assert list(exceeded(limits, None)) == []


def test_the_base_of_the_models_converts_nothing_by_itself() -> None:
    with pytest.raises(NotImplementedError):
        Model.from_dict({})
    with pytest.raises(NotImplementedError):
        Model().to_dict()


def test_a_number_is_checked_where_an_integer_or_a_word_is_allowed() -> None:
    data = {"type": "realtime", "id": "s", "object": "realtime.session", "max_output_tokens": 2.0}
    assert check(RealtimeSessionCreateResponseGA, data) == []


def test_an_optional_tag_is_itself_or_null() -> None:
    assert RealtimeFunctionTool.from_dict({"type": None}).type is None
    for wrong in ("dance", 5):
        with pytest.raises(DecodeError):
            RealtimeFunctionTool.from_dict({"type": wrong})
