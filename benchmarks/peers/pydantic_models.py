"""pydantic 2: frozen, strict models, unions told apart by their tags, unknown fields kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from operator import methodcaller
from typing import Final

from pydantic import BaseModel, TypeAdapter

from .classes import Dialect, classes_source
from .peer import Functions, Peer, module

DIALECT: Final = Dialect(
    head="""
from typing import Annotated, Any, Literal, Union
from pydantic import BaseModel, ConfigDict, Field

class Model(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, strict=True, allow_inf_nan=False)
""",
    opening=lambda name, tag: f"class {name}(Model):",
    optional="Union[{}, None] = None",
    union=lambda tag, names: f'Annotated[Union[{", ".join(names)}], Field(discriminator="{tag}")]',
)
SOURCE: Final = classes_source(DIALECT)
CLASSES: Final = module("pydantic", SOURCE)


@cache
def functions(type_name: str) -> Functions:
    adapter = TypeAdapter[object](getattr(CLASSES, type_name))
    return Functions(
        decode=adapter.validate_python,
        read=adapter.validate_json,
        encode=methodcaller("model_dump", exclude_unset=True),
        write=methodcaller("model_dump_json", exclude_unset=True),
    )


def fields(value: object) -> Mapping[str, object] | None:
    """Return the fields that are set, unknown ones included."""
    if not isinstance(value, BaseModel):
        return None
    names = value.model_fields_set | set(value.model_extra or ())
    return {name: getattr(value, name) for name in names}


PEER: Final = Peer("pydantic", frozenset(["variants", "arrays"]), functions, SOURCE, fields)
