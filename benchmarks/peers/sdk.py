"""The official SDK with its own classes: as its connection decodes events, and validated."""

from __future__ import annotations

from functools import partial
from operator import methodcaller

from openai._models import construct_type_unchecked
from openai.resources.realtime.realtime import RealtimeConnection
from openai.types.beta.realtime.session_create_response import SessionCreateResponse
from openai.types.realtime import RealtimeServerEvent
from pydantic import TypeAdapter

from .peer import Function, Functions, Peer, read_json
from .pydantic_models import fields

__all__ = ["peers"]

KINDS: dict[str, object] = {
    "RealtimeServerEvent": RealtimeServerEvent,
    "RealtimeSessionCreateResponse": SessionCreateResponse,
}
"""Its classes for the types of the payloads."""
LEAVES_OUT = "has classes of its own; free-form JSON, arrays and fields stay mutable"


def peers() -> list[Peer]:
    return [
        Peer(
            name="openai",
            leaves_out=f"checks what it can, and lets pass what does not fit; {LEAVES_OUT}",
            functions=constructed,
            fields=fields,
            keeps_unknown_fields=True,
        ),
        Peer(
            name="openai, validated",
            leaves_out=LEAVES_OUT,
            functions=validated,
            fields=fields,
            keeps_unknown_fields=True,
        ),
    ]


def constructed(type_name: str) -> Functions:
    """What ``connection.recv()`` does with a message, and the same for other answers."""
    decode = partial(_construct, KINDS[type_name])
    read: Function = lambda text: decode(read_json(text))  # noqa: E731
    if type_name == "RealtimeServerEvent":
        read = partial(RealtimeConnection.parse_event, None)
    return Functions(decode, read, methodcaller("to_dict"), methodcaller("to_json", indent=None))


def validated(type_name: str) -> Functions:
    """The same classes through pydantic, which raises for what does not fit."""
    adapter = TypeAdapter[object](KINDS[type_name])
    return Functions(
        decode=adapter.validate_python,
        read=adapter.validate_json,
        encode=methodcaller("model_dump", exclude_unset=True),
        write=methodcaller("model_dump_json", exclude_unset=True),
    )


def _construct(kind: object, data: object) -> object:
    return construct_type_unchecked(value=data, type_=kind)
