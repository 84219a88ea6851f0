"""Expressions: how a value of a type is proven, converted, normalised and written back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from .annotations import Faces
from .form import Alias, Array, Const, Enum, FreeObject, Map, Object, Ref, Scalar, Schema, Type
from .names import snake


@dataclass(frozen=True)
class Case:
    """One JSON type that a value may have: the test of ``value``, and what it becomes."""

    test: str
    result: str = "value"


NULL = Case("value is None")
IS_OBJECT = "type(value) is PlainDict"
IS_ARRAY = "type(value) is PlainList"
WHOLE_FLOAT = Case("type(value) is float and value.is_integer()", "int(value)")
FINITE_FLOAT = Case("type(value) is float and value - value == 0.0")
CASES = {
    "string": [Case("type(value) is str")],
    "integer": [Case("type(value) is int"), WHOLE_FLOAT],
    "number": [FINITE_FLOAT, Case("type(value) is int")],
    "boolean": [Case("type(value) is bool")],
}


class Code:
    """Expressions for the types of one schema."""

    def __init__(self, schemas: Mapping[str, Schema], faces: Faces) -> None:
        self._schemas = schemas
        self._faces = faces

    def cases(self, kind: Type) -> list[Case]:
        """What a value of this type may be, told apart by JSON type."""
        match kind:
            case Scalar(kind=name):
                return CASES[name]
            case Enum(values=values):
                return CASES["string" if isinstance(values[0], str) else "integer"]
            case Const(values=values, tag=True):
                texts = [json.dumps(value) for value in values]
                return [Case(f"type(value) is str and value == {text}", text) for text in texts]
            case Const():
                return CASES["string"]
            case Array(items=items):
                return [Case(IS_ARRAY, self._array(items))]
            case Map(values=values):
                return [Case(IS_OBJECT, f"mapping(value, {self.decoder(values)})")]
            case FreeObject():
                return [Case(IS_OBJECT, "freeze_object(value)")]
            case Ref(name=name):  # pragma: no branch (mypy knows that it is the last)
                return self._schema_cases(self._schemas[name])

    def _schema_cases(self, schema: Schema) -> list[Case]:
        """Scalars of an alias are decoded in place, its objects by its own function."""
        if isinstance(schema, Object):
            return [Case(IS_OBJECT, f"{schema.name}.from_dict(value)")]
        if self._faces.keeps_unknown(schema):
            own = Case(IS_OBJECT, f"{snake(schema.name)}_from_dict(value)")
            return [own, *self.plain_cases(schema)]
        return self.plain_cases(schema)

    def plain_cases(self, alias: Alias) -> list[Case]:
        """The members that are no objects, or need no telling apart."""
        keeps_unknown = self._faces.keeps_unknown(alias)
        leaves = [
            leaf
            for leaf in self._faces.leaves(alias.members)
            if not (keeps_unknown and self.is_object(leaf))
        ]
        null = [NULL] if self._faces.admits_null(Ref(alias.name)) else []
        return [*(case for leaf in leaves for case in self.cases(leaf)), *null]

    def is_object(self, kind: Type) -> bool:
        """Whether values of the type are all models (or unknown objects)."""
        schema = self._schemas[kind.name] if isinstance(kind, Ref) else None
        if isinstance(schema, Alias):
            return not schema.null and all(self.is_object(member) for member in schema.members)
        return schema is not None

    def _is_string(self, kind: Type) -> bool:
        """Whether values of the type are all strings."""
        match kind:
            case Scalar(kind="string") | Const():
                return True
            case Enum(values=values):
                return isinstance(values[0], str)
            case Ref(name=name):
                schema = self._schemas[name]
                return (
                    isinstance(schema, Alias)
                    and not schema.null
                    and all(map(self._is_string, schema.members))
                )
            case _:
                return False

    def _array(self, items: Type) -> str:
        if self._is_string(items):
            return "strings(value)"
        match items:
            case Scalar(kind="integer"):
                return "integers(value)"
            case _ if self.is_object(items):
                return f"objects(value, {self.decoder(items)})"
            case _:
                return f"array(value, {self.decoder(items)})"

    def decoder(self, kind: Type) -> str:
        """A function that decodes a value of this type: an item, or a member of a union or map."""
        if self._is_string(kind):
            return "string"
        if isinstance(kind, Ref):
            is_class = isinstance(self._schemas[kind.name], Object)
            return f"{kind.name}.from_dict" if is_class else f"{snake(kind.name)}_from_dict"
        return "integer"  # The schema was proven to have nothing else there.

    def construct(self, kind: Type, value: str) -> str:
        """A parameter's value in the form that decoding gives."""
        match kind:
            case Array():
                return f"as_tuple({value})"
            case Map():
                return f"as_map({value})"
            case FreeObject():
                return f"as_object({value})"
            case Ref(name=name):
                return self._construct_schema(self._schemas[name], value)
            case _:
                return value

    def _construct_schema(self, schema: Schema, value: str) -> str:
        if isinstance(schema, Object):
            return value
        leaves = self._faces.leaves(schema.members)
        if len(leaves) == 1:
            return self.construct(leaves[0], value)
        result = value
        for leaf in leaves:
            if isinstance(leaf, Array):
                no_string = f" and not isinstance({value}, str)"
                test = f"isinstance({value}, Sequence)"
                test += no_string if any(map(self._is_string, leaves)) else ""
                result = f"as_tuple({value}) if {test} else {result}"
            elif isinstance(leaf, (Map, FreeObject)):
                made = self.construct(leaf, value)
                result = f"{made} if isinstance({value}, Mapping) else {result}"
        return result

    def write(self, kind: Type, value: str) -> str:
        """The JSON value of an attribute's value that is neither absent nor null."""
        match kind:
            case Array(items=items):
                item = self.write(items, "item")
                return f"list({value})" if item == "item" else f"[{item} for item in {value}]"
            case Map(values=values):
                member = self.write(values, "item")
                if member == "item":
                    return f"dict({value})"
                return f"{{key: {member} for key, item in {value}.items()}}"
            case FreeObject():
                return f"thaw_object({value})"
            case Ref(name=name):
                return self._write_schema(self._schemas[name], value)
            case _:
                return value

    def _write_schema(self, schema: Schema, value: str) -> str:
        if isinstance(schema, Object) or self.is_object(Ref(schema.name)):
            return f"{value}.to_dict()"
        if all(self.write(member, value) == value for member in schema.members):
            return value
        return f"{snake(schema.name)}_to_dict({value})"
