"""What another library needs to mirror a model."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest

import realtime_models as rm
from realtime_models._runtime.annotations import Limits, UnsetOrNull
from realtime_models._runtime.json_values import MAX_DEPTH
from realtime_models.adapting import mirror_annotation, mirror_fields, rebuilt
from realtime_models.catalog import as_model, find, type_names
from tests.support.foreign import Bare

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


@pytest.mark.parametrize(
    "cls", [Bare, rm.Unknown, rm.WireModel, Limits, int], ids=lambda cls: cls.__name__
)
def test_a_class_without_fields_is_refused(cls: type[rm.WireModel]) -> None:
    with pytest.raises(TypeError, match="is not a dataclass that follows WireModel$"):
        mirror_fields(cls)


def test_a_union_is_refused_with_what_to_use() -> None:
    union: Any = rm.RealtimeServerEvent
    with pytest.raises(TypeError) as info:
        mirror_fields(union)
    advice = "which has no mirror: use it as it is, or mirror its members"
    assert str(info.value) == f"RealtimeServerEvent is a union, {advice}"


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
    ("hint", "mutable", "frozen"),
    [
        (str, str, str),
        (None.__class__, None.__class__, None.__class__),
        (Literal["a"], Literal["a"], Literal["a"]),
        (rm.MCPTool, bytes, bytes),
        (Bare, bytes, bytes),
        (rm.Unknown | None, bytes | None, bytes | None),
        (rm.JsonObject, dict[str, object], rm.JsonObject),
        (tuple[rm.MCPTool | str, ...], list[bytes | str], tuple[bytes | str, ...]),
        (rm.FrozenDict[rm.MCPTool], dict[str, bytes], rm.FrozenDict[bytes]),
        (dict[str, rm.MCPTool], dict[str, bytes], dict[str, bytes]),
        (
            Annotated[str, Limits(max_length=1)] | UnsetOrNull,
            str | None,
            str | rm.UnsetType | None,
        ),
    ],
    ids=str,
)
def test_a_mirror_holds_mirrors_and_a_mutable_one_lists_and_dicts(
    hint: object, mutable: object, frozen: object
) -> None:
    assert mirror_annotation(hint, lambda model: bytes, mutable=True) == mutable
    assert mirror_annotation(hint, lambda model: bytes) == frozen
