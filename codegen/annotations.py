"""Build the two annotations of a type: of decoded values, and of the values to construct it from.

Decoding accepts newer values, nulls and unknown variants; constructing is exact. Both annotations
are returned as the members of a union, in the order in which they are written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from .form import (
    Alias,
    Array,
    Const,
    Enum,
    Field,
    FreeObject,
    Limits,
    Map,
    Object,
    Ref,
    Scalar,
    Schema,
    Type,
)

SCALARS: Final = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
KEYWORDS: Final = {
    "minimum": "minimum",
    "maximum": "maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
    "minItems": "min_items",
    "maxItems": "max_items",
    "pattern": "pattern",
}


class AnnotationBuilder:
    """Builds the annotations for the types of one schema."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas

    def attribute(self, field: Field) -> list[str]:
        """Return the annotation of a field's attribute."""
        members = self.read(field.type)
        absent = [] if field.required else ["UnsetType"]
        if field.null:
            return [*members, *absent, "None"]
        if field.null_as_read:
            return [*members, *absent, "Annotated[None, NULL_AS_READ]"]
        if field.required or self.admits_null(field.type):
            return [*members, *absent]
        return [*members, "UnsetOrNull"]

    def is_nullable(self, field: Field) -> bool:
        """Whether a field may be null when decoded."""
        nullable = field.null or field.null_as_read or not field.required
        return nullable or self.admits_null(field.type)

    def parameter(self, field: Field) -> list[str]:
        """Return the annotation of a field's parameter."""
        members = self.exact(field.type)
        null = ["None"] if field.null or "None" in members else []
        absent = [] if field.required else ["UnsetType"]
        return [*(member for member in members if member != "None"), *absent, *null]

    def alias(self, alias: Alias) -> list[str]:
        """Return the annotation of an alias: its members as they are decoded."""
        members = _distinct(name for member in alias.members for name in self.read(member))
        if self.keeps_unknown(alias):
            members.append("Unknown")
        return [*members, "None"] if alias.null else members

    def read(self, kind: Type) -> list[str]:
        """Return the members of a type as it is decoded."""
        match kind:
            case Enum(values=values, open=is_open):
                strings = isinstance(values[0], str)
                others = "Str" if strings else "Int"
                return [literal(values), others.lower() if is_open else f"Undocumented{others}"]
            case Const(values=values, tag=tag):
                return [literal(values)] if tag else [literal(values), "UndocumentedStr"]
            case Array(items=items, limits=limits):
                return [limited(f"tuple[{' | '.join(self.read(items))}, ...]", limits)]
            case Map(values=values):
                return [f"FrozenDict[{' | '.join(self.read(values))}]"]
            case Scalar(kind=name, limits=limits):
                return [limited(SCALARS[name], limits)]
            case FreeObject():
                return ["JsonObject"]
            case Ref(name=name):  # pragma: no branch (mypy knows that it is the last)
                return [name]

    def exact(self, kind: Type) -> list[str]:
        """Return the members of a type as it may be constructed."""
        match kind:
            case Enum(values=values, open=is_open):
                plain = "str" if isinstance(values[0], str) else "int"
                return [literal(values), plain] if is_open else [literal(values)]
            case Const(values=values):
                return [literal(values)]
            case Array(items=Scalar(kind="string")):
                return ["Strings"]
            case Array(items=items):
                return [f"Sequence[{' | '.join(self.exact(items))}]"]
            case Map(values=values):
                return [f"Mapping[str, {' | '.join(self.exact(values))}]"]
            case Scalar(kind=name):
                return [SCALARS[name]]
            case FreeObject():
                return ["RawObject"]
            case Ref(name=name):  # pragma: no branch (mypy knows that it is the last)
                return self._exact_schema(self._schemas[name])

    def _exact_schema(self, schema: Schema) -> list[str]:
        """Return an alias by its name where both annotations are equal, else spelled out."""
        if isinstance(schema, Object):
            return [schema.name]
        members = _distinct(name for member in schema.members for name in self.exact(member))
        members += ["Unknown"] if self.keeps_unknown(schema) else []
        members += ["None"] if schema.null else []
        return [schema.name] if members == self.alias(schema) else members

    def admits_null(self, kind: Type) -> bool:
        """Whether null is among the values of the type itself."""
        schema = self._schemas[kind.name] if isinstance(kind, Ref) else None
        if not isinstance(schema, Alias):
            return False
        return schema.null or any(self.admits_null(member) for member in schema.members)

    def leaves(self, kinds: Iterable[Type]) -> list[Type]:
        """Return types, each alias replaced by its members."""
        found: list[Type] = []
        for kind in kinds:
            schema = self._schemas[kind.name] if isinstance(kind, Ref) else None
            found += self.leaves(schema.members) if isinstance(schema, Alias) else [kind]
        return found

    def objects(self, kinds: Iterable[Type]) -> list[Object]:
        """Return the objects among types, those of aliases included."""
        schemas = [self._schemas[leaf.name] for leaf in self.leaves(kinds) if isinstance(leaf, Ref)]
        return [schema for schema in schemas if isinstance(schema, Object)]

    def keeps_unknown(self, alias: Alias) -> bool:
        """Whether a union keeps unknown objects: if its objects have tags or required fields."""
        return any(
            thing.tags or any(field.required for field in thing.fields)
            for thing in self.objects(alias.members)
        )


def literal(values: Iterable[str | int]) -> str:
    return f"Literal[{', '.join(json.dumps(value) for value in values)}]"


def limited(annotation: str, limits: Limits) -> str:
    if not limits:
        return annotation
    arguments = ", ".join(f"{KEYWORDS[key]}={value!r}" for key, value in limits.bounds)
    return f"Annotated[{annotation}, Limits({arguments})]"


def _distinct(members: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(members))
