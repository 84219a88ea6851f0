"""The second chance of data that the straight-line decoders refused.

They look at exact types only. Here what is merely like JSON is brought into exact form and
decoded again; if nothing was left to bring into form, the checker says all that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from .checker import problems
from .errors import DecodeError, Mismatch, Problem
from .plain import as_plain
from .unknown import Unknown
from .values import JsonValue, PlainDict, RawObject, freeze, new_object
from .wording import no_stack

if TYPE_CHECKING:
    from .decode import Invalid
    from .model import Model

M = TypeVar("M", bound="Model")
T = TypeVar("T")


def recover_model(cls: type[M], data: object) -> M:
    """Decode ``data`` again in plain form, or raise :class:`DecodeError`."""
    return recover_object(cls.__name__, cls, cls.from_dict, data)


def recover_object(name: str, hint: object, decode: Callable[[RawObject], T], data: object) -> T:
    """The same for whatever decodes objects only."""
    plain = as_plain(data)
    if plain is not data and type(plain) is PlainDict:
        return decode(plain)
    raise decode_error(name, hint, plain) from None


def recover_event(
    name: str,
    hint: object,
    decode: Callable[[RawObject], T],
    data: object,
    invalid: Invalid,
    error: Exception | None,
) -> T | Unknown:
    """The same for a union of objects; what cannot be decoded is kept, if that is asked for."""
    try:
        if isinstance(error, DecodeError):
            raise error
        return recover_object(name, hint, decode, data)
    except DecodeError as found:
        if invalid == "raise":
            raise
        return kept(as_plain(data), found.problems)


def kept(data: object, problems: tuple[Problem, ...]) -> Unknown:
    """What could not be decoded, without the members that JSON cannot express."""
    members: dict[str, JsonValue] = {}
    for key, member in data.items() if type(data) is PlainDict else ():
        if type(key) is str:
            with suppress(Mismatch, RecursionError):
                members[key] = freeze(member)
    return Unknown(new_object(members), problems=problems)


def recover_value(name: str, hint: object, decode: Callable[[object], T], data: object) -> T:
    """The same for whatever decodes values of any JSON type."""
    plain = as_plain(data)
    if plain is not data:
        return decode(plain)
    raise decode_error(name, hint, plain) from None


def decode_error(name: str, hint: object, data: object) -> DecodeError:
    """The error that names all problems of ``data`` as a value of ``hint``."""
    try:
        found = problems(hint, data, errors_only=True)
    except RecursionError:
        found = []
    return DecodeError(name, found or [no_stack()])
