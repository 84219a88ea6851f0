"""What an adapter to another library needs of our types, besides decoding and encoding.

Adapters use this module, the public functions and the annotations, never a list of types. A
*mirror* is a class of the other library with the fields of a model.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, is_dataclass
from types import GenericAlias, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

from ._runtime.annotations import is_class
from ._runtime.base import Invalid, Model
from ._runtime.json_values import MAX_DEPTH, SCALARS, FrozenDict, JsonObject, is_array, is_map
from ._runtime.model import Unknown, WireModel, is_model, is_value
from ._runtime.sentinel import UnsetType
from ._runtime.shape import shape_of, union_members
from .catalog import find, home, type_names
from .dynamic import decoder
from .schemas import json_schema

__all__ = [
    "Invalid",
    "MirrorField",
    "admits",
    "decoder",
    "decodes",
    "is_array",
    "is_map",
    "is_model",
    "is_value",
    "mirror_annotation",
    "mirror_fields",
    "name_of",
    "rebuilt",
    "steps",
    "union_members",
]


def admits(annotation: object, value: object) -> bool:
    """Return whether a value, decoded or built by hand, is of the annotated type."""
    if annotation is int or annotation is float:  # A boolean is not a number.
        return type(value) in (int, annotation)
    if is_class(annotation):
        return isinstance(value, annotation)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return value in parts
    if origin in (tuple, FrozenDict):
        inside = value.values() if is_map(value) else value if is_array(value) else ()
        return isinstance(value, origin) and all(admits(parts[0], part) for part in inside)
    return origin in (Annotated, Union, UnionType) and any(admits(part, value) for part in parts)


def decodes(annotation: object) -> bool:
    """Return whether ``from_wire`` decodes this annotation; members may not be ours."""
    try:
        shape_of(annotation)
    except TypeError:
        return is_model(annotation)
    return True


def steps(pointer: str, data: object) -> Iterator[str | int]:
    """Yield the names and indices in a problem's JSON Pointer into ``data``."""
    for part in pointer.split("/")[1:]:
        if is_array(data):
            index = int(part)
            yield index
            data = data[index] if index < len(data) else None
        else:
            name = part.replace("~1", "/").replace("~0", "~")
            yield name
            data = data.get(name) if is_map(data) else None


def name_of(annotation: object, loaded: Container[str] | None = None) -> str | None:
    """Return the name of a model or an alias; ``None`` if there is none, or several.

    Finding an alias loads all modules, but for those that are not ``loaded``, if that is given.
    """
    if is_model(annotation):
        return annotation.__name__
    names = [name for name in type_names() if loaded is None or home(name) in loaded]
    found = [name for name in names if find(name) == annotation]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class MirrorField:
    """A field of a model, as its mirrors need it."""

    name: str
    annotation: object
    """The annotation of the decoded value."""
    default: object
    """The constructor's default: a constant, ``UNSET``, or ``...`` if the field is required."""
    schema: JsonObject
    """Its JSON Schema; empty for a class that is not ours."""
    hidden: bool
    """Whether ``repr`` hides it: a secret, or audio."""


def mirror_fields(cls: type[WireModel]) -> list[MirrorField]:
    """Return the fields of a model, also ``extra``.

    Raises ``TypeError`` for what has none: a union, ``Unknown``, or a class that is no dataclass.
    """
    if len(union_members(cls)) > 1:
        advice = "which has no mirror: use it as it is, or mirror its members"
        raise TypeError(f"{name_of(cls) or cls} is a union, {advice}")
    if cls is Unknown or not (is_dataclass(cls) and is_model(cls)):
        raise TypeError(f"{cls!r} is not a dataclass that follows WireModel")
    annotations = get_type_hints(cls, include_extras=True)
    hidden = {"extra", *(cls._hidden if issubclass(cls, Model) else ())}
    found: object = json_schema(cls)
    for step in ("$defs", cls.__name__, "properties"):
        found = found.get(step) if is_map(found) else None
    members = found.items() if is_map(found) else ()
    schemas = {name: JsonObject(schema) for name, schema in members if is_map(schema)}
    return [
        MirrorField(
            name,
            annotations[name],
            ... if parameter.default is parameter.empty else parameter.default,
            schemas.get(name, JsonObject()),
            name in hidden,
        )
        for name, parameter in inspect.signature(cls).parameters.items()
    ]


def mirror_annotation(
    annotation: object, mirror: Callable[[type[WireModel]], object], mutable: bool = False
) -> object:
    """Return the annotation of a mirror's field: without marks, and with ``mirror(X)`` for ``X``.

    A mutable mirror has lists and dicts, and no ``UNSET``.
    """
    if is_model(annotation):
        return mirror(annotation)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is None or origin is Literal:
        return dict[str, object] if mutable and annotation is JsonObject else annotation
    dropped = (UnsetType,) if mutable else ()
    inside = tuple([mirror_annotation(x, mirror, mutable) for x in parts if x not in dropped])
    if origin is Annotated:
        return inside[0]
    if mutable and origin is tuple:
        return GenericAlias(list, inside[:1])
    if mutable and origin is FrozenDict:
        return GenericAlias(dict, (str, *inside))
    changed: object = Union[inside] if origin in (Union, UnionType) else origin[inside]
    return changed


def rebuilt(value: object, change: Callable[[object], object], depth: int = MAX_DEPTH) -> object:
    """Return a value in fresh lists and dicts, with ``change`` applied to all that is not JSON.

    It is also applied to what is nested too deeply.
    """
    if type(value) in SCALARS:
        return value
    if is_array(value) and depth:
        return [rebuilt(item, change, depth - 1) for item in value]
    if is_map(value) and depth:
        return {name: rebuilt(member, change, depth - 1) for name, member in value.items()}
    return change(value)
