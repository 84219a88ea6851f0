"""One session of the official client and of a client of our types, with a server of our types."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any, TypeVar, get_args

from openai.types import realtime

from realtime_models import (
    UNSET,
    RealtimeConversationItemFunctionCallOutput,
    RealtimeConversationItemMessageAssistant,
    RealtimeServerEventConversationItemAdded,
    RealtimeServerEventConversationItemDone,
    RealtimeServerEventConversationItemRetrieved,
    RealtimeServerEventError,
    RealtimeServerEventResponseAudioDelta,
    RealtimeServerEventResponseTextDelta,
    RealtimeServerEventResponseTextDone,
    Unknown,
    check,
    realtime_client_event_from_json,
)
from tests.conversation.loopback import OfficialSession, OurSession
from tests.conversation.material import get_weather
from tests.conversation.transcript import THEIRS, is_known, side, transcript

E = TypeVar("E")

FUTURE = "response.mood.updated"


def said_by(who: str, frames: list[str]) -> list[str]:
    return [frame for frame in frames if side(frame) == who]


def parsed(frames: list[str]) -> list[Any]:
    return [json.loads(frame) for frame in frames]


def events(session: OurSession, kind: type[E]) -> list[E]:
    return [event for event in session.received if isinstance(event, kind)]


def test_the_session_is_the_one_on_record(official_session: OfficialSession) -> None:
    record = Path(__file__).with_name("session.txt").read_text("utf-8").splitlines()
    assert [*transcript(official_session.said)] == record


def test_the_official_client_sends_every_event_that_it_can(
    official_session: OfficialSession,
) -> None:
    classes = get_args(get_args(realtime.RealtimeClientEvent)[0])
    tags = {get_args(kind.model_fields["type"].annotation)[0] for kind in classes}
    assert {data["type"] for data in parsed(said_by("client", official_session.said))} == tags


def test_what_the_official_client_sends_is_decoded_without_loss(
    official_session: OfficialSession,
) -> None:
    for frame in said_by("client", official_session.said):
        event = realtime_client_event_from_json(frame)
        assert event.to_dict() == json.loads(frame)
        assert json.loads(event.to_json()) == json.loads(frame)
        assert check("RealtimeClientEvent", json.loads(frame)) == []


def test_what_we_send_is_what_the_api_describes(official_session: OfficialSession) -> None:
    for frame in said_by("server", official_session.said):
        found = check("RealtimeServerEvent", json.loads(frame))
        assert [p.code for p in found] == ([] if is_known(frame) else ["unknown_variant"])


def test_the_official_client_reads_whole_what_we_send(official_session: OfficialSession) -> None:
    assert [f for f, _ in official_session.received] == said_by("server", official_session.said)
    theirs = THEIRS["server"]
    for frame, read in official_session.received:
        if is_known(frame):
            event = theirs.validate_json(frame)
            # The connection decodes without validation; the result is the same.
            assert read == event
            assert type(read) is type(event)
            dumped = theirs.dump_python(event, mode="json", exclude_unset=True)
            assert dumped == json.loads(frame)


def test_an_event_from_the_future_reaches_both_clients(
    official_session: OfficialSession, our_session: OurSession
) -> None:
    theirs = [(frame, read) for frame, read in official_session.received if not is_known(frame)]
    assert [read.type for _, read in theirs] == [FUTURE, FUTURE]
    ours = events(our_session, Unknown)
    assert [event.tag for event in ours] == [FUTURE, FUTURE]
    assert [event.to_dict() for event in ours] == parsed([frame for frame, _ in theirs])


def test_a_client_of_our_types_says_and_hears_the_same(
    official_session: OfficialSession, our_session: OurSession
) -> None:
    assert parsed(our_session.said) == parsed(official_session.said)
    heard = [event.to_dict() for event in our_session.received]
    assert heard == parsed([frame for frame, _ in official_session.received])


def test_a_function_is_called_and_its_result_told(our_session: OurSession) -> None:
    result = get_weather('{"city": "Rome"}')
    items = [event.item for event in events(our_session, RealtimeServerEventConversationItemAdded)]
    outputs = [i for i in items if isinstance(i, RealtimeConversationItemFunctionCallOutput)]
    assert [item.output for item in outputs] == [result]
    answers = events(our_session, RealtimeServerEventResponseTextDone)
    assert [answer.text for answer in answers] == [f"The function says: {result}"]
    deltas = events(our_session, RealtimeServerEventResponseTextDelta)
    assert "".join(event.delta for event in deltas) == answers[0].text


def test_audio_is_heard_and_cut(our_session: OurSession) -> None:
    deltas = events(our_session, RealtimeServerEventResponseAudioDelta)
    heard = b"".join(b64decode(event.delta) for event in deltas)
    assert len(heard) == 3 * 4800  # a tenth of a second for each of three words
    (retrieved,) = events(our_session, RealtimeServerEventConversationItemRetrieved)
    assert isinstance(retrieved.item, RealtimeConversationItemMessageAssistant)
    (part,) = retrieved.item.content
    assert part.transcript is UNSET
    assert part.audio
    assert b64decode(part.audio) == heard[:4800]


def test_items_are_shown_without_their_audio(our_session: OurSession) -> None:
    shown = [event.item for event in events(our_session, RealtimeServerEventConversationItemDone)]
    spoken = [item for item in shown if "audio" in item.to_json()]
    assert len(spoken) == 2  # of the user, and of the model
    assert '"audio":' not in "".join(item.to_json() for item in shown)


def test_an_error_names_the_event_that_caused_it(our_session: OurSession) -> None:
    errors = [event.error for event in events(our_session, RealtimeServerEventError)]
    assert [(e.type, e.event_id) for e in errors] == [
        ("invalid_request_error", "mine_3"),
        ("invalid_request_error", None),
    ]
