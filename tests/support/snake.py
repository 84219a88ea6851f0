"""Decoding and writing any type by its name, through the public functions."""

from __future__ import annotations

from typing import Any

import realtime_models as rm
from codegen.names import snake
from realtime_models._runtime.model import Model


def decode(name: str, value: Any) -> Any:
    """The value of the type ``name`` that JSON stands for."""
    found = getattr(rm, name)
    if isinstance(found, type):
        return getattr(rm, name).from_dict(value)
    return getattr(rm, f"{snake(name)}_from_dict")(value)


def write(name: str, value: Any) -> Any:
    """The JSON that a value of the type ``name`` stands for."""
    if isinstance(value, Model):
        return value.to_dict()
    return getattr(rm, f"{snake(name)}_to_dict")(value)


def outcome(name: str, value: Any) -> Any:
    """The value of the type ``name`` that JSON stands for, or the error that says why not."""
    try:
        return decode(name, value)
    except rm.DecodeError as error:
        return error
