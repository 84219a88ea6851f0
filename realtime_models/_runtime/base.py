"""The base of the models: what all have, and what the two decoders know of them.

It stands below both. What needs them, ``Unknown``, stands above, in ``model``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias, TypeVar

from .annotations import Rule
from .errors import DecodeError, Problem
from .json_text import ENCODER, try_json
from .json_values import (
    DICT,
    NOT_FINITE,
    SCALARS,
    SET,
    Immutable,
    JsonMapping,
    JsonObject,
    JsonValue,
    RawObject,
    is_array,
    is_map,
    json_type,
)
from .problems import wrong_type
from .sentinel import UNSET

M = TypeVar("M", bound="Model")

Invalid: TypeAlias = Literal["raise", "keep"]
"""How to treat an object that cannot be decoded: raise, or keep it with its problems."""
INVALID: Final = ("raise", "keep")


class Hidden:
    """What is shown in place of a secret."""

    def __repr__(self) -> str:
        return "<hidden>"


HIDDEN: Final = Hidden()


def validate_invalid(invalid: Invalid) -> None:
    """Raise ``ValueError`` for a word that is neither ``raise`` nor ``keep``."""
    if invalid not in INVALID:
        raise ValueError(f'invalid must be "raise" or "keep", not {invalid!r}')


class Model(Immutable):
    """The base of every type: an immutable value of a JSON object.

    Two values are equal if they are of one class, and their fields and problems are equal.
    """

    __slots__: tuple[str, ...] = ()
    __dataclass_fields__: ClassVar[dict[str, Field[object]]]

    _is_unknown: ClassVar[bool] = False
    """Whether it represents any object, as ``Unknown`` does, with the one field ``data``."""
    _known: ClassVar[frozenset[str]]
    """The names of the fields but the last: ``extra``, or ``data`` of an unknown object."""
    _hidden: ClassVar[frozenset[str]] = frozenset()
    """The fields that ``repr`` does not show: secrets, and audio."""
    _read_only: ClassVar[frozenset[str]] = frozenset()
    """The fields that only servers send."""
    _deprecated: ClassVar[frozenset[str]] = frozenset()
    """The fields that should not be used any more."""
    _is_deprecated: ClassVar[bool] = False

    _rules: ClassVar[tuple[Rule, ...]] = ()
    """What servers refuse of it."""
    _sent_to: ClassVar[str | None] = None
    """The API to whose server only clients send it: its rules with ``to`` hold in all of it."""
    _moved: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Where the fields of the beta belong now, or ``nowhere``."""

    def __init_subclass__(cls) -> None:
        # Not `@final`: pyright would narrow `isinstance(event, kind)` to `Never`.
        for base in cls.__bases__:
            if base is not Model and issubclass(base, Model):
                raise TypeError(
                    f"{base.__name__} cannot be subclassed: no reader would make a {cls.__name__}"
                )
        cls._known = frozenset(cls.__slots__[:-1])

    @classmethod
    def from_dict(cls: type[M], data: RawObject, *, invalid: Invalid = "raise") -> M:
        """Decode a JSON object; raise :class:`DecodeError` with every problem in it.

        With ``invalid="keep"`` no object is refused: a field that cannot be decoded is ``UNSET``,
        its raw value stays in ``extra``, and ``problems`` says what is wrong.
        """
        raise NotImplementedError

    def to_dict(self) -> dict[str, JsonValue]:
        """Return the JSON object, fresh and mutable; absent and null fields stay so."""
        raise NotImplementedError

    @classmethod
    def from_json(cls: type[M], text: str | bytes | bytearray, *, invalid: Invalid = "raise") -> M:
        """Decode a JSON text as :meth:`from_dict` decodes an object.

        A text that is not JSON, or not an object, always raises :class:`DecodeError`.
        """
        validate_invalid(invalid)
        data, problems = try_json(text)
        if type(data) is DICT:
            return cls.from_dict(data, invalid=invalid)
        raise DecodeError(cls.__name__, problems or [wrong_type("object", data)])

    def to_json(self) -> str:
        """Return the compact JSON text; raise ``ValueError`` for NaN and Infinity.

        An error names the field that holds what JSON cannot express.
        """
        try:
            return ENCODER.encode(self.to_dict())
        except (TypeError, ValueError) as error:
            misfit, kind = next(misfits(self), ""), type(error)
            if not misfit:
                raise
        raise kind(misfit)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with this value: empty unless it was decoded with ``keep``."""
        whole: JsonMapping = getattr(self, self.__slots__[-1])
        return whole.problems

    def __repr__(self) -> str:
        shown = [f"{name}={value!r}" for name, value in self.__rich_repr__()]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __rich_repr__(self) -> Iterator[tuple[str, object]]:
        """Yield what ``repr``, rich and IPython show: the fields that are set, without secrets."""
        for name, value in self._items():
            if value is UNSET or (name == "extra" and not value):
                continue
            is_shown = name not in self._hidden or value is None
            yield name, value if is_shown else HIDDEN

    def __dir__(self) -> list[str]:
        """Leave out secrets, which ``rich.inspect`` would show."""
        return [name for name in super().__dir__() if name not in self._hidden]

    if TYPE_CHECKING:
        # Every model is true. Python assumes it; checkers narrow by it only if it is written out.
        def __bool__(self) -> Literal[True]: ...

    else:
        # A dataclass compares by its fields, and checkers that see no `__eq__` of its own report
        # comparisons that cannot be true.
        def __eq__(self, other: object) -> bool:
            if not isinstance(other, Model) or type(other) is not type(self):
                return NotImplemented
            if self is other:
                return True
            return list(self._items()) == list(other._items()) and self.problems == other.problems

    def __hash__(self) -> int:
        return hash(tuple(self._items()))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the JSON object, so that another version of the library can read it.

        A value that is broken, or holds one that is, says more than its object: it is pickled by
        its fields.
        """
        if is_kept(self):
            return new_model, (type(self), dict(self._items()))
        return _decoded, (type(self), self.to_dict())

    def _items(self) -> Iterator[tuple[str, object]]:
        """Yield the fields, in their order, with their values."""
        for name in self.__slots__:
            value: object = getattr(self, name)
            yield name, value


def misfits(value: object, field: str = "") -> Iterator[str]:
    """Say which fields hold what is no JSON value, and what that is."""
    if isinstance(value, Model):
        written = value.to_dict()  # with the fields that are required, though they are unset
        for name, part in value._items():
            if part is not UNSET or name in written:
                yield from misfits(part, f"{type(value).__name__}.{name}")
    elif is_map(value) or is_array(value):
        for part in value.values() if is_map(value) else value:
            yield from misfits(part, field)
    elif type(value) not in SCALARS or json_type(value) == NOT_FINITE:
        name = json_type(value) if isinstance(value, float) else type(value).__name__
        yield f"{field}: expected a JSON value, found {name}"


def is_kept(value: object) -> bool:
    """Return whether a value is, or holds, a model that was decoded though it is broken."""
    return any(model.problems for model in models_in(value))


def models_in(value: object) -> Iterator[Model]:
    """Yield the model that a value is, and those that it holds."""
    parts: Iterable[object] = value if is_array(value) else ()
    if isinstance(value, Model):
        yield value
        parts = [field for _, field in value._items()]
    elif is_map(value) and not isinstance(value, (JsonObject, JsonMapping)):
        parts = value.values()
    for part in parts:
        yield from models_in(part)


def _decoded(cls: type[Model], data: dict[str, object]) -> Model:
    return cls.from_dict(data, invalid="keep")


def begin(owner: Model, field: str, value: object) -> None:
    """Set the first field of a value; refuse a second ``__init__``, which would change it."""
    if hasattr(owner, field):
        raise TypeError(f"{type(owner).__name__} is immutable; dataclasses.replace() makes another")
    SET(owner, field, value)


def new_model(cls: type[M], fields: Mapping[str, object]) -> M:
    """Return a model of values that are frozen already; pickles name this function, too."""
    new = object.__new__(cls)
    for name in cls.__slots__:
        SET(new, name, fields.get(name, UNSET))
    return new
