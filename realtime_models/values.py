"""JSON values as Python values, and the immutable form in which models keep them.

A value is told by its *exact* Python type, so that no foreign code runs while a message is
read; what is merely like JSON (subclasses, other mappings) is made plain elsewhere, and only
after a first failure. Kept values are frozen: objects as :class:`JsonObject`, arrays as tuples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, TypeVar, Union

from .errors import Mismatch
from .plain import MAX_DEPTH, MAX_VALUES, Room, as_plain

__all__ = ["FrozenDict", "JsonObject", "JsonValue"]

JsonScalar: TypeAlias = str | int | float | bool | None
# No string as a whole, so that at run time, too, one may write ``JsonValue | None``.
JsonValue: TypeAlias = Union[
    JsonScalar, "JsonArray", "dict[str, JsonValue]", "FrozenDict[JsonValue]"
]
"""Any JSON value. Arrays are lists where they are fresh, and tuples where they are frozen."""

JsonArray: TypeAlias = "list[JsonValue] | tuple[JsonValue, ...]"

RawObject: TypeAlias = Mapping[str, object]
"""A JSON object before it is decoded. (Models with a field ``object`` hide the builtin.)"""

V_co = TypeVar("V_co", covariant=True)

if TYPE_CHECKING:
    # `type(value) is PlainDict` narrows to an object whose members are still to be proven; of
    # the other class type checkers see the part of `dict` that does not change it.
    PlainDict: TypeAlias = dict[str, object]
    PlainList: TypeAlias = list[object]

    class _ReadOnlyDict(Mapping[str, V_co]):
        def __init__(self, members: Mapping[str, V_co], /) -> None: ...
        def __getitem__(self, key: str, /) -> V_co: ...
        def __iter__(self) -> Iterator[str]: ...
        def __len__(self) -> int: ...
        def __eq__(self, other: object) -> bool: ...

else:
    PlainDict = dict
    PlainList = list

    class _ReadOnlyDict(dict[str, V_co]):
        __slots__ = ()

        def __new__(cls, members=(), /):
            self = dict.__new__(cls)
            dict.update(self, members)
            return self

        def __init__(self, members=(), /):
            """Do nothing: ``__new__`` has filled it, and calling this again must not."""

        def _refuse(self, *args, **kwargs):
            raise TypeError(f"{type(self).__name__} is immutable; dict(...) gives a copy to change")

        __setitem__ = __delitem__ = __ior__ = _refuse
        clear = pop = popitem = setdefault = update = _refuse


if TYPE_CHECKING:
    PlainTuple: TypeAlias = tuple[object, ...]

    def frozen(draft: Draft) -> JsonObject: ...

else:
    PlainTuple = tuple

    def frozen(draft):
        """Turn a draft into a :class:`JsonObject`; it is one itself from then on."""
        draft.__class__ = JsonObject
        return draft


class Draft(dict[str, JsonValue]):
    """An object that is being frozen: filled in place, since copying it would take longer."""

    __slots__ = ()


class FrozenDict(_ReadOnlyDict[V_co]):
    """An immutable, hashable mapping that is still a ``dict`` for ``json.dumps`` and ``==``."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenDict[V_co]], tuple[dict[str, V_co]]]:
        return type(self), (dict(self),)

    def __copy__(self) -> FrozenDict[V_co]:
        return self

    def __deepcopy__(self, memo: object) -> FrozenDict[V_co]:
        return self


class JsonObject(FrozenDict[JsonValue]):
    """A free-form JSON object, immutable all the way down and hashable.

    ``JsonObject(mapping)`` freezes any mapping of JSON values, and raises ``TypeError`` for what
    JSON cannot express. Inside it arrays are tuples and objects are ``JsonObject``;
    ``thaw`` and every ``to_dict`` give lists and dicts again.
    """

    __slots__ = ()

    def __new__(cls, members: RawObject = MappingProxyType({}), /) -> JsonObject:
        if type(members) is JsonObject:
            return members
        try:
            return freeze_object(members)
        except Mismatch:
            pass
        try:
            return freeze_object(as_plain(members))
        except Mismatch:
            raise TypeError("expected a mapping of strings to JSON values") from None

    if TYPE_CHECKING:

        def __init__(self, members: RawObject = ..., /) -> None: ...


def new_object(members: dict[str, JsonValue]) -> JsonObject:
    """A :class:`JsonObject` of members that are frozen already."""
    return frozen(Draft(members))


def freeze(value: object) -> JsonValue:
    """The immutable form of a JSON value; raises :class:`Mismatch` if it is none, or too large."""
    return _freeze(value, MAX_DEPTH, Room(MAX_VALUES))


def freeze_object(value: object) -> JsonObject:
    """The immutable form of a JSON object; raises :class:`Mismatch` as :func:`freeze` does."""
    return _freeze_object(value, MAX_DEPTH, Room(MAX_VALUES))


def _freeze(value: object, depth: int, room: Room) -> JsonValue:
    if type(value) is str or type(value) is int or type(value) is bool or value is None:
        return value
    if type(value) is PlainDict:
        return _freeze_object(value, depth, room)
    if depth and (type(value) is PlainList or type(value) is PlainTuple):
        room.left -= len(value)
        if room.left < 0:
            raise Mismatch
        return tuple(
            [item if type(item) is str else _freeze(item, depth - 1, room) for item in value]
        )
    if type(value) is float and value - value == 0.0:  # neither NaN nor infinite
        return value
    if type(value) is JsonObject:
        return value
    raise Mismatch


def _freeze_object(value: object, depth: int, room: Room) -> JsonObject:
    if not depth or type(value) is not PlainDict:
        raise Mismatch
    room.left -= len(value)
    if room.left < 0:
        raise Mismatch
    draft = Draft()
    for key, item in value.items():
        if type(key) is not str:
            raise Mismatch
        if type(item) is str or type(item) is bool or item is None:
            draft[key] = item
        elif type(item) is PlainDict:
            draft[key] = _freeze_object(item, depth - 1, room)
        else:
            draft[key] = _freeze(item, depth - 1, room)
    return frozen(draft)


def thaw(value: JsonValue) -> JsonValue:
    """A fresh, mutable copy of a frozen value."""
    if isinstance(value, FrozenDict):
        return thaw_object(value)
    if isinstance(value, tuple):
        return [item if type(item) is str else thaw(item) for item in value]
    return value


def thaw_object(value: FrozenDict[JsonValue]) -> dict[str, JsonValue]:
    """A fresh, mutable copy of a frozen object."""
    return {
        key: item if type(item) is str or type(item) is bool else thaw(item)
        for key, item in value.items()
    }
