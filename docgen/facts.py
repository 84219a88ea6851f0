"""Facts about the library's types that the reference shows."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from realtime_models import wire
from realtime_models._runtime.base import Model
from realtime_models._runtime.shape import model_shape, shape_of
from realtime_models.catalog import alias_doc, as_model, find, model_doc, type_names
from realtime_models.wire import HOMES

from .annotations import references

__all__ = ["Use", "areas", "events", "is_beta", "meaning", "members", "request_of", "shown"]
__all__ += ["tags", "uses"]

SHORT_NAMES: Final = {own: short for short, own in wire.SHORT_NAMES.items()}


class Use(NamedTuple):
    """A place where a type is used: a field of another type, or an alias (with no field)."""

    type_name: str
    field: str


@cache
def areas() -> Mapping[str, Sequence[str]]:
    """Return the areas of the protocol, one a module, each with the names of its types.

    Those of the current API come first.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name in type_names():
        found[HOMES[name]].append(name)
    order = sorted(found, key=lambda area: (area.startswith("beta"), area))
    return {area: sorted(found[area], key=_order) for area in order}


@cache
def uses() -> Mapping[str, Sequence[Use]]:
    """Return where each type is used: in the current API first."""
    found: dict[str, list[Use]] = defaultdict(list)
    for name in sorted(type_names(), key=_order):
        for field, other in references(name):
            found[other].append(Use(name, field))
    return found


def shown(name: str) -> str:
    """Return the short name of a type that has one, and the name of any other."""
    return SHORT_NAMES.get(name, name)


def is_beta(name: str) -> bool:
    """Whether only the beta has the type of this name."""
    return "Beta" in shown(name) or HOMES[name].startswith("beta")


def _order(name: str) -> tuple[bool, str]:
    return is_beta(name), shown(name)


def events(name: str) -> Sequence[str]:
    """Return the event names of a type, if it is an event."""
    model = as_model(find(name))
    kinds = tags(model)[:1] if model is not None and "Event" in name else ()
    return [tag for values in kinds for tag in values if "." in tag or tag == "error"]


def meaning(name: str) -> str:
    """Return the description of the type of this name."""
    model = as_model(find(name))
    return alias_doc(name) if model is None else model_doc(model)


def members(union: str) -> Sequence[type[Model]]:
    """Return the models of a union, including those of unions in it, sorted by tags."""
    case = shape_of(find(union)).cases.get("object")
    return sorted(case.models, key=tags) if case else ()


def tags(model: type[Model]) -> tuple[tuple[str, ...], ...]:
    """Return the values of each tag that tells a model from other variants of its union.

    An event has one tag, ``type``, which may have several values; messages also differ in ``role``;
    a model may have no tag at all.
    """
    return tuple(tuple(map(str, values)) for values in model_shape(model).tags.values())


def request_of(model: type[Model]) -> str | None:
    """Return the name of the type that ``to_request`` returns, if the model has that method."""
    method = vars(model).get("to_request")
    return inspect.get_annotations(method)["return"] if method else None
