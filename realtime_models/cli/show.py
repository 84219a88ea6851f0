"""The commands ``list``, ``show`` and ``schema``: what types there are, and what they mean."""

from __future__ import annotations

import json
import textwrap
from collections import Counter

from .._runtime.shape import TypeShape, model_shape, shape_of
from ..catalog import (
    alias_doc,
    as_model,
    field_docs,
    find,
    find_name,
    find_names,
    model_doc,
    plain_word,
    tags_of,
    type_names,
)
from ..schemas import json_schema
from ..wire import HOMES
from .options import Options


def run_list(options: Options) -> int:
    """Print the names of the types that have all words in their names or tags; the beta's last."""
    words = [plain_word(word) for word in options.words]
    lines: dict[str, list[str]] = {}
    kinds: Counter[str] = Counter()
    for name in type_names():
        kind = "class" if as_model(find(name)) else "alias"
        told = f"  {', '.join(tags_of(name))}" if kind == "class" else " (alias)"
        line = f"{name}{told}".rstrip()
        if all(word in f"{line.casefold()} {plain_word(name)}" for word in words):
            lines.setdefault(HOMES[name], []).append(line)
            kinds[kind] += 1
    for module in sorted(lines, key=_beta_last):
        print(f"{module} ({len(lines[module])})")
        for line in lines[module]:
            print(f"  {line}")
    classes = f"{kinds['class']} class{'es' * (kinds['class'] != 1)}"
    print(f"{classes}, {kinds['alias']} alias{'es' * (kinds['alias'] != 1)}")
    return 0 if kinds else 1


def _beta_last(module: str) -> tuple[bool, str]:
    return module.startswith("beta"), module


def run_show(options: Options) -> int:
    """Print what a type is."""
    name = find_name(options.name)
    print(name)
    model = as_model(find(name))
    if model is None:
        _print_wrapped(alias_doc(name), "  ")
        _print_alias(shape_of(find(name)))
    else:
        _print_wrapped(model_doc(model), "  ")
        docs = field_docs(model)
        for field_name, field in model_shape(model).fields.items():
            optional = "" if field.required else " (optional)"
            print(f"\n  {field_name}: {_described(field.shape)}{optional}")
            _print_wrapped(docs.get(field_name, ""), "      ")
    for other in find_names(options.name)[1:]:
        print(f"\nsee also {other}")
    return 0


def _print_alias(shape: TypeShape) -> None:
    """Print what an alias stands for; a union's models with their tags, a line each."""
    others = dict(shape.cases)
    print()
    if "object" in others and len(models := others["object"].models) > 1:
        del others["object"]
        width = max(len(model.__name__) for model in models)
        for model in models:
            tags = [str(tag) for values in model_shape(model).tags.values() for tag in values]
            print(f"  {model.__name__:{width}}  {', '.join(tags)}".rstrip())
    if others:
        print(f"  {_described(TypeShape(others))}")


def run_schema(options: Options) -> int:
    """Print the JSON Schema of a type."""
    print(json.dumps(json_schema(find_name(options.name)), indent=2))
    return 0


def _described(shape: TypeShape) -> str:
    """Return the JSON types and values that a shape allows, in one line."""
    parts: list[str] = []
    for name, case in shape.cases.items():
        parts += [json.dumps(value) for value in case.values]
        parts += [model.__name__ for model in case.models]
        if case.items is not None:
            parts.append(f"{name} of ({_described(case.items)})")
        elif case.unlisted == "accepted":
            parts.append(name)
    return " | ".join(parts)


def _print_wrapped(text: str, indent: str) -> None:
    if text:
        print(textwrap.fill(text, 96, initial_indent=indent, subsequent_indent=indent))
