"""What an adapter to another library needs of our types, besides decoding and encoding.

Adapters use this module, the public functions and the annotations, never a list of types. A
*mirror* is a class of the other library with the fields of a model.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from types import GenericAlias, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

from ._runtime.annotations import is_class
from ._runtime.base import Invalid, Model
from ._runtime.json_values import (
    MAX_DEPTH,
    SCALARS,
    FrozenDict,
    JsonObject,
    is_array,
    is_map,
)
from ._runtime.model import Unknown, WireModel, hidden_fields, is_model, is_value
from ._runtime.sentinel import UNSET, UnsetType
from ._runtime.shape import shape_of, union_members
from .catalog import find, home, type_names
from .dynamic import decoder
from .schemas import json_schema

__all__ = [
    "Invalid",
    "MirrorField",
    "Model",
    "admits",
    "builtins_annotation",
    "decoder",
    "decodes",
    "field_schemas",
    "hidden_fields",
    "is_array",
    "is_map",
    "is_model",
    "is_value",
    "mirror_fields",
    "name_of",
    "no_mirror",
    "present",
    "rebuilt",
    "replace_models",
    "steps",
    "union_members",
]


def field_schemas(cls: type) -> dict[str, JsonObject]:
    """Return the JSON Schema of each field of a model; none if the class is not ours."""
    if not issubclass(cls, Model):
        return {}
    found: object = json_schema(cls)
    for name in ("$defs", cls.__name__, "properties"):
        found = found[name] if is_map(found) else None
    fields: Mapping[str, object] = found if is_map(found) else {}
    return {name: JsonObject(schema) for name, schema in fields.items() if is_map(schema)}


def replace_models(annotation: object, replace: Callable[[type[WireModel]], object]) -> object:
    """Return an annotation with each model in it replaced, but for ``Unknown``."""
    if is_model(annotation) and annotation is not Unknown:
        return replace(annotation)
    origin = get_origin(annotation)
    if origin is None or origin is Literal:
        return annotation
    parts = tuple([replace_models(part, replace) for part in get_args(annotation)])
    changed: object = Union[parts] if origin in (Union, UnionType) else origin[parts]
    return changed


def admits(annotation: object, value: object) -> bool:
    """Whether a value, decoded or built by hand, is of the annotated type."""
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
    """Whether ``from_wire`` decodes this annotation; it may have members that are not ours."""
    try:
        shape_of(annotation)
    except TypeError:
        return is_model(annotation)
    return True


def steps(pointer: str, data: object) -> Iterator[str | int]:
    """Yield the names and indices in a problem's JSON Pointer into ``data``."""
    for part in pointer.split("/")[1:]:
        step = int(part) if is_array(data) else part.replace("~1", "/").replace("~0", "~")
        yield step
        if is_array(data) and isinstance(step, int):
            data = data[step] if step < len(data) else None
        else:
            data = data.get(str(step)) if is_map(data) else None


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
    """Return the fields of a model, also ``extra``; none for ``Unknown``, where all is extra.

    Raises ``TypeError`` for a class that is not a dataclass.
    """
    if cls is Unknown:
        return []
    if not (is_dataclass(cls) and is_model(cls)):
        raise TypeError(no_mirror(cls))
    annotations = get_type_hints(cls, include_extras=True)
    schemas, hidden = field_schemas(cls), hidden_fields(cls)
    return [
        MirrorField(
            name,
            annotations[name],
            ... if parameter.default is parameter.empty else parameter.default,
            schemas.get(name, JsonObject()),
            name in {"extra", *hidden},
        )
        for name, parameter in inspect.signature(cls).parameters.items()
    ]


def no_mirror(cls: object) -> str:
    """Return the message why a type has no mirror, and for a union, what to use instead."""
    if len(union_members(cls)) > 1:
        name = name_of(cls) or str(cls)
        return f"{name} is a union, which has no mirror: use it as it is, or mirror its members"
    return f"{cls!r} is not a dataclass that follows WireModel"


def present(value: WireModel) -> dict[str, object]:
    """Return the fields that are set, newer ones included, with their values unchanged."""
    if isinstance(value, Unknown) or not is_dataclass(value):
        return {**value.to_dict()}
    found: dict[str, object] = {name: getattr(value, name) for name in value.__dataclass_fields__}
    newer = rebuilt(found.pop("extra", None), lambda part: part)
    known = {name: member for name, member in found.items() if member is not UNSET}
    return {**known, **newer} if is_map(newer) else known


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


def builtins_annotation(annotation: object, mirror: Callable[[type[WireModel]], object]) -> object:
    """Return the annotation of a mutable mirror's field, which holds mirrors, lists and dicts.

    ``mirror`` returns the replacement of a model. The marks and ``UNSET`` are left out.
    """
    origin, parts = get_origin(annotation), get_args(annotation)
    if is_model(annotation):
        return mirror(annotation)
    if annotation is JsonObject:
        return dict[str, object]
    if origin is None or origin is Literal:
        return annotation
    if origin is Annotated:
        return builtins_annotation(parts[0], mirror)
    plain = [builtins_annotation(part, mirror) for part in parts if part is not UnsetType]
    if origin is tuple:
        return GenericAlias(list, (plain[0],))
    if origin is FrozenDict:
        return GenericAlias(dict, (str, plain[0]))
    union: object = Union[tuple(plain)]
    return union
