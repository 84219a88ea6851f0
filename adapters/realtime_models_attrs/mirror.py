"""Attrs classes that mirror ours: the same fields, in the way of attrs.

A mirror is made from a model's public parts: its parameters, annotations and JSON Schema.
Where a model holds other models, a mirror holds their mirrors; ``Unknown``, tuples, frozen objects
and ``UNSET`` are the same in both, so conversion loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from inspect import formatannotation
from threading import RLock
from types import new_class
from typing import TYPE_CHECKING, ClassVar, Generic, TypeAlias, TypeGuard, TypeVar

import attrs

from realtime_models import DecodeError, FrozenDict, JsonObject, Model, Unknown, WireModel, adapting

if TYPE_CHECKING:
    from typing_extensions import Self

W = TypeVar("W", bound=WireModel)


class Mirror(Generic[W]):
    """The base of the attrs classes that :func:`to_attrs` makes.

    ``Mirror[X]`` is the mirror of ``X``, as an annotation too.
    """

    __slots__ = ()

    if TYPE_CHECKING:
        __attrs_attrs__: ClassVar[tuple[attrs.Attribute[object], ...]]
        __wire__: ClassVar[type[WireModel]]
        __make__: Callable[..., W]

        def __init__(self, **fields: object) -> None: ...
        def __getattr__(self, name: str) -> object: ...
    else:

        def __class_getitem__(cls, model):
            if isinstance(model, TypeVar) or model in (WireModel, Model):
                return super().__class_getitem__(model)
            return to_attrs(model)

    @classmethod
    def from_wire(cls, value: W) -> Self:
        """Return the mirror of one of our instances; ``Mirror.from_wire`` takes any of them.

        Raises ``DecodeError`` for a value that was kept although something in it is broken.
        """
        mirror = to_attrs(type(value))
        if not issubclass(mirror, cls):
            raise TypeError(f"{type(value).__name__} is not what this {cls.__name__} mirrors")
        if isinstance(value, Model) and value.problems:
            raise DecodeError(type(value).__name__, value.problems)
        return mirror(**{field.name: getattr(value, field.name) for field in attrs.fields(mirror)})

    def to_wire(self) -> W:
        """Return our instance with the same fields."""
        names = [field.name for field in attrs.fields(type(self))]
        return self.__make__(**{name: _changed(getattr(self, name), _ours) for name in names})

    def __repr__(self) -> str:
        return repr(self.to_wire())  # which knows what to hide

    def __reduce__(self) -> tuple[Callable[[W], Mirror[W]], tuple[W]]:
        return Mirror[W].from_wire, (self.to_wire(),)


AnyMirror: TypeAlias = "Mirror[WireModel]"
_MIRRORS: dict[type, type[AnyMirror]] = {}
_LOCK = RLock()


def to_attrs(cls: type[W]) -> type[Mirror[W]]:
    """Return the frozen, slotted attrs class that mirrors a model, the same one every time.

    The metadata of a field has its ``json_name``, its JSON ``schema`` with the description and the
    documented limits, and whether it is ``hidden``. Raises ``TypeError`` for anything but a
    dataclass that follows ``WireModel``.
    """
    with _LOCK:
        if cls not in _MIRRORS:
            made = dict(_MIRRORS)
            _mirrored(cls, made)
            _MIRRORS.update(made)
    mirror = _MIRRORS[cls]
    assert is_mirror_of(mirror, cls)
    return mirror


def _mirrored(model: type[WireModel], made: dict[type, type[AnyMirror]]) -> type[AnyMirror]:
    """Return the mirror of a model; add it and the mirrors of the models in it to ``made``."""

    def mirror_of(part: type[WireModel]) -> type:
        has_mirror = is_dataclass(part) and adapting.is_model(part) and part is not Unknown
        return _mirrored(part, made) if has_mirror else part

    if model not in made:
        fields = adapting.mirror_fields(model)
        mirror = made[model] = _make(model, fields)  # before its types, which may refer to it
        mirror.__annotations__ = {
            field.name: adapting.mirror_annotation(field.annotation, mirror_of) for field in fields
        }
        attrs.resolve_types(mirror)
    return made[model]


def _make(model: type[W], found: list[adapting.MirrorField]) -> type[Mirror[W]]:
    """Make the mirror of one model, its fields still without types."""
    fields = {
        field.name: attrs.field(
            default=attrs.NOTHING if field.default is ... else field.default,
            # The class of `extra` freezes a mapping by itself.
            converter=type(field.default) if adapting.is_map(field.default) else _changed,
            validator=_check,
            repr=not field.hidden,  # for code that shows an instance field by field
            metadata={
                "json_name": field.name,
                "schema": field.schema or None,
                "hidden": field.hidden,
            },
        )
        for field in found
    }
    body = {"__wire__": model, "__make__": model, "__doc__": model.__doc__, "__module__": __name__}
    bare = new_class(model.__name__, (Mirror,), exec_body=lambda space: space.update(body))
    mirror = attrs.frozen(bare, these=fields, kw_only=True, repr=False)
    assert is_mirror_of(mirror, model)
    return mirror


def is_mirror_of(mirror: type, cls: type[W]) -> TypeGuard[type[Mirror[W]]]:
    """Whether a class is the mirror of another."""
    return issubclass(mirror, Mirror) and mirror.__wire__ is cls


def _theirs(value: object) -> object:
    mirror = _MIRRORS.get(type(value))
    return mirror.from_wire(value) if mirror and isinstance(value, WireModel) else value


def _ours(value: object) -> object:
    return value.to_wire() if isinstance(value, Mirror) else value


def _changed(value: object, change: Callable[[object], object] = _theirs) -> object:
    """Return a value with its leaves changed, its arrays as tuples, its mappings frozen."""
    if adapting.is_array(value):
        return tuple([_changed(item, change) for item in value])
    if not adapting.is_map(value):
        return change(value)
    try:
        return JsonObject(value)
    except TypeError:  # It holds more than JSON.
        return FrozenDict({name: _changed(member, change) for name, member in value.items()})


def _check(instance: object, field: attrs.Attribute[object], value: object) -> None:
    """Validate a field: accept what decoding returns; show no value in the error."""
    if not adapting.admits(field.type, value):
        place, expected = f"{type(instance).__name__}.{field.name}", formatannotation(field.type)
        raise TypeError(f"{place}: expected {expected}, found {type(value).__name__}")
