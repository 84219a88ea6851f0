"""mashumaro: frozen dataclasses with generated code, unions told apart by their tags."""

from __future__ import annotations

from functools import cache
from operator import methodcaller

from mashumaro.codecs import BasicDecoder
from mashumaro.codecs.json import JSONDecoder

from .classes import Dialect, classes_source
from .dataclasses_source import fields, opening
from .merging import merged
from .peer import Functions, Peer, module
from .tags import ABSENT

__all__ = ["peer"]

HEAD = f"""
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_type_hints
from mashumaro.config import BaseConfig
from mashumaro.mixins.json import DataClassJSONMixin
from mashumaro.types import Discriminator
{ABSENT}
class Model(DataClassJSONMixin):
    __slots__ = ()
    class Config(BaseConfig):
        omit_default = True

def tags(cls):
    return list(get_args(get_type_hints(cls)["type"]))

BY_TYPE = Discriminator(field="type", include_supertypes=True, variant_tagger_fn=tags)
"""


def dialect(frozen: bool) -> Dialect:
    return Dialect(
        head=HEAD,
        opening=opening(frozen, "Model"),
        optional="Union[{}, None] = ABSENT",
        union=lambda tag, names: f"Annotated[Union[{', '.join(names)}], BY_TYPE]",
        merged=merged,
    )


def peer(name: str = "mashumaro", frozen: bool = True) -> Peer:
    source = classes_source(dialect(frozen))
    classes = module(name, source)

    @cache
    def functions(type_name: str) -> Functions:
        kind = getattr(classes, type_name)
        return Functions(
            decode=BasicDecoder[object](kind).decode,
            read=JSONDecoder[object](kind).decode,
            encode=methodcaller("to_dict"),
            write=methodcaller("to_json"),
        )

    return Peer(
        name=name,
        less=frozenset(["fields", "variants", "types", "arrays", "roles"]),
        functions=functions,
        fields=fields,
        source=source,
    )
