"""Marks in annotations that say what the wire adds to a type.

An annotation of a field tells both what the API describes and what servers were seen to send
beyond it: the second part is marked as undocumented. Type checkers see plain ``str``, ``int``
or ``None``; decoding accepts both parts; the checker reports the second one as a notice.
"""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias, TypeGuard, final

from .record import Record, dataclass

__all__ = [
    "UNDOCUMENTED",
    "Limits",
    "UndocumentedInt",
    "UndocumentedNull",
    "UndocumentedStr",
    "is_class",
]


class Undocumented:
    """The mark of an alternative that the API does not describe, and that is read all the same."""

    def __repr__(self) -> str:
        return "UNDOCUMENTED"


UNDOCUMENTED: Final = Undocumented()

UndocumentedNull: TypeAlias = Annotated[None, UNDOCUMENTED]
"""Null, in a field to which the API gives no meaning for null."""
UndocumentedStr: TypeAlias = Annotated[str, UNDOCUMENTED]
"""A string beside those that the API lists, as a newer API may send."""
UndocumentedInt: TypeAlias = Annotated[int, UNDOCUMENTED]
"""An integer beside those that the API lists."""


@final
@dataclass(frozen=True, kw_only=True, init=False, repr=False, eq=False)
class Limits(Record):
    """The documented limits of a value, named as in JSON Schema: checked, never enforced.

    Those of two copies of the library are never equal, for :mod:`typing` takes annotations that
    are equal for one.
    """

    __slots__ = (
        "max_items",
        "max_length",
        "maximum",
        "min_items",
        "min_length",
        "minimum",
        "pattern",
    )

    minimum: float | None
    maximum: float | None
    min_length: int | None
    max_length: int | None
    min_items: int | None
    max_items: int | None
    pattern: str | None

    def __init__(
        self,
        minimum: float | None = None,
        maximum: float | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        min_items: int | None = None,
        max_items: int | None = None,
        pattern: str | None = None,
    ) -> None:
        put = object.__setattr__
        put(self, "minimum", minimum)
        put(self, "maximum", maximum)
        put(self, "min_length", min_length)
        put(self, "max_length", max_length)
        put(self, "min_items", min_items)
        put(self, "max_items", max_items)
        put(self, "pattern", pattern)


def is_class(hint: object) -> TypeGuard[type[object]]:
    """Whether an annotation is a plain class."""
    # In Python 3.10 `isinstance` takes `tuple[int]` for one.
    return issubclass(type(hint), type)
