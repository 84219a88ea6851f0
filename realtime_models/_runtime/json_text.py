"""Parse and format JSON text strictly: refuse what Python's parser adds to JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, NoReturn

from .errors import DecodeError, Problem
from .problems import invalid_json


def parse_json(text: object, type_name: str) -> object:
    """Return the value of a JSON text; raise :class:`DecodeError` under ``type_name``."""
    value, problems = try_json(text)
    if problems:
        raise DecodeError(type_name, problems)
    return value


def try_json(text: object) -> tuple[object, Sequence[Problem]]:
    """Return the value of a JSON text (RFC 8259), or ``None`` and what is wrong with it.

    Bytes are UTF-8, and a byte order mark is skipped. Raises ``TypeError`` for anything but text.
    """
    if not isinstance(text, (str, bytes, bytearray)):
        raise TypeError(f"expected str, bytes or bytearray, found {type(text).__name__}")
    try:
        words = text if isinstance(text, str) else text.decode("utf-8")
        try:
            found: tuple[object, int] = _DECODER.raw_decode(words)
            if found[1] == len(words) or not words[found[1] :].strip(" \t\n\r"):
                return found[0], ()
        except json.JSONDecodeError:
            pass
        # Something is around the value, or it is broken: the slow way finds where.
        value: object = _DECODER.decode(words.removeprefix("\ufeff"))
        return value, ()
    except (ValueError, RecursionError) as error:
        return None, [invalid_json(error)]


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python's parser accepts."""
    raise ValueError(name)


_DECODER: Final = json.JSONDecoder(parse_constant=refuse_constant)
ENCODER: Final = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
"""Writes compact JSON, in ASCII, so that it survives any encoding; refuses NaN and Infinity."""
