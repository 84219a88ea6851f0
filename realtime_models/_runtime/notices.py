"""What decodes, but is not what the API describes: the notices of ``check``.

The slow decoder asks for the notices of each value that it visits; decoding never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .annotations import Limits, Rule
from .base import Model
from .errors import Code, Problem
from .json_values import LIST, is_map, json_type
from .problems import count, join_pointer, one_of, shown
from .shape import TypeCase, TypeShape, case_for, model_shape, select_model, shape_of, tag_of


def notice(code: Code, message: str, pointer: str = "") -> Problem:
    """Return a notice on the value itself, or on a member of it."""
    return Problem(pointer, "notice", code, message)


def notices(shape: TypeShape, case: TypeCase, value: object) -> Iterator[Problem]:
    """Yield the notices on one value, without those on the values in it."""
    if is_map(value):
        model = select_model(case, value)
        yield from _on_model(model, value) if model else [_unknown_variant(case.models, value)]
    elif case.unlisted == "undocumented" and value is None:
        message = f"expected {shape.expected}, found null, which the API does not describe here"
        yield notice("unexpected_null", message)
    elif case.unlisted == "undocumented" and value not in case.values:
        yield notice("unknown_value", f"expected {one_of(case.values)}, found {shown(value)}")
    for mark in case.marks:
        if isinstance(mark, Limits):
            yield from exceeded(mark, value)


def _on_model(model: type[Model], value: Mapping[str, object]) -> Iterator[Problem]:
    yield from _broken_rules(model, None, value, "")
    if model._sent_to:
        yield from refusals(shape_of(model), value, model._sent_to)
    if model._is_deprecated:
        yield notice("deprecated", f"expected no {model.__name__}, which is deprecated")
    places = dict(model._moved)
    for name in value:
        pointer = join_pointer("", name)
        if name in places:
            is_gone = places[name] == "nowhere"
            now = "the current API has none" if is_gone else f"here it is `{places[name]}`"
            yield notice("unknown_field", f"`{name}` is the beta's; {now}", pointer)
        elif name in model._deprecated:
            message = f"expected no {model.__name__}.{name}, which is deprecated"
            yield notice("deprecated", message, pointer)
        elif name not in model._known:
            message = f"expected only fields of {model.__name__}, found one that it does not have"
            yield notice("unknown_field", message, pointer)


def _unknown_variant(models: tuple[type[Model], ...], value: Mapping[str, object]) -> Problem:
    """Return the notice on an object of none of a union's models: on its first unknown tag."""
    candidates = [tags for model in models if (tags := model_shape(model).tags)]
    for name in {name: None for tags in candidates for name in tags}:
        known = sorted({str(tag) for tags in candidates for tag in tags.get(name, ())})
        tag = tag_of(value, name)
        if known and tag not in known:
            found = json_type(value[name]) if name in value else "none"
            message = f"expected an object whose {name} is {one_of(known)}, found "
            return notice("unknown_variant", message + (found if tag is None else shown(tag)))
        candidates = [tags for tags in candidates if tag in tags.get(name, (tag,))]
    names = " or ".join(sorted(model.__name__ for model in models))
    message = f"expected {names}, found an object without the required fields"
    return notice("unknown_variant", message)


def refusals(
    shape: TypeShape, value: object, api: str | None, pointer: str = ""
) -> Iterator[Problem]:
    """Yield what servers of an API refuse only of a client; without an API, what all refuse."""
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
    """Yield what servers refuse of an object: by the rules for one API, or for whoever sends."""
    for rule in model._rules:
        holds = (_is_like(value, path, pattern) for path, pattern in rule.when)
        if (api in rule.to if api else not rule.to) and all(holds):
            for where in _refused_by(rule, value, pointer):
                yield notice("refused", rule.because, where)


def _refused_by(rule: Rule, value: Mapping[str, object], pointer: str) -> Iterator[str]:
    """Yield the pointers of what a rule refuses of an object; null counts as absent."""
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
    """Yield the values at a path of names, with pointers: of an array, those of each item."""
    if type(value) is LIST:
        for index, item in enumerate(value):
            if type(item) is not LIST:  # Those may nest as deeply as they like.
                yield from _at(item, path, f"{pointer}/{index}")
    elif not path:
        yield pointer, value
    elif is_map(value):
        name, _, rest = path.partition(".")
        yield from _at(value.get(name), rest, f"{pointer}/{name}")


def exceeded(limits: Limits, value: object) -> Iterator[Problem]:
    """Yield a notice for each documented limit that a value exceeds."""
    if isinstance(value, (int, float)):
        if limits.minimum is not None and value < limits.minimum:
            message = f"expected a number of at least {limits.minimum:g}, found a smaller one"
            yield notice("out_of_range", message)
        if limits.maximum is not None and value > limits.maximum:
            message = f"expected a number of at most {limits.maximum:g}, found a larger one"
            yield notice("out_of_range", message)
    elif isinstance(value, str):
        yield from _miscounted(len(value), limits.min_length, limits.max_length, "character")
        if limits.pattern is not None and not re.search(limits.pattern, value):
            message = f"expected a string that matches {limits.pattern}, found another"
            yield notice("pattern", message)
    elif type(value) is LIST:
        yield from _miscounted(len(value), limits.min_items, limits.max_items, "item")


def _miscounted(found: int, least: int | None, most: int | None, thing: str) -> Iterator[Problem]:
    if least is not None and found < least:
        yield notice("too_short", f"expected at least {count(least, thing)}, found {found}")
    if most is not None and found > most:
        yield notice("too_long", f"expected at most {count(most, thing)}, found {found}")
