"""The outside facts: the API's own examples, and what real servers were seen to send."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from realtime_models import DecodeError
from tests.support.paths import needs_reference
from tests.support.recognise import recognise
from tests.support.reference import BROKEN, captured, examples
from tests.support.snake import decode, write

pytestmark = needs_reference

UNIONS = {
    ("server_event", "ga"): "RealtimeServerEvent",
    ("client_event", "ga"): "RealtimeClientEvent",
    ("server_event", "beta"): "RealtimeBetaServerEvent",
    ("server_event", "azure"): "RealtimeBetaServerEvent",
    ("client_event", "azure"): "RealtimeBetaClientEvent",
}
"""The unions of the captured events."""


@pytest.mark.parametrize(("name", "data"), examples())
def test_an_example_of_the_api_comes_back_equal(name: str, data: Any) -> None:
    if name in BROKEN:
        with pytest.raises(DecodeError, match="/type: expected"):
            decode(name, data)
        name = "RealtimeBetaServerEvent" if "Beta" in name else "RealtimeServerEvent"
    decoded = decode(name, data)
    assert write(name, decoded) == data
    assert hash(decoded) == hash(decode(name, data))
    assert pickle.loads(pickle.dumps(decoded)) == decoded


def test_the_examples_are_all_there() -> None:
    assert len(examples()) == 134
    assert BROKEN.keys() <= {name for name, _ in examples()}


@pytest.mark.parametrize("case", captured(), ids=lambda case: str(case["id"]))
def test_messages_of_real_servers_and_clients_come_back_equal(case: dict[str, Any]) -> None:
    name, data = case["schema_hint"], case["payload"]
    assert write(name, decode(name, data)) == data
    union = UNIONS.get((case["kind"], case["api"]))
    if union is not None:
        event = decode(union, data)
        assert type(event).__name__ != "Unknown"
        assert write(union, event) == data


@pytest.mark.parametrize("case", captured(), ids=lambda case: str(case["id"]))
def test_its_type_is_found_from_what_was_sent(case: dict[str, Any]) -> None:
    api = "ga" if case["api"] == "ga" else "beta"
    name = recognise(case["payload"], api)
    assert name is not None
    assert write(name, decode(name, case["payload"])) == case["payload"]
