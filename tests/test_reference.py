"""The outside facts: the API's own examples, and what real servers were seen to send."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from realtime_models.wire import HOMES
from tests.support.paths import REFERENCE, needs_reference
from tests.support.snake import decode, write

pytestmark = needs_reference


def examples() -> list[tuple[str, Any]]:
    """The API description's examples of types that we have."""
    if not REFERENCE.is_dir():
        return []
    entries = json.loads((REFERENCE / "examples.json").read_text("utf-8"))
    return [(e["schema"], e["example"]) for e in entries if e.get("schema") in HOMES]


def captured() -> list[tuple[str, str, Any]]:
    """What real servers and clients were seen to send of types that we have."""
    if not REFERENCE.is_dir():
        return []
    lines = (REFERENCE / "captured.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return [(e["id"], e["schema_hint"], e["payload"]) for e in entries if e["schema_hint"] in HOMES]


@pytest.mark.parametrize(("name", "data"), examples())
def test_an_example_of_the_api_comes_back_equal(name: str, data: Any) -> None:
    decoded = decode(name, data)
    assert write(name, decoded) == data
    assert hash(decoded) == hash(decode(name, data))
    assert pickle.loads(pickle.dumps(decoded)) == decoded


@pytest.mark.parametrize(("case", "name", "data"), captured())
def test_what_a_real_server_sent_comes_back_equal(case: str, name: str, data: Any) -> None:
    assert write(name, decode(name, data)) == data


def test_the_session_of_a_client_secret_comes_back_equal() -> None:
    secrets = [
        entry["example"]["session"]
        for entry in json.loads((REFERENCE / "examples.json").read_text("utf-8"))
        if entry.get("schema") == "RealtimeCreateClientSecretResponse"
    ]
    assert secrets
    for session in secrets:
        union = "RealtimeServerEventSessionCreatedSession"
        assert write(union, decode(union, session)) == session
        assert (
            write(
                "RealtimeSessionCreateResponseGA",
                decode("RealtimeSessionCreateResponseGA", session),
            )
            == session
        )
