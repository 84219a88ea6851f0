"""msgspec: frozen structs, tagged, decoded by its C code: what compiled code can achieve."""

from __future__ import annotations

from functools import cache, partial
from typing import Any, Final

import msgspec

from .classes import Dialect, classes_source
from .peer import Function, Functions, Peer, module


def opening(name: str, tag: str | None) -> str:
    tagged = f', tag_field="type", tag="{tag}"' if tag else ""
    return f"class {name}(Struct, frozen=True, kw_only=True{tagged}):"


DIALECT: Final = Dialect(
    head="""
from typing import Any, Literal, Union
from msgspec import UNSET, Struct, UnsetType
""",
    opening=opening,
    optional="Union[{}, None, UnsetType] = UNSET",
    union=lambda tag, names: f"Union[{', '.join(names)}]",
    writes_tags=False,
    merges_roles=True,
)
SOURCE: Final = classes_source(DIALECT)
CLASSES: Final = module("msgspec", SOURCE)


@cache
def functions(type_name: str) -> Functions:
    kind = getattr(CLASSES, type_name)
    return Functions(
        decode=converter(kind),
        read=msgspec.json.Decoder(kind).decode,
        encode=msgspec.to_builtins,
        write=msgspec.json.Encoder().encode,
    )


def converter(kind: object) -> Function:
    """Return a function that converts a dict.

    msgspec caches its analysis of a struct, but analyses a union again in every call, which takes
    100 µs for the union of events. A struct that holds the union avoids that.
    """
    if isinstance(kind, type):
        return partial(msgspec.convert, type=kind)
    holder: Any = msgspec.defstruct("Holder", [("value", kind)], frozen=True)
    convert = msgspec.convert

    def converted(data: object) -> object:
        return convert({"value": data}, holder).value

    return converted


PEER: Final = Peer(
    "msgspec", frozenset(["fields", "variants", "arrays", "roles"]), functions, SOURCE
)
