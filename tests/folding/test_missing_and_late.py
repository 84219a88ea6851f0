"""What a conversation holds when events are missing, late, or come twice."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from realtime_models import (
    Conversation,
    RealtimeResponse,
    realtime_beta_server_event_from_dict,
    realtime_server_event_from_dict,
    text_of,
)
from tests.folding.recordings import added, delta, event, fold, message, response
from tests.folding.test_rules import TRANSCRIPT, ids, words


def part(end: str, index: object, **fields: object) -> Any:
    """Return the begin or the end of a part."""
    numbers = {"response_id": "r", "item_id": "a", "content_index": index}
    return event(f"response.content_part.{end}", **numbers, part=fields)


def done(item: dict[str, Any], previous: object = None) -> Any:
    """Return the last word on an item."""
    return event("conversation.item.done", previous_item_id=previous, item=item)


def test_a_conversation_begins_with_nothing() -> None:
    empty = Conversation()
    assert (empty.session, empty.response, empty.items, empty.responses) == (None, None, (), ())
    assert (empty.unplaced, empty.refusals, empty.rate_limits) == (0, (), ())


def test_a_hundred_responses_are_held_unless_others_are_asked_for() -> None:
    ends = [response("done", f"r{number}") for number in range(101)]
    assert [one.id for one in fold(*ends).responses] == [f"r{n}" for n in range(1, 101)]


def test_a_response_and_a_message_that_nothing_announced_are_made() -> None:
    text = {"type": "output_text", "text": ""}
    for first in (part("added", 0, **text), delta("", "a")):
        conversation = fold(first)
        item = {"id": "a", "type": "message", "role": "assistant", "content": [text]}
        assert [one.to_dict() for one in conversation.items] == [item]
        assert conversation.response == RealtimeResponse(
            id="r", status="in_progress", output=conversation.items
        )


def test_a_part_is_begun_and_ended_under_the_name_that_the_item_has() -> None:
    conversation = fold(
        response("created", output_modalities=["audio"]),
        part("done", 1, type="text", text="One"),
        part("added", 0, type="audio", transcript="Tw"),
        part("added", 2, text="un"),
        part("added", 3, type="output_audio"),
        delta("Tw", name="output_audio_transcript"),
        delta("o", name="output_audio_transcript"),
        part("done", 2, text="untyped"),
    )
    content = [
        {"type": "output_audio", "transcript": "Two"},
        {"type": "output_text", "text": "One"},
        {"type": "output_text", "text": "untyped"},
        {"type": "output_audio"},
    ]
    assert conversation.items[0].to_dict()["content"] == content
    conversation.receive(done(message("a", "All", "assistant")))
    conversation.receive(part("done", 0, type="text", text="late"))
    assert words(conversation) == "All"


def test_a_part_has_the_name_that_items_have_in_the_form_of_the_session() -> None:
    spoken = delta("Hi", name="output_audio_transcript")
    for session, kind in (({"type": "realtime"}, "output_audio"), ({"modalities": []}, "audio")):
        data: Any = {"type": "session.created", "event_id": "event_1", "session": session}
        for read in (realtime_server_event_from_dict, realtime_beta_server_event_from_dict):
            begun: Any = read(data, invalid="keep")
            (item,) = fold(begun, spoken).items
            assert item.to_dict()["content"] == [{"type": kind, "transcript": "Hi"}]


@pytest.mark.parametrize("index", [None, -1, "1"])
def test_a_part_without_a_number_is_the_first(index: object) -> None:
    second = event("response.output_text.delta", item_id="a", content_index=index, delta="!")
    assert words(fold(delta("Hi"), second)) == "Hi!"


def test_a_part_of_the_beta_has_the_short_name() -> None:
    conversation = fold(event("session.created", session={"modalities": ["text"]}))
    conversation.receive(part("added", 0, type="audio", transcript=""))
    (item,) = conversation.items
    assert item.to_dict()["content"] == [{"type": "audio", "transcript": ""}]


def test_the_last_word_on_a_part_may_come_after_that_on_the_item() -> None:
    late = event("response.output_text.done", item_id="a", text="All of it")
    assert words(fold(done(message("a", "All", "assistant")), late)) == "All of it"


def test_an_empty_last_word_leaves_all_that_was_heard() -> None:
    end = event("response.output_text.done", item_id="a", response_id="r", text="")
    assert words(fold(delta("Hel"), delta("l"), delta("o"), end)) == "Hello"
    assert words(fold(added("a"), end)) == "I am a."


def test_an_item_is_made_anew_after_its_own_change_only() -> None:
    conversation = fold(added("a"))
    (first,) = conversation.items
    conversation.receive(added("b", "a"))
    assert conversation.items[0] is first
    conversation.receive(done(message("a", "Other")))
    assert text_of(conversation.items[0]) == "Other"


def test_an_item_that_was_created_goes_on_growing() -> None:
    item = message("a", role="assistant")
    created = event("conversation.item.created", previous_item_id=None, item=item)
    conversation = fold(added("u"), delta("He"), created, delta("y"))
    assert (ids(conversation), words(conversation)) == (["u", "a"], "Hey")


def test_output_is_announced_by_the_conversation_alone() -> None:
    output = event(
        "response.output_item.added", response_id="r", item=message("a", role="assistant")
    )
    aside = fold(response("created", conversation_id=None), output)
    assert (aside.items, aside.unplaced) == ((), 0)
    gone = fold(added("a"), event("conversation.item.deleted", item_id="a"), output)
    assert (gone.items, gone.unplaced) == ((), 1)


def test_a_final_without_a_place_leaves_the_item_last() -> None:
    assert ids(fold(added("a"), done(message("x")))) == ["a", "x"]


def test_a_final_moves_no_item_that_was_announced() -> None:
    items = [added("a"), added("b", "a"), added("c", "b")]
    assert ids(fold(*items, done(message("c"), "a"))) == ["a", "b", "c"]


def test_a_final_that_repeats_a_place_moves_no_item() -> None:
    items = [added("a"), added("c", "a"), added("b", "a")]
    assert ids(fold(*items, done(message("c"), "a"))) == ["a", "b", "c"]


def test_a_place_that_was_told_before_the_item_is_not_forgotten() -> None:
    committed = event("input_audio_buffer.committed", item_id="u", previous_item_id="a")
    conversation = fold(added("a"), added("b", "a"), committed, done(message("u")))
    assert ids(conversation) == ["a", "u", "b"]


def test_a_response_that_a_new_session_cut_off_may_still_end() -> None:
    conversation = fold(delta("Hi"), event("session.created", session={"type": "realtime"}))
    conversation.receive(event(f"{TRANSCRIPT}.delta", item_id="u", delta="Yes"))
    conversation.receive(delta("!"))
    assert conversation.response is None
    assert len(conversation.responses) == 1
    unheard = message("b", "Oh", "assistant")
    conversation.receive(response("done", output=[unheard], usage={"total_tokens": 3}))
    assert conversation.usage.total_tokens == 3
    assert ids(conversation) == ["a", "b"]


def test_a_response_that_is_announced_twice_goes_on_and_another_ends_it() -> None:
    begun = response("created", status="in_progress")
    assert fold(begun, begun).responses == ()
    other = response("created", "s", status="in_progress")
    conversation = fold(begun, begun, other, delta("late"))
    assert [one.id for one in conversation.responses] == ["r"]
    assert conversation.response is not None
    assert conversation.response.id == "s"


def test_a_response_that_begins_with_an_item_goes_on_with_it() -> None:
    begun = response("created", output=[message("a", "Hel", "assistant")])
    assert words(fold(begun, delta("Hel"), delta("lo"))) == "Hello"


def test_an_end_by_itself_places_its_items_unless_the_response_began_aside() -> None:
    end = response("done", output=[message("a", "Hi", "assistant")])
    assert ids(fold(end)) == ["a"]
    assert ids(fold(added("u"), end, added("v", "a"), added("w", "u"))) == ["u", "w", "a", "v"]
    assert fold(response("created", conversation_id=None), end).items == ()
    two = response("done", output=[message("a"), message("b")])
    assert ids(fold(two, added("u", "a"))) == ["a", "u", "b"]


def test_the_sound_of_an_end_by_itself_is_held_if_asked_for() -> None:
    sound = [{"type": "output_audio", "audio": "AAAA"}]
    end = response("done", output=[message("a", role="assistant", content=sound)])
    (item,) = fold(end, audio=True).items
    assert item.to_dict()["content"] == sound


def test_the_arguments_of_a_call_are_lost_by_no_announcement_without_them() -> None:
    call = {"type": "function_call", "id": "c", "name": "f", "arguments": ""}
    name = "response.function_call_arguments.delta"
    conversation = fold(
        event("response.output_item.added", response_id="r", item=call),
        event(name, item_id="c", response_id="r", delta="{"),
        event("conversation.item.created", item=call),
        event(name, item_id="c", response_id="r", delta="}"),
    )
    assert conversation.items[0].to_dict() == {**call, "arguments": "{}"}
    conversation.receive(done(call))
    assert conversation.items[0].to_dict() == {**call, "arguments": "{}"}
    conversation.receive(done({**call, "arguments": "[]"}))
    assert conversation.items[0].to_dict() == {**call, "arguments": "[]"}


def test_an_item_that_is_broken_is_held_as_it_came() -> None:
    item = {"id": "a", "type": "message", "role": "user", "content": "none"}
    (held,) = fold(event("conversation.item.added", item=item)).items
    assert held.to_dict() == item
    assert [problem.pointer for problem in held.problems] == ["/content"]


def test_an_end_without_output_is_held_as_it_is() -> None:
    end = response("done", status="failed")
    assert [one.to_dict() for one in fold(end).responses] == [{"id": "r", "status": "failed"}]


def test_a_finished_response_has_what_its_end_lists() -> None:
    end = response("done", output=[message("b"), message("a", "Hi!", "assistant")])
    (finished,) = fold(delta("Hi"), delta("Oh", "c"), end).responses
    assert [item.id for item in finished.output or ()] == ["b", "a"]
    assert ids(fold(delta("Hi"), delta("Oh", "c"), end)) == ["a", "c", "b"]


def test_what_was_said_aside_is_over_with_its_response() -> None:
    aside = response("created", conversation_id=None)
    conversation = fold(aside, delta("Hi"), response("done", conversation_id=None))
    assert conversation.receive(delta("!")) is None
    assert (conversation.items, conversation.unplaced) == ((), 1)


@pytest.mark.parametrize(
    "pieces",
    [
        ["AAAA", "BBBB", "CCCC"],
        ["AAAA", "BBB=", "CCCC"],
        ["AA==", "BBBB", "CC=="],
        ["AA==", "A===", "BBBB"],  # The second is not Base64.
    ],
    ids="+".join,
)
def test_pieces_of_sound_are_joined_wherever_their_padding_is(pieces: list[str]) -> None:
    deltas = [delta(piece, name="output_audio") for piece in pieces]
    (item,) = fold(*deltas, audio=True).items
    content: Any = item.to_dict()["content"]
    sound = b"".join(b64decode(piece) for piece in pieces if piece != "A===")
    assert b64decode(content[0]["audio"], validate=True) == sound


def test_what_the_user_says_is_a_message_of_the_user_though_nothing_announced_it() -> None:
    (item,) = fold(event(f"{TRANSCRIPT}.completed", item_id="u", transcript="Yes")).items
    spoken = {"type": "input_audio", "transcript": "Yes"}
    assert item.to_dict() == {"id": "u", "type": "message", "role": "user", "content": [spoken]}


@pytest.mark.parametrize("known", [{"call_id": "", "name": ""}, {"call_id": "1", "name": "f"}])
def test_a_call_that_nothing_announced_has_what_its_event_says(known: dict[str, str]) -> None:
    said = {name: text for name, text in known.items() if text}
    end = event("response.function_call_arguments.done", item_id="c", arguments="{}", **said)
    (item,) = fold(end).items
    assert item.to_dict() == {"type": "function_call", "id": "c", **known, "arguments": "{}"}


def test_the_arguments_of_a_call_may_be_empty() -> None:
    (item,) = fold(event("response.function_call_arguments.done", item_id="c", arguments="")).items
    assert item.to_dict()["arguments"] == ""


def test_a_second_final_without_words_takes_none_away() -> None:
    end = done(message("a", "Hi.", "assistant"))
    again = event("conversation.item.retrieved", item={**message("a", "", "assistant")})
    assert words(fold(end, again)) == "Hi."
