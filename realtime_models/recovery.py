"""The second chance of data that the straight-line decoders refused.

They look at exact types only. Here what is merely like JSON (subclasses of ``dict``, ``str`` or
``int``, other mappings, tuples) is brought into exact form and decoded again; if nothing was
left to bring into form, the checker says all that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, TypeGuard, TypeVar

from .checker import problems
from .errors import DecodeError
from .values import MAX_DEPTH, PlainDict, RawObject

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
    return DecodeError(name, problems(hint, data, errors_only=True))


def as_plain(value: object) -> object:
    """``value`` in the exact types of JSON: the same object, if it is so already.

    What JSON cannot express stays as it is, to be refused where it stands.
    """
    try:
        return _plain(value, MAX_DEPTH)
    except Exception:  # The methods of a foreign mapping may raise anything: it is no JSON then.
        return value


def _plain(value: object, depth: int) -> object:
    if type(value) in _SCALARS or depth == 0:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int.__index__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if _is_array(value):
        items = [_plain(item, depth - 1) for item in value]
        return value if type(value) in _CONTAINERS and _same(items, value) else items
    if _is_object(value):
        members = {_plain(key, depth - 1): _plain(value[key], depth - 1) for key in value}
        same = type(value) in _CONTAINERS and _same(members.values(), value.values())
        return value if same else members
    return value


def _is_array(value: object) -> TypeGuard[Iterable[object]]:
    return isinstance(value, (list, tuple))


def _is_object(value: object) -> TypeGuard[Mapping[object, object]]:
    return isinstance(value, Mapping)


def _same(ones: Iterable[object], others: Iterable[object]) -> bool:
    return all(one is other for one, other in zip(ones, others, strict=True))


_CONTAINERS: Final = (dict, list)
_SCALARS: Final = (str, int, float, bool, type(None))
