"""Our values as fields of pydantic models, decoded and encoded by our functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import GetCoreSchemaHandler as CoreHandler
from pydantic import GetJsonSchemaHandler as JsonHandler
from pydantic.json_schema import JsonSchemaValue as JsonSchema
from pydantic_core import CoreSchema, core_schema

from realtime_models import DecodeError, Unknown, json_schema, to_wire
from realtime_models.adapting import (
    Model,
    admits,
    decoder,
    is_map,
    is_model,
    name_of,
    union_members,
)

from .problems import validation_error


class Wire:
    """The mark in ``Annotated[X, Wire]``, for any type or union ``X`` of ours.

    JSON is decoded, a value that is built already passes, and ``to_dict`` encodes both. For type
    checkers it is ``X``. A class of your own that follows ``WireModel`` works, too.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: CoreHandler) -> CoreSchema:
        return handler.generate_schema(Annotated[object, WireType(source)])


def install() -> None:
    """Teach pydantic our object types: in models defined afterwards they need no annotation.

    Unions still need :class:`Wire`: pydantic would try their members in turn, and take a malformed
    object for one that is newer than the library.
    """

    def hook(_: type[Model], source: object, handler: CoreHandler) -> CoreSchema:
        if source is Unknown:
            raise TypeError("a union of models needs an annotation: Annotated[..., Wire]")
        return Wire.__get_pydantic_core_schema__(source, handler)

    setattr(Model, Wire.__get_pydantic_core_schema__.__name__, classmethod(hook))


@dataclass(frozen=True)
class WireType:
    """:class:`Wire` together with the type that it annotates."""

    annotation: object
    change: Callable[[object], object] | None = None
    """Converts a value that is decoded elsewhere; without it, values are decoded here."""

    def __get_pydantic_core_schema__(self, source: object, handler: CoreHandler) -> CoreSchema:
        write = None if self.change else core_schema.plain_serializer_function_ser_schema(to_wire)
        read = self.change or reader(self.annotation)
        return core_schema.no_info_plain_validator_function(read, serialization=write)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: JsonHandler) -> JsonSchema:
        return described(self.annotation, handler)


def reader(annotation: object) -> Callable[[object], object]:
    """Return a function that decodes a type, or raises what pydantic expects."""
    decode = decoder(annotation)
    built = tuple([part for part in union_members(annotation) if is_model(part)])

    def read(value: object) -> object:
        if isinstance(value, built):
            return value
        try:
            return decode(value)
        except DecodeError as error:
            if admits(annotation, value):  # an array or a map of models that are built already
                return value
            raise validation_error(error, value) from None

    return read


def described(annotation: object, handler: JsonHandler) -> JsonSchema:
    """Return the JSON Schema of a type; every named type in it is a definition of pydantic."""
    places: dict[str, JsonSchema] = {}

    def place(path: str) -> str:
        # Give pydantic an empty definition, if it has none, and ask for its place; in an array, or
        # pydantic would show the definition itself. They are filled once all have their place.
        array = core_schema.list_schema(core_schema.definition_reference_schema(path))
        found = handler(core_schema.definitions_schema(array, [core_schema.any_schema(ref=path)]))
        places[path.rpartition(".")[2]] = found["items"]
        return str(found["items"]["$ref"])

    name, known = (
        name_of(annotation),
        annotation if is_model(annotation) else name_of(annotation) or annotation,
    )
    schema = json_schema(known, lambda model: place(f"{model.__module__}.{model.__name__}"))
    definitions = schema.pop("$defs")
    del schema["$schema"]
    if name and name not in places:
        place(f"{annotation.__module__ if is_model(annotation) else json_schema.__module__}.{name}")
        handler.resolve_ref_schema(places[name]).update(schema)
    for key, definition in definitions.items() if is_map(definitions) else ():
        handler.resolve_ref_schema(places[key]).update(definition if is_map(definition) else {})
    return places[name] if name else dict[str, object](schema)
