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
from .shape import TypeCase, TypeShape, model_shape, select_model, tag_of


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
        rules: tuple[Rule, ...] = getattr(model, "_rules", ())
        for rule in rules:
            yield from _broken_rule(rule, value, pointer)
        if model._is_deprecated:
            yield deprecated(pointer, model.__name__)
        for name in value:
            if name in model._deprecated:
                yield deprecated(f"{pointer}/{name}", f"{model.__name__}.{name}")
            elif name not in model._known:
                yield unknown_field(join_pointer(pointer, name), model.__name__)
    elif case.unknown:
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


def _broken_rule(rule: Rule, value: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    """What servers refuse of an object by a rule of the schema; null counts as absent."""
    if any(value.get(name) != expected for name, expected in rule.when):
        return
    found = [name for name in rule.refuses if value.get(name) is not None]
    for name in found:
        yield refused(join_pointer(pointer, name), rule.because)
    lacks = any(value.get(name) is None for name in rule.needs)
    if lacks or not (rule.needs or rule.refuses):
        yield refused(pointer, rule.because)


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
