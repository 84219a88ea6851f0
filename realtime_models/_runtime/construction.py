"""What the generated ``__init__`` calls: give values the form that decoding gives them.

Arrays become tuples, and mappings become frozen objects, so that both kinds of values are
equal, hashable, and safe from later changes to what they were made of. A value of another class
is refused here, where it is passed, and not when it is encoded. ``UNSET`` and ``None`` pass: type
checkers refuse them, and :func:`dataclasses.replace` passes on decoded values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NoReturn, TypeAlias, TypeGuard

from .base import Model, is_kept
from .json_values import FrozenDict, JsonMapping, JsonObject, is_array, is_map, new_mapping
from .sentinel import UNSET

Classes: TypeAlias = "type | tuple[type, ...]"


def as_model(owner: Model, field: str, value: object, classes: Classes) -> object:
    """Return an instance of one of the classes; refuse any other value."""
    if not isinstance(value, classes) and value is not UNSET and value is not None:
        refuse_class(owner, field, value, classes)
    return value


def as_models(owner: Model, field: str, value: object, classes: Classes) -> object:
    """Return an array as a tuple; refuse an item that is no instance of one of the classes."""
    items = as_tuple(owner, field, value)
    if is_array(items):
        for index, item in enumerate(items):
            if not isinstance(item, classes):
                refuse_class(owner, f"{field}[{index}]", item, classes)
    return items


def as_tuple(owner: Model, field: str, value: object) -> object:
    """Return an array as a tuple; refuse a bare string, which is never meant as an array."""
    if is_array(value):
        return tuple(value)
    if value is UNSET or value is None:
        return value
    if not is_sequence(value):
        refuse_value(owner, field, "a sequence", value)
    return tuple(value)


def is_sequence(value: object) -> TypeGuard[Iterable[object]]:
    """Return whether a value can be meant for an array: a string or a mapping never is."""
    is_other = isinstance(value, (str, bytes, bytearray)) or is_map(value)
    return isinstance(value, Iterable) and not is_other


def as_map(owner: Model, field: str, value: object, classes: Classes) -> object:
    """Return a mapping as a :class:`FrozenDict`; refuse a member that is of no such class."""
    if value is UNSET or value is None:
        return value
    if not is_map(value):
        refuse_value(owner, field, "a mapping", value)
    for name, member in value.items():
        if not isinstance(member, classes):
            refuse_class(owner, f"{field}[{name!r}]", member, classes)
    return FrozenDict(value)


def as_object(owner: Model, field: str, value: object) -> object:
    """Return a mapping of JSON values as a :class:`JsonObject`."""
    if value is UNSET or value is None or isinstance(value, JsonObject):
        return value
    if not is_map(value):
        refuse_value(owner, field, "a mapping", value)
    return JsonObject(value)


def as_extra(owner: Model, extra: Mapping[str, object]) -> JsonMapping:
    """Return the fields newer than the library; refuse known ones among them."""
    if isinstance(extra, JsonMapping) and extra.problems:
        # `dataclasses.replace` passes on that of a kept value: it loses the fields that are set.
        given = {name for name in owner._known if getattr(owner, name) is not UNSET}
        left = {name: member for name, member in extra.items() if name not in given}
        mended = {name for name in given if not is_kept(getattr(owner, name))}
        # The names of fields need no unescaping.
        problems = [one for one in extra.problems if mended.isdisjoint(one.pointer.split("/")[1:2])]
        return new_mapping(left, problems)
    if not owner._known.isdisjoint(extra):
        known = ", ".join(sorted(owner._known & set(extra)))
        raise TypeError(f"{type(owner).__name__}.extra: parameters exist for {known}")
    return JsonMapping(extra)


def refuse_class(owner: Model, field: str, value: object, classes: Classes) -> NoReturn:
    """Raise ``TypeError`` for a value of another class, and say how to make a right one."""
    named = [item.__name__ for item in (classes if isinstance(classes, tuple) else (classes,))]
    makers = [f"{name}.from_dict" for name in named if name not in ("Unknown", "str")]
    hint = f" (use {' or '.join(makers)})" if makers and is_map(value) else ""
    if type(value).__name__ in named:  # It is of another copy of this library.
        hint = f" of {type(value).__module__}"
    refuse_value(owner, field, " or ".join(named), value, hint)


def refuse_value(
    owner: Model, field: str, expected: str, value: object, hint: str = ""
) -> NoReturn:
    """Raise ``TypeError`` that names the class, the field, and what was found."""
    found = type(value).__name__
    raise TypeError(f"{type(owner).__name__}.{field}: expected {expected}, found {found}{hint}")
