"""The JSON Schema of what is written: all that decodes is valid under it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import realtime_models as rm
from realtime_models.catalog import type_names
from tests.support.cases import VALID, by_stem, load
from tests.support.snake import outcome
from tests.support.strategies import mutated


@cache
def validator(name: str) -> Draft202012Validator:
    """Return what validates that which is written of a type."""
    schema = rm.json_schema(name, mode="serialization")
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("path", VALID, ids=by_stem)
def test_a_valid_message_is_valid_under_the_schema_of_what_is_written(path: Path) -> None:
    case = load(path)
    validator(case["type"]).validate(case["data"])


@pytest.mark.parametrize("name", list(type_names()))
@given(data=st.data())
def test_whatever_decodes_is_valid_under_the_schema_of_what_is_written(
    name: str, data: st.DataObject
) -> None:
    value = data.draw(mutated(name))
    found = outcome(name, value)
    if not isinstance(found, rm.DecodeError):
        validator(name).validate(rm.to_wire(found))


def test_a_newer_variant_has_another_type_and_no_generated_client_refuses_it() -> None:
    schema: Any = rm.json_schema("RealtimeTurnDetection", mode="serialization")
    assert schema["anyOf"] == [
        {"$ref": "#/$defs/RealtimeTurnDetectionServerVad"},
        {"$ref": "#/$defs/RealtimeTurnDetectionSemanticVad"},
        {
            "type": "object",
            "properties": {"type": {"not": {"enum": ["semantic_vad", "server_vad"]}}},
        },
        {"type": "null"},
    ]
    assert not validator("RealtimeServerEvent").is_valid({"type": "error"})
    # Messages differ by their role, too.
    schema = rm.json_schema("RealtimeConversationItem", mode="serialization")
    assert schema["anyOf"][-1] == {"type": "object"}


def test_what_is_written_may_be_null_unlisted_or_beyond_the_limits() -> None:
    schema: Any = rm.json_schema("RealtimeTurnDetectionSemanticVad", mode="serialization")
    eagerness = schema["$defs"]["RealtimeTurnDetectionSemanticVad"]["properties"]["eagerness"]
    assert eagerness["anyOf"] == [
        {"type": "string", "enum": ["auto", "high", "low", "medium"]},
        {"type": "string"},
        {"type": "null"},
    ]
    schema = rm.json_schema("RealtimeTruncationRetentionRatio", mode="serialization")
    ratio = schema["$defs"]["RealtimeTruncationRetentionRatio"]["properties"]["retention_ratio"]
    assert {key for key in ratio if key != "description"} == {"type"}


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_a_constant_is_a_constant(mode: Any) -> None:
    schema: Any = rm.json_schema("RealtimeServerEventError", mode=mode)
    properties = schema["$defs"]["RealtimeServerEventError"]["properties"]
    assert (properties["type"]["type"], properties["type"]["const"]) == ("string", "error")
