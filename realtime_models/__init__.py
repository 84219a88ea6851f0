"""Typed, immutable models for every JSON object of the OpenAI Realtime API.

Each type is a frozen standard-library dataclass with its own ``from_dict`` and ``to_dict``;
each union has functions named after it. Names are loaded when they are first used, so importing
one session type loads that type and what it needs, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import wire

if TYPE_CHECKING:
    from .checker import check as check
    from .errors import DecodeError as DecodeError
    from .errors import Problem as Problem
    from .generic import from_wire as from_wire
    from .generic import to_wire as to_wire
    from .model import WireModel as WireModel
    from .schemas import json_schema as json_schema
    from .sentinel import UNSET as UNSET
    from .sentinel import UnsetType as UnsetType
    from .unknown import Unknown as Unknown
    from .values import FrozenDict as FrozenDict
    from .values import JsonObject as JsonObject
    from .values import JsonValue as JsonValue
    from .wire import *

__version__ = "0.1.0"

__all__ = [
    "UNSET",
    "DecodeError",
    "FrozenDict",
    "JsonObject",
    "JsonValue",
    "Problem",
    "Unknown",
    "UnsetType",
    "WireModel",
    "__version__",
    "check",
    "from_wire",
    "json_schema",
    "to_wire",
]
__all__ += wire.__all__

_RUNTIME = {
    "UNSET": "sentinel",
    "DecodeError": "errors",
    "FrozenDict": "values",
    "JsonObject": "values",
    "JsonValue": "values",
    "Problem": "errors",
    "Unknown": "unknown",
    "UnsetType": "sentinel",
    "WireModel": "model",
    "check": "checker",
    "from_wire": "generic",
    "json_schema": "schemas",
    "to_wire": "generic",
}


def _load(name: str) -> object:
    from importlib import import_module

    home = _RUNTIME.get(name) or wire.HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    path = f".{home}" if name in _RUNTIME else f".wire.{home}"
    value: object = getattr(import_module(path, __name__), name)
    namespace: dict[str, object] = globals()
    namespace[name] = value
    return value


if not TYPE_CHECKING:
    # Type checkers would take any name for one of a module that has this, misspelled ones too.
    __getattr__ = _load


def __dir__() -> list[str]:
    namespace: dict[str, object] = globals()
    return sorted({*namespace, *__all__})
