"""What holds of every value: nothing raises, nothing goes untold, and what comes back is equal."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import realtime_models as rm
from codegen.names import snake
from realtime_models._runtime.conversion import NO_DETECTION, convert
from realtime_models.wire.correspondence import TYPES
from tests.support.catalog import MODELS, by_name
from tests.support.strategies import instances, mutated

BETA = (
    "RealtimeBetaClientEvent",
    "RealtimeBetaServerEvent",
    "RealtimeSessionCreateRequest",
    "RealtimeTranscriptionSessionCreateRequest",
    "RealtimeSession",
    "RealtimeTranscriptionSessionCreateResponse",
    "RealtimeBetaResponse",
    "RealtimeBetaResponseCreateParams",
    "RealtimeConversationItem",
)
GA = (
    "RealtimeClientEvent",
    "RealtimeServerEvent",
    "RealtimeSessionCreateRequestGA",
    "RealtimeTranscriptionSessionCreateRequestGA",
    "RealtimeSessionCreateResponseGA",
    "RealtimeTranscriptionSessionCreateResponseGA",
    "RealtimeResponse",
    "RealtimeResponseCreateParams",
    "RealtimeConversationItem",
)
TAGS = {
    "response.output_text.delta": "response.text.delta",
    "response.output_text.done": "response.text.done",
    "response.output_audio.delta": "response.audio.delta",
    "response.output_audio.done": "response.audio.done",
    "response.output_audio_transcript.delta": "response.audio_transcript.delta",
    "response.output_audio_transcript.done": "response.audio_transcript.done",
    "conversation.item.added": "conversation.item.created",
    **dict.fromkeys(("text", "input_text", "output_text"), "text"),
    **dict.fromkeys(("audio", "input_audio", "output_audio"), "audio"),
}
"""The names that come back as others, since a type has both."""


def kept(name: str, data: Any) -> Any:
    """Decode an object as a type, whatever is wrong with it."""
    found: Any = getattr(rm, name)
    if isinstance(found, type):
        found = getattr(rm, name).from_dict
    else:
        found = getattr(rm, f"{snake(name)}_from_dict")
    return found(data, invalid="keep")


def without(data: Any, pointers: list[str]) -> Any:
    """Return an object without the values at some pointers."""
    data = copy.deepcopy(data)
    for pointer in sorted(pointers, key=last_first, reverse=True):
        *outer, last = [step.replace("~1", "/").replace("~0", "~") for step in steps(pointer)]
        inner = data
        for step in outer:
            inner = inner[int(step) if isinstance(inner, list) else step]
        del inner[int(last) if isinstance(inner, list) else last]
    return data


def steps(pointer: str) -> list[str]:
    """Return the steps of a pointer."""
    return pointer.split("/")[1:]


def last_first(pointer: str) -> list[tuple[int, str]]:
    """Return a key by which the items of arrays are in order."""
    return [(int(step) if step.isdecimal() else -1, step) for step in steps(pointer)]


def plain(value: Any) -> Any:
    """Return a value of the beta without what may come back otherwise.

    Those are nulls without a meaning, the order of modalities, the two names of the limit, names
    of which a type has several, types that may be left out, and what vendors write for no
    detection.
    """
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {name: plain(item) for name, item in value.items() if item is not None}
    for name, item in [*found.items()]:
        if name == "type" and isinstance(item, str):
            found["type"] = TAGS.get(item, item)
        elif name == "modalities":
            found[name] = sorted({"text", *item} & {"text", "audio"}) if item else None
        elif name == "turn_detection":
            kind = item.get("type", None if "type" in value[name] else "server_vad")
            found[name] = None if kind in NO_DETECTION else {"type": kind, **item}
        elif name == "tools" and isinstance(item, list):
            found[name] = [{"type": "function", **tool} for tool in item]
        elif name == "max_response_output_tokens":
            found["max_output_tokens"] = found.pop(name)
    return {name: item for name, item in found.items() if item is not None}


@pytest.mark.parametrize("name", BETA)
@given(data=st.data())
def test_what_comes_back_is_what_was_given_without_what_is_lost(
    name: str, data: st.DataObject
) -> None:
    given = data.draw(instances(name))
    there = convert(TYPES, kept(name, given), "ga")
    assert there.value is not None
    back = convert(TYPES, there.value, "beta")
    lost = [told.pointer for told in there.lost]
    # What the class of an item has of the current API is lost on the way back; what is done is.
    assume(not back.lost)
    assert back.value is not None
    assert plain(back.value.to_dict()) == plain(without(given, lost))


@pytest.mark.parametrize("name", sorted({*BETA, *GA}))
@given(data=st.data())
def test_nothing_raises_and_what_is_lost_was_there(name: str, data: st.DataObject) -> None:
    given = data.draw(mutated(name))
    assume(isinstance(given, dict))
    value = kept(name, given)
    before = value.to_dict()
    for to in ("ga", "beta"):
        converted = convert(TYPES, value, to)
        assert value.to_dict() == before
        pointers = [told.pointer for told in converted.lost]
        assert {told.code for told in converted.lost} <= {"no_place"}
        if pointers == [""]:
            assert converted.value is None
        else:
            assert converted.value is not None
            without(before, pointers)
            assert convert(TYPES, converted.value, to).value is not None


@pytest.mark.parametrize("name", [*BETA[:1], *BETA[2:4], BETA[7]])
@given(data=st.data())
def test_a_request_has_nothing_that_the_other_form_does_not_know(
    name: str, data: st.DataObject
) -> None:
    value = kept(name, data.draw(instances(name)))
    assume(not isinstance(value, rm.Unknown))
    there = convert(TYPES, value, "ga").value
    back = convert(TYPES, there, "beta").value
    for sent in (there, back):
        assert sent is not None
        if not sent.problems:
            told = rm.check(type(sent), sent.to_dict())
            assert {problem.code for problem in told} <= REFUSABLE, told


REFUSABLE = {
    *("unknown_value", "unknown_variant", "out_of_range", "too_short", "too_long", "pattern"),
    "refused",  # such as a spoken part of the assistant that has no text
}
"""What is wrong with values comes over with them; no field is unknown, or null for nothing."""


@pytest.mark.parametrize("model", MODELS, ids=by_name)
def test_a_type_is_converted_or_refused(model: Any) -> None:
    value = model.from_dict({}, invalid="keep")
    if model in TYPES:
        assert convert(TYPES, value, "ga").value is not None
    else:
        with pytest.raises(TypeError, match=f"^{model.__name__} has no other form$"):
            convert(TYPES, value, "ga")
