"""What the mirror of a model in another library is made of.

A mirror is a class of that library with the same fields. Here is what can be told of them without
knowing the library: what they are, and which of them a value has.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from types import GenericAlias
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

from .adapting import field_schemas, is_array, is_map, is_model
from .generic import to_wire
from .model import WireModel, hidden_fields
from .plain import MAX_DEPTH, SCALARS
from .sentinel import UNSET, UnsetType
from .unknown import Unknown
from .values import FrozenDict, JsonObject

__all__ = ["MirrorField", "mirror_fields", "plain_hint", "present", "rebuilt"]


@dataclass(frozen=True)
class MirrorField:
    """What a field of a model is to its mirrors."""

    name: str
    hint: object
    """The annotation of what is decoded."""
    default: object
    """What the constructor fills in: a constant, ``UNSET``, or ``...`` if it wants a value."""
    description: str
    """Empty for a class that is not ours."""
    hidden: bool
    """Whether ``repr`` does not show it: it is a secret, or audio."""


def mirror_fields(cls: type[WireModel]) -> list[MirrorField]:
    """The fields of a model, without ``extra``; none for ``Unknown``, of which all is extra.

    Raises ``TypeError`` for a class that is no dataclass.
    """
    if cls is Unknown:
        return []
    if not (is_dataclass(cls) and is_model(cls)):
        raise TypeError(f"{cls!r} is no dataclass that follows WireModel")
    hints = get_type_hints(cls, include_extras=True)
    schemas, hidden = field_schemas(cls), hidden_fields(cls)
    return [
        MirrorField(
            name,
            hints[name],
            ... if parameter.default is parameter.empty else parameter.default,
            str(schemas.get(name, JsonObject()).get("description", "")),
            name in hidden,
        )
        for name, parameter in inspect.signature(cls).parameters.items()
        if name != "extra"
    ]


def present(value: WireModel) -> dict[str, object]:
    """The fields that a value has, newer ones among them; what they hold stays as it is."""
    if isinstance(value, Unknown) or not is_dataclass(value):
        return {**value.to_dict()}
    found: dict[str, object] = {name: getattr(value, name) for name in value.__dataclass_fields__}
    extra = found.pop("extra", None)
    newer = to_wire(extra) if extra else None
    known = {name: member for name, member in found.items() if member is not UNSET}
    return {**known, **newer} if is_map(newer) else known


def rebuilt(value: object, change: Callable[[object], object], depth: int = MAX_DEPTH) -> object:
    """A value in fresh lists and dicts, with all in it changed that is no JSON.

    What is nested absurdly stays as it is.
    """
    if type(value) in SCALARS:
        return value
    if is_array(value) and depth:
        return [rebuilt(item, change, depth - 1) for item in value]
    if is_map(value) and depth:
        return {name: rebuilt(member, change, depth - 1) for name, member in value.items()}
    return change(value)


def plain_hint(hint: object, mirror: Callable[[type[WireModel]], object]) -> object:
    """The annotation of a mutable mirror's field, which holds mirrors, lists and dicts.

    ``mirror`` gives what stands for a model. The marks and ``UNSET`` are left out.
    """
    origin, parts = get_origin(hint), get_args(hint)
    if is_model(hint):
        return mirror(hint)
    if hint is JsonObject:
        return dict[str, object]
    if origin is None or origin is Literal:
        return hint
    if origin is Annotated:
        return plain_hint(parts[0], mirror)
    plain = [plain_hint(part, mirror) for part in parts if part is not UnsetType]
    if origin is tuple:
        return GenericAlias(list, (plain[0],))
    if origin is FrozenDict:
        return GenericAlias(dict, (str, plain[0]))
    union: object = Union[tuple(plain)]
    return union
