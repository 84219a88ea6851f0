"""mashumaro: frozen dataclasses with generated code, unions told apart by their tags."""

from __future__ import annotations

from functools import cache
from operator import methodcaller
from typing import Final

from mashumaro.codecs import BasicDecoder
from mashumaro.codecs.json import JSONDecoder

from .classes import Dialect, classes_source
from .peer import Functions, Peer, module

HEAD: Final = """
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_type_hints
from mashumaro.config import BaseConfig
from mashumaro.mixins.json import DataClassJSONMixin
from mashumaro.types import Discriminator

class Absent:
    def __reduce__(self):  # a copy is itself
        return "ABSENT"

ABSENT: Any = Absent()  # no JSON value, so that an absent field is told from null

class Model(DataClassJSONMixin):
    __slots__ = ()
    class Config(BaseConfig):
        omit_default = True

def tags(cls):
    return list(get_args(get_type_hints(cls)["type"]))

BY_TYPE = Discriminator(field="type", include_supertypes=True, variant_tagger_fn=tags)
"""


DIALECT: Final = Dialect(
    head=HEAD,
    opening=lambda name, tag: (
        f"@dataclass(frozen=True, slots=True, kw_only=True)\nclass {name}(Model):"
    ),
    optional="Union[{}, None] = ABSENT",
    union=lambda tag, names: f"Annotated[Union[{', '.join(names)}], BY_TYPE]",
    merges_roles=True,
)
SOURCE: Final = classes_source(DIALECT)
CLASSES: Final = module("mashumaro", SOURCE)


@cache
def functions(type_name: str) -> Functions:
    kind = getattr(CLASSES, type_name)
    return Functions(
        decode=BasicDecoder[object](kind).decode,
        read=JSONDecoder[object](kind).decode,
        encode=methodcaller("to_dict"),
        write=methodcaller("to_json"),
    )


LESS: Final = frozenset(["fields", "variants", "types", "arrays", "roles"])
PEER: Final = Peer("mashumaro", LESS, functions, SOURCE)
