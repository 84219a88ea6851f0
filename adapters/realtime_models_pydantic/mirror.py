"""Pydantic models that mirror ours: the same fields, in the way of pydantic.

A mirror is filled from a decoded value, so both accept the same data and report the same problems.
It holds mirrors, lists and dicts where the value holds models, tuples and frozen objects. An absent
field is ``None`` and not in ``model_fields_set``, and unknown fields are extra ones. A mirror is
encoded like the value: absent fields are left out, since null may mean "off" to the API.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from threading import RLock
from typing import TYPE_CHECKING, Annotated, ClassVar, Generic, TypeGuard, TypeVar

import pydantic
from pydantic import GetJsonSchemaHandler as JsonHandler
from pydantic.functional_validators import ModelWrapValidatorHandler as Handler
from pydantic.json_schema import JsonSchemaValue as JsonSchema
from pydantic_core import CoreSchema
from typing_extensions import Self

from realtime_models import UNSET, DecodeError, Model, Unknown, WireModel, adapting
from realtime_models.adapting import is_map, is_value, mirror_annotation, rebuilt

from .fields import Reader, WireType, described, reader
from .problems import validation_error, without_input

W = TypeVar("W", bound=WireModel)


class Mirror(pydantic.BaseModel, Generic[W]):
    """The base of the pydantic models that :func:`to_pydantic` makes.

    ``Mirror[X]`` is the mirror of ``X``, as an annotation too: pydantic finds its fields there, and
    type checkers know its ``to_wire``.
    """

    model_config: ClassVar[pydantic.ConfigDict] = pydantic.ConfigDict(
        extra="allow", protected_namespaces=(), hide_input_in_errors=True
    )

    if TYPE_CHECKING:
        __wire__: type[WireModel]
        __constants__: Mapping[str, object]
        __decode__: Callable[[Mapping[str, object]], W]
        __read__: Reader

        def __init__(self, **fields: object) -> None: ...
        def __getattr__(self, name: str) -> object: ...
        def __setattr__(self, name: str, value: object) -> None: ...
    else:

        def __class_getitem__(cls, model):
            if isinstance(model, TypeVar) or model in (WireModel, Model):
                return super().__class_getitem__(model)
            return to_pydantic(model)

    @classmethod
    def from_wire(cls, value: W) -> Self:
        """Return the mirror of one of our instances."""
        if type(value) is not cls.__wire__:
            raise TypeError(f"{type(value).__name__} is not what this {cls.__name__} mirrors")
        return cls.model_validate(value)

    def to_wire(self) -> W:
        """Return our instance with the same fields; raise ``DecodeError`` if they are invalid."""
        return self.__decode__(self.model_dump(exclude_unset=True))

    @pydantic.model_validator(mode="wrap")
    @classmethod
    def _decode(cls, data: object, fill: Handler[Self], info: pydantic.ValidationInfo) -> Self:
        """Fill a mirror from a value, or from data, in which missing constants are added."""
        if type(data) is not cls.__wire__ and not isinstance(data, cls):
            plain = rebuilt(data, _plain) if is_map(data) else data
            data = cls.__read__({**cls.__constants__, **plain} if is_map(plain) else plain, info)
        if isinstance(data, Model) and data.problems:  # It was kept although it is broken.
            raise validation_error(DecodeError(cls.__name__, data.problems), data.to_dict())
        if is_value(data):
            known = to_pydantic(cls.__wire__).model_fields
            written = data.to_dict().items()
            data = {name: getattr(data, name) if name in known else part for name, part in written}
        try:
            return fill(data)
        except pydantic.ValidationError as error:  # An assignment, or a field of a subclass.
            raise without_input(error) from None

    # A lambda, since pydantic would take an annotated return type for the schema of the fields.
    _write = pydantic.model_serializer(mode="wrap")(lambda self, write: _written(self, write))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: JsonHandler) -> JsonSchema:
        if not _is_mirror_of(cls, cls.__wire__):  # A subclass may have more fields.
            return handler(schema)
        return {**handler.resolve_ref_schema(described(cls.__wire__, handler))}

    def __repr_args__(self) -> Iterable[tuple[str | None, object]]:
        known = type(self).model_fields  # Any of the others may be a secret.
        return [(name, value) for name, value in super().__repr_args__() if name in known]

    def __reduce__(self) -> tuple[Callable[[W], Mirror[W]], tuple[W]]:
        is_ours = _is_mirror_of(type(self), self.__wire__)
        return _mirror_of if is_ours else type(self).from_wire, (self.to_wire(),)


def _written(
    mirror: Mirror[WireModel], write: pydantic.SerializerFunctionWrapHandler
) -> dict[str, object]:
    """Leave out absent fields; those of a subclass stay, set or not."""
    written: dict[str, object] = write(mirror)
    absent = to_pydantic(mirror.__wire__).model_fields.keys() - mirror.model_fields_set
    return {name: value for name, value in written.items() if name not in absent}


def _field(annotation: object) -> Reader:
    """Return what makes the value of a field of a mirror: of a decoded one, or one assigned."""
    read = reader(annotation) if adapting.decodes(annotation) else None

    def mirrored(value: object, info: pydantic.ValidationInfo) -> object:
        if read and not adapting.admits(annotation, value):
            value = read(rebuilt(value, _plain), info)
        return rebuilt(value, lambda part: _mirror_of(part) if is_value(part) else part)

    return mirrored


def _mirror_of(value: W) -> Mirror[W]:
    return to_pydantic(type(value)).from_wire(value)


def _plain(value: object) -> object:
    if isinstance(value, pydantic.BaseModel):
        return value.model_dump(exclude_unset=True)
    return value.to_dict() if is_value(value) else value


_create_model: Callable[..., type[Mirror[WireModel]]] = pydantic.create_model
_MIRRORS: dict[type, type[Mirror[WireModel]]] = {}
_LOCK = RLock()


def to_pydantic(cls: type[W]) -> type[Mirror[W]]:
    """Return the pydantic model that mirrors one of ours, the same one every time.

    The documented limits are in its JSON Schema but are not enforced, since servers do not keep
    them. Raises ``TypeError`` for anything but a dataclass that follows ``WireModel``: a union has
    no mirror; use ``Annotated[X, Wire]``.
    """
    with _LOCK:
        if cls not in _MIRRORS:
            made = dict(_MIRRORS)
            _make(cls, made)
            _MIRRORS.update(made)
    mirror = _MIRRORS[cls]
    assert _is_mirror_of(mirror, cls)
    return mirror


def _is_mirror_of(mirror: type, cls: type[W]) -> TypeGuard[type[Mirror[W]]]:
    return _MIRRORS.get(cls) is mirror


def _make(model: type[WireModel], made: dict[type, type[Mirror[WireModel]]]) -> object:
    """Make the mirror of a model, and those of the models that it holds."""
    if model not in made:
        made[model] = Mirror  # what stands for it where it holds itself
        found = [] if model is Unknown else adapting.mirror_fields(model)
        ours = [field for field in found if field.name != "extra"]
        fields: dict[str, object] = {}
        for field in ours:
            default = None if field.default is UNSET else field.default
            description = str(field.schema.get("description", ""))
            info = pydantic.Field(default, description=description, repr=not field.hidden)
            wire = WireType(field.annotation, _field(field.annotation))
            annotation = mirror_annotation(field.annotation, lambda part: _make(part, made), True)
            fields[field.name] = (Annotated[annotation, wire], info)
        mirror = made[model] = _create_model(
            model.__name__, __base__=Mirror, __module__=__name__, __doc__=model.__doc__, **fields
        )
        mirror.__wire__, mirror.__read__ = model, staticmethod(reader(model))
        mirror.__decode__ = staticmethod(model.from_dict)
        mirror.__constants__ = {f.name: f.default for f in ours if isinstance(f.default, str)}
    return made[model]
