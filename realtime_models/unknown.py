"""The variant that this version does not know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import final

from .errors import Problem
from .plain import as_plain
from .sentinel import UNSET
from .text import format_json
from .values import JsonObject, JsonValue, RawObject, thaw_object

__all__ = ["Unknown"]


@final
@dataclass(frozen=True, init=False, repr=False, slots=True)
class Unknown:
    """A JSON object whose tag this version does not know, kept whole.

    Every union of objects has it as a member, so that a newer server loses nothing.
    Constructing one sends something newer than the library, on purpose.
    """

    data: JsonObject
    """The whole object, its tag included."""
    type: str | None = field(init=False)
    """The value of its property ``type``, or ``None`` if that is not a string."""
    problems: tuple[Problem, ...]
    """Empty, unless a malformed message was kept on request."""

    def __init__(self, data: RawObject, *, problems: tuple[Problem, ...] = ()) -> None:
        frozen = JsonObject(data)
        tag = frozen.get("type", UNSET)
        object.__setattr__(self, "data", frozen)
        object.__setattr__(self, "type", tag if isinstance(tag, str) else None)
        object.__setattr__(self, "problems", problems)

    @classmethod
    def from_dict(cls, data: RawObject) -> Unknown:
        """Keep any JSON object; raises :class:`DecodeError` for what JSON cannot express."""
        try:
            return cls(data)
        except TypeError:
            from .recovery import decode_error

            raise decode_error(cls.__name__, JsonObject, as_plain(data)) from None

    def to_dict(self) -> dict[str, JsonValue]:
        """The object as it came: fresh and mutable."""
        return thaw_object(self.data)

    def to_json(self) -> str:
        """The compact JSON text of the object."""
        return format_json(self.to_dict())

    def to_request(self) -> Unknown:
        """Itself: what may be sent of it, nobody knows."""
        return self

    def __repr__(self) -> str:
        # The members are not shown: nobody knows which of them is a secret.
        shown = f"type={self.type!r}, fields={sorted(self.data)!r}"
        return (
            f"Unknown({shown}, problems={self.problems!r})"
            if self.problems
            else f"Unknown({shown})"
        )
