"""JSON parsers: the standard library's alone as the floor, and faster ones in front of ours."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import msgspec
import orjson

from . import ours
from .peer import Function, Functions, Peer, read_json, write_json


def alone(type_name: str) -> Functions:
    """Return the peer that converts text to dict and dict to text, without any object."""
    return Functions(read=read_json, write=write_json)


def before_ours(parse: Function, type_name: str) -> Functions:
    """Return the peer ``X.from_dict(parse(text))``, for users with a faster parser."""
    decode = ours.functions(type_name).decode
    assert decode is not None
    from_dict: Function = decode
    return Functions(read=lambda text: from_dict(parse(text)))


PEERS: Final = (
    Peer("json", frozenset(["dicts"]), alone),
    Peer("ours after orjson", frozenset(), cache(partial(before_ours, orjson.loads))),
    Peer("ours after msgspec", frozenset(), cache(partial(before_ours, msgspec.json.decode))),
)
