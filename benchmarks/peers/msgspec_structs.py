"""msgspec: frozen structs, tagged, decoded by its C code. What can be reached by compiling."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import msgspec

from codegen.form import Object

from .classes import Dialect, classes_source, tag_of
from .merging import merged
from .peer import Function, Functions, Peer, module

__all__ = ["peer"]

HEAD = """
from typing import Any, Literal, Union
from msgspec import UNSET, Struct, UnsetType
"""


def peer() -> Peer:
    source = classes_source(DIALECT)
    classes = module("msgspec", source)

    @cache
    def functions(type_name: str) -> Functions:
        kind = getattr(classes, type_name)
        return Functions(
            decode=converter(kind),
            read=msgspec.json.Decoder(kind).decode,
            encode=msgspec.to_builtins,
            write=msgspec.json.Encoder().encode,
        )

    return Peer(
        name="msgspec",
        less=frozenset(["fields", "variants", "arrays", "roles"]),
        functions=functions,
        fields=fields,
        source=source,
    )


def converter(kind: object) -> Function:
    """A function that converts a dict.

    What msgspec finds out about a struct it keeps, but about a union it finds it out anew in
    every call, which takes 100 µs for the union of events. A struct that holds one of them helps.
    """
    if isinstance(kind, type):
        return partial(msgspec.convert, type=kind)
    holder: Any = msgspec.defstruct("Holder", [("value", kind)], frozen=True)
    convert = msgspec.convert

    def converted(data: object) -> object:
        return convert({"value": data}, holder).value

    return converted


def fields(value: object) -> Mapping[str, object] | None:
    """The fields that are there."""
    if not isinstance(value, msgspec.Struct):
        return None
    found = {name: getattr(value, name) for name in value.__struct_fields__}
    return {name: member for name, member in found.items() if member is not msgspec.UNSET}


def opening(thing: Object) -> str:
    tag = tag_of(thing)
    tagged = f', tag_field="type", tag="{tag}"' if tag else ""
    return f"class {thing.name}(Struct, frozen=True, kw_only=True{tagged}):"


DIALECT = Dialect(
    head=HEAD,
    opening=opening,
    optional="Union[{}, None, UnsetType] = UNSET",
    union=lambda tag, names: f"Union[{', '.join(names)}]",
    writes_tags=False,
    merged=merged,
)
