"""Parsers of JSON text: the standard library's alone as the floor, and others in front of ours."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import msgspec
import orjson

from . import ours
from .peer import Function, Functions, Peer, read_json, write_json


def alone(type_name: str) -> Functions:
    """From text to dict and from dict to text, without any object."""
    return Functions(read=read_json, write=write_json)


def before_ours(parse: Function, type_name: str) -> Functions:
    """``X.from_dict(parse(text))``, as users write who have a faster parser."""
    decode = ours.functions(type_name).decode
    assert decode is not None
    from_dict: Function = decode
    return Functions(read=lambda text: from_dict(parse(text)))


PEERS: Final = (
    Peer("json", frozenset(["dicts"]), alone),
    Peer("ours after orjson", frozenset(), cache(partial(before_ours, orjson.loads))),
    Peer("ours after msgspec", frozenset(), cache(partial(before_ours, msgspec.json.decode))),
)
