"""Select what may be sent of a received value: the API refuses fields that it does not expect.

Fields that only servers send, nulls without a meaning, ``extra``, which also holds the broken
fields that were kept, and optional fields that servers are known to refuse are left out. A spoken
part of a message becomes the text of its transcript, since servers never return its audio.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .base import M, Model, models_in
from .errors import Problem
from .json_values import JSON_TYPES, TUPLE, JsonValue, freeze, is_map, thaw
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

    Raises ``ValueError`` where something required was kept broken, where nothing is left to send,
    for an unknown object, and for what servers refuse that cannot be left out.
    """
    shape = shape_of(request)
    sent = _object_to_send(shape, _fields(value))
    if value.problems and not sent:
        raise ValueError(f"{type(value).__name__}: nothing is left to send: {value.problems[0]}")
    refused = _refused(shape, sent)
    for problem in refused:
        _leave_out(sent, problem.pointer)
    if refused and (_refused(shape, sent) or examine(shape, sent)[1]):
        raise ValueError(f"{type(value).__name__}: {refused[-1]}")
    made = request.from_dict(sent)
    for model in models_in(made):
        if isinstance(model, Unknown):
            model.to_request()
    return made


def _fields(value: Model) -> dict[str, object]:
    """Return the fields of a value that could be decoded, and that not only servers send."""
    names = value._known - value._read_only
    return {name: part for name, part in value._items() if name in names and part is not UNSET}


def _to_send(shape: TypeShape, value: object) -> JsonValue:
    """Return what is sent of a value, in a field or an array of this shape."""
    if isinstance(value, Unknown) and shape.cases["object"].unknown:
        return value.to_dict()
    if isinstance(value, Model):
        return _object_to_send(shape, value.data if isinstance(value, Unknown) else _fields(value))
    if type(value) is TUPLE and (items := shape.cases["array"].items):
        return [_to_send(items, item) for item in value if not _is_mute(item)]
    if is_map(value) and (members := shape.cases["object"].items):
        return {name: _to_send(members, member) for name, member in value.items()}
    return thaw(freeze(value))


def _object_to_send(shape: TypeShape, fields: Mapping[str, object]) -> dict[str, JsonValue]:
    """Return the fields that the request has, without nulls without a meaning."""
    # Requests have all variants that are received; checkers do not know it.
    model = select_model(shape.cases["object"], fields) or Unknown
    fields = _as_text(model, fields) or fields
    sent: dict[str, JsonValue] = {}
    for name, field in model_shape(model).fields.items():
        if name in fields and _may_be_sent(field.shape, fields[name]):
            sent[name] = _to_send(field.shape, fields[name])
            if sent[name] == [] and fields[name]:
                raise ValueError(f"{model.__name__}.{name}: no spoken part has a transcript")
    return sent


def _may_be_sent(shape: TypeShape, value: object) -> bool:
    """Return whether the request takes this JSON type here, null only where it has a meaning."""
    if value is None:
        return shape.takes_null
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return not {"integer", "number"}.isdisjoint(shape.cases)
    if isinstance(value, Model) or is_map(value):
        return "object" in shape.cases
    return ("array" if type(value) is TUPLE else JSON_TYPES[type(value)]) in shape.cases


def _is_mute(item: object) -> bool:
    """Return whether an item is a spoken part without any text."""
    part = _as_text(type(item), _fields(item)) if isinstance(item, Model) else None
    return part is not None and part["text"] is None


def _as_text(model: type[Model], part: Mapping[str, object]) -> dict[str, object] | None:
    """Return the text that is sent for a spoken part: its transcript, or the text beside it.

    It is ``None`` for other objects.
    """
    text = SPOKEN.get((model.__name__, str(part.get("type"))))
    if text is None or (text == "input_text" and part.get("audio") is not None):
        return None
    transcript = part.get("transcript")
    return {"type": text, "text": part.get("text") if transcript is None else transcript}


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
