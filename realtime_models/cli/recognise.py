"""The type of a JSON object, found from the object itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from .._runtime.base import Base
from .._runtime.checker import find_problems
from .._runtime.json_values import DICT
from .._runtime.notices import notices
from .._runtime.shape import TypeShape, matches, model_shape, shape_of, tag_of
from ..catalog import as_model, find, type_names

NEWER_EVENT: Final = "ServerEvent"
"""What an object is taken for whose type is named like an event's, but is none we know."""


def recognise(data: object, api: str | None = None) -> str | None:
    """The name of the type that fits best, or ``None`` if the object fits none.

    Tags come first: an object that has those of a model is one, whatever else is wrong with it.
    Among equals the one wins that knows most of the fields and finds least to complain of, and the
    current API's before the beta's. ``api`` (``ga`` or ``beta``) leaves only that one, for the
    events that both have.
    """
    if type(data) is not DICT:
        return None
    tag = tag_of(data, "type")
    tagged = (
        [model for model in _models().get(tag or "", []) if matches(model, data)] if tag else []
    )
    if tag is not None and not tagged and "." in tag and tag not in _models():
        return f"RealtimeBeta{NEWER_EVENT}" if api == "beta" else f"Realtime{NEWER_EVENT}"
    candidates = _of_api(tagged, api) or [m for m in _models()[""] if _is_like(m, data)]
    if len(candidates) > 1:
        candidates.sort(key=lambda model: _rank(model, data))
    return candidates[0].__name__ if candidates else None


def _of_api(models: list[type[Base]], api: str | None) -> list[type[Base]]:
    """The models of one API, if it has any of them."""
    chosen = [model for model in models if _is_beta(model) == (api == "beta")]
    return (chosen or models) if api else models


def _is_beta(model: type[Base]) -> bool:
    return model.__name__.startswith("RealtimeBeta")


def _find_models() -> Mapping[str, list[type[Base]]]:
    """All models by the values of their tags; those without a tag under the empty string."""
    found: dict[str, list[type[Base]]] = {"": []}
    for name in type_names():
        model = as_model(find(name))
        if model is not None:
            tags = [tag for values in model_shape(model).tags.values() for tag in values]
            for tag in tags or [""]:
                found.setdefault(str(tag), []).append(model)
    return found


# Not as a decorator: that would forget the types.
_models: Final[Callable[[], Mapping[str, list[type[Base]]]]] = cache(_find_models)


def _is_like(model: type[Base], data: Mapping[str, object]) -> bool:
    """Whether most fields of the object are fields of the model."""
    return len(model_shape(model).fields.keys() & data.keys()) > len(data) / 2


def _rank(model: type[Base], data: Mapping[str, object]) -> tuple[int, ...]:
    """How badly a model fits: the worst sign of it first, mere preferences last."""
    fields = model_shape(model).fields
    codes = Counter(problem.code for problem in find_problems(shape_of(model), data, notices))
    # Another shape is unlike in its fields; a mistake in the right shape is an error.
    unlike = codes.pop("unknown_field", 0) + codes.pop("unknown_variant", 0)
    return (
        len(data.keys() - fields.keys()),
        unlike,
        sum(codes.values()),
        sum(_is_stranger(field.shape, data.get(name)) for name, field in fields.items()),
        model in _parts(),
        len(fields.keys() - data.keys()),
        _is_beta(model),
    )


def _is_stranger(shape: TypeShape, value: object) -> bool:
    """Whether a string is none of those that are listed, though others are allowed."""
    listed = shape.cases["string"].values if "string" in shape.cases else ()
    return bool(listed) and isinstance(value, str) and value not in listed


def _find_parts() -> frozenset[type[Base]]:
    """The models that stand in others: they are documents of their own less often."""
    cases = [
        case
        for models in _models().values()
        for model in models
        for field in model_shape(model).fields.values()
        for case in field.shape.cases.values()
    ]
    inner = [b for case in cases if case.items for b in case.items.cases.values()]
    return frozenset(model for case in [*cases, *inner] for model in case.models)


_parts: Final[Callable[[], frozenset[type[Base]]]] = cache(_find_parts)
