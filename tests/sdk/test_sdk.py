"""Every class of the newest official SDK beside ours, field by field, and JSON through both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from pydantic import TypeAdapter

import realtime_models as rm
from codegen.compare import Difference
from codegen.drift import Comparison, compare, read_schema
from tests.sdk.classes import PAIRS, schemas
from tests.support.paths import SCHEMA
from tests.support.snake import decode, write

ONE_CLASS = "the beta SDK has one class where the description has a union"
OPEN = "the description allows other values, the SDK's class does not"
CLOSED = "the description lists the values, the SDK's class does not"
KNOWN = {
    r"added +RealtimeConversationItem: variant .*\.ConversationItem$": ONE_CLASS,
    r"added +RealtimeResponseCreateParamsInputInner: .*\.ConversationItemWithReference$": ONE_CLASS,
    r"added +RealtimeTurnDetection: variant .*TurnDetection$": ONE_CLASS,
    r"added +RealtimeTranscriptionSessionCreateResponseGAAudioInput.turn_detection: variant": (
        "the SDK has a union where the description has one object"
    ),
    r"changed +RealtimeBetaResponseCreateParamsToolChoice: values": CLOSED,
    r"changed +RealtimeTranscriptionSessionCreateRequest.include: values": CLOSED,
    r"changed +AudioTranscription(Response)?.model: values": OPEN,
    r"changed +RealtimeServerEventConversationCreatedConversation.object: values": OPEN,
    r"changed +RealtimeSession(CreateRequest)?.model: values": OPEN,
    r"changed +RealtimeSessionCreateRequestTurnDetection.type: values": OPEN,
}
"""The differences, with reasons. What only ours has is in the description or on the wire."""
GENERAL = (
    r"type (null|any)|theirs is|min|max|pattern|default|format|readOnly|contentEncoding|additional"
)
"""The SDK's classes are all nullable and optional, with null as default; they have no limits, no
formats and no type for free JSON, and take other properties."""
SEEN_AND_DECLARED = [
    "RealtimeBetaResponse.voice",
    "RealtimeResponseAudioOutput.voice",
    "RealtimeSession.tool_choice",
    "RealtimeSession.tools",
    "RealtimeSession.voice",
    "RealtimeSessionCreateRequest.tool_choice",
    "RealtimeSessionCreateResponse.tool_choice",
]
"""Fields that hold more on the wire than either source describes."""
IN_ONE_CLASS = r"ContentInner\.id$|ResponseGAAudioInputTurnDetection\."
"""Fields that the SDK has in the classes of the known differences."""


@cache
def comparison() -> Comparison:
    return compare(schemas(), read_schema(SCHEMA), PAIRS)


def differences() -> list[Difference]:
    return [found for found in comparison().differences if not re.match(GENERAL, found.what)]


def origins() -> dict[str, str]:
    """Return where the fields come from that the description of the API does not have."""
    return {
        f"{name}.{key}": child["x-origin"]
        for name, node in read_schema(SCHEMA).items()
        for key, child in dict(node.get("properties", {})).items()  # type: ignore[call-overload]
        if "x-origin" in child
    }


def news() -> list[str]:
    """Return what the SDK has and ours lacks, without a known reason."""
    return [
        str(found)
        for found in differences()
        if found.kind != "ours" and not any(re.match(known, str(found)) for known in KNOWN)
    ]


def test_the_sdk_has_nothing_that_ours_lacks_but_for_known_reasons() -> None:
    assert news() == []


@pytest.mark.parametrize("known", KNOWN)
def test_a_known_difference_is_still_one(known: str) -> None:
    assert any(re.match(known, str(found)) for found in differences())


def test_the_sdk_has_the_fields_that_we_say_it_has() -> None:
    missing = [
        place
        for place, origin in origins().items()
        if origin == "sdk" and place not in comparison().matched
    ]
    assert [place for place in missing if not re.search(IN_ONE_CLASS, place)] == []
    assert len(missing) == 7


def test_the_sdk_lacks_the_fields_that_we_say_only_servers_send() -> None:
    declared = [
        place
        for place, origin in origins().items()
        if origin == "server" and place in comparison().matched
    ]
    assert sorted(declared) == SEEN_AND_DECLARED


def samples() -> Iterator[tuple[str, Any]]:
    """JSON that the SDK's classes describe: of every variant, with all fields and with few."""
    everything = schemas()
    for name in PAIRS:
        node = everything[name]
        for variant in node.get("oneOf") or node.get("anyOf") or [node]:
            for turn in range(3):
                yield name, sample(variant, everything, turn)
            yield name, sample(variant, everything, None)


def sample(node: Any, everything: Any, turn: int | None) -> Any:
    """Return a value; ``turn`` chooses alternatives, without it only required fields are set."""
    if "$ref" in node:
        return sample(everything[node["$ref"].rpartition("/")[2]], everything, turn)
    options = [o for o in node.get("anyOf") or node.get("oneOf") or [] if o.get("type") != "null"]
    if options:
        return sample(options[(turn or 0) % len(options)], everything, turn)
    if "const" in node or "enum" in node:
        values = node.get("enum") or [node["const"]]
        return values[(turn or 0) % len(values)]
    match node.get("type"):
        case "object" if "properties" in node:
            required = node.get("required", [])
            # The class of a tagged variant may leave its tag optional; JSON never does.
            return {
                key: sample(child, everything, turn)
                for key, child in node["properties"].items()
                if turn is not None or key in required or key == "type"
            }
        case "object" if isinstance(node.get("additionalProperties"), dict):
            return {"key": sample(node["additionalProperties"], everything, turn)}
        case "object":
            return {"free": ["form", {"json": None}]}
        case "array":
            return [sample(node["items"], everything, turn)]
        case "integer":
            return 7
        case "number":
            return 0.5
        case "boolean":
            return True
        case "string":
            return "text"
        case _:
            return {"free": "form"}


@pytest.mark.parametrize(("name", "data"), [*samples()])
def test_json_goes_through_both_and_comes_back_equal(name: str, data: Any) -> None:
    if name == "RealtimeServerEvent" and data["type"] in ("session.created", "session.updated"):
        # The SDK describes the session of an event as a request; servers send more.
        data["session"] |= {"id": "sess_1", "object": "realtime.session"}
    theirs = TypeAdapter(PAIRS[name])
    assert theirs.dump_python(theirs.validate_python(data), mode="json", exclude_unset=True) == data
    ours = decode(name, data)
    assert not isinstance(ours, rm.Unknown)
    written = write(name, ours)
    assert written == data
    again = theirs.validate_python(written)
    assert theirs.dump_python(again, mode="json", exclude_unset=True) == data
