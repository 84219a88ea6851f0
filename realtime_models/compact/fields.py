"""Fields in one line each, and the type of the classes that have them.

The forms of a field tell type checkers what construction takes and, where that is not the same,
what a field holds: absent and null are read where they may not be given, sequences become tuples.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, get_args, get_origin

from ..hints import UndocumentedNull, UndocumentedStr
from ..sentinel import UNSET, UnsetType

__all__ = ["Array", "As", "Field", "Null", "Open", "OpenArray", "Opt"]

A = TypeVar("A")
B = TypeVar("B")
T = TypeVar("T")
Given = TypeVar("Given", contravariant=True)
Held = TypeVar("Held", covariant=True)


class Field(Generic[Given, Held]):
    """A field that is given as one type, and held as another."""

    def __init__(self, default: object = UNSET) -> None:
        self.default = default

    if TYPE_CHECKING:

        def __get__(self, record: object, owner: object = None, /) -> Held: ...
        def __set__(self, record: object, value: Given, /) -> None: ...


class Opt(Field[T | UnsetType, T | UnsetType | UndocumentedNull]):
    """A field that may be absent."""


class Null(Field[T | UnsetType | None, T | UnsetType | None]):
    """A field that may be absent, and in which null has a meaning."""


class Open(Field[T | UnsetType, T | UndocumentedStr | UnsetType | UndocumentedNull]):
    """A field that may be absent, and in which strings are read that are not listed."""


class Array(Field[Sequence[T] | UnsetType, tuple[T, ...] | UnsetType | UndocumentedNull]):
    """A field that may be absent, and holds an array."""


class OpenArray(
    Field[Sequence[T] | UnsetType, tuple[T | UndocumentedStr, ...] | UnsetType | UndocumentedNull]
):
    """A field that may be absent, and holds an array of strings, of which some are listed."""


class As(Field[A | UnsetType, B | UnsetType | UndocumentedNull]):
    """A field that may be absent, and is given as one type and held as another."""


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass

    class ModelType(type): ...

    def held_as(hint: object) -> object: ...

else:

    def dataclass(**options):
        """Tells type checkers what the type of the class does."""
        return lambda cls: cls

    class ModelType(type):
        """Gives a class its slots, and keeps the annotations and defaults of its fields."""

        def __new__(cls, name, bases, body):
            hints = body.get("__annotations__", {})
            own = {field: hints[field] for field in hints if field[0] != "_"}
            given = {field: body.pop(field) for field in own if field in body}
            body |= {"__annotations__": own, "__slots__": tuple(own)}
            self = type.__new__(cls, name, bases, body)
            self.__dataclass_fields__ = DataclassFields()
            self._fields = {**own, **getattr(self, "_fields", {})}
            self._defaults = {
                field: default.default if isinstance(default, Field) else default
                for field, default in given.items()
            }
            return self

    class DataclassFields:
        """What :mod:`dataclasses` looks for in a class."""

        def __get__(self, record, owner):
            from dataclasses import make_dataclass

            return make_dataclass(owner.__name__, owner._fields.items()).__dataclass_fields__

    def held_as(hint):
        """What a field holds, if an annotation has the form of one; else the annotation."""
        form, inner = get_origin(hint), get_args(hint)
        if form is Field:
            return inner[1]
        if isinstance(form, type) and issubclass(form, Field):
            return get_args(form.__orig_bases__[0])[1][inner[-1]]
        return hint
