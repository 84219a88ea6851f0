"""One name for each thing in one module, where they come from many.

A name stays as it is wherever it can. It cannot, if something else has it already, if a builtin
is used by that name, or if it means something else at a place where it is to be written.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from .binding import External
from .modules import Definition
from .scopes import Use
from .selection import Code, Defined, Library, Meaning
from .sources import VendorError

Import: TypeAlias = tuple[str, str | None, str, bool]
"""A module, the name in it if it is not meant as a whole, its name here, and if only for types."""


class Names:
    """The names in the one module of some definitions."""

    def __init__(self, library: Library, codes: Sequence[Code], kept: Collection[Meaning]) -> None:
        """``kept`` is what keeps its name."""
        self._library = library
        self._names: dict[Meaning, str] = {}
        self._hidden: dict[Meaning, set[str]] = {}
        self._owners: dict[str, object] = {}
        self._for_types: dict[External, Defined] = {}
        self._twins = _twins(library, codes)
        uses = [use for code in codes for use in code.uses]
        for use in uses:
            self._note(use)
        given = [
            Defined(code.definition, name)
            for code in codes
            if not self.is_twin(code.definition)
            for name in code.definition.names
        ]
        for defined in sorted(given, key=lambda defined: defined not in kept):
            self._name(defined, defined.name, defined.definition.module.rpartition(".")[2])
        for use in uses:
            meaning = self._meaning(use)
            if isinstance(meaning, External):
                self._name(meaning, meaning.local, meaning.module)

    def of(self, use: Use) -> str | None:
        """What is written at a place; ``None`` for a builtin, which stays."""
        meaning = self._meaning(use)
        return None if meaning is None else self._names[meaning]

    def defined(self, definition: Definition, name: str) -> str:
        """The name of something that is defined."""
        return self._names[Defined(self._twins.get(definition, definition), name)]

    def is_twin(self, definition: Definition) -> bool:
        """Whether another one that says the same is written in its place."""
        return definition in self._twins

    def imports(self) -> Iterator[Import]:
        """The imports, each by the name that it has here."""
        for meaning, name in self._names.items():
            if isinstance(meaning, External):
                yield meaning.module, meaning.name, name, meaning.typing_only
        for external, defined in self._for_types.items():
            yield external.module, external.name, self._names[defined], external.typing_only

    def _meanings(self, use: Use) -> list[Meaning]:
        found = self._library.meanings(self._library.meant(use))
        return [self._first(meaning) for meaning in found]

    def _first(self, meaning: Meaning) -> Meaning:
        if isinstance(meaning, External):
            return meaning
        return Defined(self._twins.get(meaning.definition, meaning.definition), meaning.name)

    def _meaning(self, use: Use) -> Meaning | None:
        return next(iter(self._meanings(use)), None)

    def _note(self, use: Use) -> None:
        """What the name at a place must not be, and what else has it for type checkers."""
        meanings = self._meanings(use)
        if not meanings and self._library.meant(use) != use.name:
            raise VendorError(f"{use.name.name} has no {use.attribute}")
        if not meanings:
            self._owners[use.name.name or ""] = "a builtin"
        for meaning in meanings:
            self._hidden.setdefault(meaning, set()).update(use.hidden)
            if isinstance(meaning, External) and isinstance(meanings[0], Defined):
                self._for_types[meaning] = meanings[0]

    def _name(self, meaning: Meaning, name: str, prefix: str) -> None:
        """Give a name, with the module in it as often as it needs."""
        owner = meaning if isinstance(meaning, Defined) else (meaning.module, meaning.name)
        hidden = self._hidden.get(meaning, set())
        while name in hidden or self._owners.get(name, owner) != owner:
            name = f"_{prefix.replace('.', '_')}_{name.lstrip('_')}"
        self._owners[name] = owner
        self._names[meaning] = name


def _twins(library: Library, codes: Sequence[Code]) -> dict[Definition, Definition]:
    """Type variables that say the same as another one."""
    firsts: dict[object, Definition] = {}
    twins: dict[Definition, Definition] = {}
    for code in codes:
        definition = code.definition
        if told_name(definition) is None:
            continue
        text = library.module(definition.module).text
        means = [library.meanings(library.meant(use)) for use in code.uses]
        others = tuple(item for found in means for item in found if _is_other(item, definition))
        key = text.edited(definition.start, definition.end, ()), others
        first = firsts.setdefault(key, definition)
        if first is not definition:
            twins[definition] = first
    return twins


def _is_other(meaning: Meaning, definition: Definition) -> bool:
    return isinstance(meaning, External) or meaning.definition is not definition


def told_name(definition: Definition) -> ast.Constant | None:
    """The string in which a type variable is told its own name."""
    match definition.tree:
        case ast.Assign(
            value=ast.Call(func=ast.Name(id="TypeVar"), args=[ast.Constant() as told, *_])
        ):
            return told
        case _:
            return None
