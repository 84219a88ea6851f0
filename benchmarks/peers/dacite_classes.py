"""dacite: frozen dataclasses, checked, tags looked up in tables; objects by ``asdict``."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache, partial

from dacite import Config, from_dict

from .classes import Dialect, classes_source
from .dataclasses_source import fields, opening
from .peer import Function, Functions, Peer, module, read_json, write_json
from .tags import ABSENT, choices, chooser

__all__ = ["peer"]

HEAD = f"""
from dataclasses import dataclass
from typing import Any, Literal, Union
{ABSENT}"""

DIALECT = Dialect(
    head=HEAD,
    opening=opening(frozen=True),
    optional="Union[{}, None] = ABSENT",
    union=lambda tag, names: f"Union[{', '.join(names)}]",
)


def peer() -> Peer:
    source = classes_source(DIALECT)
    classes = module("dacite", source)
    absent = classes.ABSENT
    config = Config()

    def decoder(cls: type) -> Function:
        return partial(from_dict, cls, config=config)

    hooks = {hint: chooser(hint, decoder) for hint in choices(classes)}
    config = Config(type_hooks=hooks)

    def present(items: list[tuple[str, object]]) -> dict[str, object]:
        return {name: value for name, value in items if value is not absent}

    @cache
    def functions(type_name: str) -> Functions:
        kind = getattr(classes, type_name)
        decode = hooks[kind] if kind in hooks else decoder(kind)
        return Functions(
            decode=decode,
            read=lambda text: decode(read_json(text)),
            encode=partial(asdict, dict_factory=present),
            write=lambda value: write_json(asdict(value, dict_factory=present)),
        )

    return Peer(
        name="dacite",
        less=frozenset(["fields", "variants", "arrays"]),
        functions=functions,
        fields=fields,
        source=source,
    )
