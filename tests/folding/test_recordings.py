"""Recorded connections are the oracle of what a conversation holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realtime_models import Conversation, text_of
from realtime_models._runtime.base import Model
from tests.folding.recordings import RECORDINGS, Recorded, received, sent
from tests.support.cases import by_stem
from tests.support.paths import needs_reference

pytestmark = needs_reference
recordings = pytest.mark.parametrize("path", RECORDINGS, ids=by_stem)

NOT_IN_DELTAS = {
    # The arguments of its calls, which have no deltas.
    "server_hf_speech_to_speech": {"fc_1"},
}
"""The items of which the events that end in `.done` alone tell the words."""
UNPLACED = {"server_aimock_ga": 1, "xai_tool_round": 1, "xai_vad_audio_turn": 1}
"""The recordings with events that nobody knows: `response.cancelled`, and `ping`."""


def folded(events: list[Recorded]) -> Conversation:
    """Return the conversation that has had some events."""
    conversation = Conversation()
    for recorded in events:
        conversation.receive(recorded.event)
    return conversation


def last_words(events: list[Recorded]) -> dict[str, Any]:
    """Return what the server last said of each item as a whole, by ID."""
    words: dict[str, Any] = {}
    for recorded in events:
        data = recorded.data
        response = data.get("response", {"conversation_id": None})
        # Null is the sign of a response whose items are not in the conversation.
        output = [] if response.get("conversation_id", "") is None else response["output"]
        items = [data["item"]] if "item" in data else output
        words.update({item["id"]: item for item in items})
    return words


def bare(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item without what only finals tell: status, nulls, and the extras of servers."""
    content = [
        {name: value for name, value in part.items() if value is not None}
        for part in item.get("content") or ()
    ]
    kept = ("id", "type", "role", "call_id", "name", "arguments", "output")
    role = {} if item["type"] == "message" else {"role": None}  # of calls: xAI says two
    return {name: item.get(name) for name in kept} | {"content": content} | role


@recordings
def test_deltas_alone_give_the_same_items(path: Path) -> None:
    events = received(path)
    whole = folded(events)
    unfinished = folded([one for one in events if not one.data["type"].endswith(".done")])
    unknown = NOT_IN_DELTAS.get(path.stem, set())
    assert len(whole.items) == len(unfinished.items) > 0
    for item, other in zip(whole.items, unfinished.items, strict=True):
        assert item.id == other.id
        if item.id not in unknown:
            assert bare(item.to_dict()) == bare(other.to_dict())


@recordings
def test_the_last_word_of_the_server_is_what_an_item_is(path: Path) -> None:
    events = received(path)
    words = last_words(events)
    items = folded(events).items
    assert words.keys() <= {item.id for item in items}
    for item in items:
        if item.id in words:
            wordless, said = split(words[item.id])
            assert split(item.to_dict()) == (wordless, said or split(item.to_dict())[1])


def split(item: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return an item without its words, and its words."""
    said = item.get("arguments") or ""
    parts = [dict(part) for part in item.get("content") or ()]
    for part in parts:
        said += (part.pop("text", None) or "") + (part.pop("transcript", None) or "")
    return {**item, "arguments": None, "content": parts}, said


@recordings
def test_nothing_of_a_healthy_recording_is_unplaced(path: Path) -> None:
    assert folded(received(path)).unplaced == UNPLACED.get(path.stem, 0)


@recordings
def test_reading_after_every_event_changes_nothing(path: Path) -> None:
    events = received(path)
    conversation = Conversation()
    seen: list[tuple[Model, str]] = []
    for recorded in events:
        item_id = conversation.receive(recorded.event)
        for value in (*conversation.items, conversation.response, conversation.usage):
            if value is not None:
                seen.append((value, value.to_json()))
        if item_id is not None:
            assert conversation.items is conversation.items
    once = folded(events)
    assert conversation.items == once.items
    assert conversation.responses == once.responses
    assert all(value.to_json() == text for value, text in seen)


@recordings
def test_the_usage_is_the_sum_over_the_responses(path: Path) -> None:
    events = received(path)
    done = [one.data["response"] for one in events if one.data["type"] == "response.done"]
    usages = [response.get("usage") or {} for response in done]
    usage = folded(events).usage.to_dict()
    for name in ("total_tokens", "input_tokens", "output_tokens"):
        assert usage[name] == sum(one.get(name, 0) for one in usages)
    cached = sum((one.get("input_token_details") or {}).get("cached_tokens", 0) for one in usages)
    details = usage.get("input_token_details") or {}
    assert isinstance(details, dict)
    assert details.get("cached_tokens", 0) == cached


@recordings
def test_the_finished_responses_are_what_the_server_said(path: Path) -> None:
    events = received(path)
    done = [one.data["response"] for one in events if one.data["type"] == "response.done"]
    assert [response.to_dict() for response in folded(events).responses] == done


@recordings
def test_every_transcript_lands_in_its_item(path: Path) -> None:
    events = received(path)
    conversation = folded(events)
    name = "conversation.item.input_audio_transcription.completed"
    transcripts = {
        one.data["item_id"]: one.data["transcript"] for one in events if one.data["type"] == name
    }
    for item_id, transcript in transcripts.items():
        item = conversation.item(item_id)
        assert item is not None
        assert text_of(item) == transcript


@recordings
def test_only_a_cut_recording_ends_in_a_response(path: Path) -> None:
    conversation = folded(received(path))
    assert (conversation.response is not None) is (path.stem == "beta_openai_tool_call_cut")
    assert all(response.status != "in_progress" for response in conversation.responses)


@recordings
def test_the_session_and_the_limits_are_the_newest(path: Path) -> None:
    events = received(path)
    conversation = folded(events)
    sessions = [one.data["session"] for one in events if "session" in one.data]
    assert conversation.session is not None
    assert conversation.session.to_dict() == sessions[-1]
    limits = [one.data["rate_limits"] for one in events if "rate_limits" in one.data]
    assert [limit.to_dict() for limit in conversation.rate_limits] == (limits or [[]])[-1]


@recordings
def test_errors_are_kept_with_what_they_answer(path: Path) -> None:
    conversation = Conversation()
    for event in sent(path):
        conversation.sent(event)
    events = received(path)
    for recorded in events:
        conversation.receive(recorded.event)
    errors = [one.data["error"] for one in events if one.data["type"] == "error"]
    assert [error.to_dict() for error, _ in conversation.refusals] == errors


def test_the_recordings_are_there() -> None:
    assert len(RECORDINGS) >= 17
