"""What the library knows of its types, as the reference needs it."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from realtime_models._runtime.base import Base
from realtime_models._runtime.shape import model_shape, shape_of
from realtime_models.catalog import alias_doc, as_model, find, model_doc, type_names
from realtime_models.wire import HOMES

from .annotations import references

__all__ = ["Use", "areas", "meaning", "members", "request_of", "tags", "uses"]


class Use(NamedTuple):
    """A place where a type is used: a field of another type, or an alias (with no field)."""

    type_name: str
    field: str


@cache
def areas() -> Mapping[str, Sequence[str]]:
    """The areas of the protocol, which are the modules, each with the names of its types."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in type_names():
        found[HOMES[name]].append(name)
    return dict(sorted(found.items()))


@cache
def uses() -> Mapping[str, Sequence[Use]]:
    """Where each type is used, in the order of the alphabet."""
    found: dict[str, list[Use]] = defaultdict(list)
    for name in type_names():
        for field, other in references(name):
            found[other].append(Use(name, field))
    return found


def meaning(name: str) -> str:
    """What the type of this name is."""
    model = as_model(find(name))
    return alias_doc(name) if model is None else model_doc(model)


def members(union: str) -> Sequence[type[Base]]:
    """The models of a union, those of the unions in it too, in the order of their tags."""
    case = shape_of(find(union)).cases.get("object")
    return sorted(case.models, key=tags) if case else ()


def tags(model: type[Base]) -> tuple[tuple[str, ...], ...]:
    """What tells a model from its neighbours in a union: the values of each of its tags.

    An event has one tag, ``type``, that may go by several names; messages also differ in ``role``;
    a model may have no tag at all.
    """
    return tuple(tuple(map(str, values)) for values in model_shape(model).tags.values())


def request_of(model: type[Base]) -> str | None:
    """The name of the type that ``to_request`` gives, if the model has it."""
    method = vars(model).get("to_request")
    return inspect.get_annotations(method)["return"] if method else None
