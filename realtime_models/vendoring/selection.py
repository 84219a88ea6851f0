"""Which definitions some names lead to, through everything that they use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from .binding import External, Internal
from .edits import Edit
from .modules import Definition, Module, read_module
from .scopes import Use
from .sources import Source, VendorError


@dataclass(frozen=True)
class Defined:
    """A name that a definition gives."""

    definition: Definition
    name: str


Meaning: TypeAlias = "Defined | External"


@dataclass(frozen=True)
class Code:
    """A definition as it is copied: what is changed in its text, and the names that are left."""

    definition: Definition
    edits: tuple[Edit, ...]
    uses: tuple[Use, ...]

    def changed(self, edits: Iterable[Edit], uses: Iterable[Use] = ()) -> Code:
        """The same with more edits and uses, and without the uses that stood in their places."""
        added, others = tuple(edits), tuple(uses)
        gone = [(edit.start, edit.end) for edit in added] + [(use.start, use.end) for use in others]
        left = [use for use in self.uses if not any(a <= use.start < b for a, b in gone)]
        return replace(self, edits=self.edits + added, uses=(*left, *others))


Rewrite: TypeAlias = Callable[["Library", Code], Code]
"""A change that is made to a definition before its uses are followed."""


class Library:
    """The modules that are copied."""

    def __init__(
        self, found: Iterable[Source], replaced: Mapping[Internal, Internal] | None = None
    ) -> None:
        """``replaced`` are names in whose place others stand in the copy."""
        self._replaced = replaced or {}
        self._sources = {source.name: source for source in found}
        self._modules: dict[str, Module] = {}

    def module(self, name: str) -> Module:
        """The module of this full name; it is read when it is first needed."""
        if name not in self._modules:
            self._modules[name] = read_module(self._sources[name], self._sources)
        return self._modules[name]

    def meanings(self, name: Internal) -> list[Meaning]:
        """What a name in a module stands for: a definition, an import, or for types one more."""
        name = self._replaced.get(name, name)
        module = self.module(name.module)
        if name.name is None:
            raise NotImplementedError(f"{name.module} as a value")
        found: list[Meaning] = []
        if name.name in module.defined:
            found.append(Defined(module.defined[name.name], name.name))
        for target in module.imports.get(name.name, ()):
            found += [target] if isinstance(target, External) else self.meanings(target)
        for star in module.stars if not found else ():
            found += self.meanings(Internal(star, name.name))
        return found

    def definition(self, name: Internal) -> Definition:
        """The definition that a name stands for; raises :class:`VendorError` if there is none."""
        for meaning in self.meanings(name):
            if isinstance(meaning, Defined):
                return meaning.definition
        raise VendorError(f"no type is called {name.name}")

    def public(self, package: str) -> set[str]:
        """The public names of a package, with those of which it imports all."""
        module = self.module(package)
        return set(module.public).union(*(self.public(star) for star in module.stars))

    def meant(self, use: Use) -> Internal:
        """What stands at a place, where it may be taken of a module."""
        if use.attribute and use.name.name is None:
            return Internal(use.name.module, use.attribute)
        for target in self.module(use.name.module).imports.get(use.name.name or "", ()):
            if use.attribute and isinstance(target, Internal) and target.name is None:
                return Internal(target.module, use.attribute)
        return use.name

    def code(self, definition: Definition) -> Code:
        """A definition without its imports from the package, which it will stand beside."""
        module = self.module(definition.module)
        found = module.found_in(definition)
        edits: list[Edit] = []
        for node in found.imports:
            start, end = module.text.lines(node, node)
            edits.append(Edit(start, end + module.text.content.startswith(b"\n", end)))
        return Code(definition, tuple(edits), tuple(found.uses))


@dataclass
class Selection:
    """Definitions, each with its code, and the imports that they use."""

    codes: dict[Definition, Code] = field(default_factory=dict[Definition, Code])
    imports: set[External] = field(default_factory=set[External])


def select(library: Library, names: Iterable[Internal], rewrites: Sequence[Rewrite]) -> Selection:
    """The definitions that some names lead to."""
    selection = Selection()
    todo = [library.definition(name) for name in names]
    while todo:
        definition = todo.pop()
        if definition in selection.codes:
            continue
        code = library.code(definition)
        for rewrite in rewrites:
            code = rewrite(library, code)
        selection.codes[definition] = code
        for meaning in _meanings(library, code):
            if isinstance(meaning, Defined):
                todo.append(meaning.definition)
            else:
                selection.imports.add(meaning)
    return selection


def _meanings(library: Library, code: Code) -> Iterator[Meaning]:
    """All that a definition uses, and what else stands under its own names for type checkers."""
    for use in code.uses:
        yield from library.meanings(library.meant(use))
    for name in code.definition.names:
        yield from library.meanings(Internal(code.definition.module, name))
