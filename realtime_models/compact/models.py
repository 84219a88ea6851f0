"""What all models have in common, and the variant that this version does not know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NoReturn, TypeVar, final

from ..errors import Problem
from ..plain import is_array, is_map
from ..sentinel import UNSET
from ..values import JsonValue, RawObject
from .fields import Field, ModelType, dataclass
from .values import EMPTY, JsonObject

__all__ = ["Model", "Sent", "Unknown"]

S = TypeVar("S", bound="Sent")


class Sent(metaclass=ModelType):
    """The base of immutable values that stand for one JSON object.

    Equality and hash go by the fields. A pickle holds the JSON object.
    """

    __match_args__ = ()
    _fields: ClassVar[Mapping[str, object]]

    @classmethod
    def from_dict(cls: type[S], data: RawObject) -> S:
        """Decode a JSON object; raises :class:`DecodeError` with every problem in it."""
        from .decoding import decoded_as

        return decoded_as(cls, data)

    @classmethod
    def from_json(cls: type[S], text: str | bytes | bytearray) -> S:
        """Decode a JSON text; raises :class:`DecodeError` with every problem in it."""
        from .decoding import decoded_as, parsed

        return decoded_as(cls, parsed(text, cls.__name__))

    def to_dict(self) -> dict[str, JsonValue]:
        """The JSON object, fresh and mutable; absent fields stay absent, nulls stay nulls."""
        raise NotImplementedError

    def to_json(self) -> str:
        """The compact JSON text; raises ``ValueError`` for NaN and Infinity."""
        return json.dumps(self.to_dict(), separators=(",", ":"), allow_nan=False)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot change field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        self.__setattr__(name, UNSET)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, type(self)):
            return self._items() == other._items()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._items())

    def __reduce__(self) -> tuple[object, ...]:
        return type(self).from_dict, (self.to_dict(),)

    if not TYPE_CHECKING:

        def __replace__(self, /, **changes):
            return type(self)(**{**dict(self._items()), **changes})

    def _items(self) -> tuple[tuple[str, object], ...]:
        values: list[object] = []
        for name in self._fields:
            value: object = getattr(self, name)
            values.append(value)
        return tuple(zip(self._fields, values, strict=True))


@dataclass(frozen=True, kw_only=True)
class Model(Sent):
    """The base of the models."""

    extra: Field[RawObject, JsonObject] = Field(EMPTY)
    """Fields that this version does not know."""
    _hidden = frozenset[str]()
    """The fields that ``repr`` does not show: secrets, and audio."""
    _read_only = frozenset[str]()
    """The fields that only servers send."""
    _defaults: ClassVar[Mapping[str, object]]

    def __init__(self, *, extra: RawObject = EMPTY, **given: object) -> None:
        from .decoding import held
        from .shapes import fields_of

        known, _ = fields_of(type(self))
        values = {**self._defaults, **given}
        if values.keys() != known.keys():
            wrong = ", ".join(sorted(values.keys() ^ known.keys()))
            raise TypeError(f"{type(self).__name__}: missing or unexpected arguments: {wrong}")
        if not known.keys().isdisjoint(extra):
            hidden = sorted(known.keys() & extra.keys())
            raise TypeError(f"extra holds fields that have parameters: {hidden}")
        for name, (shape, _) in known.items():
            object.__setattr__(self, name, held(shape, values[name]))
        object.__setattr__(self, "extra", JsonObject(extra))

    def to_dict(self) -> dict[str, JsonValue]:
        items = [*self._items()[:-1], *self.extra.items()]
        return {name: written(value) for name, value in items if value is not UNSET}

    def __repr__(self) -> str:
        # The values in `extra` are not shown: nobody knows which of them is a secret.
        shown = [
            f"{name}=<hidden>"
            if name in self._hidden and value is not None
            else f"{name}={value!r}"
            for name, value in self._items()[:-1]
            if value is not UNSET
        ]
        shown += [f"extra=<{', '.join(self.extra)}>"] if self.extra else []
        return f"{type(self).__name__}({', '.join(shown)})"


def written(value: object) -> JsonValue:
    """The JSON value of what a field holds."""
    if isinstance(value, (str, int, float)) or value is None:
        return value
    if isinstance(value, Sent):
        return value.to_dict()
    if is_array(value):
        return [written(item) for item in value]
    if is_map(value):
        return {name: written(member) for name, member in value.items()}
    raise TypeError(f"expected a decoded value, found {type(value).__name__}")


@final
@dataclass(frozen=True, kw_only=True)
class Unknown(Sent):
    """A JSON object whose tag this version does not know, kept whole.

    Every union of objects has it as a member, so that a newer server loses nothing.
    Constructing one sends something newer than the library, on purpose.
    """

    data: JsonObject
    """The whole object, its tag included."""
    problems: tuple[Problem, ...]
    """Empty, unless a malformed message was kept on request."""

    def __init__(self, data: RawObject, *, problems: tuple[Problem, ...] = ()) -> None:
        object.__setattr__(self, "data", JsonObject(data))
        object.__setattr__(self, "problems", problems)

    @property
    def type(self) -> str | None:
        """The value of the object's property ``type``, or ``None`` if that is not a string."""
        tag = self.data.get("type")
        return tag if isinstance(tag, str) else None

    def to_dict(self) -> dict[str, JsonValue]:
        """The object as it came: fresh and mutable."""
        return {name: written(member) for name, member in self.data.items()}

    def to_request(self) -> Unknown:
        """Itself: what may be sent of it, nobody knows."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return partial(Unknown, problems=self.problems), (self.to_dict(),)

    def __repr__(self) -> str:
        # The members are not shown: nobody knows which of them is a secret.
        shown = f"Unknown(type={self.type!r}, fields={sorted(self.data)!r}"
        return f"{shown}, problems={self.problems!r})" if self.problems else f"{shown})"
