"""pydantic 2: frozen, strict models, unions told apart by their tags, unknown fields kept."""

from __future__ import annotations

from collections.abc import Mapping
from operator import methodcaller

from pydantic import BaseModel, TypeAdapter

from .classes import Dialect, classes_source
from .peer import Functions, Peer, module

__all__ = ["fields", "peer"]

HEAD = """
from typing import Annotated, Any, Literal, Union
from pydantic import BaseModel, ConfigDict, Field

class Model(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, strict=True, allow_inf_nan=False)
"""

DIALECT = Dialect(
    head=HEAD,
    opening=lambda thing: f"class {thing.name}(Model):",
    optional="Union[{}, None] = None",
    union=lambda tag, names: f'Annotated[Union[{", ".join(names)}], Field(discriminator="{tag}")]',
)


def peer() -> Peer:
    source = classes_source(DIALECT)
    classes = module("pydantic", source)

    def functions(type_name: str) -> Functions:
        adapter = TypeAdapter[object](getattr(classes, type_name))
        return Functions(
            decode=adapter.validate_python,
            read=adapter.validate_json,
            encode=methodcaller("model_dump", exclude_unset=True),
            write=methodcaller("model_dump_json", exclude_unset=True),
        )

    return Peer(
        name="pydantic",
        leaves_out="free-form JSON and arrays stay mutable",
        functions=functions,
        fields=fields,
        keeps_unknown_fields=True,
        source=source,
    )


def fields(value: object) -> Mapping[str, object] | None:
    """The fields that were set."""
    if not isinstance(value, BaseModel):
        return None
    return {name: getattr(value, name) for name in value.model_fields_set}
