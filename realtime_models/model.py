"""What all models have in common, and the protocol that anything like a model follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, fields
from typing import ClassVar, Protocol, TypeVar, runtime_checkable

from .decode import recover
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


class Model:
    """The base of the models: immutable values, each standing for one JSON object.

    Equality, hash and pickling go by the fields. A pickle holds the JSON object, so another
    version of the library can read it.
    """

    __slots__ = ()

    __dataclass_fields__: ClassVar[dict[str, Field[object]]]
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

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or self._items() == other._items()

    def __hash__(self) -> int:
        return hash(tuple(self._items()))

    def __reduce__(self) -> tuple[Callable[[RawObject], Model], tuple[dict[str, JsonValue]]]:
        return type(self).from_dict, (self.to_dict(),)

    def __copy__(self: M) -> M:
        return self

    def __deepcopy__(self: M, memo: object) -> M:
        return self

    def _as_request(self, request: type[R]) -> R:
        """What may be sent of this, as a request."""
        from .sending import sendable
        from .shape import shape_of

        data = self.to_dict()
        for name in self._read_only:
            data.pop(name, None)
        hint: object = request
        return request.from_dict(sendable(shape_of(hint), data))

    def _items(self) -> list[tuple[str, object]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


def hidden_fields(cls: type) -> frozenset[str]:
    """The fields of a model that its ``repr`` does not show: secrets, and audio.

    None, if the class is not ours. Whoever shows a model in another way should hide them, too.
    """
    return cls._hidden if issubclass(cls, Model) else frozenset()
