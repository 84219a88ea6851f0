"""What a peer is: a library that turns the same JSON into objects, and back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Final, Literal, TypeAlias

__all__ = ["OPERATIONS", "Function", "Functions", "Operation", "Peer", "module", "read_json", "write_json"]

Operation: TypeAlias = Literal["decode", "read", "encode", "write", "build"]
OPERATIONS: Mapping[Operation, str] = {
    "decode": "dict → object",
    "read": "JSON text → object",
    "encode": "object → dict",
    "write": "object → JSON text",
    "build": "construction by hand",
}
"""What is measured, and how it is called in tables."""

Function: TypeAlias = Callable[..., object]
"""A function of one argument: the dict, the text, or the object."""


@dataclass(frozen=True)
class Functions:
    """What a library offers for one type, each as the user of that library would call it."""

    decode: Function | None = None
    read: Function | None = None
    encode: Function | None = None
    write: Function | None = None


@dataclass(frozen=True)
class Peer:
    """A library, set up for the types of the payloads."""

    name: str
    leaves_out: str
    """What of our work it does not do, or does otherwise; in words, for the table."""
    functions: Callable[[str], Functions]
    """The functions for a type of our schema."""
    fields: Callable[[object], Mapping[str, object] | None]
    """What a caller passes to construct an object of its classes; ``None`` for other values."""
    keeps_unknown_fields: bool = False
    source: str = ""
    """Its classes as a Python module, for the time that importing them takes."""


read_json: Final = json.loads
"""What libraries without a parser of their own are used with."""
write_json: Final = json.JSONEncoder(separators=(",", ":")).encode


def module(name: str, source: str) -> ModuleType:
    """A module of generated classes, made in memory."""
    made = ModuleType(f"generated_for_{name}")
    sys.modules[made.__name__] = made  # where libraries look names up
    code = compile(source, f"<classes for {name}>", "exec", dont_inherit=True)
    exec(code, made.__dict__)
    return made
