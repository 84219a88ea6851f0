"""adaptix: frozen dataclasses, a strict retort without traces, tags looked up in tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from adaptix import DebugTrail, Retort, loader, name_mapping

from .classes import Dialect, classes_source
from .dataclasses_source import fields as dataclass_fields
from .dataclasses_source import opening
from .peer import Functions, Peer, module, read_json, write_json
from .tags import ABSENT, choices, chooser

__all__ = ["peer"]

HEAD = f"""
from dataclasses import dataclass, field
from typing import Any, Literal, Union
{ABSENT}"""


def dialect(frozen: bool) -> Dialect:
    return Dialect(
        head=HEAD,
        opening=opening(frozen),
        optional="Union[{}, None] = ABSENT",
        union=lambda tag, names: f"Union[{', '.join(names)}]",
        fields=("extra: dict[str, Any] = field(default_factory=dict)",),
    )


def peer(name: str = "adaptix", frozen: bool = True) -> Peer:
    source = classes_source(dialect(frozen))
    classes = module(name, source)
    layout = name_mapping(omit_default=True, extra_in="extra", extra_out="extra")
    choosers = {
        hint: chooser(hint, lambda cls: retort.get_loader(cls)) for hint in choices(classes)
    }
    retort = Retort(
        recipe=[layout, *(loader(hint, choose) for hint, choose in choosers.items())],
        debug_trail=DebugTrail.DISABLE,
        strict_coercion=True,
    )

    @cache
    def functions(type_name: str) -> Functions:
        kind = getattr(classes, type_name)
        load = retort.get_loader(kind)
        dump = retort.get_dumper(kind)
        return Functions(
            decode=load,
            read=lambda text: load(read_json(text)),
            encode=dump,
            write=lambda value: write_json(dump(value)),
        )

    return Peer(
        name=name,
        less=frozenset(["variants", "arrays"]),
        functions=functions,
        fields=fields,
        source=source,
    )


def fields(value: object) -> Mapping[str, object] | None:
    """The fields that are there, without an ``extra`` that is empty."""
    found = dataclass_fields(value)
    if found is None or found.get("extra"):
        return found
    return {name: member for name, member in found.items() if name != "extra"}
