"""Public names: what each stands for, and the words of its docstrings.

This stands above the generated modules: a name is looked up by importing the one it lives in.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Final

from ._runtime.annotations import is_class
from ._runtime.base import Base
from ._runtime.model import Model
from .wire import HOMES

__all__ = ["alias_doc", "as_model", "field_docs", "find", "home", "model_doc", "type_names"]


def find(name: str) -> object:
    """Return the model, alias or function of this name; raise ``LookupError`` if there is none."""
    if name not in HOMES:
        raise LookupError(f"no type is called {name}")
    found: object = getattr(import_module(home(name)), name)
    return found


def find_type(type_or_name: object) -> object:
    """Return an annotation as it is, and what a name stands for."""
    return find(type_or_name) if isinstance(type_or_name, str) else type_or_name


def home(name: str) -> str:
    """Return the full name of the module in which a name is defined."""
    return f"{__package__}.wire.{HOMES[name]}"


def type_names() -> Iterator[str]:
    """Return the names of all models and aliases, in the order of the alphabet."""
    return (name for name in HOMES if name[0].isupper())


def as_model(found: object) -> type[Model] | None:
    """Return what was found, if it is a model; ``None`` for an alias."""
    return found if is_class(found) and issubclass(found, Model) else None


def alias_doc(name: str) -> str:
    """Return what the alias of this name stands for; empty without source."""
    return _words(_docs(home(name)).get(name, ""))


def model_doc(model: type[object]) -> str:
    """Return what a model is; empty without docstrings."""
    return _words(inspect.getdoc(model) or "")


def field_docs(model: type[Base]) -> Mapping[str, str]:
    """Return what the fields of a model mean, by name; empty without source."""
    prefix = f"{model.__name__}."
    found = _docs(model.__module__)
    return {
        key.removeprefix(prefix): _line(doc) for key, doc in found.items() if key.startswith(prefix)
    }


def _read_docs(module: str) -> Mapping[str, str]:
    """The strings under a module's names: aliases by name, fields by ``Class.field``."""
    try:
        source = inspect.getsource(import_module(module))
    except OSError:  # Only bytecode is there.
        return {}
    tree = ast.parse(source)
    found = dict(_attribute_docs(tree.body, ""))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found.update(_attribute_docs(node.body, f"{node.name}."))
    return found


# Not as a decorator: that would forget the types of the parameters.
_docs: Final[Callable[[str], Mapping[str, str]]] = cache(_read_docs)


def _attribute_docs(body: Sequence[ast.stmt], prefix: str) -> Iterator[tuple[str, str]]:
    """Strings that stand under an annotated name."""
    for target, text in pairwise(body):
        match target, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                value=ast.Constant(value=str(doc))
            ):
                yield prefix + name, inspect.cleandoc(doc)
            case _:
                pass


def _words(doc: str) -> str:
    """The description in a docstring, without the line that names the schema."""
    return _line(doc.partition("\n\nSchema:")[0])


def _line(text: str) -> str:
    return text.replace("\n", " ")
