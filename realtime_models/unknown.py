"""The variant that this version does not know."""

from __future__ import annotations

from typing import final

from .errors import Problem
from .model import Model
from .plain import as_plain
from .record import dataclass
from .values import JsonObject, JsonValue, RawObject, freeze_object, thaw_object

__all__ = ["Unknown"]


@final
@dataclass(frozen=True, kw_only=True, init=False, repr=False, eq=False)
class Unknown(Model):
    """A JSON object whose tag this version does not know, kept whole.

    Every union of objects has it as a member, so that a newer server loses nothing.
    Constructing one sends something newer than the library, on purpose.
    """

    __slots__ = ("data", "problems")

    data: JsonObject
    """The whole object, its tag included."""
    problems: tuple[Problem, ...]
    """Empty, unless a malformed message was kept on request."""

    def __init__(self, data: RawObject, *, problems: tuple[Problem, ...] = ()) -> None:
        object.__setattr__(self, "data", JsonObject(data))
        object.__setattr__(self, "problems", problems)

    @property
    def type(self) -> str | None:
        """The value of the object's property ``type``, or ``None`` if that is not a string."""
        tag = self.data.get("type")
        return tag if isinstance(tag, str) else None

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

    def to_request(self) -> Unknown:
        """Itself: what may be sent of it, nobody knows."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return _unpickled, (self.to_dict(), self.problems)

    def __repr__(self) -> str:
        # The members are not shown: nobody knows which of them is a secret.
        shown = f"type={self.type!r}, fields={sorted(self.data)!r}"
        return (
            f"Unknown({shown}, problems={self.problems!r})"
            if self.problems
            else f"Unknown({shown})"
        )


def unknown(data: dict[str, object]) -> Unknown:
    """An object that is none of a union's variants, kept whole."""
    return Unknown(freeze_object(data))


def _unpickled(data: RawObject, problems: tuple[Problem, ...]) -> Unknown:
    return Unknown(data, problems=problems)
