"""The base of models without code of their own: it reads the annotations of their fields.

It decodes and writes the same as the code that others have written out for speed, only slower.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard, TypeVar

from ..adapting import is_array, is_map
from ..construct import as_extra, as_map, as_object, as_tuple
from ..decode import EMPTY, MISMATCHES, recover, unknown_fields
from ..errors import Mismatch
from ..generic import decoded, to_wire
from ..model import Model
from ..sentinel import UNSET
from ..shape import Branch, Shape, model_shape
from ..values import JsonObject, JsonValue, PlainDict, RawObject, thaw_object

D = TypeVar("D", bound="DenseModel")


class DenseModel(Model):
    """A model whose class says what its fields are, and nothing more."""

    __slots__ = ()

    extra: JsonObject

    @classmethod
    def from_dict(cls: type[D], data: RawObject) -> D:
        try:
            if type(data) is not PlainDict:
                raise Mismatch
            self = cls.__new__(cls)
            known = model_shape(cls).fields
            for name, field in known.items():
                if name in data:
                    object.__setattr__(self, name, decoded(field.shape, data[name]))
                elif field.required:
                    raise Mismatch
                else:
                    object.__setattr__(self, name, UNSET)
            newer = data.keys() - known.keys()
            extra = unknown_fields(data, frozenset(known)) if newer else EMPTY
            object.__setattr__(self, "extra", extra)
            return self
        except MISMATCHES:
            return recover(cls, data)

    def to_dict(self) -> dict[str, JsonValue]:
        data: dict[str, JsonValue] = {}
        for name in model_shape(type(self)).fields:
            value: object = getattr(self, name)
            if value is not UNSET:
                data[name] = _written(value)
        if self.extra:
            data.update(thaw_object(self.extra))
        return data

    def _fill(self, arguments: Mapping[str, object], extra: RawObject) -> None:
        """Set the fields from the arguments of ``__init__``, in the form that decoding gives."""
        known = model_shape(type(self)).fields
        for name, field in known.items():
            object.__setattr__(self, name, _frozen(field.shape, arguments[name]))
        object.__setattr__(self, "extra", as_extra(extra, frozenset(known)))


def _written(value: object) -> JsonValue:
    """The JSON value of a field's value; those that are the most frequent come first."""
    if isinstance(value, (str, int, float)) or value is None:
        return value
    if isinstance(value, Model):
        return value.to_dict()
    if is_array(value):
        return [_written(item) for item in value]
    return to_wire(value)


def _frozen(shape: Shape, value: object) -> object:
    """What a field holds of an argument: arrays as tuples, and mappings as frozen objects."""
    branch = shape.branches.get("object", Branch())
    if "array" in shape.branches and _is_sequence(value):
        return as_tuple(value)
    if branch.items is not None and is_map(value):
        return as_map(value)
    if branch.others == "accepted" and is_map(value):
        return as_object(value)
    return value


def _is_sequence(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Iterable)
