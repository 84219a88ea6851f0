"""JSON text to values and back, strictly: what Python's reader adds to JSON is refused."""

from __future__ import annotations

import json
from typing import Final, NoReturn

from .errors import DecodeError, Problem

__all__ = ["format_json", "parse_json"]

_MESSAGES: Final = {
    UnicodeDecodeError: "expected UTF-8, found bytes that are not",
    RecursionError: "expected JSON that nests less deeply",
}


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
    except json.JSONDecodeError as error:
        message = f"expected JSON, found an error at line {error.lineno}, column {error.colno}"
    except (UnicodeDecodeError, RecursionError) as error:
        message = _MESSAGES[type(error)]
    except ValueError:
        message = "expected JSON, found a number that JSON does not have"
    raise DecodeError(type_name, [Problem("", "error", "invalid_json", message)])


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
