"""What the libraries for dataclasses share: how a class begins, and what its objects hold."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping

from codegen.form import Object

__all__ = ["fields", "opening"]


def opening(frozen: bool, base: str = "") -> Callable[[Object], str]:
    """The first lines of a slotted dataclass."""
    decorator = f"@dataclass(frozen={frozen}, slots=True, kw_only=True)"
    bases = f"({base})" if base else ""
    return lambda thing: f"{decorator}\nclass {thing.name}{bases}:"


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
