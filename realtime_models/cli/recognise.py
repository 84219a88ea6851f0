"""The type of a JSON object, found from the object itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from ..checker import problems
from ..model import Model
from ..registry import as_model, find, type_names
from ..shape import model_shape
from ..values import PlainDict

NEWER_EVENT: Final = "RealtimeServerEvent"
"""What an object is taken for whose type is named like an event's, but is none we know."""


def recognise(data: object) -> str | None:
    """The name of the type that fits best, or ``None`` if the object fits none.

    Tags come first: an object that has those of a model is one, whatever else is wrong with it.
    Among equals the one wins that knows most of the fields and finds least to complain of.
    """
    if type(data) is not PlainDict:
        return None
    tag = data.get("type")
    candidates = list(_tagged(data))
    if not candidates and isinstance(tag, str) and "." in tag and tag not in _models():
        return NEWER_EVENT
    candidates = candidates or [model for model in _models()[""] if _is_like(model, data)]
    if len(candidates) > 1:
        candidates.sort(key=lambda model: _rank(model, data))
    return candidates[0].__name__ if candidates else None


@cache
def _models() -> Mapping[str, list[type[Model]]]:
    """All models by the values of their tags; those without a tag under the empty string."""
    found: dict[str, list[type[Model]]] = {"": []}
    for name in type_names():
        model = as_model(find(name))
        if model is not None:
            tags = model_shape(model).tags
            for tag in tags.values() or [""]:
                found.setdefault(str(tag), []).append(model)
    return found


def _tagged(data: Mapping[str, object]) -> Iterator[type[Model]]:
    """The models whose tags are all in the object."""
    for model in _models().get(str(data.get("type") or ""), []):
        tags = model_shape(model).tags
        if tags and all(data.get(name) == tag for name, tag in tags.items()):
            yield model


def _is_like(model: type[Model], data: Mapping[str, object]) -> bool:
    """Whether most fields of the object are fields of the model."""
    return len(model_shape(model).fields.keys() & data.keys()) > len(data) / 2


def _rank(model: type[Model], data: Mapping[str, object]) -> tuple[int, int, int, int]:
    """How badly a model fits: fields it lacks, errors, notices, and fields it has in vain."""
    fields = model_shape(model).fields
    found = problems(model, data)
    errors = sum(problem.severity == "error" for problem in found)
    surplus = len(data.keys() - fields.keys())
    return surplus, errors, len(found) - errors, len(fields.keys() - data.keys())
