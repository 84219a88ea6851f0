"""Free-form JSON, immutable all the way down."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ..plain import as_plain
from ..values import FrozenDict, JsonValue, RawObject

__all__ = ["JsonObject"]


class JsonObject(FrozenDict[JsonValue]):
    """A free-form JSON object, immutable all the way down and hashable.

    ``JsonObject(mapping)`` freezes any mapping of JSON values, and raises ``TypeError`` for what
    JSON cannot express. Inside it arrays are tuples and objects are ``JsonObject``.
    """

    __slots__ = ()

    def __new__(cls, members: RawObject = MappingProxyType({}), /) -> JsonObject:
        from .reading import Reading

        if type(members) is JsonObject:
            return members
        reading = Reading()
        frozen = reading.read(JsonObject, as_plain(members))
        if reading.problems or not isinstance(frozen, JsonObject):
            raise TypeError("expected a mapping of strings to JSON values")
        return frozen

    if TYPE_CHECKING:

        def __init__(self, members: RawObject = ..., /) -> None: ...


if TYPE_CHECKING:

    def as_json_object(members: dict[str, object]) -> JsonObject: ...

else:
    as_json_object = partial(FrozenDict.__new__, JsonObject)  # The members are frozen already.

EMPTY: Final = as_json_object({})
