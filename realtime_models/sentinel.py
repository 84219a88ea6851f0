"""Absent is not null: the value of a field that the JSON object does not have."""

from __future__ import annotations

import enum
from typing import Final, Literal

__all__ = ["UNSET", "UnsetType"]


class UnsetType(enum.Enum):
    """The type of :data:`UNSET`.

    An enum of one member is a singleton that type checkers narrow, and that pickling and
    copying keep.
    """

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    __str__ = __repr__


UNSET: Final = UnsetType.UNSET
"""The field is absent. It is false, and it is not ``None``, which is an explicit JSON null."""
