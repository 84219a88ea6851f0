"""What another library needs to mirror a model."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import realtime_models as rm
from realtime_models._runtime.annotations import Limits, UnsetOrNull
from realtime_models._runtime.json_values import MAX_DEPTH
from realtime_models._runtime.model import Model
from realtime_models.adapting import builtins_annotation, mirror_fields, present, rebuilt
from realtime_models.catalog import as_model, find, type_names
from tests.support.foreign import Bare
from tests.support.strategies import instances

MODELS = [model for name in type_names() if (model := as_model(find(name)))]


@dataclass(frozen=True)
class Foreign:
    """A user's dataclass that follows the protocol."""

    name: str
    size: int | rm.UnsetType = rm.UNSET
    kind: str = "foreign"

    @classmethod
    def from_dict(cls, data: object, /) -> Foreign:
        raise NotImplementedError

    def to_dict(self) -> dict[str, rm.JsonValue]:
        raise NotImplementedError


def test_a_field_has_all_that_a_mirror_needs() -> None:
    fields = {field.name: field for field in mirror_fields(rm.MCPTool)}
    assert (fields["type"].default, fields["server_label"].default) == ("mcp", ...)
    assert fields["headers"].default is rm.UNSET
    assert fields["headers"].annotation == rm.FrozenDict[str] | rm.UnsetType | None
    assert str(fields["tunnel_id"].schema["description"]).startswith("Secure MCP Tunnel")
    assert {name for name, field in fields.items() if field.hidden} == {
        "authorization",
        "headers",
        "extra",
    }
    assert [*fields][-1] == "extra"


def test_the_fields_of_a_users_class_are_found_too() -> None:
    told = [(field.name, field.default, dict(field.schema)) for field in mirror_fields(Foreign)]
    assert told == [("name", ..., {}), ("size", rm.UNSET, {}), ("kind", "foreign", {})]
    assert mirror_fields(rm.Unknown) == []


@pytest.mark.parametrize("cls", [Bare, rm.WireModel, Limits, int], ids=lambda cls: cls.__name__)
def test_a_class_without_fields_is_refused(cls: type[rm.WireModel]) -> None:
    with pytest.raises(TypeError, match="is not a dataclass that follows WireModel$"):
        mirror_fields(cls)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@given(data=st.data())
def test_a_value_has_the_fields_of_its_json(model: type[Model], data: st.DataObject) -> None:
    value = model.from_dict(data.draw(instances(model.__name__)))
    found, written = present(value), value.to_dict()
    known = {field.name for field in mirror_fields(model)} & {*found}
    assert {name: member for name, member in found.items() if name not in known} == {
        name: member for name, member in written.items() if name not in known
    }
    for name in known:
        assert found[name] is getattr(value, name)
        assert rm.to_wire(found[name]) == written[name]


def test_all_of_an_unknown_object_is_present() -> None:
    assert present(rm.Unknown({"type": "new"})) == {"type": "new"}
    assert present(Bare()) == {}
    assert present(Foreign("f")) == {"name": "f", "kind": "foreign"}


def test_rebuilt_values_are_fresh_and_mutable() -> None:
    tool = rm.RealtimeFunctionTool(name="f")
    value = {"a": (1, rm.JsonObject({"b": [None]}), tool), "c": OrderedDict(d="e")}
    changed = rebuilt(value, lambda leaf: [leaf])
    assert changed == {"a": [1, {"b": [None]}, [tool]], "c": {"d": "e"}}
    assert isinstance(changed, dict)
    assert type(changed["a"][1]) is type(changed["c"]) is dict


def test_values_that_nest_too_deeply_are_not_rebuilt() -> None:
    deep: list[object] = []
    for _ in range(MAX_DEPTH + 5):
        deep = [deep]
    inner, depth = rebuilt(deep, lambda leaf: "stopped"), 0
    while isinstance(inner, list):
        inner, depth = inner[0], depth + 1
    assert (inner, depth) == ("stopped", MAX_DEPTH)


@pytest.mark.parametrize(
    ("hint", "plain"),
    [
        (str, str),
        (None.__class__, None.__class__),
        (Literal["a"], Literal["a"]),
        (rm.MCPTool, bytes),
        (rm.Unknown, bytes),
        (rm.JsonObject, dict[str, object]),
        (tuple[rm.MCPTool | str, ...], list[bytes | str]),
        (rm.FrozenDict[rm.MCPTool], dict[str, bytes]),
        (Annotated[str, Limits(max_length=1)] | UnsetOrNull, str | None),
    ],
    ids=str,
)
def test_a_mutable_mirror_holds_mirrors_lists_and_dicts(hint: object, plain: object) -> None:
    assert builtins_annotation(hint, lambda model: bytes) == plain
