"""The words of the docstrings, read from the modules' source, where it can be had."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise

from ..wire import HOMES


def doc_of(name: str) -> str:
    """What a type is, in the words of its docstring; empty without source."""
    return _line(_docs(HOMES[name]).get(name, "").partition("\n\nSchema:")[0])


def field_docs(name: str) -> Mapping[str, str]:
    """What the fields of a model mean, by name."""
    prefix = f"{name}."
    found = _docs(HOMES[name])
    return {
        key.removeprefix(prefix): _line(doc) for key, doc in found.items() if key.startswith(prefix)
    }


@cache
def _docs(module: str) -> Mapping[str, str]:
    """All docstrings of a module: of classes and aliases by name, of fields by ``Class.field``."""
    try:
        source = inspect.getsource(import_module(f"..wire.{module}", __package__))
    except OSError:  # Only bytecode is there.
        return {}
    tree = ast.parse(source)
    found = dict(_attribute_docs(tree.body, ""))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = ast.get_docstring(node) or ""
            found.update(_attribute_docs(node.body, f"{node.name}."))
    return found


def _attribute_docs(body: Sequence[ast.stmt], prefix: str) -> Iterator[tuple[str, str]]:
    """Strings that stand under an annotated name."""
    for target, text in pairwise(body):
        match target, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                value=ast.Constant(value=str(doc))
            ):
                yield prefix + name, inspect.cleandoc(doc)


def _line(text: str) -> str:
    return text.replace("\n", " ")
