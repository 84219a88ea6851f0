"""The base of models without code of their own, and the registry of a single module."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from realtime_models import UNSET, DecodeError, FrozenDict, JsonObject, MCPToolFilter, UnsetType
from realtime_models.record import dataclass
from realtime_models.vendoring import single
from realtime_models.vendoring.dense import DenseModel


@dataclass(frozen=True, kw_only=True, init=False, repr=False, eq=False)
class Sample(DenseModel):
    __slots__ = ("count", "extra", "free", "kind", "labels", "names", "tools")

    kind: Literal["sample"]
    count: int | None
    names: tuple[str, ...] | UnsetType
    labels: FrozenDict[str] | UnsetType
    free: JsonObject | UnsetType
    tools: tuple[MCPToolFilter, ...] | UnsetType
    extra: JsonObject

    def __init__(self, *, count: int | None, **given: Any) -> None:
        extra = given.pop("extra", {})
        absent = dict.fromkeys(("names", "labels", "free", "tools"), UNSET)
        self._fill({"kind": "sample", "count": count, **absent, **given}, extra)


DATA = {
    "kind": "sample",
    "count": 1,
    "names": ["a"],
    "labels": {"b": "c"},
    "free": {"d": [1, None]},
    "tools": [{"read_only": True}],
    "newer": [2],
}


def test_it_decodes_by_the_annotations_and_gives_it_back() -> None:
    sample = Sample.from_dict(DATA)
    assert sample.to_dict() == DATA
    assert sample.names == ("a",)
    assert sample.tools == (MCPToolFilter(read_only=True),)
    assert sample.extra == {"newer": (2,)}
    least = Sample.from_dict({"kind": "sample", "count": None})
    assert least.names is UNSET
    assert least.to_dict() == {"kind": "sample", "count": None}


def test_what_is_constructed_is_what_is_decoded() -> None:
    given: dict[str, Any] = {name: DATA[name] for name in ("names", "labels", "free")}
    sample = Sample(count=1, **given, tools=[MCPToolFilter(read_only=True)], extra={"newer": [2]})
    assert sample == Sample.from_dict(DATA)
    assert hash(sample) == hash(Sample.from_dict(DATA))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "Sample: expected object, found array"),
        ({"kind": "sample"}, "Sample: /count: expected integer or null, found nothing: this field"),
        ({**DATA, "kind": "x"}, 'Sample: /kind: expected "sample", found "x"'),
        ({**DATA, "names": [1]}, "Sample: /names/0: expected string, found integer"),
    ],
)
def test_what_it_refuses_is_told_in_full(data: Any, message: str) -> None:
    with pytest.raises(DecodeError) as info:
        Sample.from_dict(data)
    assert str(info.value).startswith(message)


def test_the_registry_of_a_single_module_is_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single, "TYPES", ("find",))
    assert single.find("find") is single.find
    assert single.home("find") == single.__name__
    assert list(single.type_names()) == ["find"]
    with pytest.raises(LookupError, match="no type is called home"):
        single.find("home")
