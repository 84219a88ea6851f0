"""The second chance of data that the straight-line decoders refused.

They look at exact types only. Here what is merely like JSON is brought into exact form and
decoded again; if nothing was left to bring into form, the checker says all that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from .checker import problems
from .errors import DecodeError
from .plain import as_plain
from .values import PlainDict, RawObject
from .wording import no_stack

if TYPE_CHECKING:
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
    raise decode_error(name, hint, plain)


def recover_value(name: str, hint: object, decode: Callable[[object], T], data: object) -> T:
    """The same for whatever decodes values of any JSON type."""
    plain = as_plain(data)
    if plain is not data:
        return decode(plain)
    raise decode_error(name, hint, plain)


def decode_error(name: str, hint: object, data: object) -> DecodeError:
    """The error that names all problems of ``data`` as a value of ``hint``."""
    try:
        found = problems(hint, data, errors_only=True)
    except RecursionError:
        found = []
    return DecodeError(name, found or [no_stack()])
