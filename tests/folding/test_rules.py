"""What a conversation holds after events that recordings have seldom or never."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from realtime_models import (
    Conversation,
    RealtimeBetaResponse,
    RealtimeClientEventSessionUpdate,
    RealtimeResponse,
    RealtimeResponseUsage,
    RealtimeSession,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponseGA,
    RealtimeTranslationSession,
    Unknown,
    realtime_beta_server_event_from_dict,
    realtime_conversation_item_from_dict,
    realtime_translation_server_event_from_dict,
    text_of,
)
from tests.folding.recordings import added, delta, event, fold, message, response

TRANSCRIPT = "conversation.item.input_audio_transcription"


def ids(conversation: Conversation) -> list[object]:
    """Return the IDs of the items, in their order."""
    return [item.id for item in conversation.items]


def words(conversation: Conversation, item_id: str = "a") -> str:
    """Return what was said in an item."""
    item = conversation.item(item_id)
    assert item is not None
    return text_of(item)


def audio(conversation: Conversation, item_id: str = "a") -> Any:
    """Return the audio of an item's first part."""
    item = conversation.item(item_id)
    assert item is not None
    content: Any = item.to_dict()["content"]
    return content[0].get("audio")


def test_receiving_tells_which_item_changed() -> None:
    conversation = Conversation()
    assert conversation.receive(response("created", status="in_progress")) is None
    assert conversation.receive(delta("Hel")) == "a"
    assert conversation.receive(event("input_audio_buffer.cleared")) is None
    assert conversation.receive(event(f"{TRANSCRIPT}.delta", item_id="u", delta="Yes")) is None
    assert conversation.receive(added("u")) == "u"


def test_items_follow_the_one_that_is_named() -> None:
    conversation = fold(added("a"), added("c", "a"), added("b", "a"), added("d", "c"))
    assert ids(conversation) == ["a", "b", "c", "d"]


def test_null_and_root_are_the_beginning() -> None:
    conversation = fold(added("b"), added("a"), added("0", "root", role="system"))
    assert ids(conversation) == ["0", "a", "b"]


def test_an_item_without_a_place_is_the_last() -> None:
    item = message("c")
    conversation = fold(added("a"), added("b", "a"), event("conversation.item.added", item=item))
    assert ids(conversation) == ["a", "b", "c"]


def test_null_is_no_place_for_output_and_for_calls() -> None:
    call = {"type": "function_call", "name": "f", "arguments": "{}", "id": "c"}
    output = {"type": "function_call_output", "call_id": "1", "output": "", "id": "o"}
    conversation = fold(
        added("u"),
        delta("Hi"),
        event("conversation.item.added", previous_item_id=None, item=message("a")),
        event("conversation.item.added", previous_item_id=None, item=call),
        event("conversation.item.added", previous_item_id=None, item=output),
    )
    assert ids(conversation) == ["u", "a", "c", "o"]


def test_an_item_that_is_announced_late_takes_its_place() -> None:
    conversation = fold(added("u"), delta("Hi"), added("v", "u"), added("a", "u"))
    assert ids(conversation) == ["u", "a", "v"]
    assert words(conversation) == "Hi"


def test_an_item_comes_before_one_that_names_it() -> None:
    conversation = fold(added("a"), added("c", "b"), added("d", "c"), added("b", "unheard"))
    assert ids(conversation) == ["a", "b", "c", "d"]


def test_a_final_places_only_what_had_no_place() -> None:
    final = event("conversation.item.done", previous_item_id=None, item=message("b", "I am b."))
    late = event("conversation.item.done", previous_item_id="a", item=message("x", "I am x."))
    conversation = fold(added("a"), added("b", "a"), final, late)
    assert ids(conversation) == ["a", "x", "b"]


def test_the_place_of_what_the_user_says_is_told_before_the_item() -> None:
    conversation = fold(
        added("a"),
        added("b", "a"),
        event("input_audio_buffer.committed", item_id="u", previous_item_id="a"),
        event(f"{TRANSCRIPT}.delta", item_id="u", delta=" Good"),
    )
    assert ids(conversation) == ["a", "b"]
    conversation.receive(event(f"{TRANSCRIPT}.completed", item_id="u", transcript="Good day"))
    assert ids(conversation) == ["a", "u", "b"]
    assert words(conversation, "u") == "Good day"


def test_a_transcript_waits_for_its_item() -> None:
    item = message("u", content=[{"type": "input_audio", "transcript": None}])
    conversation = fold(event(f"{TRANSCRIPT}.delta", item_id="u", delta="Good"))
    assert conversation.items == ()
    conversation.receive(event("conversation.item.added", previous_item_id=None, item=item))
    conversation.receive(event("conversation.item.done", previous_item_id=None, item=item))
    conversation.receive(event(f"{TRANSCRIPT}.delta", item_id="u", delta=" day"))
    assert words(conversation, "u") == "Good day"
    conversation.receive(event(f"{TRANSCRIPT}.completed", item_id="u", transcript="Good day."))
    assert words(conversation, "u") == "Good day."


def test_pieces_of_what_is_known_as_a_whole_change_nothing() -> None:
    item = message("u", content=[{"type": "input_audio", "transcript": "Good day."}])
    conversation = fold(event("conversation.item.done", item=item))
    conversation.receive(event(f"{TRANSCRIPT}.delta", item_id="u", delta="Good"))
    assert (words(conversation, "u"), conversation.unplaced) == ("Good day.", 0)


def test_a_repeated_transcript_is_the_whole() -> None:
    conversation = fold(added("u"))
    for end, text in (("updated", "Hel"), ("completed", "Hello,"), ("completed", "Hello, you")):
        conversation.receive(
            event(f"{TRANSCRIPT}.{end}", item_id="x", content_index=0, transcript=text)
        )
    assert words(conversation, "x") == "Hello, you"


@pytest.mark.parametrize("repeated", [False, True])
def test_deltas_go_on_from_the_first_fragment_of_a_call_only(repeated: bool) -> None:
    call = {"type": "function_call", "id": "c", "name": "f", "arguments": '{"x"'}
    item = message("a", "Hel" if repeated else "", role="assistant")
    conversation = fold(
        event("response.output_item.added", response_id="r", item=item),
        delta("Hel"),
        delta("lo"),
        event("response.output_item.added", response_id="r", item=call),
        event("response.function_call_arguments.delta", item_id="c", response_id="r", delta=":1}"),
    )
    assert words(conversation) == "Hello"
    conversation.receive(event("conversation.item.created", item=call))
    item_c = conversation.item("c")
    assert item_c is not None
    assert item_c.to_dict()["arguments"] == '{"x":1}'


def test_a_second_announcement_without_words_takes_none_away() -> None:
    item = message("a", "Hel", role="assistant")
    conversation = fold(
        event("response.output_item.added", response_id="r", item=item),
        event("conversation.item.created", item=message("a", role="assistant")),
    )
    assert words(conversation) == "Hel"


def test_an_announcement_after_the_end_changes_nothing() -> None:
    final = event("conversation.item.done", item=message("a", "Hi.", status="completed"))
    conversation = fold(final, added("a"))
    assert [item.to_dict() for item in conversation.items] == [final.to_dict()["item"]]


def test_a_final_without_words_still_says_the_rest() -> None:
    growing = message("a", "Hi", role="assistant", status="in_progress")
    final = {"id": "a", "type": "message", "role": "assistant", "status": "completed"}
    conversation = fold(
        event("conversation.item.added", item=growing),
        event("conversation.item.done", item={**final, "content": []}),
    )
    assert conversation.items[0].to_dict() == {**growing, "status": "completed"}


def test_finals_replace_what_was_heard_but_not_by_nothing() -> None:
    item = message("a", role="assistant", status="completed")
    events = [delta("Hel"), event("response.output_text.done", item_id="a", text="Hello!")]
    part = {"type": "text", "text": ""}
    done = event("response.content_part.done", response_id="r", item_id="a", part=part)
    final = event("response.output_item.done", response_id="r", item=item)
    conversation = fold(*events, done, final)
    assert words(conversation) == "Hello!"
    assert conversation.items[0].to_dict()["status"] == "completed"
    conversation.receive(
        event("conversation.item.done", item=message("a", "Hello.", role="assistant"))
    )
    assert words(conversation) == "Hello."
    conversation.receive(event("conversation.item.done", item=message("a", role="assistant")))
    assert words(conversation) == "Hello."


def test_what_comes_after_the_end_is_counted() -> None:
    conversation = fold(
        delta("Hi"),
        event("response.output_text.done", item_id="a", response_id="r", text="Hi!"),
        delta("!"),
    )
    assert (words(conversation), conversation.unplaced) == ("Hi!", 1)
    item = message("a", "Hi!", role="assistant")
    conversation.receive(response("done", output=[item]))
    conversation.receive(delta("!"))
    conversation.receive(delta("!", item_id="b"))
    conversation.receive(response("created"))
    assert (ids(conversation), words(conversation), conversation.unplaced) == (["a"], "Hi!", 4)


def test_parts_are_kept_apart() -> None:
    part = {"type": "text", "text": ""}
    part_added = event("response.content_part.added", response_id="r", item_id="a", part=part)
    conversation = fold(
        response("created", output_modalities=["text"]),
        part_added,
        event("response.output_text.delta", response_id="r", item_id="a", delta="One"),
        event("response.output_audio_transcript.delta", item_id="a", content_index=7, delta="Two"),
    )
    assert words(conversation) == "One\nTwo"
    item: Any = conversation.items[0].to_dict()
    types = [part["type"] for part in item["content"]]
    assert types == ["output_text", "output_audio"]


def test_a_call_that_nothing_announced_is_made() -> None:
    name = "response.function_call_arguments"
    conversation = fold(
        event(f"{name}.delta", response_id="r", item_id="c", call_id="1", delta="{"),
        event(f"{name}.done", response_id="r", item_id="c", call_id="1", arguments="{}"),
        event("response.mcp_call_arguments.delta", response_id="r", item_id="m", delta="{}"),
    )
    assert [item.to_dict() for item in conversation.items] == [
        {"type": "function_call", "id": "c", "call_id": "1", "name": "", "arguments": "{}"},
        {"type": "mcp_call", "id": "m", "server_label": "", "name": "", "arguments": "{}"},
    ]


def test_truncation_is_a_mark_that_stays() -> None:
    truncated = event("conversation.item.truncated", item_id="a", audio_end_ms=1500)
    conversation = fold(added("a", role="assistant"), truncated)
    marks = conversation.truncated
    conversation.receive(
        event("conversation.item.done", item=message("a", "All.", role="assistant"))
    )
    assert dict(conversation.truncated) == {"a": 1500}
    assert words(conversation) == "All."
    conversation.receive(event("conversation.item.deleted", item_id="a"))
    assert dict(conversation.truncated) == {}
    assert dict(marks) == {"a": 1500}


def test_a_deleted_item_is_gone_until_it_is_announced_again() -> None:
    deleted = event("conversation.item.deleted", item_id="a")
    conversation = fold(added("a"), added("b", "a"), deleted)
    late = [
        event("conversation.item.done", item=message("a")),
        event("conversation.item.truncated", item_id="a", audio_end_ms=0),
        event("input_audio_buffer.committed", item_id="a"),
        event(f"{TRANSCRIPT}.completed", item_id="a", transcript="Hi"),
        delta("Hi"),
        deleted,
    ]
    for each in (*late, response("done", output=[message("a", "Hi", role="assistant")])):
        assert conversation.receive(each) is None
    assert ids(conversation) == ["b"]
    assert conversation.unplaced == len(late)
    assert [text_of(item) for item in conversation.responses[0].output or ()] == ["Hi"]
    conversation.receive(added("a", "b"))
    assert ids(conversation) == ["b", "a"]


def test_a_retrieved_item_replaces() -> None:
    retrieved = event("conversation.item.retrieved", item=message("a", "Short.", role="assistant"))
    conversation = fold(added("a", role="assistant"), retrieved)
    assert words(conversation) == "Short."
    second = event("response.output_text.delta", item_id="a", content_index=1, delta="More.")
    conversation = fold(delta("Short"), second, retrieved)
    assert words(conversation) == "Short."
    growing = message("b", "He", role="assistant", status="in_progress")
    conversation = fold(
        delta("He", "b"), event("conversation.item.retrieved", item=growing), delta("y", "b")
    )
    assert words(conversation, "b") == "Hey"


def test_audio_is_held_only_if_asked_for() -> None:
    pieces = [base64.b64encode(piece).decode() for piece in (b"a" * 100, b"b" * 101)]
    deltas = [delta(piece, name="output_audio") for piece in pieces]
    spoken = message("a", role="assistant", content=[{"type": "output_audio", "audio": pieces[0]}])
    retrieved = event("conversation.item.retrieved", item=spoken)
    conversation = fold(added("a", role="assistant"), *deltas)
    assert audio(conversation) is None
    conversation = fold(retrieved)
    assert audio(conversation) is None
    none = message("a", role="assistant", content=[{"type": "output_audio", "audio": ""}])
    assert audio(fold(event("conversation.item.retrieved", item=none))) is None
    conversation = fold(*deltas, delta("!", name="output_audio"), audio=True)
    assert base64.b64decode(audio(conversation)) == b"a" * 100 + b"b" * 101
    assert conversation.unplaced == 1
    conversation.receive(retrieved)
    assert audio(conversation) == pieces[0]


SESSIONS: list[tuple[dict[str, Any], int]] = [
    ({}, 48),
    ({"audio": {"output": {"format": {"type": "audio/pcm", "rate": 8000}}}}, 16),
    ({"audio": {"output": {"format": {"type": "audio/pcmu"}}}}, 8),
    ({"output_audio_format": "g711_alaw"}, 8),
    ({"output_audio_format": "pcm16"}, 48),
]


@pytest.mark.parametrize(("settings", "bytes_per_ms"), SESSIONS)
def test_held_audio_is_cut_to_what_was_heard(settings: Any, bytes_per_ms: int) -> None:
    sound = base64.b64encode(bytes(1000)).decode()
    conversation = fold(
        event("session.created", session=settings),
        delta(sound, name="output_audio"),
        event("conversation.item.truncated", item_id="a", audio_end_ms=10),
        event("conversation.item.truncated", item_id="b", audio_end_ms=10),
        audio=True,
    )
    assert len(base64.b64decode(audio(conversation))) == 10 * bytes_per_ms
    conversation.receive(delta(sound, name="output_audio"))  # beyond what was heard
    assert len(base64.b64decode(audio(conversation))) == 10 * bytes_per_ms
    conversation.receive(delta("Hi", name="output_audio_transcript"))
    conversation.receive(event("conversation.item.truncated", item_id="a", audio_end_ms=-1))
    assert audio(conversation) == ""


def test_the_active_response_has_what_it_has_so_far() -> None:
    conversation = fold(response("created", status="in_progress"), delta("Hel"))
    active = conversation.response
    assert isinstance(active, RealtimeResponse)
    assert active is conversation.response
    conversation.receive(delta("lo"))
    assert [text_of(item) for item in active.output or ()] == ["Hel"]
    newer = conversation.response
    assert newer is not None
    assert [text_of(item) for item in newer.output or ()] == ["Hello"]
    conversation.receive(response("done", status="cancelled", output=[]))
    assert conversation.response is None
    assert [text_of(item) for item in conversation.responses[0].output or ()] == ["Hello"]


def test_a_response_out_of_band_adds_nothing() -> None:
    spoken = message("a", "Hello", role="assistant")
    conversation = fold(
        response("created", "r", conversation_id=None),
        delta("Hel"),
        response("created", "main", conversation_id="conv_1"),
        response("created", "s", conversation_id=None),
        delta("lo"),
    )
    assert [*conversation.responses] == []
    assert conversation.response is not None
    assert conversation.response.id == "main"
    assert conversation.item("a") is None
    done = response("done", "main", conversation_id="conv_1")
    conversation.receive(done)
    assert conversation.response.id == "s"
    conversation.receive(response("done", "s", conversation_id=None))
    assert conversation.response.id == "r"
    assert [text_of(item) for item in conversation.response.output or ()] == ["Hello"]
    conversation.receive(response("done", "r", conversation_id=None, output=[spoken]))
    assert conversation.items == ()
    assert [one.id for one in conversation.responses] == ["main", "s", "r"]


def test_an_item_that_is_announced_is_in_the_conversation_whatever_null_says() -> None:
    conversation = fold(
        response("created", "r", conversation_id=None),
        delta("Hello"),
        added("a", role="assistant"),
        response("done", "r", conversation_id=None),
    )
    assert ids(conversation) == ["a"]


def test_a_newer_response_and_a_new_session_close_the_open_one() -> None:
    session = event("session.created", session={"type": "realtime", "id": "sess_1"})
    conversation = fold(
        session,
        added("u"),
        response("created", "r", status="in_progress"),
        delta("Hel"),
        response("created", "s", status="in_progress"),
        event("session.created", session={"type": "realtime", "id": "sess_2"}),
        added("v"),
        added("w", "v"),
    )
    assert conversation.response is None
    assert [one.status for one in conversation.responses] == ["in_progress"] * 2
    assert ids(conversation) == ["u", "a", "v", "w"]
    assert isinstance(conversation.session, RealtimeSessionCreateResponseGA)
    assert conversation.session.id == "sess_2"
    # A late end of the first still counts.
    usage = {"total_tokens": 3}
    conversation.receive(response("done", "r", status="cancelled", usage=usage, output=[]))
    assert [one.status for one in conversation.responses] == ["in_progress", "cancelled"]
    assert conversation.usage.total_tokens == 3
    conversation.receive(delta("lo"))
    assert words(conversation) == "Hello"


def test_the_first_item_of_a_connection_follows_the_last_of_the_earlier() -> None:
    session = event("session.created", session={})
    gone = event("conversation.item.deleted", item_id="b")
    conversation = fold(added("a"), added("b", "a"), session, gone, added("c"))
    assert ids(conversation) == ["a", "c"]
    gone = event("conversation.item.deleted", item_id="a")
    conversation = fold(added("a"), session, gone, added("c"), added("b"))
    assert ids(conversation) == ["b", "c"]


def test_a_repeated_end_is_counted_once() -> None:
    done = response("done", usage={"total_tokens": 2, "input_token_details": {"text_tokens": 1}})
    other = response("done", "s", usage={"input_token_details": {"text_tokens": 5, "new": "x"}})
    odd = response("done", "t", usage={"input_token_details": 1, "output_tokens": None})
    conversation = fold(done, done, other, odd)
    assert conversation.usage.to_dict() == {
        "total_tokens": 2,
        "input_tokens": 0,
        "output_tokens": 0,
        "input_token_details": {"text_tokens": 6, "new": 0},
    }
    assert Conversation().usage == RealtimeResponseUsage(
        total_tokens=0, input_tokens=0, output_tokens=0
    )


def test_the_last_responses_are_held() -> None:
    done = [response("done", f"r{number}") for number in range(5)]
    assert [one.id for one in fold(*done, keep_responses=2).responses] == ["r3", "r4"]
    assert fold(*done, keep_responses=0).responses == ()


def test_a_beta_server_has_beta_responses() -> None:
    def beta(type: str, **fields: object) -> Any:
        data = {"type": type, "event_id": "event_1", **fields}
        return realtime_beta_server_event_from_dict(data, invalid="keep")

    part = {"type": "audio", "transcript": ""}
    numbers = {"response_id": "r", "item_id": "a", "content_index": 0, "output_index": 0}
    conversation = fold(
        beta("session.created", session={"modalities": ["audio", "text"]}),
        beta("response.content_part.added", part=part, **numbers),
        beta("response.audio_transcript.delta", delta="Hi", **numbers),
    )
    assert isinstance(conversation.session, RealtimeSession)
    assert isinstance(conversation.response, RealtimeBetaResponse)
    assert conversation.response.output == conversation.items
    assert conversation.items[0].to_dict()["content"] == [{"type": "audio", "transcript": "Hi"}]
    # So it is when they are read in the current form, which does not know the delta.
    same = fold(delta("Hi", name="audio_transcript"))
    assert same.items == conversation.items


def test_a_translation_has_a_session_and_no_items() -> None:
    session = {"id": "s", "type": "translation", "expires_at": 1, "model": "m", "audio": {}}
    texts: list[dict[str, Any]] = [
        {"type": "session.created", "event_id": "1", "session": session},
        {"type": "session.output_transcript.delta", "event_id": "2", "delta": "Où"},
        {"type": "session.closed", "event_id": "3"},
    ]
    events: Any = [realtime_translation_server_event_from_dict(text) for text in texts]
    conversation = fold(*events)
    assert isinstance(conversation.session, RealtimeTranslationSession)
    assert (conversation.items, conversation.unplaced) == ((), 1)


def test_errors_are_matched_by_their_event_id_only() -> None:
    update = RealtimeClientEventSessionUpdate(
        event_id="mine", session=RealtimeSessionCreateRequestGA()
    )
    conversation = Conversation()
    conversation.sent(update)
    conversation.sent(RealtimeClientEventSessionUpdate(session=RealtimeSessionCreateRequestGA()))
    for named in ("mine", None, "unheard"):
        error = {"type": "invalid_request_error", "message": "No.", "event_id": named}
        conversation.receive(event("error", error=error))
    assert [answered for _, answered in conversation.refusals] == [update, None, None]


def test_the_newest_sent_events_and_errors_are_held() -> None:
    conversation = Conversation()
    settings = RealtimeSessionCreateRequestGA()
    for number in range(300):
        conversation.sent(RealtimeClientEventSessionUpdate(event_id=f"{number}", session=settings))
    for number in range(300):
        error = {"type": "server_error", "message": "No.", "event_id": f"{number}"}
        conversation.receive(event("error", error=error))
    answered = [sent.to_dict()["event_id"] for _, sent in conversation.refusals if sent]
    assert answered == [f"{number}" for number in range(100, 300)]
    error = {"type": "server_error", "message": "No.", "event_id": "99"}
    conversation.receive(event("error", error=error))
    assert conversation.refusals[-1][1] is None


BROKEN = [
    event("response.dreamed"),
    Unknown({}),
    event("error", error="No."),
    event("rate_limits.updated", rate_limits={}),
    event("session.created", session=None),
    event("response.created", response=None),
    event("response.created", response={}),
    event("response.done", response={}),
    event("conversation.item.added", item=None),
    event("conversation.item.added", item={"type": "message"}),
    event("conversation.item.deleted"),
    event("conversation.item.truncated", item_id="a", audio_end_ms="1"),
    event("response.output_text.delta", item_id="a", delta=None),
    event("response.output_text.delta", item_id="", delta="Hi"),
]


@pytest.mark.parametrize("broken", BROKEN)
def test_what_does_not_fit_is_counted(broken: Any) -> None:
    conversation = fold(broken)
    assert conversation.unplaced == 1
    assert [text_of(item) for item in conversation.items] in ([], [""])
    assert not any((conversation.refusals, conversation.responses, conversation.rate_limits))


def test_content_that_is_broken_stays_as_it_came() -> None:
    spoken = {"type": "output_audio", "transcript": "Hi"}
    item = message("a", role="tool", content=[1, spoken])
    conversation = fold(event("conversation.item.added", item=item))
    assert [one.to_dict() for one in conversation.items] == [item]
    conversation.receive(delta("Yes"))
    assert words(conversation) == "Yes"


def test_only_messages_have_words() -> None:
    call = {"type": "function_call", "id": "c", "name": "f", "arguments": "{}"}
    assert text_of(realtime_conversation_item_from_dict(call)) == ""
    parts = [{"type": "input_text", "text": "a"}, {"type": "input_image"}, {"type": "thought"}]
    spoken = {"type": "input_audio", "transcript": "b"}
    item = message("m", content=[*parts, spoken])
    assert text_of(realtime_conversation_item_from_dict(item)) == "a\nb"
    assert text_of(Unknown({**item, "role": "tool"})) == "a\nb"
    assert text_of(realtime_conversation_item_from_dict({}, invalid="keep")) == ""
