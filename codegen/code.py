"""Build the expressions that decode values, normalise parameters, and encode values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from .annotations import AnnotationBuilder
from .form import Alias, Array, Const, Enum, FreeObject, Map, Object, Ref, Scalar, Schema, Type
from .names import snake


class Code:
    """Builds the expressions for the types of a schema."""

    def __init__(self, schemas: Mapping[str, Schema], annotations: AnnotationBuilder) -> None:
        self._schemas = schemas
        self._annotations = annotations

    def decode(self, kind: Type, value: str, nullable: bool) -> str:
        """Return the call that decodes a value of a type, or null if it is nullable."""
        suffix = "_or_null" if nullable else ""
        if isinstance(kind, Ref):
            schema = self._schemas[kind.name]
            if isinstance(schema, Alias):
                return self._decode_alias(schema, value, suffix)
        match kind:
            case Const(values=(name,), tag=True):
                # If it is not nullable, the reader tests it without a call.
                return f"tag_or_null({value}, {json.dumps(name)})"
            case Const(values=values, tag=True):
                # A tag with several values is required.
                return f"one_tag({value}, ({', '.join(map(json.dumps, values))}))"
            case Scalar(kind=name):
                return f"{name}{suffix}({value})"
            case Enum(values=(int(), *_)):
                return f"integer{suffix}({value})"
            case Enum() | Const():
                return f"string{suffix}({value})"
            case Array(items=items):
                return self._decode_array(items, value, suffix)
            case Map(values=values):
                return f"mapping{suffix}({value}, {self.item_decoder(values)})"
            case FreeObject():
                return f"or_null({value}, freeze_object)" if nullable else f"freeze_object({value})"
            case Ref():  # pragma: no branch (mypy knows that it is the last)
                return self._decode_model(kind, value, suffix)

    def _decode_alias(self, alias: Alias, value: str, suffix: str) -> str:
        kind = Ref(alias.name)
        if self.is_string(kind):
            return f"string{suffix}({value})"
        if self.is_object(kind):
            return self._decode_model(kind, value, suffix)
        if len(alias.members) == 1:
            return self.decode(alias.members[0], value, bool(suffix))
        read = self.reader(kind)
        if suffix and not self._annotations.admits_null(kind):
            return f"or_null({value}, {read})"
        return f"{read}({value})"

    def _decode_model(self, kind: Type, value: str, suffix: str) -> str:
        return f"model{suffix or '_of'}({value}, {self.reader(kind)})"

    def _decode_array(self, items: Type, value: str, suffix: str) -> str:
        if self.is_string(items):
            return f"or_null({value}, strings)" if suffix else f"strings({value})"
        if self.is_object(items):
            return f"models{suffix}({value}, {self.reader(items)})"
        written = f"array({value}, {self.item_decoder(items)})"
        return f"(None if {value} is None else {written})" if suffix else written

    def reader(self, kind: Type) -> str:
        """Return the name of the function that decodes an object or an alias without a fallback."""
        assert isinstance(kind, Ref)
        return f"_read_{kind.name}"

    def item_decoder(self, kind: Type) -> str:
        """Return the name of the function that decodes an item of an array or a member of a map."""
        if self.is_string(kind):
            return "string"
        # The schema is checked to have nothing else there.
        return self.reader(kind) if isinstance(kind, Ref) else "integer"

    def is_object(self, kind: Type) -> bool:
        """Whether values of the type are all models (or unknown objects)."""
        schema = self._schemas[kind.name] if isinstance(kind, Ref) else None
        if isinstance(schema, Alias):
            return not schema.null and all(map(self.is_object, schema.members))
        return schema is not None

    def is_model(self, kind: Type) -> bool:
        """Whether values of the type are all models, unknown objects, or null."""
        schema = self._schemas[kind.name] if isinstance(kind, Ref) else None
        return self.is_object(kind) or (
            isinstance(schema, Alias) and all(map(self.is_model, schema.members))
        )

    def is_string(self, kind: Type) -> bool:
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
                    and all(map(self.is_string, schema.members))
                )
            case _:
                return False

    def classes(self, kind: Type) -> list[str]:
        """Return the classes of a type's values if some are models; others are not checked."""
        leaves = self._annotations.leaves([kind])
        objects = [schema.name for schema in self._annotations.objects([kind])]
        if not objects:
            return []
        scalars = [name for leaf in leaves for name in _scalar_classes(leaf)]
        schema = self._schemas[kind.name] if isinstance(kind, Ref) else None
        unknown = isinstance(schema, Alias) and self._annotations.keeps_unknown(schema)
        return list(dict.fromkeys([*objects, *(["Unknown"] if unknown else []), *scalars]))

    def unions(self, schema: Alias) -> list[str]:
        """Return the names of a union's members that are unions by the same tag themselves."""
        names = [kind.name for kind in schema.members if isinstance(kind, Ref)]
        members = {name: self._schemas[name] for name in names}
        return [
            name
            for name, member in members.items()
            if schema.tag and isinstance(member, Alias) and member.tag == schema.tag
            # The table would not test a second tag.
            if not self.common_tags(member)
        ]

    def common_tags(self, alias: Alias) -> dict[str, tuple[str, ...]]:
        """Return the tags beside the discriminator that all objects of a union share."""
        first, *others = self._annotations.objects([Ref(alias.name)])
        return {
            name: values
            for name, values in first.tags.items()
            if name != alias.tag and all(other.tags.get(name) == values for other in others)
        }

    def classes_name(self, kind: Type) -> str:
        """Return the one class of a type's values, or the constant that lists several."""
        names = self.classes(kind)
        if len(names) == 1:
            return names[0]
        assert isinstance(kind, Ref)
        return f"_types_{kind.name}"

    def construct(self, kind: Type, field: str) -> str:
        """Return the value of a parameter, converted to the form of decoded values."""
        where = f'self, "{field}", {field}'
        match kind:
            case Array(items=items) if self.classes(items):
                return f"as_models({where}, {self.classes_name(items)})"
            case Array():
                return f"as_tuple({where})"
            case Map(values=values):
                # Values that are not models are strings or integers: the schema is checked.
                scalar = "str" if self.is_string(values) else "int"
                known = self.classes_name(values) if self.classes(values) else scalar
                return f"as_map({where}, {known})"
            case FreeObject():
                return f"as_object({where})"
            case Ref() if parts := self._parts(kind):
                return self._construct_parts(kind, parts, field)
            case Ref() if self.classes(kind):
                return f"as_model({where}, {self.classes_name(kind)})"
            case _:
                return field

    def _parts(self, kind: Ref) -> list[Type]:
        """Return the members of a type that are converted when constructed."""
        leaves = self._annotations.leaves([kind])
        return [leaf for leaf in leaves if isinstance(leaf, (Array, Map, FreeObject))]

    def _construct_parts(self, kind: Ref, parts: Sequence[Type], field: str) -> str:
        """Return the value of a parameter that may be an array, a map or a free-form object."""
        if parts == self._annotations.leaves([kind]):
            return self.construct(parts[0], field)
        cases = [f"{self.construct(part, field)} if {_is_like(part, field)}" for part in parts]
        known = self.classes(kind) and self.classes_name(kind)
        rest = f'as_model(self, "{field}", {field}, {known})' if known else field
        return " else ".join([*cases, rest])

    def write(self, kind: Type, value: str) -> str:
        """Return the JSON value of an attribute that is neither unset nor null."""
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
                return self._write_schema(self._schemas[name], kind, value)
            case _:
                return value

    def _write_schema(self, schema: Schema, kind: Ref, value: str) -> str:
        if isinstance(schema, Object) or self.is_object(kind):
            return f"{value}.to_dict()"
        if len(schema.members) == 1:
            return self.write(schema.members[0], value)
        if all(self.write(member, value) == value for member in schema.members):
            return value
        if not self._parts(kind):
            return f"written({value})"
        return f"{snake(schema.name)}_to_dict({value})"


def _is_like(kind: Type, field: str) -> str:
    """Return the test whether a parameter's value is like an array or an object."""
    return f"is_sequence({field})" if isinstance(kind, Array) else f"isinstance({field}, Mapping)"


def _scalar_classes(kind: Type) -> list[str]:
    """Return the classes of the values that are not objects."""
    match kind:
        case Scalar(kind="string") | Const():
            return ["str"]
        case Enum(values=values):
            return ["str" if isinstance(values[0], str) else "int"]
        case Scalar(kind="boolean"):
            return ["bool"]
        case Scalar():
            return ["int", "float"]
        case _:
            return []
