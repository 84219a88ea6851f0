"""cattrs: frozen attrs classes, a converter without detailed errors, tags looked up in tables."""

from __future__ import annotations

from functools import partial

from cattrs.preconf.json import make_converter

from .classes import Dialect, classes_source
from .dataclass_fields import fields
from .peer import Function, Functions, Peer, module
from .tags import ABSENT, chooser, is_choice

__all__ = ["peer"]

HEAD = f"""
from typing import Any, Literal, Union
from attrs import frozen
{ABSENT}"""

DIALECT = Dialect(
    head=HEAD,
    opening=lambda thing: f"@frozen(kw_only=True)\nclass {thing.name}:",
    optional="Union[{}, None] = ABSENT",
    union=lambda tag, names: f"Union[{', '.join(names)}]",
)


def peer() -> Peer:
    source = classes_source(DIALECT)
    classes = module("cattrs", source)
    converter = make_converter(omit_if_default=True, detailed_validation=False)

    def decoder(cls: type) -> Function:
        hook = converter.get_structure_hook(cls)
        return lambda value: hook(value, cls)

    def choosing(hint: object) -> Function:
        choose = chooser(hint, decoder)
        return lambda value, _: choose(value)

    converter.register_structure_hook_factory(is_choice)(choosing)

    def functions(type_name: str) -> Functions:
        kind = getattr(classes, type_name)
        return Functions(
            decode=partial(_swapped, converter.get_structure_hook(kind), kind),
            read=lambda text: converter.loads(text, kind),
            encode=converter.unstructure,
            write=converter.dumps,
        )

    return Peer(
        name="cattrs",
        leaves_out="does not check scalars but coerces them; drops unknown fields;"
        " free-form JSON and arrays stay mutable",
        functions=functions,
        fields=fields,
        source=source,
    )


def _swapped(hook: Function, kind: object, value: object) -> object:
    return hook(value, kind)
