"""Our problems as errors of pydantic: where each is, and what it never shows."""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError, create_model

import realtime_models as rm
from realtime_models.adapting import steps
from realtime_models.catalog import find, type_names
from realtime_models_pydantic import Wire, to_pydantic
from tests.support.secrets import MARK, messages, secret_fields
from tests.support.snake import outcome
from tests.support.strategies import mutated

NAMES = list(type_names())


@cache
def holder(name: str) -> type[BaseModel]:
    """Return a pydantic model with a list of one of our types."""
    hint: Any = find(name)
    return create_model("Holder", held=(list[Annotated[hint, Wire]], ...))


def told(error: ValidationError) -> list[tuple[Any, ...]]:
    """Return what pydantic reports for each problem."""
    return [(e["loc"], e["type"], e["msg"], e["input"]) for e in error.errors()]


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_every_problem_is_an_error_of_its_own_below_the_field(
    name: str, data: st.DataObject
) -> None:
    value = data.draw(mutated(name))
    ours = outcome(name, value)
    if not isinstance(ours, rm.DecodeError):
        assert holder(name)(held=[value]).model_dump() == {"held": [rm.to_wire(ours)]}
        return
    expected = [
        (("held", 0, *steps(problem.pointer, value)), problem.code, problem.message, None)
        for problem in ours.problems
    ]
    with pytest.raises(ValidationError) as info:
        holder(name)(held=[value])
    assert told(info.value) == expected
    with pytest.raises(ValidationError) as info:
        holder(name).model_validate_json(json.dumps({"held": [value]}))
    assert told(info.value) == expected


class Held(BaseModel):
    """A pydantic model that holds a type and a union of ours."""

    session: Annotated[rm.RealtimeSessionCreateRequestGA, Wire]
    events: dict[str, Annotated[rm.RealtimeServerEvent, Wire]] = {}
    count: int = 0


BAD = {
    "session": {"type": "realtime", "tools": [{"type": "mcp"}, {"type": "function", "name": 5}]},
    "events": {"a/b": {"type": "error", "error": {"type": "x", "message": 1}}, "0": []},
    "count": "many",
}


def test_the_problems_of_all_fields_are_reported_together() -> None:
    with pytest.raises(ValidationError) as info:
        Held.model_validate(BAD)
    assert [(error["loc"], error["type"]) for error in info.value.errors()] == [
        (("session", "tools", 0, "server_label"), "missing"),
        (("session", "tools", 1, "name"), "wrong_type"),
        (("events", "a/b", "event_id"), "missing"),
        (("events", "a/b", "error", "message"), "wrong_type"),
        (("events", "0"), "wrong_type"),
        (("count",), "int_parsing"),
    ]
    assert "session.tools.1.name\n  expected string, found integer" in str(info.value)


def test_names_and_indices_of_a_place_are_told_apart() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[rm.ResponsePromptVariables, Wire])
    with pytest.raises(ValidationError) as info:
        adapter.validate_python({"0": 5, "a/b": {"type": "input_image", "detail": 1}, "~": None})
    assert [error["loc"] for error in info.value.errors()] == [("0",), ("a/b", "detail"), ("~",)]


def test_a_message_is_never_taken_for_a_template() -> None:
    data = {"type": "{type} {0} {{x}} {input}", "server_label": 1}
    with pytest.raises(rm.DecodeError) as ours:
        rm.MCPTool.from_dict(data)
    with pytest.raises(ValidationError) as info:
        TypeAdapter(Annotated[rm.MCPTool, Wire]).validate_python(data)
    messages = [problem.message for problem in ours.value.problems]
    assert [error["msg"] for error in info.value.errors()] == messages
    assert "{type} {0} {{x}}" in messages[0]


def test_text_that_is_no_json_is_told_by_pydantic() -> None:
    with pytest.raises(ValidationError, match="Invalid JSON"):
        Held.model_validate_json('{"session": ')


def test_numbers_that_json_does_not_have_are_refused() -> None:
    text = '{"type": "session.update", "session": {"type": "realtime", "audio": NaN}}'
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[rm.RealtimeClientEvent, Wire])
    for read, data in ((adapter.validate_json, text), (adapter.validate_python, json.loads(text))):
        with pytest.raises(ValidationError) as info:
            read(data)
        assert [error["loc"] for error in info.value.errors()] == [("session", "audio")]


@pytest.mark.parametrize("read", ["wire", "mirror"])
@pytest.mark.parametrize("name", sorted({name for name, _ in secret_fields()}))
def test_no_secret_is_shown(name: str, read: str) -> None:
    hint: Any = find(name)
    found: Any = Annotated[hint, Wire] if read == "wire" else to_pydantic(hint)
    adapter: TypeAdapter[Any] = TypeAdapter(found)
    for message in messages(name):
        assert MARK in json.dumps(message)
        with pytest.raises(ValidationError) as info:
            adapter.validate_python({field: [[value]] for field, value in message.items()})
        shown = f"{info.value}{info.value!r}{info.value.errors()}{info.value.json()}"
        assert MARK not in shown
        assert MARK not in repr(adapter.validate_python(message))
