"""What a caller passes to construct an object of a generated dataclass or attrs class."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

__all__ = ["fields"]


def fields(value: object) -> Mapping[str, object] | None:
    """The fields that differ from their defaults; ``None`` for what is no such object."""
    cls = type(value)
    if not (hasattr(cls, "__dataclass_fields__") or hasattr(cls, "__attrs_attrs__")):
        return None
    parameters = inspect.signature(cls).parameters
    found = {name: getattr(value, name) for name in parameters}
    return {
        name: member for name, member in found.items() if member is not parameters[name].default
    }
