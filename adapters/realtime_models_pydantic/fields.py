"""Our values as fields of pydantic models, decoded and encoded by our functions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

import pydantic_core
from pydantic import GetCoreSchemaHandler as CoreHandler
from pydantic import GetJsonSchemaHandler as JsonHandler
from pydantic import SerializationInfo, Tag, ValidationInfo
from pydantic.json_schema import JsonSchemaValue as JsonSchema
from pydantic_core import CoreSchema, core_schema

from realtime_models import DecodeError, Model, Problem, Unknown, adapting, json_schema, to_wire
from realtime_models.adapting import Invalid, is_array, is_map, is_model

from .problems import validation_error

Reader: TypeAlias = Callable[[object, ValidationInfo], object]


@dataclass(frozen=True)
class WireMark:
    """The class of :data:`Wire`."""

    invalid: Invalid = "raise"

    def __call__(self, *, invalid: Invalid = "raise") -> WireMark:
        """Return the mark with which broken objects are refused, or kept with their problems."""
        return WireMark(invalid)

    def __get_pydantic_core_schema__(self, source: object, handler: CoreHandler) -> CoreSchema:
        wire = WireType(source, reader(source, self.invalid), _WRITTEN)
        # Where this is a member of a union, the place of an error names it by its tag.
        tag = adapting.name_of(source, sys.modules) or f"{source}"
        return handler.generate_schema(Annotated[object, wire, Tag(tag)])


Wire: Final = WireMark()
"""The mark in ``Annotated[X, Wire]``, for any type or union ``X`` of ours.

JSON is decoded, a value that is built already passes, and ``to_dict`` encodes both. For type
checkers it is ``X``. A class of your own that follows ``WireModel`` works, too.
``Annotated[X, Wire(invalid="keep")]``, for a model or a union of models, keeps what is broken.
"""


def _write(value: object, info: SerializationInfo) -> object:
    """Encode a value, or the part of it that is to be included."""
    if info.include is None and info.exclude is None:
        return to_wire(value)
    return _part_of(to_wire(value), include=info.include, exclude=info.exclude)


_part_of: Callable[..., object] = pydantic_core.to_jsonable_python
_WRITTEN: Final = core_schema.plain_serializer_function_ser_schema(_write, info_arg=True)
# Pydantic calls this for a model wherever it finds one without a type of ours: in a field of the
# type `Any`, in a dataclass, in `to_json`. It would write it as a dataclass otherwise.
_ANYWHERE: Final = pydantic_core.SchemaSerializer(core_schema.any_schema(serialization=_WRITTEN))
setattr(Model, "__pydantic_serializer__", _ANYWHERE)  # noqa: B010


def install() -> None:
    """Teach pydantic our object types: in models defined afterwards they need no annotation.

    Unions still need :data:`Wire`: pydantic would try their members in turn, and take a malformed
    object for one that is newer than the library.
    """

    def hook(_: type[Model], source: object, handler: CoreHandler) -> CoreSchema:
        if source is Unknown:
            raise TypeError("a union of models needs an annotation: Annotated[..., Wire]")
        return Wire.__get_pydantic_core_schema__(source, handler)

    setattr(Model, Wire.__get_pydantic_core_schema__.__name__, classmethod(hook))


@dataclass(frozen=True)
class WireType:
    """:data:`Wire` together with the type that it annotates."""

    annotation: object
    read: Reader
    write: core_schema.PlainSerializerFunctionSerSchema | None = None

    def __get_pydantic_core_schema__(self, source: object, handler: CoreHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.read, serialization=self.write)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: JsonHandler) -> JsonSchema:
        return described(self.annotation, handler)


def reader(annotation: object, invalid: Invalid = "raise") -> Reader:
    """Return a function that decodes a type, or raises what pydantic expects."""
    decode = adapting.decoder(annotation, invalid)
    built = tuple([part for part in adapting.union_members(annotation) if is_model(part)])

    def read(value: object, info: ValidationInfo) -> object:
        if type(value) is not dict and isinstance(value, built):
            return value
        try:
            decoded = decode(value)
            if info.mode == "python" and invalid == "raise":  # FastAPI could not send it back.
                pydantic_core.to_json(value, serialize_unknown=True)
            return decoded
        except pydantic_core.PydanticSerializationError:
            found = Problem("", "error", "wrong_type", "expected text, found a lone surrogate")
            raise validation_error(DecodeError("", [found]), value) from None
        except DecodeError as error:
            if (is_array(value) or is_map(value)) and adapting.admits(annotation, value):
                return value  # It is built already.
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

    name = adapting.name_of(annotation)
    known = annotation if is_model(annotation) else name or annotation
    schema = json_schema(
        known, lambda model: place(f"{model.__module__}.{model.__name__}"), handler.mode
    )
    definitions = schema.pop("$defs")
    del schema["$schema"]
    if name and name not in places:
        place(f"{annotation.__module__ if is_model(annotation) else json_schema.__module__}.{name}")
        handler.resolve_ref_schema(places[name]).update(schema)
    for key, definition in definitions.items() if is_map(definitions) else ():
        handler.resolve_ref_schema(places[key]).update(definition if is_map(definition) else {})
    return places[name] if name else dict[str, object](schema)
