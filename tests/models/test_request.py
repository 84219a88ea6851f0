"""``to_request``: what may be sent of a received value."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

import realtime_models as rm
from codegen.form import Object
from codegen.load import load
from realtime_models import (
    UNSET,
    RealtimeConversationItemFunctionCall,
    RealtimeSessionCreateRequest,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponse,
    RealtimeSessionCreateResponseGA,
    RealtimeTranscriptionSessionCreateResponseGA,
    Unknown,
    check,
    realtime_conversation_item_from_dict,
)
from realtime_models._runtime.base import Model
from tests.support.catalog import MODELS, NAMES
from tests.support.paths import SCHEMA
from tests.support.strategies import instances

RECEIVED = {model.__name__: model for model in MODELS if "to_request" in vars(model)}


def test_a_session_becomes_the_request_for_it() -> None:
    session = RealtimeSessionCreateResponseGA.from_dict(
        {
            "type": "realtime",
            "object": "realtime.session",
            "id": "s",
            "expires_at": 0,
            "include": None,
            "tracing": None,
            "newer": True,
            "tools": [{"type": "function", "name": "f", "description": None, "strict": True}],
            "audio": {
                "input": {
                    "format": {"type": "audio/pcm", "rate": 24000},
                    "transcription": {"model": "whisper-1", "language": None, "prompt": None},
                    "noise_reduction": None,
                    "turn_detection": {"type": "server_vad", "idle_timeout_ms": None, "newer": 1},
                },
                "output": {"voice": {"id": "v"}, "speed": 1.0, "newer": None},
            },
            "prompt": {
                "id": "p",
                "variables": {"a": "b", "c": {"type": "input_text", "text": "t"}},
            },
        }
    )
    request = session.to_request()
    assert type(request) is RealtimeSessionCreateRequestGA
    assert request.to_dict() == {
        "type": "realtime",
        "tracing": None,
        "tools": [{"type": "function", "name": "f"}],
        "audio": {
            "input": {
                "format": {"type": "audio/pcm", "rate": 24000},
                "transcription": {"model": "whisper-1"},
                "noise_reduction": None,
                "turn_detection": {"type": "server_vad", "idle_timeout_ms": None},
            },
            "output": {"voice": {"id": "v"}, "speed": 1.0},
        },
        "prompt": {"id": "p", "variables": {"a": "b", "c": {"type": "input_text", "text": "t"}}},
    }
    assert check(RealtimeSessionCreateRequestGA, request.to_dict()) == []


def test_a_flat_session_loses_its_key() -> None:
    session = RealtimeSessionCreateResponse.from_dict(
        {
            "id": "s",
            "client_secret": {"value": "ek", "expires_at": 1},
            "modalities": ["text"],
            "voice": "alloy",
            "temperature": None,
        }
    )
    request = session.to_request()
    assert type(request) is RealtimeSessionCreateRequest
    assert request.to_dict() == {
        "modalities": ["text"],
        "voice": "alloy",
    }


def test_an_item_can_be_sent_again() -> None:
    item = realtime_conversation_item_from_dict(
        {
            "type": "function_call",
            "id": "i",
            "name": "f",
            "arguments": "{}",
            "status": None,
            "phase": "commentary",
            "newer": 1,
        }
    )
    request = item.to_request()
    assert isinstance(request, RealtimeConversationItemFunctionCall)
    assert request.to_dict() == {"type": "function_call", "id": "i", "name": "f", "arguments": "{}"}
    unknown = realtime_conversation_item_from_dict({"type": "dance"})
    assert isinstance(unknown, Unknown)
    with pytest.raises(ValueError, match="^what may be sent") as info:
        unknown.to_request()
    assert str(info.value) == (
        "what may be sent of an unknown object (type 'dance') is not known;"
        " pass the Unknown itself to send all of it"
    )


def test_a_session_may_have_a_format_of_the_beta_shape() -> None:
    session = RealtimeTranscriptionSessionCreateResponseGA.from_dict(
        {
            "type": "transcription",
            "id": "s",
            "object": "o",
            "audio": {"input": {"format": {"type": "audio/pcmu"}, "transcription": None}},
        }
    )
    assert session.to_request().to_dict() == {
        "type": "transcription",
        "audio": {"input": {"format": {"type": "audio/pcmu"}, "transcription": None}},
    }


def test_fields_that_the_request_lacks_are_left_out() -> None:
    session = RealtimeTranscriptionSessionCreateResponseGA.from_dict(
        {"type": "transcription", "id": "s", "object": "o", "audio": {"input": {"format": "pcm16"}}}
    )
    assert session.to_request().to_dict() == {"type": "transcription", "audio": {"input": {}}}


def test_sessions_of_every_kind_and_all_items_can_be_sent() -> None:
    items = [name for name in NAMES if name.startswith("RealtimeConversationItem")]
    assert {"RealtimeMCPToolCall", "RealtimeTranslationSession", "RealtimeSession"} <= {*RECEIVED}
    schemas = load(SCHEMA).schemas().values()
    requested = [kind.name for kind in schemas if isinstance(kind, Object) and kind.request]
    assert sorted(requested) == sorted(RECEIVED)
    assert len(items) > 5


SPOKEN = [
    ({"type": "output_audio", "transcript": "Hi"}, {"type": "output_text", "text": "Hi"}),
    ({"type": "audio", "transcript": "Hi"}, {"type": "text", "text": "Hi"}),
    ({"type": "output_audio", "text": "Hi", "newer": 1}, {"type": "output_text", "text": "Hi"}),
    ({"type": "output_text", "text": "Hi"}, {"type": "output_text", "text": "Hi"}),
    ({"type": "input_audio", "transcript": "Hi"}, {"type": "input_text", "text": "Hi"}),
    (
        {"type": "input_audio", "transcript": "Hi", "audio": "AA=="},
        {"type": "input_audio", "transcript": "Hi", "audio": "AA=="},
    ),
]


def message(*content: dict[str, Any]) -> Any:
    """Return a message that was received, of the side that can say this."""
    role = "user" if content[0]["type"].startswith("input") else "assistant"
    data = {"type": "message", "role": role, "id": "i", "content": [*content]}
    return realtime_conversation_item_from_dict(data)


@pytest.mark.parametrize(("received", "sent"), SPOKEN)
def test_a_spoken_part_is_sent_as_the_text_of_its_transcript(
    received: dict[str, Any], sent: dict[str, Any]
) -> None:
    request = message(received).to_request()
    assert request.to_dict()["content"] == [sent]
    assert check(type(request), request.to_dict()) == []


def test_a_spoken_part_without_a_transcript_is_left_out_if_others_are_left() -> None:
    words, silence = {"type": "output_text", "text": "Hi"}, {"type": "output_audio"}
    for parts in ([silence, words], [words, {**silence, "transcript": None}]):
        assert message(*parts).to_request().to_dict()["content"] == [words]
    with pytest.raises(ValueError, match=r"content: no spoken part has a transcript$"):
        message(silence, silence).to_request()


def test_a_value_that_was_kept_broken_is_not_sent() -> None:
    data = {"type": "function_call", "name": "f", "arguments": "{}", "id": 5}
    kept = realtime_conversation_item_from_dict(data, invalid="keep")
    assert kept.to_request().to_dict() == {
        "type": "function_call",
        "name": "f",
        "arguments": "{}",
    }
    del data["name"]
    kept = realtime_conversation_item_from_dict(data, invalid="keep")
    with pytest.raises(ValueError, match="^RealtimeConversationItemFunctionCall: /name: expected"):
        kept.to_request()
    session = RealtimeSessionCreateResponse.from_dict({"voice": 5}, invalid="keep")
    with pytest.raises(
        ValueError, match="^RealtimeSessionCreateResponse: nothing is left to send: /voice: expect"
    ):
        session.to_request()


@pytest.mark.parametrize("name", RECEIVED)
@given(data=st.data())
def test_a_request_has_nothing_that_the_api_does_not_describe(
    name: str, data: st.DataObject
) -> None:
    received: Any = RECEIVED[name]
    value = received.from_dict(data.draw(instances(name)))
    try:
        request: Model = value.to_request()
    except ValueError as error:
        if str(error).endswith(".content: no spoken part has a transcript"):
            reject()
        if str(error).startswith("what may be sent of an unknown object"):
            reject()
        raise
    assert type(request).from_dict(request.to_dict()) == request
    unwanted = {"unknown_field", "unknown_variant", "unexpected_null", "refused"}
    assert [p for p in check(type(request), request.to_dict()) if p.code in unwanted] == []
    assert request.to_dict().keys() <= value.to_dict().keys()
    assert rm.check(type(request), request.to_dict()) == rm.check(
        type(request).__name__, request.to_dict()
    )


def test_a_kept_session_of_which_nothing_is_left_cannot_be_sent() -> None:
    kept = RealtimeSessionCreateResponseGA.from_dict({"type": 5, "instructions": 6}, invalid="keep")
    with pytest.raises(
        ValueError, match="RealtimeSessionCreateResponseGA: nothing is left to send"
    ):
        kept.to_request()


def test_an_item_without_words_cannot_be_sent() -> None:
    item = realtime_conversation_item_from_dict(
        {"type": "message", "role": "assistant", "content": [{"type": "output_audio"}]}
    )
    message = "RealtimeConversationItemMessageAssistant.content: no spoken part has a transcript"
    with pytest.raises(ValueError, match=message):
        item.to_request()


def test_spoken_parts_are_sent_as_their_words() -> None:
    item = realtime_conversation_item_from_dict(
        {
            "type": "message",
            "role": "user",
            "content": [
                {"type": "input_audio", "transcript": None},
                {"type": "input_audio", "audio": "AA", "transcript": "heard"},
                {"type": "input_audio", "transcript": "said"},
            ],
        }
    )
    assert item.to_request().to_dict()["content"] == [
        {"type": "input_audio", "audio": "AA", "transcript": "heard"},
        {"type": "input_text", "text": "said"},
    ]


def test_what_servers_refuse_is_left_out_where_it_can_be() -> None:
    detection = {"type": "semantic_vad", "threshold": 0.5}
    flat = rm.RealtimeSession.from_dict({"turn_detection": detection})
    assert flat.to_request().to_dict() == {"turn_detection": {"type": "semantic_vad"}}
    item = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "t"}]}
    user: Any = realtime_conversation_item_from_dict({**item, "id": "i" * 33})
    assert user.to_request().to_dict() == item
    tools = [{"name": "f"}, {"type": "function", "name": "g"}, {"name": "h"}]
    request = rm.RealtimeSession.from_dict({"tools": tools}).to_request()
    assert request.to_dict() == {"tools": tools[1:2]}


def test_what_servers_refuse_and_cannot_be_left_out_is_told() -> None:
    output = {"type": "function_call_output", "call_id": "c" * 33, "output": ""}
    call: Any = realtime_conversation_item_from_dict(output)
    with pytest.raises(ValueError, match="Output: /call_id: The server refuses an ID of more than"):
        call.to_request()
    alone = rm.RealtimeSession.from_dict({"tools": [{"name": "f"}]})
    with pytest.raises(ValueError, match="^RealtimeSession: /tools/0: The server ignores a tool"):
        alone.to_request()


def test_an_empty_transcript_is_what_was_said() -> None:
    heard = {"type": "output_audio", "transcript": "", "text": "other"}
    assert message(heard).to_request().to_dict()["content"] == [{"type": "output_text", "text": ""}]


def test_sound_that_is_null_is_not_sent() -> None:
    part = {"type": "input_audio", "audio": None, "transcript": "Hi"}
    sent = message(part).to_request().to_dict()["content"]
    assert sent == [{"type": "input_text", "text": "Hi"}]


def test_what_is_empty_or_a_whole_number_is_sent_as_it_is() -> None:
    assert rm.RealtimeSession.from_dict({}).to_request().to_dict() == {}
    item: Any = {"type": "message", "role": "user", "content": []}
    empty: Any = realtime_conversation_item_from_dict(item)
    assert empty.to_request().to_dict() == item
    for speed in (1, 1.5):
        session = {"type": "realtime", "audio": {"output": {"speed": speed}}}
        request = RealtimeSessionCreateResponseGA.from_dict({**session, "id": "s", "object": "o"})
        assert request.to_request().to_dict() == session


def test_an_unknown_object_inside_is_told_by_its_type() -> None:
    voice = {"type": "dream", "depth": 2}
    flat = RealtimeSessionCreateResponse.from_dict({"voice": voice, "instructions": "Hi"})
    with pytest.raises(ValueError, match=r"unknown object \(type 'dream'\) is not known"):
        flat.to_request()
    request = dataclasses.replace(flat, voice=UNSET).to_request()
    on_purpose = dataclasses.replace(request, voice=Unknown(voice))
    assert on_purpose.to_dict() == {"voice": voice, "instructions": "Hi"}


def test_newer_fields_of_an_object_of_a_newer_kind_are_left_out_too() -> None:
    detection = {"type": "newer", "new": 1}
    request = rm.RealtimeSession.from_dict({"turn_detection": detection}).to_request()
    assert request.to_dict() == {"turn_detection": {"type": "newer"}}
