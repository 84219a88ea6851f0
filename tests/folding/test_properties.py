"""Whatever events come, in whatever order, however broken: nothing is raised, and laws hold."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from realtime_models import (
    Conversation,
    RealtimeBetaServerEvent,
    RealtimeServerEvent,
    RealtimeTranslationServerEvent,
    realtime_beta_server_event_from_dict,
    realtime_server_event_from_dict,
    realtime_translation_server_event_from_dict,
    text_of,
)
from realtime_models._runtime.base import Model
from tests.support.paths import EXAMPLES

LOGS = ("voice", "mcp", "transcription", "beta", "translation")
EVENTS: list[dict[str, Any]] = [
    json.loads(line)
    for name in LOGS
    for line in (EXAMPLES / "logs" / f"{name}.jsonl").read_text("utf-8").splitlines()
]
JUNK: list[Any] = [
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "item_V5",
    "!",
    [],
    {},
    [1],
    {"type": "message"},
]
READERS: list[
    Callable[..., RealtimeServerEvent | RealtimeBetaServerEvent | RealtimeTranslationServerEvent]
] = [
    realtime_server_event_from_dict,
    realtime_beta_server_event_from_dict,
    realtime_translation_server_event_from_dict,
]


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an event of a log in which some members are missing or wrong."""
    data: dict[str, Any] = json.loads(json.dumps(draw(st.sampled_from(EVENTS))))
    for _ in range(draw(st.integers(0, 2))):
        node: Any = data
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            key = draw(st.sampled_from(keys))
            if isinstance(node[key], (dict, list)) and node[key] and draw(st.booleans()):
                node = node[key]
                continue
            if key != "type":
                node[key] = copy.deepcopy(draw(st.sampled_from(JUNK)))
            break
    return data


def snapshot(conversation: Conversation) -> list[object]:
    """Return everything that a conversation tells."""
    return [
        *(conversation.session, conversation.items, conversation.response),
        *(conversation.responses, conversation.usage, conversation.rate_limits),
        *(conversation.refusals, conversation.truncated, conversation.unplaced),
    ]


@given(st.lists(broken(), max_size=60), st.sampled_from(READERS), st.booleans(), st.integers(0, 3))
def test_nothing_is_raised_and_nothing_handed_out_changes(
    events: list[dict[str, Any]], read: Callable[..., Model], audio: bool, keep: int
) -> None:
    conversation = Conversation(audio=audio, keep_responses=keep)
    unread = Conversation(audio=audio, keep_responses=keep)
    seen: list[tuple[list[object], str]] = []
    for data in events:
        event = read(data, invalid="keep")
        item_id = conversation.receive(event)
        conversation.sent(event)
        unread.receive(event)
        unread.sent(event)
        if item_id is not None:
            item = conversation.item(item_id)
            assert item is None or isinstance(text_of(item), str)
        now = snapshot(conversation)
        seen.append((now, repr(now)))
    assert snapshot(unread) == snapshot(conversation)
    assert all(repr(then) == text for then, text in seen)
    assert len({item.id for item in conversation.items}) == len(conversation.items)
    for item in conversation.items:
        assert hash(item) == hash(type(item).from_dict(item.to_dict(), invalid="keep"))


@given(st.permutations(EVENTS), st.data())
def test_healthy_events_may_come_in_any_order_or_twice_or_not(
    events: list[dict[str, Any]], data: st.DataObject
) -> None:
    conversation = Conversation(audio=True)
    counts = data.draw(st.lists(st.integers(0, 2), min_size=len(events), max_size=len(events)))
    for event, count in zip(events, counts, strict=True):
        for _ in range(count):
            conversation.receive(realtime_server_event_from_dict(event))
    assert all(item.problems == () for item in conversation.items)
    assert conversation.usage.problems == ()


@given(st.lists(st.tuples(st.text(), st.booleans()), max_size=50))
def test_pieces_give_the_whole_however_often_it_is_read(pieces: list[tuple[str, bool]]) -> None:
    conversation = Conversation()
    so_far = ""
    for piece, is_read in pieces:
        data = {"type": "response.output_text.delta", "response_id": "r", "item_id": "a"}
        event = realtime_server_event_from_dict({**data, "delta": piece}, invalid="keep")
        conversation.receive(event)
        so_far += piece
        if is_read:
            assert [text_of(item) for item in conversation.items] == [so_far]
    assert "".join(map(text_of, conversation.items)) == so_far
