"""The general promises, held over every type with generated JSON."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import realtime_models as rm
from realtime_models._runtime.base import Model
from realtime_models._runtime.errors import Problem
from realtime_models.catalog import find
from tests.support.catalog import MODELS, NAMES, by_name
from tests.support.oracle import validator
from tests.support.snake import decode, write
from tests.support.strategies import instances, mutated


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_data_that_decodes_comes_back_equal(name: str, data: st.DataObject) -> None:
    value = data.draw(instances(name))
    before = copy.deepcopy(value)
    decoded = decode(name, value)
    assert write(name, decoded) == value == before
    assert decoded == decode(name, value)
    assert hash(decoded) == hash(decode(name, value))
    assert pickle.loads(pickle.dumps(decoded)) == decoded
    assert copy.deepcopy(decoded) == decoded
    assert decode(name, json.loads(json.dumps(write(name, decoded)))) == decoded


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_from_dict_the_checker_and_jsonschema_agree(name: str, data: st.DataObject) -> None:
    value = data.draw(mutated(name))
    # What servers refuse by rules has cases of its own, in `tests/data/notices`.
    found = [problem for problem in rm.check(name, value) if problem.code != "refused"]
    errors = [problem for problem in found if problem.severity == "error"]
    readable = validator(name, "read").is_valid(value)
    assert bool(errors) != readable, errors
    assert bool(found) != validator(name, "exact").is_valid(value), found
    try:
        decoded = decode(name, value)
    except rm.DecodeError as error:
        assert not readable
        _assert_same_problems(error, name, errors)
    else:
        assert readable
        assert write(name, decoded) == value


def _assert_same_problems(error: rm.DecodeError, name: str, errors: list[Problem]) -> None:
    """Assert that a union's error is that of the variant with the tag, with the same problems."""
    assert list(error.problems) == errors
    if isinstance(find(name), type):
        assert error.type_name == name


@pytest.mark.parametrize("model", MODELS, ids=by_name)
@given(data=st.data())
def test_nothing_shared_with_the_input_or_the_output_can_change_a_value(
    model: type[Model], data: st.DataObject
) -> None:
    value = data.draw(instances(model.__name__))
    decoded = model.from_dict(value)
    before = copy.deepcopy(value)
    _spoil(decoded.to_dict())
    _spoil(value)
    assert decoded.to_dict() == before


def _spoil(value: Any) -> None:
    """Change everything that can be changed in a JSON value."""
    if isinstance(value, dict):
        for member in value.values():
            _spoil(member)
        value.clear()
    elif isinstance(value, list):
        for item in value:
            _spoil(item)
        value.clear()
