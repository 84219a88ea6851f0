"""Models: immutable values of JSON objects; ``Unknown``, the one without a class; drafts.

A model is a frozen dataclass of the standard library whose methods are written out. Decoding fills
a *draft*, a mutable class with the same slots, and turns it into the model by its class: plain
assignments are the fastest way to set slots, and type checkers verify them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import new_class
from typing import Protocol, TypeGuard, TypeVar, runtime_checkable

from .annotations import is_class
from .base import Invalid, M, Model, begin
from .fallback import decode
from .json_values import (
    SET,
    JsonMapping,
    JsonValue,
    RawObject,
    freeze_object,
    new_mapping,
    thaw_object,
)
from .sentinel import UNSET

W = TypeVar("W", bound="WireModel")


@runtime_checkable
class WireModel(Protocol):
    """A class that converts from and to a JSON object; every model here, and any of yours."""

    @classmethod
    def from_dict(cls: type[W], data: RawObject, /) -> W:
        """Decode a JSON object; raise ``ValueError`` if it is not valid."""
        ...

    def to_dict(self) -> dict[str, JsonValue]:
        """Return this value as a JSON object."""
        ...


def draft(model: type[M]) -> Callable[[], M]:
    """Make a mutable class with the slots of a model, whose instances can become models."""
    body = {"__slots__": model.__slots__, "__module__": model.__module__}
    return new_class(model.__name__, (Model,), {}, lambda namespace: namespace.update(body))


def written(value: Model | JsonValue) -> JsonValue:
    """Return the JSON value of a model or a scalar."""
    return value.to_dict() if isinstance(value, Model) else value


def finish(data: dict[str, JsonValue], value: Model) -> None:
    """Complete what ``to_dict`` writes of a model that has ``extra``."""
    if value.problems:
        # Required fields are written without a test; here one may be missing.
        for name in [name for name in data if getattr(value, name) is UNSET]:
            del data[name]
    extra: JsonMapping = getattr(value, value.__slots__[-1])
    data.update(thaw_object(extra))


@dataclass(frozen=True, kw_only=True, init=False, repr=False, eq=False)
class Unknown(Model):
    """A JSON object whose tag this version does not know, kept whole.

    Every union of objects has it as a member, so that a newer server loses nothing.
    Constructing one sends something newer than the library, on purpose.
    """

    __slots__ = ("data",)
    _is_unknown = True

    data: JsonMapping
    """The whole object, its tag included."""

    def __init__(self, data: RawObject) -> None:
        begin(self, "data", data if isinstance(data, JsonMapping) else JsonMapping(data))

    @property
    def type(self) -> None:
        """Always ``None``, so that a comparison with a tag excludes this variant."""

    @property
    def tag(self) -> str | None:
        """The object's ``type``, or ``None`` if that is not a string."""
        return self._string("type")

    @property
    def id(self) -> str | None:
        """The object's ``id``, or ``None`` if that is not a string."""
        return self._string("id")

    @property
    def event_id(self) -> str | None:
        """The object's ``event_id``, or ``None`` if that is not a string."""
        return self._string("event_id")

    @classmethod
    def from_dict(cls, data: RawObject, *, invalid: Invalid = "raise") -> Unknown:
        """Keep any JSON object; raise :class:`DecodeError` for what JSON cannot express."""
        return decode(cls, read_unknown, data, invalid)

    def to_dict(self) -> dict[str, JsonValue]:
        """Return the object unchanged, fresh and mutable."""
        return thaw_object(self.data)

    def to_request(self) -> Unknown:
        """Raise ``ValueError``: nobody knows which fields of an unknown object may be sent."""
        raise ValueError(
            f"what may be sent of an unknown object (type {self.tag!r}) is not known;"
            " pass the Unknown itself to send all of it"
        )

    def _string(self, name: str) -> str | None:
        value = self.data.get(name)
        return value if isinstance(value, str) else None

    def __repr__(self) -> str:
        # The members are not shown: any of them may be a secret.
        shown = f"tag={self.tag!r}, fields={sorted(self.data)!r}"
        problems = f", problems={self.problems!r}" if self.problems else ""
        return f"Unknown({shown}{problems})"


def read_unknown(data: RawObject) -> Unknown:
    """Keep an object that is none of the variants of a union."""
    new = object.__new__(Unknown)
    SET(new, "data", new_mapping(freeze_object(data)))
    return new


def is_model(annotation: object) -> TypeGuard[type[WireModel]]:
    """Return whether an annotation is a model: ours, or a class that follows the protocol."""
    return (
        is_class(annotation) and issubclass(annotation, WireModel) and annotation is not WireModel
    )


def is_value(value: object) -> TypeGuard[WireModel]:
    """Return whether a value is one of a model: ours, or of a class that follows the protocol."""
    return issubclass(type(value), WireModel)  # Python caches the answer only for classes.
