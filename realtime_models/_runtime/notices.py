"""What decodes, but is not what the API describes: the notices of ``check``.

The slow decoder asks for the notices of each value that it visits; decoding never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .annotations import Limits, Rule
from .base import Model
from .errors import Problem
from .json_values import LIST, is_map
from .problems import (
    deprecated,
    join_pointer,
    moved_field,
    not_matching,
    out_of_range,
    refused,
    unexpected_null,
    unknown_field,
    unknown_value,
    unknown_variant,
    unlike_any,
    wrong_count,
)
from .sentinel import UNSET
from .shape import TypeCase, TypeShape, case_for, model_shape, select_model, shape_of, tag_of


def notices(shape: TypeShape, case: TypeCase, value: object, pointer: str) -> Iterator[Problem]:
    """The notices of one value, without those of the values in it."""
    if value is None:
        if case.unlisted == "undocumented":
            yield unexpected_null(pointer, shape.expected)
    elif is_map(value):
        yield from _of_object(case, value, pointer)
    else:
        if case.unlisted == "undocumented" and value not in case.values:
            yield unknown_value(pointer, case.values, value)
        yield from exceeded(case.limits, value, pointer)


def _of_object(case: TypeCase, value: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    model = select_model(case, value)
    if model is not None:
        yield from _broken_rules(model, None, value, pointer)
        if model._sent_to:
            yield from refusals(shape_of(model), value, model._sent_to, pointer)
        if model._is_deprecated:
            yield deprecated(pointer, model.__name__)
        places = dict(model._moved)
        for name in value:
            where = join_pointer(pointer, name)
            if name in places:
                yield moved_field(where, name, places[name])
            elif name in model._deprecated:
                yield deprecated(where, f"{model.__name__}.{name}")
            elif name not in model._known:
                yield unknown_field(where, model.__name__)
    else:
        yield _unknown_variant(case.models, value, pointer)


def _unknown_variant(
    models: tuple[type[Model], ...], value: Mapping[str, object], pointer: str
) -> Problem:
    """An object that is none of a union's models: the first of its tags that is unknown."""
    candidates = [tags for model in models if (tags := model_shape(model).tags)]
    for name in {name: None for tags in candidates for name in tags}:
        known = sorted({str(tag) for tags in candidates for tag in tags.get(name, ())})
        tag = tag_of(value, name)
        if known and tag not in known:
            return unknown_variant(pointer, name, known, value.get(name, UNSET))
        candidates = [tags for tags in candidates if tag in tags.get(name, (tag,))]
    return unlike_any(pointer, sorted(model.__name__ for model in models))


def refusals(shape: TypeShape, value: object, api: str, pointer: str = "") -> Iterator[Problem]:
    """What servers of an API refuse of a client though they may send it themselves."""
    case = case_for(shape, value)
    if case and case.items and type(value) is LIST:
        for index, item in enumerate(value):
            yield from refusals(case.items, item, api, f"{pointer}/{index}")
    elif case and is_map(value) and (model := select_model(case, value)):
        yield from _broken_rules(model, api, value, pointer)
        for name, field in model_shape(model).fields.items():
            yield from refusals(field.shape, value.get(name), api, f"{pointer}/{name}")


def _broken_rules(
    model: type[Model], api: str | None, value: Mapping[str, object], pointer: str
) -> Iterator[Problem]:
    """What servers refuse of an object: by the rules for one API, or by those for whoever sends."""
    for rule in model._rules:
        holds = (_is_like(value, path, pattern) for path, pattern in rule.when)
        if (api in rule.to if api else not rule.to) and all(holds):
            yield from (refused(where, rule.because) for where in _refused_by(rule, value, pointer))


def _refused_by(rule: Rule, value: Mapping[str, object], pointer: str) -> Iterator[str]:
    """The pointers of what a rule refuses of an object; null counts as absent."""
    for path in rule.refuses:
        yield from (where for where, found in _at(value, path, pointer) if found is not None)
    for owner, _, name in (path.rpartition(".") for path in rule.needs):
        for where, found in _at(value, owner, pointer):
            if is_map(found) and found.get(name) is None:
                yield where
    for path, pattern in rule.allows:
        for where, found in _at(value, path, pointer):
            if isinstance(found, str) and not re.fullmatch(pattern, found):
                yield where
    if not (rule.needs or rule.refuses or rule.allows):
        yield pointer


def _is_like(value: object, path: str, pattern: str) -> bool:
    found = [text for _, text in _at(value, path, "") if isinstance(text, str)]
    return any(re.fullmatch(pattern, text) for text in found)


def _at(value: object, path: str, pointer: str) -> Iterator[tuple[str, object]]:
    """The values at a path of names, with their pointers: of an array, those of each item."""
    if type(value) is LIST:
        for index, item in enumerate(value):
            if type(item) is not LIST:  # Those may nest as deeply as they like.
                yield from _at(item, path, f"{pointer}/{index}")
    elif not path:
        yield pointer, value
    elif is_map(value):
        name, _, rest = path.partition(".")
        yield from _at(value.get(name), rest, f"{pointer}/{name}")


def exceeded(limits: Limits, value: object, pointer: str) -> Iterator[Problem]:
    """The documented limits that a value exceeds, as notices."""
    if isinstance(value, (int, float)):
        if limits.minimum is not None and value < limits.minimum:
            yield out_of_range(pointer, f"at least {limits.minimum:g}", "a smaller one")
        if limits.maximum is not None and value > limits.maximum:
            yield out_of_range(pointer, f"at most {limits.maximum:g}", "a larger one")
    elif isinstance(value, str):
        size = len(value)
        yield from wrong_count(pointer, "character", limits.min_length, limits.max_length, size)
        if limits.pattern is not None and not re.search(limits.pattern, value):
            yield not_matching(pointer, limits.pattern)
    elif type(value) is LIST:
        yield from wrong_count(pointer, "item", limits.min_items, limits.max_items, len(value))
