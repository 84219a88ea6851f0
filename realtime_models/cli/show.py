"""The commands ``list``, ``show`` and ``schema``: what types there are, and what they mean."""

from __future__ import annotations

import difflib
import json
import sys
import textwrap
from collections import Counter

from .._runtime.shape import TypeShape, model_shape, shape_of
from ..catalog import alias_doc, as_model, field_docs, find, model_doc, type_names
from ..schemas import json_schema
from ..wire import HOMES
from .options import Commands, Options


def add_commands(commands: Commands) -> None:
    """Add the three commands to the command line."""
    parser = commands.add_parser("list", help="list all types, by module, with counts")
    parser.set_defaults(run=run_list)
    parser = commands.add_parser("show", help="show the fields of a type, and what they mean")
    parser.add_argument("name", metavar="NAME")
    parser.set_defaults(run=run_show)
    parser = commands.add_parser("schema", help="print the JSON Schema of a type")
    parser.add_argument("name", metavar="NAME")
    parser.set_defaults(run=run_schema)


def run_list(options: Options) -> int:
    """Print the names of all types."""
    kinds: Counter[str] = Counter()
    for module in sorted(set(HOMES.values())):
        names = [name for name in type_names() if HOMES[name] == module]
        print(f"{module} ({len(names)})")
        for name in names:
            kind = "class" if as_model(find(name)) else "alias"
            kinds[kind] += 1
            print(f"  {name}" if kind == "class" else f"  {name} ({kind})")
    print(f"{kinds['class']} classes, {kinds['alias']} aliases")
    return 0


def run_show(options: Options) -> int:
    """Print what a type is."""
    if not _is_type(options.name):
        return 2
    print(options.name)
    model = as_model(find(options.name))
    if model is None:
        _print_wrapped(alias_doc(options.name), "  ")
        print(f"\n  {_described(shape_of(find(options.name)))}")
        return 0
    _print_wrapped(model_doc(model), "  ")
    docs = field_docs(model)
    for name, field in model_shape(model).fields.items():
        print(f"\n  {name}: {_described(field.shape)}{'' if field.required else ' (optional)'}")
        _print_wrapped(docs.get(name, ""), "      ")
    return 0


def run_schema(options: Options) -> int:
    """Print the JSON Schema of a type."""
    if not _is_type(options.name):
        return 2
    print(json.dumps(json_schema(options.name), indent=2))
    return 0


def _is_type(name: str) -> bool:
    """Whether there is a type of this name; complains if there is none."""
    names = list(type_names())
    if name in names:
        return True
    close = difflib.get_close_matches(name, names)
    hint = f"; is it {' or '.join(close)}?" if close else ""
    print(f"no type is called {name}{hint}", file=sys.stderr)
    return False


def _described(shape: TypeShape) -> str:
    """The JSON types and values that a shape allows, in one line."""
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
