"""Select what may be sent of a received value: the API refuses fields that it does not expect.

Fields that only servers send, nulls without a meaning, ``extra``, which also holds the broken
fields that were kept, and optional fields that servers are known to refuse are left out. A spoken
part of a message becomes the text of its transcript, since servers never return its audio.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .base import M, Model
from .errors import Problem
from .json_values import JSON_TYPES, TUPLE, JsonObject, JsonValue, freeze, is_map, thaw
from .model import Unknown
from .notices import refusals
from .sentinel import UNSET
from .shape import TypeShape, model_shape, select_model, shape_of
from .slow_decoder import examine

USER: Final = "RealtimeConversationItemMessageUserContentInner"
ASSISTANT: Final = "RealtimeConversationItemMessageAssistantContentInner"
SPOKEN: Final = {
    # The server refuses one without `text`, and never sends its audio back.
    (ASSISTANT, "output_audio"): "output_text",
    (ASSISTANT, "audio"): "text",
    # The server refuses one without `audio`; with it, as a client has sent it, it may be sent.
    (USER, "input_audio"): "input_text",
    (USER, "audio"): "input_text",
}
"""The type of the text that replaces a spoken part, by its class and its type."""


def as_request(value: Model, request: type[M]) -> M:
    """Return what may be sent of a received value, as a request.

    Raises ``ValueError`` where a required field is missing, because it was kept though it is
    broken, where nothing is left to send, and for what servers refuse that cannot be left out.
    """
    data = declared_fields(value)
    for name in value._read_only:
        data.pop(name, None)
    shape = shape_of(request)
    sent = to_request_data(shape, data)
    if value.problems and not sent:
        raise ValueError(f"{type(value).__name__}: nothing is left to send: {value.problems[0]}")
    refused = _refused(shape, sent)
    for problem in refused:
        _leave_out(sent, problem.pointer)
    if refused and (_refused(shape, sent) or examine(shape, sent)[1]):
        raise ValueError(f"{type(value).__name__}: {refused[-1]}")
    return request.from_dict(sent)


def _refused(shape: TypeShape, sent: dict[str, JsonValue]) -> list[Problem]:
    """Return what the servers of both APIs refuse of a request, the last first.

    So an item that is left out moves none of the others.
    """
    beta = [*refusals(shape, sent, "beta")]
    of_both = [one for one in refusals(shape, sent, "ga") if one in beta]
    return [*refusals(shape, sent, None), *of_both][::-1]


def _leave_out(value: JsonValue, pointer: str) -> None:
    """Remove a member of an object, or an item of an array, if it is not the only one."""
    owner, _, last = pointer.rpartition("/")
    for name in owner.split("/")[1:]:
        item = value[int(name)] if isinstance(value, list) else None
        value = value[name] if isinstance(value, dict) else item
    if isinstance(value, list) and len(value) > 1:
        del value[int(last)]
    elif isinstance(value, dict):
        value.pop(last, None)


def declared_fields(value: Model) -> dict[str, JsonValue]:
    """Return the fields of a value that could be decoded, without ``extra``; all of an unknown."""
    if isinstance(value, Unknown):
        return value.to_dict()
    found: dict[str, JsonValue] = {}
    for name, field in value._items():
        if name != "extra" and field is not UNSET:
            found[name] = _declared(field)
    return found


def _declared(value: object) -> JsonValue:
    if isinstance(value, Model):
        return declared_fields(value)
    if type(value) is TUPLE:
        return [_declared(item) for item in value]
    if is_map(value) and not isinstance(value, JsonObject):
        return {name: _declared(member) for name, member in value.items()}
    return thaw(freeze(value))


def to_request_data(shape: TypeShape, value: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the fields of an object that the request has, without nulls without a meaning."""
    case = shape.cases["object"]
    if case.items is not None:
        return {name: _to_request_value(case.items, item) for name, item in value.items()}
    model = select_model(case, value)
    if model is None:  # free-form, or newer than this library
        return dict(value)
    value = _as_text(model, value)
    sent: dict[str, JsonValue] = {}
    for name, field in model_shape(model).fields.items():
        if name in value and _may_be_sent(field.shape, value[name]):
            sent[name] = _to_request_value(field.shape, value[name])
            if sent[name] == [] != value[name]:
                raise ValueError(f"{model.__name__}.{name}: no spoken part has a transcript")
    return sent


def _may_be_sent(shape: TypeShape, value: JsonValue) -> bool:
    """Whether the request takes this JSON type here, null only where it has a meaning."""
    if value is None:
        return shape.takes_null
    names = {"integer", "number"} if type(value) in (int, float) else {JSON_TYPES[type(value)]}
    return not names.isdisjoint(shape.cases)


def _to_request_value(shape: TypeShape, value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return to_request_data(shape, value)
    if isinstance(value, list) and (items := shape.cases["array"].items):
        return [_to_request_value(items, item) for item in value if not _is_mute(items, item)]
    return value


def _is_mute(shape: TypeShape, item: JsonValue) -> bool:
    """Whether an item is a spoken part without any text."""
    if not isinstance(item, dict):
        return False
    model = select_model(shape.cases["object"], item)
    return model is not None and _text_type(model, item) is not None and _words(item) is None


def _as_text(model: type[Model], part: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    """Return a spoken part as the text of its transcript; any other object as it is."""
    text = _text_type(model, part)
    return part if text is None else {"type": text, "text": _words(part)}


def _text_type(model: type[Model], part: Mapping[str, JsonValue]) -> str | None:
    """Return the type of the text that is sent for a spoken part; ``None`` for other objects."""
    text = SPOKEN.get((model.__name__, str(part.get("type"))))
    return None if text == "input_text" and part.get("audio") is not None else text


def _words(part: Mapping[str, JsonValue]) -> JsonValue:
    """Return the words of a spoken part: its transcript, or the text beside it."""
    transcript = part.get("transcript")
    return part.get("text") if transcript is None else transcript
