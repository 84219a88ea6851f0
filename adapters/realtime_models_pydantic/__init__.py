"""The models of ``realtime_models`` in pydantic and FastAPI.

* ``Annotated[RealtimeServerEvent, Wire]``, and the same for any type or union of ours, is the type
  of a pydantic field, of a ``TypeAdapter``, of a body or response in FastAPI: its own functions
  decode and encode it. After :func:`install` object types need no annotation.
* :func:`to_pydantic` returns the pydantic model that mirrors one of ours.
* :class:`WireRoute` is for FastAPI routes without a return annotation.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .fields import Wire as Wire
    from .fields import install as install
    from .mirror import Mirror as Mirror
    from .mirror import to_pydantic as to_pydantic
    from .routes import WireRoute as WireRoute

__all__ = ["Mirror", "Wire", "install", "to_pydantic"]  # `WireRoute` needs FastAPI

_HOMES = {"Mirror": "mirror", "WireRoute": "routes", "to_pydantic": "mirror"}


def __getattr__(name: str) -> object:
    if name not in (*__all__, "WireRoute"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    fields = import_module(".fields", __name__)  # It teaches pydantic to write our values.
    return getattr(import_module(f".{_HOMES[name]}", __name__) if name in _HOMES else fields, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "WireRoute"})
