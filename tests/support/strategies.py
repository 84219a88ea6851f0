"""Hypothesis strategies for JSON of every type, made from the generator's intermediate form."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import strategies as st

from codegen.form import (
    Alias,
    Array,
    Const,
    Enum,
    FreeObject,
    Map,
    Object,
    Ref,
    Scalar,
    Schema,
    Type,
)
from codegen.load import load
from tests.support.paths import SCHEMA

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | FINITE | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(TEXT, JSON, max_size=3)


@cache
def schemas() -> dict[str, Schema]:
    """Return every schema by its name."""
    return load(SCHEMA).schemas()


@cache
def instances(name: str) -> st.SearchStrategy[Any]:
    """JSON that decodes as the type ``name``: mostly as described, sometimes newer."""
    schema = schemas()[name]
    if isinstance(schema, Object):
        return _object(schema)
    options = [_type(member) for member in schema.members]
    if schema.null:
        options.append(st.none())
    if keeps_unknown(schema):
        options.append(OBJECTS.map(lambda data: {**data, "type": "newer.than.us"}))
    return st.one_of(options)


def keeps_unknown(schema: Alias) -> bool:
    """Whether an alias is a union of objects with tags."""
    things = [schemas()[member.name] for member in schema.members if isinstance(member, Ref)]
    return any(
        (isinstance(thing, Alias) and keeps_unknown(thing))
        or (
            isinstance(thing, Object)
            and any(field.required or field.name == "type" for field in thing.fields)
        )
        for thing in things
    )


def _object(schema: Object) -> st.SearchStrategy[Any]:
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for field in schema.fields:
        value = _type(field.type)
        if field.null or field.null_as_read or not field.required:
            value |= st.none()
        # A tag stays, even if it may be absent: in a union it says which member this is.
        is_tag = isinstance(field.type, Const) and field.type.tag
        if field.required or is_tag:
            required[field.name] = _type(field.type) if is_tag else value
        else:
            optional[field.name] = value
    known = st.fixed_dictionaries(required, optional=optional)
    newer = st.dictionaries(TEXT.map("x-{}".format), JSON, max_size=2)
    return st.one_of(known, known, st.builds(lambda a, b: {**b, **a}, known, newer))


def _type(kind: Type) -> st.SearchStrategy[Any]:
    match kind:
        case Scalar(kind="string"):
            return TEXT
        case Scalar(kind="integer"):
            return st.integers() | st.integers(-9, 9).map(float)
        case Scalar(kind="number"):
            return FINITE | st.integers()
        case Scalar():
            return st.booleans()
        case Enum(values=values):
            newer = TEXT if isinstance(values[0], str) else st.integers()
            return st.sampled_from(values) | newer
        case Const(values=values, tag=tag):
            return st.sampled_from(values) if tag else st.sampled_from(values) | TEXT
        case Array(items=items):
            return st.lists(_type(items), max_size=3)
        case Map(values=values):
            return st.dictionaries(TEXT, _type(values), max_size=3)
        case FreeObject():
            return OBJECTS
        case Ref(name=name):
            return st.deferred(lambda: instances(name))


@st.composite
def mutated(draw: st.DrawFn, name: str) -> Any:
    """JSON of a type with one thing in it changed: replaced, removed, or added."""
    root = [copy.deepcopy(draw(instances(name)))]
    container, key = draw(st.sampled_from(list(_places(root))))
    action = draw(st.sampled_from(["replace", "remove", "add"]))
    if action == "remove" and container is not root:
        del container[key]
    elif action == "add" and isinstance(container[key], dict):
        container[key][draw(TEXT)] = draw(JSON)
    else:
        container[key] = draw(JSON)
    return root[0]


def _places(container: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a JSON value: its container, and the key or index there."""
    keys = container if isinstance(container, dict) else range(len(container))
    for key in keys:
        yield container, key
        if isinstance(container[key], (dict, list)):
            yield from _places(container[key])
