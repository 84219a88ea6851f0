"""Writes one alias of the schema: the type alias, and the functions named after it."""

from __future__ import annotations

from collections.abc import Mapping

from .annotations import Faces
from .buffer import Lines
from .code import IS_OBJECT, Case, Code
from .docs import alias_doc
from .emit_class import merged
from .form import Alias, Array, Map, Object, Ref, Schema, Type
from .names import constant, snake


class AliasWriter:
    """Writes the alias and the functions of one union, enum or other named type."""

    def __init__(
        self, schema: Alias, schemas: Mapping[str, Schema], faces: Faces, code: Code, lines: Lines
    ) -> None:
        self.schema = schema
        self.schemas = schemas
        self.faces = faces
        self.code = code
        self.lines = lines
        self.function = snake(schema.name)
        self.table = constant(schema.name, "DECODERS")
        self.all_objects = all(code.is_object(member) for member in schema.members)
        self.takes = "RawObject" if self.all_objects and not schema.null else "object"

    def write(self) -> None:
        lines = self.lines
        lines.union(f"{self.schema.name}: TypeAlias = ", self.faces.alias(self.schema))
        lines.docstring(alias_doc(self.schema))
        lines.add("", "")
        if self._tagged():
            self._decoders()
        self._from_dict()
        self._to_dict()
        if self.all_objects:
            self._from_json()

    def _tagged(self) -> list[Type]:
        """The members that are told apart by a tag."""
        if self.schema.tag is None:
            return []
        return [member for member in self.schema.members if self.code.is_object(member)]

    def _decoders(self) -> None:
        """The table from the tag to the function that decodes its variant."""
        annotation = f"Final[dict[str, Callable[[RawObject], {self.schema.name}]]]"
        with self.lines.block(f"{self.table}: {annotation} = {{"):
            for member in self._tagged():
                for tag in self._tags(member):
                    self.lines.add(f'"{tag}": {self.code.decoder(member)},')
        self.lines.add("}", "", "")

    def _tags(self, member: Type) -> list[str]:
        """The values of this union's tag that lead to a member."""
        assert isinstance(member, Ref)
        assert self.schema.tag is not None
        schema = self.schemas[member.name]
        objects = [schema] if isinstance(schema, Object) else self.faces.objects(schema)
        return list(dict.fromkeys(thing.tags[self.schema.tag] for thing in objects))

    def _from_dict(self) -> None:
        lines = self.lines
        with lines.function(f"{self.function}_from_dict", f"value: {self.takes}", self.schema.name):
            lines.docstring(
                f"Decode a `{self.schema.name}`; raises `DecodeError` with every problem in it."
            )
            with lines.block("try:"):
                if self.faces.keeps_unknown(self.schema):
                    self._object_case()
                for test, result in merged(self._plain_cases()):
                    with lines.block(f"if {test}:"):
                        lines.statement("return", result)
                lines.add("raise Mismatch")
            with lines.block(f"except {self._caught()}:"):
                lines.statement("return", self._recovery())
        lines.add("", "")

    def _recovery(self) -> str:
        """The last resort: decode in plain form, or raise the error with every problem."""
        function = "recover_union" if self.takes == "RawObject" else "recover_alias"
        name = self.schema.name
        return f'{function}("{name}", {name}, {self.function}_from_dict, value)'

    def _caught(self) -> str:
        """Errors of a variant stand as they are; those of items are told from here."""
        return (
            "MISMATCHES" if any(not isinstance(m, Ref) for m in self.schema.members) else "REFUSALS"
        )

    def _object_case(self) -> None:
        """An object is the variant that its tag names, or that its fields fit, or unknown."""
        lines = self.lines
        with lines.block(f"if {IS_OBJECT}:"):
            if self.schema.tag is not None:
                lines.add(f'tag = value.get("{self.schema.tag}")')
                with lines.block(f"if type(tag) is str and tag in {self.table}:"):
                    lines.add(f"return {self.table}[tag](value)")
            else:
                self._untagged_case()
            lines.add("return unknown(value)")

    def _untagged_case(self) -> None:
        for schema in self.faces.objects(self.schema):
            tests = [f'value.get("{name}") == "{tag}"' for name, tag in schema.tags.items()]
            tests = tests or [
                f'"{field.name}" in value' for field in schema.fields if field.required
            ]
            with self.lines.block(f"if {' and '.join(tests)}:"):
                self.lines.add(f"return {schema.name}.from_dict(value)")

    def _plain_cases(self) -> list[Case]:
        """The members that are no objects, or need no telling apart."""
        keeps_unknown = self.faces.keeps_unknown(self.schema)
        cases = [
            case
            for member in self.schema.members
            if not (keeps_unknown and self.code.is_object(member))
            for case in self.code.cases(member)
        ]
        return [*cases, Case("value is None")] if self.schema.null else cases

    def _to_dict(self) -> None:
        lines = self.lines
        returns = "dict[str, JsonValue]" if self.takes == "RawObject" else "JsonValue"
        with lines.function(f"{self.function}_to_dict", f"value: {self.schema.name}", returns):
            lines.docstring(f"The JSON value of a `{self.schema.name}`, fresh and mutable.")
            if self.takes == "RawObject":
                lines.add("return value.to_dict()")
            else:
                self._written_cases()
        lines.add("", "")

    def _written_cases(self) -> None:
        """Values that are written as they are need no test; without them the last case has none."""
        cases = self._written()
        if self.schema.null or any(
            self.code.write(member, "value") == "value" for member in self.schema.members
        ):
            cases.append(("", "value"))
        for test, result in cases[:-1]:
            with self.lines.block(f"if {test}:"):
                self.lines.add(f"return {result}")
        self.lines.add(f"return {cases[-1][1]}")

    def _from_json(self) -> None:
        lines = self.lines
        name = self.schema.name
        with lines.function(f"{self.function}_from_json", "text: str | bytes | bytearray", name):
            lines.docstring(f"Decode the JSON text of a `{name}`; raises `DecodeError`.")
            lines.add(f'value = parse_json(text, "{name}")')
            if self.takes == "object":
                lines.add(f"return {self.function}_from_dict(value)")
            else:
                with lines.block(f"if {IS_OBJECT}:"):
                    lines.add(f"return {self.function}_from_dict(value)")
                lines.statement("return", self._recovery())
        lines.add("", "")

    def _written(self) -> list[tuple[str, str]]:
        """The members that need converting: how to tell them, and what they become."""
        written: list[tuple[str, str]] = []
        if any(self.code.is_object(member) for member in self.schema.members):
            written.append(("isinstance(value, (Model, Unknown))", "value.to_dict()"))
        for member in self.schema.members:
            if isinstance(member, (Array, Map)):
                kind = "tuple" if isinstance(member, Array) else "FrozenDict"
                written.append((f"isinstance(value, {kind})", self.code.write(member, "value")))
        return written
