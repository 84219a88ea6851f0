"""The JSON Schemas of our types among those of pydantic: named, referred to, described, valid."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, Field, TypeAdapter

import realtime_models as rm
from realtime_models.catalog import as_model, find, type_names
from realtime_models_pydantic import Wire, to_pydantic
from tests.support.foreign import Point
from tests.support.paths import EXAMPLES

NAMES = list(type_names())
MODELS = [name for name in NAMES if as_model(find(name))]
Mode = Literal["validation", "serialization"]
MODES: tuple[Mode, ...] = ("validation", "serialization")
HOME = "#/components/schemas/"


def adapter(name: str) -> TypeAdapter[Any]:
    """Return the type adapter of one of our types."""
    hint: Any = find(name)
    return TypeAdapter(Annotated[hint, Wire])


@cache
def document(mode: Mode) -> dict[str, Any]:
    """One document with all our types, as FastAPI generates it."""
    adapters = [(name, mode, adapter(name)) for name in NAMES]
    places, document = TypeAdapter.json_schemas(adapters, ref_template=HOME + "{model}")
    return {"places": {name: place for (name, _), place in places.items()}, **document}


def inside(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a schema."""
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(part, (dict, list)):
            yield from inside(part)


@pytest.mark.parametrize("mode", MODES)
def test_one_document_has_all_types_by_their_names(mode: Mode) -> None:
    found = document(mode)
    definitions = found["$defs"]
    Draft202012Validator.check_schema({"$defs": definitions})
    assert {*MODELS} <= {*definitions} <= {*NAMES}
    assert {place for place in definitions if "RealtimeSessionTracing" in place} == set()
    refs = {part["$ref"] for part in inside(found) if "$ref" in part}
    assert {ref.removeprefix(HOME) for ref in refs} <= {*definitions}
    for name in {*definitions}:
        assert found["places"][name] == {"$ref": HOME + name}
        assert definitions[name]["description"]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", NAMES)
def test_a_type_has_the_schema_that_the_library_gives(name: str, mode: Mode) -> None:
    found = document(mode)
    ours: Any = rm.json_schema(name, lambda model: HOME + model.__name__, mode)
    for key, definition in ours["$defs"].items():
        assert found["$defs"][key] == definition
    place = found["places"][name]
    if place != {"$ref": HOME + name}:  # Other aliases have the same definition.
        words = {"$schema", "$defs", "title", "description"}
        assert place == {key: value for key, value in ours.items() if key not in words}


def referred(schema: dict[str, Any]) -> Any:
    """Return what a property refers to. Pydantic 2.7 wraps a reference that has a title."""
    return schema["$ref"] if "$ref" in schema else schema["allOf"][0]["$ref"]


class Held(BaseModel):
    """A pydantic model that holds types of ours."""

    session: Annotated[rm.RealtimeSessionCreateRequestGA, Wire] = Field(description="Mine.")
    events: list[Annotated[rm.RealtimeServerEvent, Wire]] = []
    turns: Annotated[rm.RealtimeTurnDetection, Wire] | None = None


@pytest.mark.parametrize("mode", MODES)
def test_a_pydantic_model_refers_to_them(mode: Mode) -> None:
    schema = Held.model_json_schema(mode=mode)
    Draft202012Validator.check_schema(schema)
    session, events, turns = (schema["properties"][name] for name in Held.model_fields)
    assert referred(session) == "#/$defs/RealtimeSessionCreateRequestGA"
    assert session["description"] == "Mine."
    assert events["items"] == {"$ref": "#/$defs/RealtimeServerEvent"}
    assert turns["anyOf"] == [{"$ref": "#/$defs/RealtimeTurnDetection"}, {"type": "null"}]
    definitions = schema["$defs"]
    union, limits = definitions["RealtimeServerEvent"], definitions["MCPTool"]["properties"]
    if mode == "validation":
        assert limits["tunnel_id"]["pattern"] == "^tunnel_[a-z0-9]{32}$"
        mapping = union["discriminator"]["mapping"]
        assert mapping["error"] == "#/$defs/RealtimeServerEventError"
    else:
        assert "pattern" not in limits["tunnel_id"]
        assert union["anyOf"][-1]["type"] == "object"
    assert Draft202012Validator(schema).is_valid({"session": {"type": "realtime"}})
    assert not Draft202012Validator(schema).is_valid({"session": {"type": "unreal"}})


def test_a_message_is_valid_under_the_schema_of_its_type() -> None:
    schema = Held.model_json_schema()
    data = {
        "session": json.loads((EXAMPLES / "session_create_request_ga.json").read_text("utf-8")),
        "events": [json.loads((EXAMPLES / "session_created_full.json").read_text("utf-8"))],
    }
    Draft202012Validator(schema).validate(data)
    del data["events"][0]["session"]
    assert not Draft202012Validator(schema).is_valid(data)


def test_names_that_are_also_yours_are_told_apart() -> None:
    class MCPTool(BaseModel):
        """A user's model with the name of one of ours."""

        mine: int

    class Both(BaseModel):
        mine: MCPTool
        yours: Annotated[rm.MCPTool, Wire]

    schema = Both.model_json_schema()
    mine, yours = (referred(schema["properties"][name]) for name in ("mine", "yours"))
    assert mine != yours
    assert yours.endswith(f"{rm.MCPTool.__module__.replace('.', '__')}__MCPTool")
    assert [*schema["$defs"][mine.rpartition("/")[2]]["properties"]] == ["mine"]


def test_a_users_class_is_an_object_with_its_docstring() -> None:
    schema = TypeAdapter(list[Annotated[Point, Wire]]).json_schema()
    assert schema["items"] == {"$ref": "#/$defs/Point"}
    assert schema["$defs"]["Point"] == {
        "title": "Point",
        "description": "A point on a line.",
        "type": "object",
    }


@pytest.mark.parametrize("mode", MODES)
def test_a_mirror_has_the_schema_of_its_model(mode: Mode) -> None:
    session: Any = to_pydantic(rm.RealtimeSessionCreateRequestGA)
    tool: Any = to_pydantic(rm.RealtimeFunctionTool)

    class Mirrored(BaseModel):
        session: session
        tool: tool
        plain: Annotated[rm.RealtimeFunctionTool, Wire]

    schema = Mirrored.model_json_schema(mode=mode)
    Draft202012Validator.check_schema(schema)
    ours = rm.json_schema("RealtimeSessionCreateRequestGA", mode=mode)["$defs"]
    assert schema["$defs"] == ours
    for name in ("tool", "plain"):
        assert referred(schema["properties"][name]) == "#/$defs/RealtimeFunctionTool"


def test_a_subclass_of_a_mirror_has_its_own_fields_as_well() -> None:
    class Mine(to_pydantic(rm.MCPTool)):  # type: ignore[misc]
        note: str = "none"

    schema = Mine.model_json_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["note"]["default"] == "none"
    assert schema["properties"]["server_label"]["description"].startswith("Your name")
    assert [*schema["$defs"]] == ["MCPToolFilter", "MCPToolRequireApprovalFilter"]
