"""Public names to what they stand for, one import at a time."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from .hints import is_class
from .model import Model
from .wire import HOMES

__all__ = ["as_model", "find", "home", "type_names"]


def find(name: str) -> object:
    """The model, alias or function of this name; raises ``LookupError`` if there is none."""
    if name not in HOMES:
        raise LookupError(f"no type is called {name}")
    found: object = getattr(import_module(home(name)), name)
    return found


def home(name: str) -> str:
    """The full name of the module in which a name is defined."""
    return f"{__package__}.wire.{HOMES[name]}"


def type_names() -> Iterator[str]:
    """The names of all models and aliases, in the order of the alphabet."""
    return (name for name in HOMES if name[0].isupper())


def as_model(found: object) -> type[Model] | None:
    """What was found, if it is a model; ``None`` for an alias."""
    return found if is_class(found) and issubclass(found, Model) else None
