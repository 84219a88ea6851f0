"""The models of ``realtime_models`` in attrs and cattrs.

* :func:`configure` teaches a cattrs converter our types and unions, as fields of attrs classes or
  anywhere else: their own functions decode and encode them.
* :func:`to_attrs` returns the attrs class that mirrors one of ours. It works without cattrs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .fields import configure as configure
    from .mirror import Mirror as Mirror
    from .mirror import to_attrs as to_attrs

__all__ = ["Mirror", "configure", "to_attrs"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(".fields" if name == "configure" else ".mirror", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
