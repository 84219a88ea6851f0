"""The official SDK with its own classes: as its connection decodes events."""

from __future__ import annotations

from functools import cache, partial
from operator import methodcaller
from typing import Any, Final

from openai._models import construct_type_unchecked
from openai.resources.realtime.realtime import RealtimeConnection
from openai.types.beta.realtime.session_create_response import SessionCreateResponse
from openai.types.realtime import RealtimeServerEvent

from .peer import Function, Functions, Peer, read_json
from .pydantic_models import fields

KINDS: Final[dict[str, Any]] = {
    "RealtimeServerEvent": RealtimeServerEvent,
    "RealtimeSessionCreateResponse": SessionCreateResponse,
}
"""Its classes for the types of the payloads."""
CONSTRUCT: Final[Function] = construct_type_unchecked
PARSE_EVENT: Final[Function] = RealtimeConnection.parse_event
LESS: Final[frozenset[str]] = frozenset(["types", "classes", "variants", "arrays", "objects"])


@cache
def functions(type_name: str) -> Functions:
    """Return what ``connection.recv()`` does with a message, and the same for other types."""
    decode = partial(_construct, KINDS[type_name])
    read: Function = lambda text: decode(read_json(text))  # noqa: E731
    if type_name == "RealtimeServerEvent":
        read = partial(PARSE_EVENT, None)  # a method that does not use its connection
    return Functions(decode, read, methodcaller("to_dict"), methodcaller("to_json", indent=None))


def _construct(kind: object, data: object) -> object:
    return CONSTRUCT(value=data, type_=kind)


PEER: Final = Peer("openai", LESS, functions, fields=fields)
