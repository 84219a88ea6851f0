"""This library: for each type, the functions that its user calls."""

from __future__ import annotations

from functools import cache
from operator import methodcaller
from typing import Final

import realtime_models
from codegen.names import snake

from .peer import Functions, Peer


@cache
def functions(type_name: str) -> Functions:
    named = getattr(realtime_models, type_name)
    if hasattr(named, "from_dict"):
        decode, read = named.from_dict, named.from_json
    else:
        decode = getattr(realtime_models, f"{snake(type_name)}_from_dict")
        read = getattr(realtime_models, f"{snake(type_name)}_from_json")
    return Functions(decode, read, methodcaller("to_dict"), methodcaller("to_json"))


PEER: Final = Peer("realtime_models", frozenset(), functions)
