"""Decode with a generated reader, and decide what becomes of data that it refuses.

A change must keep these invariants:

* Healthy data of exact types costs one ``try`` and the reader; nothing else is looked at.
* A message is decoded slowly at most once, in the outermost call: readers call readers, and never
  come back here.
* What is merely like JSON (string enums, other mappings, tuples) is converted to exact types here,
  and nowhere else; the reader then decodes it.
* An error of the reader for data in which the slow decoder finds nothing wrong is a bug of ours,
  and goes on as it is. It never becomes a problem of the data. (The slow decoder needs more of the
  stack than a reader, so that it finds what nests too deeply.)
* Errors are raised outside of ``except`` blocks, so that none has another as its context, which
  could hold the text of the message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeGuard, TypeVar

from .base import INVALID, Invalid, Model, new_model, validate_invalid
from .errors import DecodeError, Problem
from .json_text import try_json
from .json_values import DICT, RawObject, new_mapping, to_builtins
from .sentinel import UNSET
from .shape import TypeCase, select_model, shape_of
from .slow_decoder import examine, named_members

Decoded = TypeVar("Decoded")


def decode(
    annotation: object,
    read: Callable[[RawObject], Decoded],
    data: object,
    invalid: Invalid,
    name: str = "",
    found: Sequence[Problem] = (),
) -> Decoded:
    """Decode an object with the reader of a model, or of the union called ``name``.

    What was ``found`` to be no JSON, or cannot be decoded, is kept as far as it can be, or raised.
    If that is nothing, an empty model is kept: that of the object, or what a union has.
    """
    try:
        if type(data) is DICT and invalid in INVALID:
            return read(data)
    except Exception:  # Foreign keys may raise anything: the object is decoded again.
        pass
    validate_invalid(invalid)
    shape, exact = shape_of(annotation), to_builtins(data)
    value: object = UNSET
    if not found:
        value, found = examine(shape, exact)
        if not found and type(exact) is DICT:
            return read(exact)
    case = shape.cases["object"]
    if value is UNSET:
        model = case.unknown if case.models else None
        if type(exact) is DICT:
            model = select_model(case, named_members(exact)) or case.unknown
        if model:
            value = new_model(model, {model.__slots__[-1]: new_mapping({}, found)})
    if invalid == "keep" and _is_variant(value, case, read):
        return value
    if type(value) in case.models:
        name = type(value).__name__
    models = (variant for variant in (*case.models, case.unknown) if variant)
    raise DecodeError(name or next(models).__name__, found)


def decode_json(
    union: object,
    read: Callable[[RawObject], Decoded],
    text: str | bytes | bytearray,
    invalid: Invalid,
    name: str,
) -> Decoded:
    """Decode the JSON text of the union called ``name``."""
    validate_invalid(invalid)
    data, found = try_json(text)
    return decode(union, read, data, invalid, name, found)


def decode_alias(
    name: str, alias: object, read: Callable[[object], Decoded], data: object
) -> Decoded:
    """Decode an alias of values of any JSON type."""
    try:
        return read(data)
    except Exception:  # As in `decode`.
        pass
    exact = to_builtins(data)
    _, found = examine(shape_of(alias), exact)
    if not found:
        return read(exact)
    raise DecodeError(name, found)


def _is_variant(
    value: object, case: TypeCase, read: Callable[[RawObject], Decoded]
) -> TypeGuard[Decoded]:
    """Return whether a value is a model of those that the reader returns."""
    return isinstance(value, Model) and type(value) in (*case.models, case.unknown)
