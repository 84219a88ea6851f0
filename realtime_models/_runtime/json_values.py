"""JSON values as Python values, and the immutable form in which models keep them.

A value is recognised by its *exact* Python type, so that no foreign code runs while a message is
decoded. :func:`to_builtins` converts what is merely like JSON (subclasses, other mappings, tuples)
to the exact types, and only after a first failure: this is the only place where foreign code may
run. Kept values are frozen: objects as :class:`JsonObject`, arrays as tuples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NoReturn, Protocol, TypeAlias, TypeGuard, TypeVar, Union

from .errors import Mismatch, Problem, printable

if TYPE_CHECKING:
    JsonArray: TypeAlias = "list[JsonValue] | tuple[JsonValue, ...]"
    JsonValue: TypeAlias = Union[
        str, int, float, bool, JsonArray, "dict[str, JsonValue]", "FrozenDict[JsonValue]", None
    ]
    """Any JSON value. Arrays are lists in fresh values, and tuples in frozen ones."""
else:
    # At run time an alias cannot hold itself, and annotations must resolve.
    JsonValue = Union[str, int, float, bool, None, list, tuple, dict]

RawObject: TypeAlias = Mapping[str, object]
"""A JSON object before it is decoded. (Models with a field ``object`` hide the builtin.)"""


class Strings(Protocol):
    """Any sequence of strings except a string, which is one itself but never meant as one.

    Type checkers tell them apart by what may be looked for in them: only strings in a string.
    """

    def __contains__(self, value: object, /) -> bool: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[str]: ...
    def __getitem__(self, index: int, /) -> str: ...


DICT: Final[type[dict[str, object]]] = dict
"""The class of an object from :mod:`json`: ``type(value) is DICT`` narrows to it."""
LIST: Final[type[list[object]]] = list
"""The class of an array from :mod:`json`."""
TUPLE: Final[type[tuple[object, ...]]] = tuple
"""The class of a frozen array."""
SET: Final[Callable[[object, str, object], None]] = object.__setattr__
"""Sets an attribute of an immutable object that is being made."""

JSON_TYPES: Final[Mapping[type, str]] = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}
"""JSON's name for each Python type from :mod:`json`."""
NOT_FINITE: Final = "NaN or Infinity"
SCALARS: Final = (str, int, float, bool, type(None))

MAX_DEPTH: Final = 200
"""How deep free-form JSON may nest: far beyond real messages, well within Python's stack."""
MAX_VALUES: Final = 1_000_000
"""How many values free-form JSON may hold: small data may hold one list many times, or itself."""
MAX_BITS: Final = 14_000
"""How large an integer may be: Python writes those of more than 4,300 digits only if told to."""


def json_type(value: object) -> str:
    """Return JSON's name for the type of a value, or what it is instead."""
    if type(value) is float and value - value != 0.0:
        return NOT_FINITE
    return JSON_TYPES.get(type(value), "a value that JSON does not have")


class Budget:
    """How many more values a walk may meet."""

    __slots__ = ("left",)

    def __init__(self, left: int = MAX_VALUES) -> None:
        self.left: int = left

    def spend(self, values: int) -> bool:
        """Count some values, and return ``True``; or ``False`` if they do not fit in."""
        if values > self.left:
            return False
        self.left -= values
        return True


def to_builtins(value: object) -> object:
    """Return ``value`` in the exact types of JSON.

    Values that JSON cannot express stay unchanged; decoding refuses them.
    """
    try:
        # The objects around free-form JSON nest, too, but not as deep.
        return _to_builtins(value, MAX_DEPTH + 20, Budget())
    except Exception:  # The methods of a foreign mapping may raise anything: it is no JSON then.
        return value


def _to_builtins(value: object, depth: int, budget: Budget) -> object:
    if not budget.spend(1):
        raise OverflowError
    if type(value) in SCALARS or not depth:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int.__index__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if is_array(value):
        return [_to_builtins(item, depth - 1, budget) for item in value]
    if is_map(value):
        return {
            _to_builtins(name, depth - 1, budget): _to_builtins(value[name], depth - 1, budget)
            for name in value
        }
    return value


def is_array(value: object) -> TypeGuard[Sequence[object]]:
    """Return whether a value is like a JSON array."""
    return isinstance(value, (list, tuple))


def is_map(value: object) -> TypeGuard[Mapping[str, object]]:
    """Return whether a value is like a JSON object; its keys are not checked."""
    return isinstance(value, Mapping)


Self = TypeVar("Self")
V_co = TypeVar("V_co", covariant=True)

if TYPE_CHECKING:
    # Type checkers see the part of `dict` that does not change it.
    class ReadOnlyDict(Mapping[str, V_co]):
        def __init__(self, members: Mapping[str, V_co] | Iterable[tuple[str, V_co]], /) -> None: ...
        def __getitem__(self, key: str, /) -> V_co: ...
        def __iter__(self) -> Iterator[str]: ...
        def __len__(self) -> int: ...
        def __eq__(self, other: object) -> bool: ...

    def frozen(draft: DraftObject) -> JsonObject: ...

else:

    class ReadOnlyDict(dict[str, V_co]):
        __slots__ = ()

        def __new__(cls, members=(), /):
            self = dict.__new__(cls)
            dict.update(self, members)
            return self

        def __init__(self, members=(), /):
            """Do nothing: ``__new__`` has filled it, and calling this again must not."""

        def _refuse(self, *args, **kwargs):
            raise TypeError(f"{type(self).__name__} is immutable; dict(...) gives a copy to change")

        __setitem__ = __delitem__ = __ior__ = __setattr__ = _refuse
        clear = pop = popitem = setdefault = update = _refuse

    def frozen(draft):
        """Turn a draft into a :class:`JsonObject`; it is one itself from then on."""
        draft.__class__ = JsonObject
        return draft


class Immutable:
    """A value that is its own copy."""

    __slots__ = ()

    def __copy__(self: Self) -> Self:
        return self

    def __deepcopy__(self: Self, memo: object) -> Self:
        return self


class DraftObject(dict[str, JsonValue]):
    """An object that is being frozen: filled in place, which is faster than a copy."""

    __slots__ = ()


class FrozenDict(Immutable, ReadOnlyDict[V_co]):
    """An immutable, hashable mapping that is still a ``dict`` for ``json.dumps`` and ``==``."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenDict[V_co]], tuple[dict[str, V_co]]]:
        return type(self), (dict(self),)


NO_MEMBERS: Final[RawObject] = MappingProxyType({})


class JsonObject(FrozenDict[JsonValue]):
    """A free-form JSON object, immutable all the way down and hashable.

    ``JsonObject(mapping)`` freezes any mapping of JSON values, and raises ``TypeError`` for what
    JSON cannot express. Inside it arrays are tuples and objects are ``JsonObject``;
    every ``to_dict`` gives lists and dicts again. Like ``dict``, it also takes pairs, as
    :func:`dataclasses.asdict` gives them.
    """

    __slots__ = ()

    def __new__(
        cls, members: RawObject | Iterable[tuple[str, object]] = NO_MEMBERS, /
    ) -> JsonObject:
        if type(members) is JsonObject:
            return members
        # `isinstance` would run foreign code.
        exact: object = dict(members) if issubclass(type(members), Iterator) else members
        try:
            return freeze_object(exact)
        except Mismatch:
            pass
        try:
            return freeze_object(to_builtins(exact))
        except Mismatch:
            raise TypeError("expected a mapping of strings to JSON values") from None

    def __init__(self, members: RawObject | Iterable[tuple[str, object]] = NO_MEMBERS, /) -> None:
        """Do nothing: ``__new__`` has filled it."""


class JsonMapping(Immutable, Mapping[str, JsonValue]):
    """An immutable, hashable mapping of JSON members that is no ``dict``: ``extra``, ``data``.

    Encoders that write dataclasses by themselves fail on it, and so never write what is not the
    wire form. ``dict(mapping)`` is a copy to change.
    """

    __slots__ = ("_members",)

    _members: JsonObject
    problems: tuple[Problem, ...] = ()
    """Every problem of the model that holds it, with pointers relative to the model."""

    def __init__(self, members: RawObject = NO_MEMBERS, /) -> None:
        if type(members) is JsonMapping:
            members = members._members
        SET(self, "_members", JsonObject(members))

    def __getitem__(self, name: str) -> JsonValue:
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __hash__(self) -> int:
        return hash(self._members)

    def __repr__(self) -> str:
        """Show names only: any of the values may be a secret."""
        return f"<{', '.join(map(printable, self))}>"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(
            f"{type(self).__name__} is immutable; dict(...) gives a copy to change"
        )

    def __delattr__(self, name: str) -> NoReturn:
        self.__setattr__(name, None)

    def __reduce__(self) -> tuple[object, ...]:
        # What was kept of a field nests one level deeper in here than `JsonObject` accepts.
        return new_mapping, (dict(self), self.problems)


class KeptMapping(JsonMapping):
    """The ``extra`` of a model with problems: also what is left of its broken fields, by name."""

    __slots__ = ("problems",)


def new_mapping(members: Mapping[str, JsonValue], problems: Sequence[Problem] = ()) -> JsonMapping:
    """Return a :class:`JsonMapping` of members that are frozen already, and its problems."""
    new = object.__new__(KeptMapping if problems else JsonMapping)
    is_frozen = type(members) is JsonObject
    SET(new, "_members", members if is_frozen else frozen(DraftObject(members)))
    if problems:
        SET(new, "problems", tuple(problems))
    return new


EMPTY: Final = new_mapping({})
"""The ``extra`` of nearly every object."""


def freeze(value: object) -> JsonValue:
    """Freeze a JSON value; raise :class:`Mismatch` if it is none, or too large."""
    return freeze_part(value, MAX_DEPTH, Budget())


def freeze_object(value: object) -> JsonObject:
    """Freeze a JSON object; raise :class:`Mismatch` as :func:`freeze` does."""
    found = freeze_part(value, MAX_DEPTH, Budget()) if type(value) is DICT else None
    if type(found) is JsonObject:
        return found
    raise Mismatch


def freeze_part(value: object, depth: int, budget: Budget) -> JsonValue:
    """Freeze a value that may nest so deep; raise :class:`Mismatch` as :func:`freeze` does."""
    if type(value) is str or type(value) is bool or value is None:
        return value
    if type(value) is DICT and depth and budget.spend(len(value)):
        draft = DraftObject()
        for key, item in value.items():
            if type(key) is not str:
                raise Mismatch
            draft[key] = item if type(item) is str else freeze_part(item, depth - 1, budget)
        return frozen(draft)
    if (type(value) is LIST or type(value) is TUPLE) and depth and budget.spend(len(value)):
        return tuple(
            [item if type(item) is str else freeze_part(item, depth - 1, budget) for item in value]
        )
    if type(value) is float and value - value == 0.0:  # neither NaN nor infinite
        return value
    if type(value) is int and value.bit_length() <= MAX_BITS:
        return value
    if type(value) is JsonObject:
        freeze_part(dict(value), depth, budget)  # It must not be deeper here than it may be.
        return value
    raise Mismatch


def unknown_fields(data: RawObject, known: frozenset[str]) -> JsonMapping:
    """Return the fields of an object that are not ``known``, frozen."""
    others = {key: value for key, value in data.items() if key not in known}
    return new_mapping(freeze_object(others))


def thaw(value: JsonValue) -> JsonValue:
    """Return a fresh, mutable copy of a frozen value."""
    if isinstance(value, FrozenDict):
        return thaw_object(value)
    if isinstance(value, tuple):
        return [item if type(item) is str else thaw(item) for item in value]
    return value


def thaw_object(value: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return a fresh, mutable copy of a frozen object."""
    return {
        key: item if type(item) is str or type(item) is bool else thaw(item)
        for key, item in value.items()
    }
