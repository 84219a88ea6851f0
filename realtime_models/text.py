"""JSON text to values and back, strictly: what Python's reader adds to JSON is refused."""

from __future__ import annotations

import json
from typing import Final, NoReturn

from .errors import DecodeError, Problem

__all__ = ["format_json", "parse_json"]


def parse_json(
    text: str | bytes | bytearray, type_name: str, decoder: json.JSONDecoder | None = None
) -> object:
    """The value of a JSON text; bytes are UTF-8, and a byte order mark is passed over.

    Raises :class:`DecodeError` under ``type_name`` for whatever is not JSON (RFC 8259).
    """
    try:
        if not isinstance(text, str):
            text = text.decode("utf-8")
        return _parsed(text, decoder or _DECODER)
    except (ValueError, RecursionError) as error:
        raise invalid_json(type_name, error) from None


def invalid_json(type_name: str, error: Exception) -> DecodeError:
    """The error for a text that is no JSON, of what Python's reader says."""
    message = "expected JSON, found a number that JSON does not have"
    if isinstance(error, json.JSONDecodeError):
        message = f"expected JSON, found an error at line {error.lineno}, column {error.colno}"
    elif isinstance(error, UnicodeDecodeError):
        message = "expected UTF-8, found bytes that are not"
    elif isinstance(error, RecursionError):
        message = "expected JSON that nests less deeply"
    return DecodeError(type_name, [Problem("", "error", "invalid_json", message)])


def _parsed(text: str, decoder: json.JSONDecoder) -> object:
    try:
        found: tuple[object, int] = decoder.raw_decode(text)
    except json.JSONDecodeError:
        # Something stands before the value, or it is broken: the slow way knows where.
        later: object = decoder.decode(text.removeprefix("\ufeff"))
        return later
    value, end = found
    if end != len(text) and text[end:].strip(_WHITESPACE):
        value = decoder.decode(text)  # It says where the rest begins.
    return value


def format_json(value: object) -> str:
    """The compact JSON text of a value, in ASCII, so that it survives any encoding.

    Raises ``ValueError`` for NaN and Infinity, which JSON does not have.
    """
    return _ENCODER.encode(value)


def refuse_constant(name: str) -> NoReturn:
    """Called for NaN and Infinity, which Python's reader would let in."""
    raise ValueError(name)


_WHITESPACE: Final = " \t\n\r"
_DECODER: Final = json.JSONDecoder(parse_constant=refuse_constant)
_ENCODER: Final = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
