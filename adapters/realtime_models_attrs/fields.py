"""Our values as fields of attrs classes: hooks for the converters of cattrs."""

from __future__ import annotations

from collections.abc import Callable
from types import NoneType
from typing import Literal, TypeAlias, get_origin

import attrs
import cattrs

from realtime_models import DecodeError, FrozenDict, JsonObject, UnsetType, to_wire
from realtime_models.adapting import (
    Invalid,
    admits,
    decoder,
    decodes,
    is_model,
    union_members,
)

from .mirror import AnyMirror, Mirror
from .problems import validation_error

Reader: TypeAlias = Callable[[object, object], object]


def configure(converter: cattrs.BaseConverter, *, invalid: Invalid = "raise") -> None:
    """Teach a converter our models and unions, and their mirrors, wherever they occur.

    Our functions decode the data and ``to_wire`` encodes the values, whatever the converter does
    with other classes; models that are built already pass. With ``invalid="keep"`` a broken object
    is kept, with its ``problems``, where a model or a union of models stands. ``UNSET`` is not JSON
    and raises ``TypeError``: ``omit_if_default=True`` leaves out a field with that default.
    """

    def reader(annotation: object, converter: cattrs.BaseConverter) -> Reader:
        return _reader(annotation, converter, invalid)

    converter.register_structure_hook_factory(_is_ours, reader)
    converter.register_structure_hook_factory(lambda cls: issubclass(cls, Mirror), _mirror_reader)
    converter.register_unstructure_hook_func(_is_ours, to_wire)
    converter.register_unstructure_hook(FrozenDict, to_wire)
    converter.register_unstructure_hook(UnsetType, to_wire)
    converter.register_unstructure_hook(Mirror, lambda mirror: to_wire(mirror.to_wire()))


def _is_ours(annotation: object) -> bool:
    """Whether this is a model, a frozen object, or a union with one, with UNSET, or of literals."""
    parts = set(union_members(annotation)) - {NoneType}
    kinds = {get_origin(part) or part for part in parts}
    ours = not kinds.isdisjoint({FrozenDict, JsonObject, UnsetType})
    # cattrs keeps attrs classes with the methods of a model: those may call cattrs themselves.
    ours = ours or any(is_model(kind) and not attrs.has(kind) for kind in kinds)
    return (ours or (Literal in kinds and len(parts) > 1)) and decodes(annotation)


def _reader(annotation: object, converter: cattrs.BaseConverter, invalid: Invalid) -> Reader:
    decode = decoder(annotation, invalid)
    built = tuple(part for part in union_members(annotation) if is_model(part) or part is UnsetType)

    def read(value: object, _: object) -> object:
        frozen = type(value) in (tuple, FrozenDict, JsonObject)
        if type(value) in built or (frozen and admits(annotation, value)):
            return value
        try:
            return decode(value)
        except DecodeError as error:
            if not converter.detailed_validation:
                raise
            raise validation_error(error, value, annotation) from error

    return read


def _mirror_reader(mirror: type[AnyMirror], converter: cattrs.BaseConverter) -> Reader:
    def read(value: object, _: object) -> object:
        if type(value) is mirror:
            return value
        return mirror.from_wire(converter.structure(value, mirror.__wire__))

    return read
