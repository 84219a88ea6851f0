"""Marks in annotations that say what the wire adds to a type.

An annotation of a field tells both what the API describes and what servers were seen to send
beyond it: the second part is marked as undocumented. Type checkers see plain ``str``, ``int``
or ``None``; decoding accepts both parts; ``check`` reports the second one as a notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias, TypeGuard, final

from .sentinel import UnsetType

UNDOCUMENTED: Final = "undocumented"
"""The mark of an alternative that the API does not describe, but that is decoded."""
NULL_AS_READ: Final = "as_read"
"""The mark of a null that servers routinely send, and that clients must not send."""

# An alias of null alone would be an `object` in the messages of mypy.
UnsetOrNull: TypeAlias = UnsetType | Annotated[None, UNDOCUMENTED]
"""Absent, or null in a field to which the API gives no meaning for null."""
UndocumentedStr: TypeAlias = Annotated[str, UNDOCUMENTED]
"""A string beside those that the API lists, as a newer API may send."""
UndocumentedInt: TypeAlias = Annotated[int, UNDOCUMENTED]
"""An integer beside those that the API lists."""


@final
@dataclass(frozen=True, slots=True)
class Limits:
    """The documented limits of a value, named as in JSON Schema: checked, never enforced."""

    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    pattern: str | None = None


@final
@dataclass(frozen=True, slots=True)
class Rule:
    """What servers refuse although each field is valid.

    A field is named by its path, as in ``audio.input``; null counts as absent. A rule that needs,
    refuses and allows nothing refuses the object itself.
    """

    because: str
    """What the server does, as a sentence."""
    to: tuple[str, ...] = ()
    """The APIs whose servers refuse it of a client; if empty, it holds for whoever sent it."""
    when: tuple[tuple[str, str], ...] = ()
    """The patterns of fields for which the rule holds; if empty, it always holds."""
    needs: tuple[str, ...] = ()
    """The fields that must be present in an object that is."""
    refuses: tuple[str, ...] = ()
    """The fields that must be absent."""
    allows: tuple[tuple[str, str], ...] = ()
    """The patterns that texts, or those in an array, must match as a whole."""


def is_class(annotation: object) -> TypeGuard[type[object]]:
    """Return whether an annotation is a plain class."""
    # In Python 3.10 `isinstance` also accepts `tuple[int]`.
    return issubclass(type(annotation), type)
