"""This library: for each type the functions that a user of it calls."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from operator import methodcaller
from typing import Final

import realtime_models
from codegen.names import snake
from realtime_models import UNSET, FrozenDict, WireModel

from .peer import Functions, Peer

__all__ = ["PEER"]


@cache
def functions(type_name: str) -> Functions:
    named = getattr(realtime_models, type_name)
    if hasattr(named, "from_dict"):
        decode, read = named.from_dict, named.from_json
    else:
        decode = getattr(realtime_models, f"{snake(type_name)}_from_dict")
        read = getattr(realtime_models, f"{snake(type_name)}_from_json")
    return Functions(decode, read, methodcaller("to_dict"), methodcaller("to_json"))


def fields(value: object) -> Mapping[str, object] | None:
    """The fields that are there, but for those that the class fills in: its tags."""
    if not isinstance(value, WireModel):
        return None
    parameters = inspect.signature(type(value)).parameters
    found = {name: getattr(value, name) for name in parameters}
    return {
        name: dict(member) if isinstance(member, FrozenDict) else member
        for name, member in found.items()
        if member is not UNSET and member != parameters[name].default
    }


PEER: Final = Peer("realtime_models", frozenset(), functions, fields)
