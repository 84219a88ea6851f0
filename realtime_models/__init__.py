"""Typed, immutable models for every JSON object of the OpenAI Realtime API.

Each type is a frozen standard-library dataclass with its own ``from_dict`` and ``to_dict``;
each union has functions named after it. Names are loaded when they are first used, so importing
one session type loads that type and what it needs, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import wire

if TYPE_CHECKING:
    from ._runtime.base import Model as Model
    from ._runtime.errors import DecodeError as DecodeError
    from ._runtime.errors import Problem as Problem
    from ._runtime.json_values import FrozenDict as FrozenDict
    from ._runtime.json_values import JsonMapping as JsonMapping
    from ._runtime.json_values import JsonObject as JsonObject
    from ._runtime.json_values import JsonValue as JsonValue
    from ._runtime.model import Unknown as Unknown
    from ._runtime.model import WireModel as WireModel
    from ._runtime.sentinel import UNSET as UNSET
    from ._runtime.sentinel import UnsetType as UnsetType
    from ._runtime.sentinel import or_none as or_none
    from ._runtime.sentinel import or_unset as or_unset
    from ._runtime.sentinel import value_or as value_or
    from .conversation import Conversation as Conversation
    from .conversation import text_of as text_of
    from .dynamic import *
    from .migration import *
    from .schemas import *
    from .wire import *

__version__ = "0.1.0"

_MODULES = {
    "_runtime.base": ["Model"],
    "_runtime.errors": ["DecodeError", "Problem"],
    "_runtime.json_values": ["FrozenDict", "JsonMapping", "JsonObject", "JsonValue"],
    "_runtime.model": ["Unknown", "WireModel"],
    "_runtime.sentinel": ["UNSET", "UnsetType", "or_none", "or_unset", "value_or"],
    "conversation": ["Conversation", "text_of"],
    "dynamic": ["check", "from_wire", "to_wire"],
    "migration": ["Converted", "to_beta", "to_ga"],
    "schemas": ["json_schema"],
}
_HAND_WRITTEN = {name: module for module, names in _MODULES.items() for name in names}


def _load(name: str) -> object:
    from importlib import import_module

    own_name = wire.SHORT_NAMES.get(name, name)
    home = wire.HOMES.get(own_name)
    path = _HAND_WRITTEN.get(name) or (home and f"wire.{home}")
    if path is None:
        if name[:1].isupper():  # Python itself looks for names such as `__wrapped__`.
            from .catalog import find_names  # It imports all models: only mistakes need it.

            # An import replaces the message of an `AttributeError`, but not of an `ImportError`.
            if found := find_names(name):
                message = f"{__name__} has no {name}; here it is called {found[0]}"
                raise ImportError(message, name=name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{path}", __name__), own_name)
    namespace: dict[str, object] = globals()
    namespace[name] = value
    return value


if not TYPE_CHECKING:
    # Type checkers take all names that are imported above, and mypy would take only those that are
    # written out here.
    __all__ = ["__version__", *_HAND_WRITTEN, *wire.__all__]
    # Type checkers would take any name for one of a module that has this, misspelled ones too.
    __getattr__ = _load


def __dir__() -> list[str]:
    namespace: dict[str, object] = globals()
    return sorted({*namespace, *_HAND_WRITTEN, *wire.HOMES})
