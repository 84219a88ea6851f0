"""The types of our models as source code of classes for any other library.

Every peer gets the same types, so that its work is equal: the same fields, the same tags, enums as
open as our attributes, null wherever we accept null. A :class:`Dialect` describes what differs
between libraries. The source is generated from our annotations when a benchmark runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import realtime_models
from realtime_models import FrozenDict, JsonObject, Model, Unknown, UnsetType
from realtime_models.adapting import union_members

ROOTS: Final = ("RealtimeServerEvent", "RealtimeSessionCreateResponse")
"""The types of the payloads; the peers get these and all that they refer to."""


@dataclass(frozen=True)
class Dialect:
    """How classes are written for a library."""

    head: str
    """The imports, and everything else before the first class."""
    opening: Callable[[str, str | None], str]
    """The lines that begin a class, up to the colon, for its name and its tag."""
    optional: str
    """The annotation and default of a field that may be absent, for its type ``{}``."""
    union: Callable[[str, list[str]], str]
    """The annotation of a union of classes with a tag."""
    writes_tags: bool = True
    """Whether a tag is a field; otherwise the opening of the class has it."""
    merges_roles: bool = False
    """Whether messages of all roles must be one class, since the library only looks at ``type``."""


def classes_source(dialect: Dialect) -> str:
    """Return a Python module with a class for each object, and a name for each root."""
    writer = _Writer(dialect)
    roots = [f"{name} = {writer.annotation(getattr(realtime_models, name))}" for name in ROOTS]
    return "\n".join([dialect.head, *writer.classes.values(), *roots, ""])


class _Writer:
    """Writes types in a dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self.classes: dict[str, str] = {}
        """The source of each class by name, after the classes that it refers to."""

    def annotation(self, hint: object) -> str:
        """Return an annotation: its scalars one by one, and its objects as one tagged union."""
        members = [one for one in union_members(hint) if one not in (Unknown, UnsetType)]
        found: dict[str, None] = {}
        groups: dict[str | None, list[type[Model]]] = {}
        for member in members:
            if isinstance(member, type) and issubclass(member, Model):
                groups.setdefault(_tag(member), []).append(member)
            else:
                found[self._plain(member, members)] = None
        objects = [self._group(group) for group in groups.values()]
        if len(objects) > 1 and None not in groups:
            objects = [self._dialect.union("type", objects)]
        return f"Union[{', '.join([*objects, *found])}]"

    def _plain(self, hint: object, members: Sequence[object]) -> str:
        """Return the annotation of what is not an object; an open enum without its values."""
        if hint is NoneType:
            return "None"
        if hint is JsonObject:
            return "dict[str, Any]"
        arguments = get_args(hint)
        if get_origin(hint) is tuple:
            return f"list[{self.annotation(arguments[0])}]"
        if get_origin(hint) is FrozenDict:
            return f"dict[str, {self.annotation(arguments[0])}]"
        if get_origin(hint) is Literal:
            kind = type(arguments[0])
            return kind.__name__ if kind in members else f"Literal[{str([*arguments])[1:-1]}]"
        assert isinstance(hint, type)
        return hint.__name__

    def _group(self, group: Sequence[type[Model]]) -> str:
        """Return the classes of one tag: messages have one for each role."""
        if len(group) == 1:
            return self._class(group[0].__name__, _tag(group[0]), _hints(group[0]))
        if not self._dialect.merges_roles:
            return self._dialect.union("role", [self._group([model]) for model in group])
        merged: dict[str, Any] = {}
        for hints in map(_hints, group):
            for name, hint in hints.items():
                merged[name] = max(merged.get(name, hint), hint, key=_width)
        name = (
            group[0].__name__.removesuffix("System").removesuffix("User").removesuffix("Assistant")
        )
        return self._class(name, _tag(group[0]), merged | {"role": str})

    def _class(self, name: str, tag: str | None, hints: Mapping[str, object]) -> str:
        if name not in self.classes:
            is_written = self._dialect.writes_tags or tag is None
            lines = [
                self._field(*item) for item in hints.items() if is_written or item[0] != "type"
            ]
            body = [f"    {line}" for line in lines or ["pass"]]
            self.classes[name] = "\n".join([self._dialect.opening(name, tag), *body, ""])
        return name

    def _field(self, name: str, hint: object) -> str:
        written = self.annotation(hint)
        values = _constants(hint)
        if values:
            return f"{name}: Literal[{str([*values])[1:-1]}]"
        if UnsetType in union_members(hint):
            return f"{name}: {self._dialect.optional.format(written)}"
        return f"{name}: {written}"


def _hints(model: type[Model]) -> dict[str, object]:
    """Return the annotations of the fields, without the one that keeps unknown fields."""
    hints = get_type_hints(model)
    return {field.name: hints[field.name] for field in fields(model) if field.name != "extra"}


def _constants(hint: object) -> tuple[object, ...]:
    """Return the values of a tag, the only field without other values."""
    members = [one for one in union_members(hint) if one not in (UnsetType, NoneType)]
    is_tag = len(members) == 1 and get_origin(members[0]) is Literal
    return get_args(members[0]) if is_tag else ()


def _tag(model: type[Model]) -> str | None:
    """Return the value of ``type`` that tells an object from others."""
    values = _constants(_hints(model).get("type"))
    return str(values[0]) if values else None


def _width(hint: object) -> int:
    """Return how many fields the items of an array have."""
    for member in union_members(hint):
        items = get_args(member)[:1]
        if (
            get_origin(member) is tuple
            and isinstance(items[0], type)
            and issubclass(items[0], Model)
        ):
            return len(fields(items[0]))
    return 0
