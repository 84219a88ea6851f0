"""What a peer is: a library that turns the same JSON into objects, and back."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from types import ModuleType
from typing import Final, Literal, TypeAlias

Operation: TypeAlias = Literal["decode", "read", "encode", "write", "build"]
OPERATIONS: Mapping[Operation, str] = {
    "decode": "dict → object",
    "read": "JSON text → object",
    "encode": "object → dict",
    "write": "object → JSON text",
    "build": "construction by hand",
}
"""What is measured, by its name in tables."""

LESS: Final[Mapping[str, str]] = {
    "fields": "drops fields that it does not know",
    "variants": "does not keep an object whose tag it does not know",
    "types": "does not check the types of all scalars, or converts them",
    "arrays": "arrays and free-form JSON stay mutable",
    "objects": "objects are mutable",
    "roles": "one class for the messages of all roles",
    "classes": "has classes of its own, not those of our schema",
    "dicts": "gives dicts and checks nothing",
}
"""What a peer may do less than ours, in words."""

Function: TypeAlias = Callable[..., object]
"""A function of one argument: the dict, the text or the object."""
Fields: TypeAlias = Callable[[object], "Mapping[str, object] | None"]


@dataclass(frozen=True)
class Functions:
    """The functions of a library for one type, each as its user would call it."""

    decode: Function | None = None
    read: Function | None = None
    encode: Function | None = None
    write: Function | None = None


def arguments(value: object) -> Mapping[str, object] | None:
    """Return the fields of an object that differ from their defaults; ``None`` for other values."""
    if not (is_dataclass(value) or hasattr(value, "__struct_fields__")):
        return None
    parameters = inspect.signature(type(value)).parameters
    found = {name: getattr(value, name) for name in parameters}
    return {name: one for name, one in found.items() if one != parameters[name].default}


@dataclass(frozen=True)
class Peer:
    """A library, set up for the types of the payloads."""

    name: str
    less: frozenset[str]
    """Which parts of our work it does not do, or does differently."""
    functions: Callable[[str], Functions]
    """Returns the functions for a type of our schema."""
    source: str = ""
    """Its classes as a Python module, to measure the import."""
    fields: Fields = arguments
    """Returns the arguments that construct an object of its classes; ``None`` for other values."""


read_json: Final = json.loads
"""The parser for libraries without one of their own."""
write_json: Final = json.JSONEncoder(separators=(",", ":")).encode


def module(name: str, source: str) -> ModuleType:
    """Return a module of generated classes, made in memory."""
    made = ModuleType(re.sub(r"\W+", "_", f"generated_for_{name}"))
    sys.modules[made.__name__] = made  # where libraries look up names
    code = compile(source, f"<classes for {name}>", "exec", dont_inherit=True)
    exec(code, made.__dict__)
    return made
