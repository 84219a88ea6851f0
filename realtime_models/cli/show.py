"""The commands ``list``, ``show`` and ``schema``: what types there are, and what they mean."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator

from .. import catalog
from .._runtime.shape import TypeShape, model_shape, shape_of
from ..schemas import json_schema
from ..wire import HOMES
from .options import Options


def run_list(options: Options) -> int:
    """Print the names of the types that have all words in their names or tags; the beta's last."""
    words = [catalog.plain_word(word) for word in options.words]
    lines: dict[str, list[str]] = {}
    kinds: Counter[str] = Counter()
    for name in catalog.type_names():
        kind = "class" if catalog.as_model(catalog.find(name)) else "alias"
        told = f"  {', '.join(catalog.tags_of(name))}" if kind == "class" else " (alias)"
        line = f"{name}{told}".rstrip()
        if all(word in f"{line.casefold()} {catalog.plain_word(name)}" for word in words):
            lines.setdefault(HOMES[name], []).append(line)
            kinds[kind] += 1
    for _, module in sorted((module.startswith("beta"), module) for module in lines):
        print(f"{module} ({len(lines[module])})", *lines[module], sep="\n  ")
    print(", ".join(f"{kinds[k]} {k}{'es' * (kinds[k] != 1)}" for k in ("class", "alias")))
    return 0 if kinds else 1


def run_show(options: Options) -> int:
    """Print what a type is."""
    name = catalog.find_name(options.name)
    model = catalog.as_model(catalog.find(name))
    _print_told(name, catalog.model_doc(model) if model else catalog.alias_doc(name), "  ")
    if model is None:
        print("", *_members(shape_of(catalog.find(name))), sep="\n  ")
    else:
        docs = catalog.field_docs(model)
        for field_name, field in model_shape(model).fields.items():
            optional = "" if field.required else " (optional)"
            line = f"\n  {field_name}: {_described(field.shape)}{optional}"
            _print_told(line, docs.get(field_name, ""), "      ")
    for other in catalog.find_names(options.name)[1:]:
        print(f"\nsee also {other}")
    return 0


def run_schema(options: Options) -> int:
    """Print the JSON Schema of a type."""
    print(json.dumps(json_schema(catalog.find_name(options.name)), indent=2))
    return 0


def _members(shape: TypeShape) -> Iterator[str]:
    """Yield what an alias stands for: a union's models with their tags, and all else in a line."""
    others = dict(shape.cases)
    if "object" in others and len(models := others["object"].models) > 1:
        del others["object"]
        width = max(len(model.__name__) for model in models)
        for model in models:
            tags = [str(tag) for values in model_shape(model).tags.values() for tag in values]
            yield f"{model.__name__:{width}}  {', '.join(tags)}".rstrip()
    if others:
        yield _described(TypeShape(others))


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


def _print_told(line: str, words: str, indent: str) -> None:
    wrapped = textwrap.wrap(words, 96, initial_indent=indent, subsequent_indent=indent)
    print(line, *wrapped, sep="\n")
