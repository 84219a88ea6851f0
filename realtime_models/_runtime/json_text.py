"""Parse and format JSON text strictly: refuse what Python's parser adds to JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, NoReturn

from .errors import DecodeError, Problem
from .problems import invalid_json


def parse_json(text: object, type_name: str, decoder: json.JSONDecoder | None = None) -> object:
    """Return the value of a JSON text; bytes are UTF-8, and a byte order mark is skipped.

    Raises :class:`DecodeError` under ``type_name`` for text that is not JSON (RFC 8259), and
    ``TypeError`` for anything but text.
    """
    value, problems = try_json(text, decoder)
    if problems:
        raise DecodeError(type_name, problems)
    return value


def try_json(
    text: object, decoder: json.JSONDecoder | None = None
) -> tuple[object, Sequence[Problem]]:
    """Return the value of a JSON text, or ``None`` and what is wrong with it."""
    if not isinstance(text, (str, bytes, bytearray)):
        raise TypeError(f"expected str, bytes or bytearray, found {type(text).__name__}")
    try:
        if not isinstance(text, str):
            text = text.decode("utf-8")
        return _parsed(text, decoder or _DECODER), ()
    except (ValueError, RecursionError) as error:
        return None, [invalid_json(error)]


def _parsed(text: str, decoder: json.JSONDecoder) -> object:
    try:
        found: tuple[object, int] = decoder.raw_decode(text)
        value, end = found
        if end == len(text) or not text[end:].strip(" \t\n\r"):
            return value
    except json.JSONDecodeError:
        pass
    # Something is around the value, or it is broken: the slow way finds where.
    later: object = decoder.decode(text.removeprefix("\ufeff"))
    return later


def format_json(value: object) -> str:
    """Return the compact JSON text of a value, in ASCII, so that it survives any encoding.

    Raises ``ValueError`` for NaN and Infinity, which JSON does not have.
    """
    return _ENCODER.encode(value)


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python's parser accepts."""
    raise ValueError(name)


_DECODER: Final = json.JSONDecoder(parse_constant=refuse_constant)
_ENCODER: Final = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
