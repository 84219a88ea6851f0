"""The JSON Schema (draft 2020-12) of a type: as the API describes it, or of all that we write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from ._runtime.annotations import Limits
from ._runtime.base import Model
from ._runtime.json_values import JsonValue
from ._runtime.model import WireModel, is_model
from ._runtime.shape import TypeCase, TypeShape, model_shape, shape_of
from .catalog import alias_doc, as_model, field_docs, find, model_doc

__all__ = ["json_schema"]


def json_schema(
    type_or_name: object,
    refer: Callable[[type[WireModel]], str] = lambda model: f"#/$defs/{model.__name__}",
    mode: Literal["validation", "serialization"] = "validation",
) -> dict[str, JsonValue]:
    """Return the JSON Schema of a model, an alias, or the name of one, as the API describes it.

    The objects that it refers to are under ``$defs`` by their names; ``refer`` returns another
    ``$ref`` to them, for a document that keeps them elsewhere. Unknown fields are allowed. A union
    whose variants each have a ``type`` of their own also has OpenAPI's ``discriminator``.
    A class of yours that follows :class:`WireModel` is an object with any fields.

    The ``mode`` ``serialization`` is for all that ``to_dict`` may write of what was received: null
    in optional fields, unlisted values, newer variants (without ``discriminator``), and no limits.
    Raises ``LookupError`` for a name that no type has, and ``TypeError`` for a type that JSON
    cannot express.
    """
    annotation = find(type_or_name)
    head: dict[str, JsonValue] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    if is_model(annotation):
        head |= {"title": annotation.__name__, "description": model_doc(annotation)}
        if not as_model(annotation):
            return {**head, "type": "object", "$defs": {}}
    elif isinstance(type_or_name, str):
        head |= {"title": type_or_name, "description": alias_doc(type_or_name)}
    refs = _Refs(refer, mode == "serialization")
    schema = _shape(shape_of(annotation), refs)
    return {**head, **schema, "$defs": refs.definitions}


class _Refs:
    """Makes the references to models, and the definitions that they refer to."""

    def __init__(self, refer: Callable[[type[WireModel]], str], as_read: bool) -> None:
        self.refer = refer
        self.as_read = as_read
        self.definitions: dict[str, JsonValue] = {}

    def to(self, model: type[Model]) -> str:
        if model.__name__ not in self.definitions:
            self.definitions[model.__name__] = None  # It may hold itself.
            self.definitions[model.__name__] = _model(model, self)
        return self.refer(model)


def _model(model: type[Model], refs: _Refs) -> JsonValue:
    fields = model_shape(model).fields
    docs = field_docs(model)
    return {
        "type": "object",
        "description": model_doc(model),
        **({"deprecated": True} if model._is_deprecated else {}),
        "properties": {
            name: {
                **_shape(field.shape, refs),
                "description": docs.get(name, ""),
                **({"deprecated": True} if name in model._deprecated else {}),
            }
            for name, field in fields.items()
        },
        "required": [name for name, field in fields.items() if field.required],
    }


def _shape(shape: TypeShape, refs: _Refs) -> dict[str, JsonValue]:
    options = [
        option for name, case in shape.cases.items() for option in _case_schemas(name, case, refs)
    ]
    if not options:  # Only a null without a meaning is left.
        return {"type": "null"}
    return options[0] if len(options) == 1 else {"anyOf": [*options]}


def _case_schemas(name: str, case: TypeCase, refs: _Refs) -> Iterator[dict[str, JsonValue]]:
    """Yield the schemas of the values of one JSON type."""
    models: list[dict[str, JsonValue]] = [{"$ref": refs.to(model)} for model in case.models]
    ambiguous = case.by_type[None] or any(len(found) > 1 for found in case.by_type.values())
    types: dict[str, JsonValue] = {
        tag: refs.to(found[0]) for tag, found in case.by_type.items() if tag and not ambiguous
    }
    if refs.as_read or not types or len(models) == 1:
        yield from models
    else:
        yield {"anyOf": [*models], "discriminator": {"propertyName": "type", "mapping": types}}
    if case.unknown and (refs.as_read or not models):
        newer: JsonValue = {"type": {"not": {"enum": [*types]}}}
        yield {"type": "object", **({"properties": newer} if types else {})}
    if case.values:
        one = len(case.values) == 1
        yield {"type": name, **({"const": case.values[0]} if one else {"enum": [*case.values]})}
    undocumented = refs.as_read and case.unlisted == "undocumented"
    if undocumented or case.unlisted in ("accepted", "as_read"):
        schema = {"type": name, **({} if refs.as_read else _limits(case))}
        if case.items:
            keyword = "items" if name == "array" else "additionalProperties"
            schema[keyword] = _shape(case.items, refs)
        yield schema


def _limits(case: TypeCase) -> dict[str, JsonValue]:
    limits = next((mark for mark in case.marks if isinstance(mark, Limits)), Limits())
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
