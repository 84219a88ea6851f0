"""The peers do equal work, or do less and say so."""

from __future__ import annotations

import copy
import inspect
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

import realtime_models
from benchmarks.measures import builder
from benchmarks.payloads import EVENT, Payload, payloads, whole_conversation
from benchmarks.peers import all_peers
from benchmarks.peers.peer import LESS, Peer

PEERS = {peer.name: peer for peer in all_peers()}
MESSAGES = {payload.name: payload for payload in payloads()}
WITH_OBJECTS = [name for name, peer in PEERS.items() if peer.functions(EVENT).decode]
PARSERS = [name for name in PEERS if name.startswith("ours after")]
OTHERS = [name for name in WITH_OBJECTS if name != "realtime_models"]
FREE = ("parameters", "metadata")
"""Free-form JSON, where no field is unknown."""


@pytest.fixture(params=WITH_OBJECTS)
def peer(request: pytest.FixtureRequest) -> Peer:
    return PEERS[request.param]


@pytest.fixture(params=MESSAGES)
def message(request: pytest.FixtureRequest) -> Payload:
    return MESSAGES[request.param]


def decode(peer: Peer, type_name: str, data: object) -> Any:
    function = peer.functions(type_name).decode
    assert function is not None
    return function(data)


def encode(peer: Peer, type_name: str, value: object) -> object:
    function = peer.functions(type_name).encode
    assert function is not None
    return function(value)


def test_decoded_data_is_written_back_completely(peer: Peer, message: Payload) -> None:
    value = decode(peer, message.type_name, message.data)
    assert encode(peer, message.type_name, value) == message.data


def test_a_text_gives_what_its_dict_gives(peer: Peer, message: Payload) -> None:
    read = peer.functions(message.type_name).read
    assert read is not None
    assert read(message.text) == decode(peer, message.type_name, message.data)


@pytest.mark.parametrize("name", PARSERS)
def test_another_parser_before_ours_gives_the_same_result(name: str, message: Payload) -> None:
    read = PEERS[name].functions(message.type_name).read
    assert read is not None
    assert read(message.text) == decode(PEERS["realtime_models"], message.type_name, message.data)


def test_the_text_that_is_written_is_that_of_the_dict(peer: Peer, message: Payload) -> None:
    write = peer.functions(message.type_name).write
    assert write is not None
    text = write(decode(peer, message.type_name, message.data))
    assert isinstance(text, (str, bytes))
    assert json.loads(text) == message.data


def test_a_value_built_by_hand_equals_the_decoded_one(peer: Peer, message: Payload) -> None:
    value = decode(peer, message.type_name, message.data)
    build = builder(peer, value)
    assert build is not None
    assert encode(peer, message.type_name, build(None)) == message.data
    assert build(None) == value


def test_a_whole_conversation_is_decoded_and_written_back(peer: Peer) -> None:
    for event in whole_conversation():
        value = decode(peer, event.type_name, event.data)
        assert encode(peer, event.type_name, value) == event.data


def test_decoding_leaves_the_dict_as_it_was(peer: Peer, message: Payload) -> None:
    before = copy.deepcopy(message.data)
    decode(peer, message.type_name, message.data)
    assert message.data == before


def test_the_floor_reads_and_writes_text_only() -> None:
    functions = PEERS["json"].functions(EVENT)
    assert functions.decode is None
    assert functions.read is not None
    assert functions.read('{"a": 1}') == {"a": 1}
    assert builder(PEERS["json"], {"a": 1}) is None


def same_as_said(peer: Peer, less: str, is_less: bool) -> None:
    assert (less in peer.less) == is_less, f"{peer.name}: {LESS[less]}"


def objects(node: object) -> Iterator[dict[str, object]]:
    """Yield the objects in a message that are not free-form."""
    if isinstance(node, dict):
        yield node
        for name, child in node.items():
            if name not in FREE:
                yield from objects(child)
    elif isinstance(node, list):
        for child in node:
            yield from objects(child)


def test_a_peer_keeps_unknown_fields_at_every_depth_or_says_that_it_does_not(
    peer: Peer, message: Payload
) -> None:
    newer = copy.deepcopy(message.data)
    for node in [*objects(newer)]:
        node["newer"] = [{"field": 1}]
    written = encode(peer, message.type_name, decode(peer, message.type_name, newer))
    assert written in (newer, message.data)
    same_as_said(peer, "fields", written != newer)


def test_a_peer_keeps_unknown_variants_or_says_that_it_does_not(peer: Peer) -> None:
    newer = {"type": "response.dreamed", "event_id": "event_1", "depth": 3}
    try:
        value = decode(peer, EVENT, newer)
    except Exception:  # every library has errors of its own
        same_as_said(peer, "variants", True)
    else:
        # The SDK takes the first class of the union for it.
        taken = type(value).__name__ == "ConversationCreatedEvent"
        assert taken or encode(peer, EVENT, value) == newer
        same_as_said(peer, "variants", taken)


@pytest.mark.parametrize("field", ["event_id", "delta", "output_index"])
def test_a_peer_that_checks_types_refuses_wrong_scalars(peer: Peer, field: str) -> None:
    wrong = MESSAGES["response.output_text.delta"].data | {field: [1]}
    if "types" not in peer.less:
        with pytest.raises(Exception):  # noqa: B017, PT011 (every library has its own errors)
            decode(peer, EVENT, wrong)


def test_a_peer_that_says_so_takes_a_number_for_a_string(peer: Peer) -> None:
    wrong = MESSAGES["response.output_text.delta"].data | {"event_id": 5}
    try:
        decode(peer, EVENT, wrong)
    except Exception:  # every library has errors of its own
        same_as_said(peer, "types", False)
    else:
        same_as_said(peer, "types", True)


def test_objects_are_immutable_or_it_is_said_that_they_are_not(peer: Peer) -> None:
    value = decode(peer, EVENT, MESSAGES["error"].data)
    try:
        value.event_id = "another"
    except (AttributeError, TypeError, ValueError):
        same_as_said(peer, "objects", False)
    else:
        same_as_said(peer, "objects", True)


def test_arrays_are_immutable_or_it_is_said_that_they_are_not(peer: Peer) -> None:
    value = decode(peer, EVENT, MESSAGES["rate_limits.updated"].data)
    same_as_said(peer, "arrays", isinstance(value.rate_limits, list))


def test_messages_have_a_class_for_each_role_or_it_is_said_that_they_have_not(peer: Peer) -> None:
    name = type(decode(peer, EVENT, MESSAGES["conversation.item.added"].data).item).__name__
    same_as_said(peer, "roles", name == "RealtimeConversationItemMessage")


@pytest.mark.parametrize("name", OTHERS)
def test_a_peer_has_our_classes_or_says_that_it_has_not(name: str) -> None:
    peer = PEERS[name]
    value = decode(peer, EVENT, MESSAGES["session.created"].data)
    same_as_said(peer, "classes", type(value).__name__ != "RealtimeServerEventSessionCreated")


@pytest.mark.parametrize("name", [name for name in OTHERS if "classes" not in PEERS[name].less])
def test_generated_classes_have_all_our_fields(name: str) -> None:
    for message in MESSAGES.values():
        ours = decode(PEERS["realtime_models"], message.type_name, message.data)
        theirs = decode(PEERS[name], message.type_name, message.data)
        expected = set(inspect.signature(type(ours)).parameters)
        found = set(dir(theirs)) | set(getattr(type(theirs), "model_fields", ()))
        tag = {"type"} if name == "msgspec" else set()
        assert expected - tag - {"extra"} <= found


def test_msgspec_cannot_decode_into_our_classes() -> None:
    union = realtime_models.RealtimeFunctionTool | realtime_models.MCPTool
    with pytest.raises(TypeError, match="may not contain more than one dataclass"):
        msgspec.convert({"type": "function"}, type=union)
