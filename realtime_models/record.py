"""Immutable records: dataclasses that become such when somebody looks.

:mod:`dataclasses` loads half of the standard library and compiles methods for every class. The
classes here have all their methods written out, so nothing of that is needed to import and use
them: their fields are made known to :mod:`dataclasses` when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NoReturn, TypeVar

if TYPE_CHECKING:
    from dataclasses import Field
    from dataclasses import dataclass as dataclass

R = TypeVar("R", bound="Record")

if not TYPE_CHECKING:

    def dataclass(**options):
        """Stands for the decorator of :mod:`dataclasses`, which is called later."""

        def mark(cls):
            cls._names = tuple(cls.__annotations__)
            cls.__setattr__ = _refuse_to_set
            cls.__delattr__ = _refuse_to_delete
            return cls

        return mark

    class _AsDataclass:
        """What :mod:`dataclasses` looks at in a class, made when it does."""

        def __init__(self, name):
            self.name = name

        def __get__(self, instance, owner):
            if "_names" not in owner.__dict__:
                raise AttributeError(f"{owner.__name__} is no dataclass")
            from dataclasses import dataclass

            # A class of the same fields is decorated, for ours is complete and must stay frozen.
            body = {"__module__": owner.__module__, "__doc__": owner.__doc__}
            double = type(owner.__name__, (), {**body, "__annotations__": owner.__annotations__})
            dataclass(frozen=True, kw_only=True, init=False, repr=False, eq=False)(double)
            owner.__dataclass_params__ = double.__dataclass_params__
            owner.__dataclass_fields__ = double.__dataclass_fields__
            return owner.__dict__[self.name]

    def _refuse_to_set(self, name, value):
        _refuse(f"cannot assign to field {name!r}")

    def _refuse_to_delete(self, name):
        _refuse(f"cannot delete field {name!r}")


def _refuse(message: str) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(message)


class Record:
    """The base of immutable values that are equal, and have the same hash, if their fields do."""

    __slots__ = ()
    __match_args__ = ()

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[object]]]
    else:
        __dataclass_fields__ = _AsDataclass("__dataclass_fields__")
        __dataclass_params__ = _AsDataclass("__dataclass_params__")

    _names: ClassVar[tuple[str, ...]]
    """The names of the fields, in their order."""

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self._items())
        return f"{type(self).__name__}({shown})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or type(other) is not type(self):
            return NotImplemented
        return self is other or self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), self._values()

    def __copy__(self: R) -> R:
        return self

    def __deepcopy__(self: R, memo: object) -> R:
        return self

    def __replace__(self: R, /, **changes: object) -> R:
        from dataclasses import replace

        return replace(self, **changes)

    def _items(self) -> list[tuple[str, object]]:
        return list(zip(self._names, self._values(), strict=True))

    def _values(self) -> tuple[object, ...]:
        values: list[object] = []
        for name in self._names:
            value: object = getattr(self, name)
            values.append(value)
        return tuple(values)
