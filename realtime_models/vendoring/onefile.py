"""One module with some types, and what they need."""

from __future__ import annotations

import ast
import difflib
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from . import single
from .binding import Internal
from .compact import compact
from .edits import Edit
from .licence import LICENCE
from .members import Fewer
from .modules import Definition
from .naming import Names
from .printing import body, imports, in_lines, in_order
from .selection import Code, Defined, Library, Rewrite, Selection, select
from .sources import LIBRARY, ROOT, WIRE, VendorError, sources
from .squeeze import squeezed
from .strip import strip, strip_private
from .wish import Wish

ALWAYS: Final = (
    "UNSET",
    "DecodeError",
    "JsonObject",
    "JsonValue",
    "Problem",
    "Unknown",
    "UnsetType",
    "__version__",
    "check",
)
"""What every module has, beside the types."""
COMPACT: Final = {
    Internal(f"{ROOT}.{module}", name): Internal(f"{ROOT}.compact.{other}", name)
    for module, other, name in (
        ("checker", "decoding", "check"),
        ("unknown", "models", "Unknown"),
        ("values", "values", "JsonObject"),
    )
}
"""What takes the place of some public names in a compact module."""
REGISTRY: Final = f"{ROOT}.registry"
HOST: Final = "# ruff: noqa\n# fmt: off\n"
"""Keeps the tools of the place to which it is copied from changing it."""


def one_module(wish: Wish) -> str:
    """The text of the module, without its stamp."""
    library, selection = _compact(wish) if wish.is_compact else _written_out(wish)
    packages = [ROOT, f"{ROOT}_{wish.adapter}"] if wish.adapter else [ROOT]
    codes = in_order(library, selection.codes)
    public = [item for package in packages for item in _public(library, package, codes)]
    names = Names(library, codes, public)
    listed = in_lines(sorted(f'"{item.name}"' for item in public))
    head = _licence() + HOST + ("" if wish.strip else _about(wish))
    start = f"{imports(list(names.imports()))}\n__all__ = [\n{listed}\n]"
    code = f"{start}\n\n\n{body(library, codes, names)}\n"
    return f"{head}\n{squeezed(code) if wish.strip else code}"


def _compact(wish: Wish) -> tuple[Library, Selection]:
    """What is selected where the types are in few lines.

    That a type can be sent as another one is no reason to bring that along; where it is there
    for some other reason, ``to_request`` is, too.
    """
    _, selection = _in_few_lines(wish, ())
    there = [name for definition in selection.codes for name in definition.names]
    library, selection = _in_few_lines(wish, there)
    if library.definition(Internal(f"{ROOT}.model", "Model")) in selection.codes:
        raise VendorError("a function among these is for written-out types only: add --fast")
    return library, selection


def _in_few_lines(wish: Wish, requests: Sequence[str]) -> tuple[Library, Selection]:
    found = (
        compact(source, requests) if source.name.startswith(WIRE) else source
        for source in sources(ROOT)
    )
    library = Library(found, COMPACT)
    return library, select(library, _roots(library, wish), _rewrites(library, wish))


def _written_out(wish: Wish) -> tuple[Library, Selection]:
    """What is selected where the types are as in the library, with a registry of its own."""
    found = list(sources(ROOT))
    if wish.adapter:
        found += sources(f"{ROOT}_{wish.adapter}")
    names = (single.find.__name__, single.home.__name__, single.type_names.__name__)
    library = Library(
        found, {Internal(REGISTRY, name): Internal(single.__name__, name) for name in names}
    )
    selection = select(library, _roots(library, wish), _rewrites(library, wish))
    _tell_types(library, selection)
    return library, selection


def _roots(library: Library, wish: Wish) -> Iterator[Internal]:
    """What is asked for."""
    yield from (Internal(ROOT, name) for name in ALWAYS)
    for name in wish.types:
        yield from _functions(library, _wanted(library, name))
        yield Internal(ROOT, name)
    if wish.adapter:
        adapter = f"{ROOT}_{wish.adapter}"
        yield from (Internal(adapter, name) for name in sorted(library.public(adapter)))


def _rewrites(library: Library, wish: Wish) -> list[Rewrite]:
    """How definitions are changed."""
    rewrites: list[Rewrite] = [strip] if wish.strip else [strip_private] if wish.is_compact else []
    for union, members in wish.members.items():
        _wanted(library, union)
        rewrites.append(Fewer(library, Internal(ROOT, union), members))
    return rewrites


def _wanted(library: Library, name: str) -> Definition:
    """The definition of a public name."""
    known = library.public(ROOT)
    if name not in known:
        close = difflib.get_close_matches(name, known)
        hint = f"; is it {' or '.join(close)}?" if close else ""
        raise VendorError(f"no type is called {name}{hint}")
    return library.definition(Internal(ROOT, name))


def _functions(library: Library, alias: Definition) -> Iterator[Internal]:
    """The public functions of a union: those that stand beside it and take or return it."""
    module = library.module(alias.module)
    for definition in module.definitions:
        match definition.tree:
            case ast.FunctionDef(name=name, returns=returns, args=ast.arguments(args=arguments)):
                types = [returns, *(argument.annotation for argument in arguments)]
                names = [item.id for item in types if isinstance(item, ast.Name)]
                if alias.names[0] in names and name in module.public:
                    yield Internal(module.name, name)
            case _:
                pass


def _tell_types(library: Library, selection: Selection) -> None:
    """Tell the registry of the module which types it has."""
    types = sorted(
        name
        for definition in selection.codes
        for name in definition.names
        if definition.module.startswith(WIRE)
        and name in library.module(definition.module).public
        and not isinstance(definition.tree, ast.FunctionDef)
    )
    table = library.definition(Internal(single.__name__, "TYPES"))
    value = next(node for node in ast.walk(table.tree) if isinstance(node, ast.Tuple))
    span = library.module(table.module).text.span(value)
    text = "(\n" + "".join(f'    "{name}",\n' for name in types) + ")"
    selection.codes[table] = selection.codes[table].changed([Edit(*span, text)])


def _public(library: Library, package: str, codes: Sequence[Code]) -> Iterator[Defined]:
    """What is public in a package, as far as it is in the module."""
    known = library.public(package)
    for code in codes:
        for name in known.intersection(code.definition.names):
            for meaning in library.meanings(Internal(package, name)):
                if isinstance(meaning, Defined) and meaning.definition is code.definition:
                    yield meaning


def _licence() -> str:
    lines = (f"# {line}".rstrip() for line in LICENCE.splitlines())
    return "#\n" + "\n".join(lines) + "\n#\n"


def _about(wish: Wish) -> str:
    """The docstring of the module."""
    words = f"{', '.join(wish.types)}, and what they need of {LIBRARY}."
    if wish.is_compact:
        words += " Types are called like the schemas that they stand for."
    return '"""' + textwrap.fill(words, 94) + '"""\n'
