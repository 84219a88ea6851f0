"""The base of the models: what the checker and the fallback know of them.

It stands below both. What needs them, pickling and ``Unknown``, stands above, in ``model``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field
from typing import ClassVar, Final, Literal, TypeAlias, TypeVar

from .errors import DecodeError, Problem
from .json_text import format_json, parse_json
from .json_values import DICT, EMPTY, JsonObject, JsonValue, KeptObject, RawObject
from .problems import wrong_type
from .sentinel import UNSET

B = TypeVar("B", bound="Base")

Invalid: TypeAlias = Literal["raise", "keep"]
"""How to treat an object that cannot be decoded: raise, or keep it with its problems."""
INVALID: Final = ("raise", "keep")


class Base:
    """What the checker and the fallback know of a model: its fields, and how it is decoded.

    Values are immutable; equality and hash go by the fields.
    """

    __slots__: tuple[str, ...] = ()
    __dataclass_fields__: ClassVar[dict[str, Field[object]]]

    _takes_any: ClassVar[bool] = False
    """Whether it represents any object, as ``Unknown`` does, with the one field ``data``."""
    _known: ClassVar[frozenset[str]]
    """The names of the fields, without ``extra``."""
    _hidden: ClassVar[frozenset[str]] = frozenset()
    """The fields that ``repr`` does not show: secrets, and audio."""
    _read_only: ClassVar[frozenset[str]] = frozenset()
    """The fields that only servers send."""

    def __init_subclass__(cls) -> None:
        cls._known = frozenset(cls.__slots__) - {"extra"}

    @classmethod
    def from_dict(cls: type[B], data: RawObject, *, invalid: Invalid = "raise") -> B:
        """Decode a JSON object; raise :class:`DecodeError` with every problem in it.

        With ``invalid="keep"`` no object is refused: a field that cannot be decoded is ``UNSET``,
        its raw value stays in ``extra``, and ``problems`` says what is wrong.
        """
        raise NotImplementedError

    def to_dict(self) -> dict[str, JsonValue]:
        """Return the JSON object, fresh and mutable; absent and null fields stay so."""
        raise NotImplementedError

    @classmethod
    def from_json(cls: type[B], text: str | bytes | bytearray, *, invalid: Invalid = "raise") -> B:
        """Decode a JSON text as :meth:`from_dict` decodes an object.

        A text that is not JSON, or not an object, always raises :class:`DecodeError`.
        """
        data = parse_json(text, cls.__name__)
        if type(data) is DICT:
            return cls.from_dict(data, invalid=invalid)
        raise DecodeError(cls.__name__, [wrong_type("", "object", data)])

    def to_json(self) -> str:
        """Return the compact JSON text; raise ``ValueError`` for NaN and Infinity."""
        return format_json(self.to_dict())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with this value: empty unless it was decoded with ``keep``."""
        extra: object = getattr(self, "extra", EMPTY)
        return extra.problems if isinstance(extra, KeptObject) else ()

    def __repr__(self) -> str:
        shown: list[str] = []
        for name, value in self._items():
            if value is UNSET or (name == "extra" and not value):
                continue
            if name in self._hidden and value is not None:
                shown.append(f"{name}=<hidden>")
            elif isinstance(value, JsonObject) and name == "extra":
                # The values are not shown: any of them may be a secret.
                shown.append(f"extra=<{', '.join(value)}>")
            else:
                shown.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Base) or type(other) is not type(self):
            return NotImplemented
        return self is other or list(self._items()) == list(other._items())

    def __hash__(self) -> int:
        return hash(tuple(self._items()))

    def __copy__(self: B) -> B:
        return self

    def __deepcopy__(self: B, memo: object) -> B:
        return self

    def _items(self) -> Iterator[tuple[str, object]]:
        """Yield the fields, in their order, with their values."""
        for name in self.__slots__:
            value: object = getattr(self, name)
            yield name, value
