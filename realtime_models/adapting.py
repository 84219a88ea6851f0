"""What an adapter to another library needs to know of our types, beyond decoding and writing them.

Adapters are written against this, the public functions and the annotations, never against a list
of types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Final, Literal, Union, get_args, get_origin

from .generic import decoder
from .hints import is_class
from .model import Model, WireModel, hidden_fields, is_model, is_value
from .plain import is_array, is_map
from .registry import find, type_names
from .schemas import json_schema
from .shape import members, shape_of
from .unknown import Unknown
from .values import FrozenDict, JsonObject

__all__ = [
    "Model",
    "admits",
    "decoder",
    "decodes",
    "field_schemas",
    "hidden_fields",
    "is_array",
    "is_map",
    "is_model",
    "is_value",
    "members",
    "name_of",
    "replace_models",
    "steps",
]


def field_schemas(cls: type) -> dict[str, JsonObject]:
    """The JSON Schema of each field of a model, with its description and documented limits.

    None, if the class is not ours.
    """
    if not issubclass(cls, Model):
        return {}
    found: object = json_schema(cls)
    for name in ("$defs", cls.__name__, "properties"):
        found = found[name] if is_map(found) else None
    fields: Mapping[str, object] = found if is_map(found) else {}
    return {name: JsonObject(schema) for name, schema in fields.items() if is_map(schema)}


def replace_models(hint: object, replace: Callable[[type[WireModel]], object]) -> object:
    """An annotation with something else for each model in it. ``Unknown`` stays as it is."""
    if is_model(hint) and hint is not Unknown:
        return replace(hint)
    origin = get_origin(hint)
    if origin is None or origin is Literal:
        return hint
    parts = tuple([replace_models(part, replace) for part in get_args(hint)])
    changed: object = Union[parts] if origin in (Union, UnionType) else origin[parts]
    return changed


def admits(hint: object, value: object) -> bool:
    """Whether an annotation admits a value: one that is decoded, not the JSON that it came from."""
    if hint is int or hint is float:  # A boolean is no number.
        return type(value) in (int, hint)
    if is_class(hint):
        return isinstance(value, hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return value in parts
    if origin in (tuple, FrozenDict):
        inside = value.values() if is_map(value) else value if is_array(value) else ()
        return isinstance(value, origin) and all(admits(parts[0], part) for part in inside)
    return origin in (Annotated, Union, UnionType) and any(admits(part, value) for part in parts)


def decodes(hint: object) -> bool:
    """Whether ``from_wire`` decodes this annotation; it may have members that are not ours."""
    try:
        shape_of(hint)
    except TypeError:
        return is_model(hint)
    return True


def steps(pointer: str, data: object) -> Iterator[str | int]:
    """The names and indices that a problem's JSON Pointer into ``data`` is made of."""
    for part in pointer.split("/")[1:]:
        step = int(part) if is_array(data) else part.replace("~1", "/").replace("~0", "~")
        yield step
        if is_array(data) and isinstance(step, int):
            data = data[step]
        else:
            data = data.get(str(step)) if is_map(data) else None


def name_of(hint: object) -> str | None:
    """The name of a model, or of an alias, unless several aliases stand for the same.

    To know an alias all modules are loaded, so ask only when a name is to be shown.
    """
    return hint.__name__ if is_model(hint) else _alias_names().get(hint)


def _find_alias_names() -> Mapping[object, str]:
    names: dict[object, list[str]] = {}
    for name in type_names():
        names.setdefault(find(name), []).append(name)
    return {hint: found[0] for hint, found in names.items() if len(found) == 1}


# Not as a decorator: that would forget the types of the parameters.
_alias_names: Final[Callable[[], Mapping[object, str]]] = cache(_find_alias_names)
