"""Every model is a dataclass of the standard library, with everything that implies."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.form import Object
from codegen.load import load
from realtime_models import FrozenDict, Unknown
from realtime_models._runtime.base import Model
from tests.support.catalog import MODELS, by_name
from tests.support.paths import SCHEMA
from tests.support.strategies import OBJECTS, instances

CLASSES: list[Any] = [*MODELS, Unknown]


def values(model: type[Model], data: st.DataObject) -> list[Any]:
    """Return a decoded value, and an equal one constructed from its fields."""
    source = OBJECTS if model is Unknown else instances(model.__name__)
    decoded = model.from_dict(data.draw(source))
    return [decoded, model(**fields_of(decoded))]


def fields_of(value: Any) -> dict[str, Any]:
    """Return the fields of a value, by name."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def test_every_object_of_the_schema_is_a_class() -> None:
    objects = [name for name, kind in load(SCHEMA).schemas().items() if isinstance(kind, Object)]
    assert sorted(model.__name__ for model in CLASSES) == sorted([*objects, "Unknown"])


@pytest.mark.parametrize("model", CLASSES, ids=by_name)
def test_a_class_is_a_dataclass_whose_parameters_are_its_fields(model: Any) -> None:
    is_dataclass: bool = dataclasses.is_dataclass(model)  # which would narrow it
    assert is_dataclass
    plain: bool = type(model) is type  # which would narrow it, too
    assert plain
    names = [field.name for field in dataclasses.fields(model)]
    assert names == list(model.__slots__)
    signature = inspect.signature(model)
    assert list(signature.parameters) == names
    for parameter in signature.parameters.values():
        assert parameter.annotation is not parameter.empty
    for private in ("__init__", "from_dict", "to_dict"):
        assert private in vars(model)


@pytest.mark.parametrize("model", CLASSES, ids=by_name)
@given(data=st.data())
def test_the_functions_of_dataclasses_work_on_every_value(model: Any, data: st.DataObject) -> None:
    for value in values(model, data):
        is_dataclass: bool = dataclasses.is_dataclass(value)  # which would narrow it
        assert is_dataclass
        assert dataclasses.replace(value) == value
        if sys.version_info >= (3, 13):
            assert copy.replace(value) == value
        assert dataclasses.asdict(value) == {
            name: in_dicts(field) for name, field in fields_of(value).items()
        }
        assert dataclasses.astuple(value) == in_tuples(value)
        assert matched(value) == fields_of(value)


def matched(value: Any) -> dict[str, Any]:
    """Return the fields that a pattern takes out of a value."""
    names = [field.name for field in dataclasses.fields(value)]
    pattern = ", ".join(f"{name}=_{name}" for name in names)
    members = ", ".join(f"{name!r}: _{name}" for name in names)
    space = {"cls": type(value), "value": value}
    exec(f"match value:\n    case cls({pattern}):\n        found = {{{members}}}", space)
    found: Any = space["found"]
    return dict(found)


def in_dicts(value: Any) -> Any:
    """Return what ``asdict`` should give for what a field holds."""
    if isinstance(value, Model):
        return {name: in_dicts(field) for name, field in fields_of(value).items()}
    if isinstance(value, FrozenDict):
        return {name: in_dicts(member) for name, member in value.items()}
    return tuple(map(in_dicts, value)) if isinstance(value, tuple) else value


def in_tuples(value: Any) -> Any:
    """Return what ``astuple`` should give for what a field holds."""
    if isinstance(value, Model):
        return tuple(map(in_tuples, fields_of(value).values()))
    if isinstance(value, FrozenDict):
        return {name: in_tuples(member) for name, member in value.items()}
    return tuple(map(in_tuples, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize("model", CLASSES, ids=by_name)
@given(data=st.data())
def test_decoded_and_built_values_are_equal_and_copied_as_they_are(
    model: Any, data: st.DataObject
) -> None:
    decoded, built = values(model, data)
    assert decoded == built
    assert hash(decoded) == hash(built)
    assert repr(decoded) == repr(built)
    assert decoded.to_dict() == built.to_dict()
    for value in (decoded, built):
        assert copy.copy(value) is value
        assert copy.deepcopy([value])[0] is value
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            again = pickle.loads(pickle.dumps(value, protocol))
            assert (type(again), again) == (model, value)


def test_a_pickle_holds_the_json_object() -> None:
    unknown = Unknown({"type": "new"})
    _, arguments = unknown.__reduce__()
    assert arguments == (Unknown, {"type": "new"})
