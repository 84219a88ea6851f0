"""cattrs: frozen attrs classes, a converter without detailed errors, tags looked up in tables."""

from __future__ import annotations

from functools import cache, partial

from cattrs.preconf.json import make_converter

from .classes import Dialect, classes_source
from .dataclasses_source import fields
from .peer import Function, Functions, Peer, module
from .tags import ABSENT, chooser, is_choice

__all__ = ["peer"]

HEAD = f"""
from typing import Any, Literal, Union
from attrs import define
{ABSENT}"""


def dialect(frozen: bool) -> Dialect:
    return Dialect(
        head=HEAD,
        opening=lambda thing: f"@define(frozen={frozen}, kw_only=True)\nclass {thing.name}:",
        optional="Union[{}, None] = ABSENT",
        union=lambda tag, names: f"Union[{', '.join(names)}]",
    )


def peer(name: str = "cattrs", frozen: bool = True) -> Peer:
    source = classes_source(dialect(frozen))
    classes = module(name, source)
    converter = make_converter(omit_if_default=True, detailed_validation=False)

    def decoder(cls: type) -> Function:
        hook = converter.get_structure_hook(cls)
        return lambda value: hook(value, cls)

    def choosing(hint: object) -> Function:
        choose = chooser(hint, decoder)
        return lambda value, _: choose(value)

    converter.register_structure_hook_factory(is_choice)(choosing)

    @cache
    def functions(type_name: str) -> Functions:
        kind = getattr(classes, type_name)
        return Functions(
            decode=partial(_swapped, converter.get_structure_hook(kind), kind),
            read=lambda text: converter.loads(text, kind),
            encode=converter.unstructure,
            write=converter.dumps,
        )

    return Peer(
        name=name,
        less=frozenset(["fields", "variants", "types", "arrays"]),
        functions=functions,
        fields=fields,
        source=source,
    )


def _swapped(hook: Function, kind: object, value: object) -> object:
    return hook(value, kind)
