"""pydantic 2: frozen, strict models, unions told apart by their tags, unknown fields kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from operator import methodcaller

from pydantic import BaseModel, TypeAdapter

from .classes import Dialect, classes_source
from .peer import Functions, Peer, module

__all__ = ["fields", "peer"]

EQUAL = 'extra="allow", frozen=True, strict=True, allow_inf_nan=False'
"""The configuration with which its models do what ours do."""


def dialect(configuration: str) -> Dialect:
    return Dialect(
        head=f"""
from typing import Annotated, Any, Literal, Union
from pydantic import BaseModel, ConfigDict, Field

class Model(BaseModel):
    model_config = ConfigDict({configuration})
""",
        opening=lambda thing: f"class {thing.name}(Model):",
        optional="Union[{}, None] = None",
        union=lambda tag, names: (
            f'Annotated[Union[{", ".join(names)}], Field(discriminator="{tag}")]'
        ),
    )


def peer(name: str = "pydantic", configuration: str = EQUAL) -> Peer:
    source = classes_source(dialect(configuration))
    classes = module(name, source)

    @cache
    def functions(type_name: str) -> Functions:
        adapter = TypeAdapter[object](getattr(classes, type_name))
        return Functions(
            decode=adapter.validate_python,
            read=adapter.validate_json,
            encode=methodcaller("model_dump", exclude_unset=True),
            write=methodcaller("model_dump_json", exclude_unset=True),
        )

    return Peer(
        name=name,
        less=frozenset(["variants", "arrays"]),
        functions=functions,
        fields=fields,
        source=source,
    )


def fields(value: object) -> Mapping[str, object] | None:
    """The fields that were set, unknown ones among them."""
    if not isinstance(value, BaseModel):
        return None
    names = value.model_fields_set | set(value.model_extra or ())
    return {name: getattr(value, name) for name in names}
