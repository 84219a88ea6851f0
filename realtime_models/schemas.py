"""The JSON Schema (draft 2020-12) of a type: exactly what the API describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .docs import alias_doc, field_docs, model_doc
from .hints import Limits, is_class
from .model import Model, WireModel
from .registry import as_model, find
from .shape import Branch, Shape, model_shape, shape_of
from .values import JsonValue

__all__ = ["json_schema"]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema(type_or_name: object) -> dict[str, JsonValue]:
    """The JSON Schema of a model, an alias, or the name of one: what the API describes.

    All objects that it refers to stand under ``$defs`` by their names. Newer fields are let in.
    A class of yours that follows :class:`WireModel` is an object of any fields.
    Raises ``LookupError`` for a name that no type has, and ``TypeError`` for what is no type of
    JSON values.
    """
    hint = find(type_or_name) if isinstance(type_or_name, str) else type_or_name
    head: dict[str, JsonValue] = {"$schema": DIALECT}
    if is_class(hint) and issubclass(hint, WireModel):
        head |= {"title": hint.__name__, "description": model_doc(hint)}
        if not as_model(hint):
            return {**head, "type": "object", "$defs": {}}
    elif isinstance(type_or_name, str):
        head |= {"title": type_or_name, "description": alias_doc(type_or_name)}
    models: dict[str, type[Model]] = {}
    schema = _shape(shape_of(hint), models)
    definitions: dict[str, JsonValue] = {}
    while len(definitions) < len(models):
        for other in [model for name, model in models.items() if name not in definitions]:
            definitions[other.__name__] = _model(other, models)
    return {**head, **schema, "$defs": definitions}


def _model(model: type[Model], models: dict[str, type[Model]]) -> JsonValue:
    shape = model_shape(model)
    docs = field_docs(model)
    properties: dict[str, JsonValue] = {
        name: {**_shape(field.shape, models), "description": docs.get(name, "")}
        for name, field in shape.fields.items()
    }
    required: list[JsonValue] = [name for name, field in shape.fields.items() if field.required]
    schema: dict[str, JsonValue] = {"type": "object", "description": model_doc(model)}
    return {**schema, "properties": properties, "required": required}


def _shape(shape: Shape, models: dict[str, type[Model]]) -> dict[str, JsonValue]:
    options = [
        option
        for name, branch in shape.branches.items()
        for option in _branch(name, branch, models)
    ]
    return options[0] if len(options) == 1 else {"anyOf": [*options]}


def _branch(
    name: str, branch: Branch, models: dict[str, type[Model]]
) -> Iterator[dict[str, JsonValue]]:
    """The schemas of what is allowed of one JSON type."""
    if name == "null":
        if branch.others == "accepted":
            yield {"type": "null"}
        return
    if branch.models:
        models.update((model.__name__, model) for model in branch.models)
        for model in branch.models:
            yield {"$ref": f"#/$defs/{model.__name__}"}
        return
    if branch.unknown:
        yield {"type": "object"}
    if branch.values:
        yield {"type": name, "enum": [*branch.values]}
    if branch.others == "accepted":
        yield {"type": name, **_limits(branch.limits), **_items(name, branch, models)}


def _items(name: str, branch: Branch, models: dict[str, type[Model]]) -> dict[str, JsonValue]:
    if branch.items is None:
        return {}
    keyword = "items" if name == "array" else "additionalProperties"
    return {keyword: _shape(branch.items, models)}


def _limits(limits: Limits) -> dict[str, JsonValue]:
    keywords: dict[str, JsonValue] = {
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "minLength": limits.min_length,
        "maxLength": limits.max_length,
        "minItems": limits.min_items,
        "maxItems": limits.max_items,
        "pattern": limits.pattern,
    }
    return {keyword: value for keyword, value in keywords.items() if value is not None}
