"""The messages that are measured are real ones, and the same in every run."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from benchmarks.payloads import Payload, payloads, whole_conversation
from realtime_models import check

CONVERSATION = whole_conversation()
NULLS = {
    "/item/content/0/transcript",
    "/response/status_details",
    "/response/usage",
    "/session/include",
}
"""Where servers send null without a meaning."""


@pytest.mark.parametrize("payload", payloads(), ids=lambda payload: payload.name)
def test_a_message_is_what_the_api_describes_but_for_nulls(payload: Payload) -> None:
    surplus = [
        (problem.code, problem.pointer) for problem in check(payload.type_name, payload.data)
    ]
    assert {code for code, _ in surplus} <= {"unexpected_null"}
    assert {pointer for _, pointer in surplus} <= NULLS


def test_the_events_of_the_conversation_are_too() -> None:
    for event in CONVERSATION:
        for problem in check(event.type_name, event.data):
            assert (problem.code, problem.pointer in NULLS) == ("unexpected_null", True)


@pytest.mark.parametrize("payload", payloads(), ids=lambda payload: payload.name)
def test_the_text_of_a_message_is_its_dict(payload: Payload) -> None:
    assert json.loads(payload.text) == payload.data


def test_the_messages_are_the_same_in_every_run_and_share_nothing() -> None:
    assert payloads() == payloads()
    assert payloads()[0].data is not payloads()[0].data


def test_the_conversation_has_two_thousand_events_with_ids_of_their_own() -> None:
    assert len(CONVERSATION) == 2000
    assert len({str(event.data["event_id"]) for event in CONVERSATION}) == 2000
    assert [event.name for event in CONVERSATION[:2]] == ["session.created", "session.updated"]


def test_most_of_the_conversation_is_audio_and_its_transcript() -> None:
    kinds = Counter(event.name for event in CONVERSATION)
    assert len(kinds) == 22
    common = kinds["response.output_audio.delta"] + sum(
        count for kind, count in kinds.items() if "transcript" in kind
    )
    assert common > 1500


def test_a_conversation_may_end_anywhere() -> None:
    assert whole_conversation(40) == CONVERSATION[:40]


def test_a_piece_of_audio_is_64_milliseconds() -> None:
    [audio] = [one for one in payloads() if one.name == "response.output_audio.delta"]
    assert len(str(audio.data["delta"])) == 4096
