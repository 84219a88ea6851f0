"""Classes of a user that follow the protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Point:
    """A point on a line."""

    x: Any

    @classmethod
    def from_dict(cls, data: Any, /) -> Point:
        """Return a point, not proven to be one."""
        return cls(data["x"])

    def to_dict(self) -> dict[str, Any]:
        """Its JSON object."""
        return {"x": self.x}


class Bare:
    """A class that is not a dataclass."""

    @classmethod
    def from_dict(cls, data: Any, /) -> Bare:
        """Always the same."""
        return cls()

    def to_dict(self) -> dict[str, Any]:
        """Return an empty object."""
        return {}
