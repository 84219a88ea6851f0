"""Python code for an example: one snippet decodes it, another constructs an equal value."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterable, Iterator
from typing import Final

from codegen.names import snake
from realtime_models import UNSET, FrozenDict, from_wire
from realtime_models._runtime.base import Model
from realtime_models._runtime.json_values import is_array, is_map
from realtime_models.catalog import as_model, find
from realtime_models.wire import HOMES

from .annotations import alias_hint, references
from .examples import example
from .facts import shown

__all__ = ["construction", "decoding"]

WIDTH: Final = 80
"""The longest line that a page shows without a scroll bar."""


def decoding(name: str) -> str:
    """Return code that decodes ``data``, a JSON value of the type of this name."""
    function = f"{snake(name)}_from_dict"
    if as_model(find(name)) is None:
        imported, call, has_text = function, function, f"{snake(name)}_from_json" in HOMES
    else:
        imported, call, has_text = shown(name), f"{shown(name)}.from_dict", True
    comment = "# `data` is parsed JSON" + ("; `from_json` takes the text." if has_text else ".")
    return f"{_import([imported])}\n\n{comment}\nvalue = {call}(data)"


def construction(name: str) -> str:
    """Return code that constructs the example of the type of this name."""
    value = from_wire(name, example(name))
    is_alias = as_model(find(name)) is None
    names = {*_names(value), *([shown(name)] if is_alias else [])}
    if isinstance(value, FrozenDict):
        return _map_construction(name, names, value)
    target = f"value: {shown(name)} = " if is_alias else "value = "
    return f"{_import(names)}\n\n{target}{_expression(value, before=len(target))}"


def _map_construction(name: str, names: set[str], value: FrozenDict[object]) -> str:
    """Return code that constructs a mapping, with the annotation that type checkers need."""
    kind = ast.unparse(alias_hint(name)).removeprefix("FrozenDict[").partition("]")[0]
    imported = names | {"FrozenDict", *(other for _, other in references(name))}
    target = f"members: dict[str, {kind}] = "
    lines = [_import(imported), "", target + _expression(value, before=len(target))]
    return "\n".join([*lines, f"value: {name} = FrozenDict(members)"])


def _import(names: Iterable[str]) -> str:
    ordered = sorted(names)
    line = f"from realtime_models import {', '.join(ordered)}"
    if len(line) <= WIDTH:
        return line
    return "\n".join(["from realtime_models import (", *(f"    {name}," for name in ordered), ")"])


def _names(value: object) -> Iterator[str]:
    """Yield the names that the expression for a value needs."""
    if isinstance(value, Model):
        yield shown(type(value).__name__)
    elif value is UNSET:
        # The example leaves out a constant, which construction would fill in.
        yield "UNSET"
    for _, member in _members(value):
        yield from _names(member)


def _expression(value: object, indent: int = 0, before: int = 0) -> str:
    """Return the expression that makes a value: on one line, or on a line for each member."""
    members = _members(value)
    line = _line(value)
    if not members or indent + before + len(line) <= WIDTH:
        return line
    opening, closing = _brackets(value)
    margin = " " * (indent + 4)
    lines = [
        f"{margin}{label}{_expression(member, indent + 4, len(label) + 1)},"
        for label, member in members
    ]
    return "\n".join([opening, *lines, " " * indent + closing])


def _line(value: object) -> str:
    opening, closing = _brackets(value)
    members = ", ".join(f"{label}{_line(member)}" for label, member in _members(value))
    return f"{opening}{members}{closing}"


def _brackets(value: object) -> tuple[str, str]:
    """Return what an expression begins and ends with; all of it for a scalar."""
    if isinstance(value, Model):
        return f"{shown(type(value).__name__)}(", ")"
    if is_map(value):
        return "{", "}"
    if is_array(value):
        return "[", "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value), ""


def _members(value: object) -> list[tuple[str, object]]:
    """Return the arguments, pairs or items of an expression, each with its label."""
    if isinstance(value, Model):
        defaults = inspect.signature(type(value)).parameters
        return [
            (f"{name}=", member)
            for name, member in value._items()
            if member != defaults[name].default
        ]
    if is_map(value):
        return [(f"{json.dumps(name)}: ", member) for name, member in value.items()]
    return [("", item) for item in value] if is_array(value) else []
