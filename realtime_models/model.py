"""What all models have in common, and the protocol that anything like a model follows."""

from __future__ import annotations

from typing import ClassVar, Protocol, TypeGuard, TypeVar, runtime_checkable

from .decode import recover
from .hints import is_class
from .record import Record
from .sentinel import UNSET
from .text import format_json, parse_json
from .values import JsonObject, JsonValue, PlainDict, RawObject

__all__ = ["Model", "WireModel"]

M = TypeVar("M", bound="Model")
R = TypeVar("R", bound="Model")
W = TypeVar("W", bound="WireModel")


@runtime_checkable
class WireModel(Protocol):
    """A class that converts from and to a JSON object; every model here, and any of yours."""

    @classmethod
    def from_dict(cls: type[W], data: RawObject, /) -> W:
        """The value that a JSON object stands for; raises ``ValueError`` if it stands for none."""
        ...

    def to_dict(self) -> dict[str, JsonValue]:
        """The JSON object that stands for this value."""
        ...


class Model(Record):
    """The base of the models: immutable values, each standing for one JSON object.

    Equality, hash and pickling go by the fields. A pickle holds the JSON object, so another
    version of the library can read it.
    """

    __slots__ = ()

    _hidden: ClassVar[frozenset[str]] = frozenset()
    """The fields that ``repr`` does not show: secrets, and audio."""
    _read_only: ClassVar[frozenset[str]] = frozenset()
    """The fields that only servers send."""

    @classmethod
    def from_dict(cls: type[M], data: RawObject) -> M:
        """Decode a JSON object; raises :class:`DecodeError` with every problem in it."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, JsonValue]:
        """The JSON object, fresh and mutable; absent fields stay absent, nulls stay nulls."""
        raise NotImplementedError

    @classmethod
    def from_json(cls: type[M], text: str | bytes | bytearray) -> M:
        """Decode a JSON text; raises :class:`DecodeError` with every problem in it."""
        data = parse_json(text, cls.__name__)
        return cls.from_dict(data) if type(data) is PlainDict else recover(cls, data)

    def to_json(self) -> str:
        """The compact JSON text; raises ``ValueError`` for NaN and Infinity."""
        return format_json(self.to_dict())

    def __repr__(self) -> str:
        shown: list[str] = []
        for name, value in self._items():
            if value is UNSET or (name == "extra" and not value):
                continue
            if name in self._hidden and value is not None:
                shown.append(f"{name}=<hidden>")
            elif isinstance(value, JsonObject) and name == "extra":
                # The values are not shown: nobody knows which of them is a secret.
                shown.append(f"extra=<{', '.join(value)}>")
            else:
                shown.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __reduce__(self) -> tuple[object, ...]:
        return type(self).from_dict, (self.to_dict(),)

    def _as_request(self, request: type[R]) -> R:
        """What may be sent of this, as a request."""
        from .sending import sendable
        from .shape import shape_of

        data = self.to_dict()
        for name in self._read_only:
            data.pop(name, None)
        hint: object = request
        return request.from_dict(sendable(shape_of(hint), data))


def hidden_fields(cls: type) -> frozenset[str]:
    """The fields of a model that its ``repr`` does not show: secrets, and audio.

    None, if the class is not ours. Whoever shows a model in another way should hide them, too.
    """
    return cls._hidden if issubclass(cls, Model) else frozenset()


def is_model(hint: object) -> TypeGuard[type[WireModel]]:
    """Whether an annotation is a model: one of ours, or a class that follows the protocol."""
    return is_class(hint) and issubclass(hint, WireModel) and hint is not WireModel


def is_value(value: object) -> TypeGuard[WireModel]:
    """Whether a value is one of a model: of ours, or of a class that follows the protocol.

    Its class is asked, since only for classes Python remembers the answer.
    """
    return issubclass(type(value), WireModel)
