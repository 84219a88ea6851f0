"""Absent is not null: the value of a field that the JSON object does not have."""

from __future__ import annotations

import enum
import sys
from operator import getitem
from typing import Final, Literal, TypeVar, overload

Value = TypeVar("Value")
Default = TypeVar("Default")

if sys.version_info >= (3, 11):
    from typing import LiteralString

    Text = TypeVar("Text", bound=LiteralString)
    OtherText = TypeVar("OtherText", bound=LiteralString)
else:  # pragma: no cover (coverage is measured on a newer Python)
    Text = TypeVar("Text", bound=str)
    OtherText = TypeVar("OtherText", bound=str)


class UnsetType(enum.Enum):
    """The type of :data:`UNSET`.

    An enum of one member is a singleton that type checkers narrow. Its value is an object that no
    library can serialise, so none writes an absent field.
    """

    UNSET = object()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    __str__ = __repr__

    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        """Pickle and copy it by its name, not by its value."""
        return getitem, (UnsetType, "UNSET")


UNSET: Final = UnsetType.UNSET
"""The field is absent. It is false, and it is not ``None``, which is an explicit JSON null."""


# Without their overloads, which add nothing else, mypy and pyright would take literals for strings:
# mypy takes a union member by member for the sake of the first, and pyright keeps what is bound to
# be literal.


@overload
def or_none(value: UnsetType) -> None: ...
@overload
def or_none(value: Text | UnsetType | None) -> Text | None: ...
@overload
def or_none(value: Value | UnsetType) -> Value | None: ...
def or_none(value: Value | UnsetType | None) -> Value | None:
    """Return ``None`` for :data:`UNSET`, and any other value as it is."""
    return None if isinstance(value, UnsetType) else value


@overload
def or_unset(value: None) -> UnsetType: ...
@overload
def or_unset(value: Text | None) -> Text | UnsetType: ...
@overload
def or_unset(value: Value | None) -> Value | UnsetType: ...
def or_unset(value: Value | None) -> Value | UnsetType:
    """Return :data:`UNSET` for ``None``, and any other value as it is."""
    return UNSET if value is None else value


@overload
def value_or(value: Text | UnsetType | None, default: OtherText) -> Text | OtherText: ...
@overload
def value_or(value: Text | UnsetType | None, default: Default) -> Text | Default: ...
@overload
def value_or(value: Value | UnsetType | None, default: Default) -> Value | Default: ...
def value_or(value: Value | UnsetType | None, default: Default) -> Value | Default:
    """Return ``default`` for :data:`UNSET` and for ``None``, and any other value as it is."""
    return default if value is None or isinstance(value, UnsetType) else value
