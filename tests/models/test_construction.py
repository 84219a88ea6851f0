"""What ``__init__`` accepts and what it refuses."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

import pytest

import realtime_models as rm
from realtime_models import UNSET, MCPTool, RealtimeFunctionTool, Unknown
from realtime_models._runtime.base import Model
from realtime_models._runtime.shape import TypeCase, model_shape
from tests.support.catalog import MODELS

Place = tuple[type[Model], str, str, TypeCase]


def places() -> Iterator[Place]:
    """Yield each field that holds models: alone, in an array, or in a map."""
    for model in MODELS:
        for name, field in model_shape(model).fields.items():
            cases = field.shape.cases
            for kind, case in cases.items():
                if kind == "object" and case.models:
                    yield model, name, "alone", case
                inner = case.items.cases.get("object") if case.items else None
                if inner and inner.models:
                    yield model, name, kind, inner


PLACES = list(places())


def by_place(place: object) -> str:
    return f"{place[0].__name__}.{place[1]}" if isinstance(place, tuple) else str(place)


def build(model: type[Model], field: str, value: object) -> Model:
    """Return a model with a value in one field, and nothing in the others."""
    names = [name for name in model_shape(model).fields if name != field]
    return model(**{**dict.fromkeys(names, UNSET), field: value})


def test_there_are_models_alone_in_arrays_and_in_maps() -> None:
    assert {kind for _, _, kind, _ in PLACES} == {"alone", "array", "object"}
    assert len(PLACES) > 200


@pytest.mark.parametrize("place", PLACES, ids=by_place)
def test_a_value_that_is_no_model_is_refused_by_the_constructor(place: Place) -> None:
    model, field, kind, case = place
    first = case.models[0]
    others = (rm.RealtimeAudioFormatsPCMA(), rm.TranscriptTextUsageDuration(seconds=1))
    other = next(other for other in others if type(other) not in case.models)
    value: Any
    for wrong in ({"type": "function"}, other, object(), b"text", first):
        value = {"alone": wrong, "array": [wrong], "object": {"a": wrong}}[kind]
        where = {"alone": field, "array": rf"{field}\[0\]", "object": rf"{field}\['a'\]"}[kind]
        with pytest.raises(TypeError) as info:
            build(model, field, value)
        text = str(info.value)
        assert text.startswith(f"{model.__name__}.{field}")
        assert text.partition(": ")[0] == f"{model.__name__}.{where}".replace("\\", "")
        assert f", found {type(wrong).__name__}" in text
        if isinstance(wrong, dict):
            assert f"{first.__name__}.from_dict" in text
    for right in (object.__new__(first), *([Unknown({})] if case.unknown else [])):
        value = {"alone": right, "array": [right], "object": {"a": right}}[kind]
        held: Any = getattr(build(model, field, value), field)
        assert held == {"alone": right, "array": (right,), "object": {"a": right}}[kind]


def test_the_error_names_class_field_and_what_was_found() -> None:
    tool: Any = {"type": "function", "name": "f"}
    session: Any = {"type": "realtime"}
    with pytest.raises(TypeError) as info:
        rm.RealtimeSessionCreateRequestGA(tools=[RealtimeFunctionTool(name="f"), tool])
    assert str(info.value) == (
        "RealtimeSessionCreateRequestGA.tools[1]: expected RealtimeFunctionTool or MCPTool or"
        " Unknown, found dict (use RealtimeFunctionTool.from_dict or MCPTool.from_dict)"
    )
    with pytest.raises(TypeError) as info:
        rm.RealtimeCreateClientSecretRequest(session=session)
    assert str(info.value) == (
        "RealtimeCreateClientSecretRequest.session: expected RealtimeSessionCreateRequestGA or"
        " RealtimeTranscriptionSessionCreateRequestGA or Unknown, found dict"
        " (use RealtimeSessionCreateRequestGA.from_dict or"
        " RealtimeTranscriptionSessionCreateRequestGA.from_dict)"
    )


@pytest.mark.parametrize("value", ["ab", b"ab", bytearray(b"ab"), {"a": 1}, 5], ids=repr)
def test_only_a_sequence_is_accepted_for_an_array(value: Any) -> None:
    found = type(value).__name__
    with pytest.raises(
        TypeError, match=rf"^MCPToolFilter\.tool_names: expected a sequence, found {found}$"
    ):
        rm.MCPToolFilter(tool_names=value)
    with pytest.raises(TypeError, match=r"^RealtimeSessionCreateRequestGA\.tools: expected a seq"):
        rm.RealtimeSessionCreateRequestGA(tools=value)


@pytest.mark.parametrize("value", ["ab", [("a", "b")], 5], ids=repr)
def test_only_a_mapping_is_accepted_for_an_object(value: Any) -> None:
    found = type(value).__name__
    with pytest.raises(TypeError, match=rf"^MCPTool\.headers: expected a mapping, found {found}$"):
        MCPTool(server_label="s", headers=value)
    message = rf"^RealtimeFunctionTool\.parameters: expected a mapping, found {found}$"
    with pytest.raises(TypeError, match=message):
        RealtimeFunctionTool(name="f", parameters=value)


def test_any_sequence_and_any_mapping_are_accepted() -> None:
    for names in (["a"], ("a",), deque(["a"]), {"a": 1}.keys(), iter(["a"])):
        held: Any = names
        assert rm.MCPToolFilter(tool_names=held).tool_names == ("a",)
    for headers in ({"A": "b"}, OrderedDict(A="b"), MappingProxyType({"A": "b"})):
        assert MCPTool(server_label="s", headers=headers).headers == {"A": "b"}
        assert RealtimeFunctionTool(name="f", parameters=headers).parameters == {"A": "b"}


def test_a_member_of_a_map_is_validated_too() -> None:
    headers: Any = {"A": 5}
    with pytest.raises(TypeError, match=r"^MCPTool\.headers\['A'\]: expected str, found int$"):
        MCPTool(server_label="s", headers=headers)


@pytest.mark.parametrize("text", [{}, None, 3, []], ids=repr)
def test_only_text_can_be_json(text: Any) -> None:
    found = type(text).__name__
    for read in (RealtimeFunctionTool.from_json, rm.realtime_server_event_from_json):
        for invalid in ("raise", "keep"):
            with pytest.raises(
                TypeError, match=f"^expected str, bytes or bytearray, found {found}$"
            ):
                read(text, invalid=invalid)


def test_a_mapping_for_a_string_is_told_of_no_class_to_decode_it() -> None:
    headers: Any = {"A": {}}
    with pytest.raises(TypeError, match=r"^MCPTool\.headers\['A'\]: expected str, found dict$"):
        MCPTool(server_label="s", headers=headers)


def test_a_model_of_another_copy_of_the_library_is_told_by_its_module() -> None:
    other: Any = type("RealtimeFunctionTool", (), {"__module__": "vendored.tools"})()
    with pytest.raises(TypeError) as info:
        rm.RealtimeSessionCreateRequestGA(tools=[other])
    assert str(info.value) == (
        "RealtimeSessionCreateRequestGA.tools[0]: expected RealtimeFunctionTool or MCPTool or"
        " Unknown, found RealtimeFunctionTool of vendored.tools"
    )


def test_known_fields_among_the_newer_ones_are_all_named() -> None:
    with pytest.raises(TypeError) as info:
        RealtimeFunctionTool(extra={"type": "function", "new": 1, "name": "f"})
    assert str(info.value) == "RealtimeFunctionTool.extra: parameters exist for name, type"
