"""Check the values that the schema names: each must be a value of its type, or it is misspelled."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from .annotations import AnnotationBuilder
from .form import (
    Alias,
    Array,
    Const,
    Enum,
    Field,
    Form,
    FreeObject,
    Limits,
    Map,
    Object,
    Scalar,
    Schema,
    Type,
)
from .node import SchemaError


def validate_values(form: Form) -> None:
    """Check defaults, and the conditions of rules."""
    values = _Values(form.schemas())
    for module in form.modules:
        for schema in module.schemas:
            place = f"{module.name}/{schema.name}"
            if isinstance(schema, Object):
                for field in schema.fields:
                    types = [field.type]
                    values.validate_default(
                        f"{place}/{field.name}", field.default, types, field.null
                    )
                values.validate_rules(place, schema)
            else:
                values.validate_default(place, schema.default, schema.members, schema.null)


class _Values:
    """Knows which values the types of one schema have."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas
        self._annotations = AnnotationBuilder(schemas)

    def validate_default(
        self, place: str, default: str | None, types: Iterable[Type], null: bool
    ) -> None:
        if default is None or (null and default == "null"):
            return
        value: object = json.loads(default)
        if not any(self._has(kind, value) for kind in types):
            raise SchemaError(f"{place}: the default {default} is no value of its type")

    def _has(self, kind: Type, value: object) -> bool:
        """Whether a type has a value, of an open enum a listed one."""
        match kind:
            case Scalar(kind="string", limits=limits):
                return isinstance(value, str) and _within(limits, len(value), value)
            case Scalar(kind="boolean"):
                return isinstance(value, bool)
            case Scalar(kind=name, limits=limits):
                if isinstance(value, bool) or not isinstance(value, (int, float)):
                    return False
                return (name == "number" or value == int(value)) and _within(limits, value)
            case Enum(values=values) | Const(values=values):
                return type(value) is type(values[0]) and value in values
            case Array(items=items, limits=limits):
                if not isinstance(value, list) or not _within(limits, len(value)):
                    return False
                return all(self._has(items, item) for item in value)
            case Map() | FreeObject():
                return isinstance(value, dict)
        schema = self._schemas[kind.name]
        if isinstance(schema, Alias):
            is_null = schema.null and value is None
            return is_null or any(self._has(member, value) for member in schema.members)
        if not isinstance(value, dict):
            return False
        fields = {field.name: field.type for field in schema.fields}
        required = {field.name for field in schema.fields if field.required}
        return required <= value.keys() <= fields.keys() and all(
            self._has(fields[name], member) for name, member in value.items()
        )

    def validate_rules(self, place: str, schema: Object) -> None:
        """Check that the conditions of rules can be true."""
        for number, rule in enumerate(schema.rules):
            for path, pattern in rule.when:
                if not self._can_match(schema, path, pattern):
                    raise SchemaError(
                        f"{place}/x-rules/{number}: {path} is never {json.dumps(pattern)}"
                    )

    def _can_match(self, schema: Object, path: str, pattern: str) -> bool:
        """Whether the pattern matches a listed value of a field, or whether none is listed."""
        leaves = self._annotations.leaves(field.type for field in self._fields(schema, path))
        listed = [leaf.values for leaf in leaves if isinstance(leaf, (Enum, Const))]
        if len(listed) < len(leaves):
            return True
        return any(re.fullmatch(pattern, str(value)) for values in listed for value in values)

    def _fields(self, schema: Object, path: str) -> list[Field]:
        """Return the fields at a path of names, which may lead into several objects of a union."""
        objects, found = [schema], list[Field]()
        for name in path.split("."):
            found = [field for thing in objects for field in thing.fields if field.name == name]
            objects = self._annotations.objects(field.type for field in found)
        return found


def _within(limits: Limits, size: float, text: str = "") -> bool:
    """Whether a number, or the length of a text or an array, is within the documented limits."""
    for name, bound in limits.bounds:
        if isinstance(bound, str):
            is_within = re.search(bound, text) is not None
        else:
            is_within = bound <= size if name.startswith("min") else size <= bound
        if not is_within:
            return False
    return True
