"""Decode and encode any type by its name, through the public functions."""

from __future__ import annotations

from typing import Any

import realtime_models as rm
from codegen.names import snake
from realtime_models._runtime.base import Model


def decode(name: str, value: Any) -> Any:
    """Decode a JSON value as the type ``name``."""
    found = getattr(rm, name)
    if isinstance(found, type):
        return getattr(rm, name).from_dict(value)
    return getattr(rm, f"{snake(name)}_from_dict")(value)


def write(name: str, value: Any) -> Any:
    """Encode a value of the type ``name``."""
    if isinstance(value, Model):
        return value.to_dict()
    return getattr(rm, f"{snake(name)}_to_dict")(value)


def outcome(name: str, value: Any) -> Any:
    """Decode a JSON value as the type ``name``, or return the error."""
    try:
        return decode(name, value)
    except rm.DecodeError as error:
        return error
