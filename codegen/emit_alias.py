"""Writes one alias of the schema: the type alias, and the functions named after it."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from typing import Final

from .annotations import Faces
from .buffer import Lines
from .code import IS_OBJECT, Code
from .docs import alias_doc
from .emit_class import merged
from .form import Alias, Array, FreeObject, Map, Ref, Type
from .names import constant, snake

FROZEN: Final = {Array: "tuple", Map: "FrozenDict", FreeObject: "JsonObject"}
"""The classes of decoded values that are converted when written."""


class AliasWriter:
    """Writes the alias and the functions of one union, enum or other named type."""

    def __init__(self, schema: Alias, faces: Faces, code: Code, lines: Lines) -> None:
        self.schema = schema
        self.faces = faces
        self.code = code
        self.lines = lines
        self.function = snake(schema.name)
        self.table = constant(schema.name, "DECODERS")
        self.leaves = faces.leaves(schema.members)
        self.all_objects = all(code.is_object(member) for member in schema.members)
        self.takes = "RawObject" if self.all_objects and not schema.null else "object"
        self.keeps = self.takes == "RawObject" and faces.keeps_unknown(schema)
        self.kept = ", or keeps it on request" if self.keeps else ""

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
        return [member for member in self.schema.members if self.faces.objects([member])]

    def _decoders(self) -> None:
        """The table from the tag to the function that decodes its variant."""
        decoder = f"Callable[[RawObject], {self.schema.name}]"
        with self.lines.brackets(f"{self.table}: Final[dict[", f"str, {decoder}", "]] = {"):
            for member in self._tagged():
                for tag in self._tags(member):
                    self.lines.add(f"{json.dumps(tag)}: {self.code.decoder(member)},")
        self.lines.add("}", "", "")

    def _tags(self, member: Type) -> list[str]:
        """The values of this union's tag that lead to a member."""
        assert self.schema.tag is not None
        objects = self.faces.objects([member])
        return list(dict.fromkeys(tag for thing in objects for tag in thing.tags[self.schema.tag]))

    def _from_dict(self) -> None:
        lines = self.lines
        name = self.schema.name
        with self._function("from_dict", f"value: {self.takes}"):
            lines.docstring(
                f"Decode a `{name}`; raises `DecodeError` with every problem in it{self.kept}."
            )
            with lines.block("try:"):
                if self.faces.keeps_unknown(self.schema):
                    self._object_case()
                for tests, result in merged(self.code.plain_cases(self.schema)):
                    with lines.condition("if", tests):
                        lines.statement("return", result)
                lines.add("raise Mismatch")
            with lines.block("except MISMATCHES as error:" if self.keeps else "except MISMATCHES:"):
                lines.statement("return", self._recovery("value", "error"))
        lines.add("", "")

    def _function(self, verb: str, takes: str) -> AbstractContextManager[None]:
        """The head of a decoding function, and room for its body."""
        parameters = [takes, *(["*", 'invalid: Invalid = "raise"'] if self.keeps else [])]
        head = f"def {self.function}_{verb}("
        return self.lines.brackets(head, ", ".join(parameters), f") -> {self.schema.name}:")

    def _recovery(self, value: str, error: str = "") -> str:
        """The last resort: decode in plain form, or tell every problem."""
        name = self.schema.name
        arguments = f'"{name}", {name}, {self.function}_from_dict, {value}'
        if not self.keeps:
            return f"recover_alias({arguments})"
        return (
            f"recover_union({arguments}, {', '.join(['invalid', error] if error else ['invalid'])})"
        )

    def _object_case(self) -> None:
        """An object is the variant that its tag names, or that its fields fit, or unknown."""
        lines = self.lines
        with lines.block(f"if {IS_OBJECT}:"):
            if self.schema.tag is not None:
                self._common_tags()
                lines.add(f'tag = value.get("{self.schema.tag}")')
                with lines.condition("if", [f"type(tag) is str and tag in {self.table}"]):
                    lines.statement("return", f"{self.table}[tag](value)")
            else:
                self._untagged_case()
            lines.add("return unknown(value)")

    def _common_tags(self) -> None:
        """What else is a tag of all variants alike: an object without it is none of them."""
        objects = self.faces.objects(self.leaves)
        for name, values in objects[0].tags.items():
            if name != self.schema.tag and all(thing.tags.get(name) == values for thing in objects):
                options = ", ".join(json.dumps(value) for value in values)
                self.lines.add(f'common = value.get("{name}")')
                with self.lines.block(f"if type(common) is not str or common not in ({options},):"):
                    self.lines.add("return unknown(value)")

    def _untagged_case(self) -> None:
        for schema in self.faces.objects(self.leaves):
            tests = [f'"{field.name}" in value' for field in schema.fields if field.required]
            with self.lines.block(f"if {' and '.join(tests)}:"):
                self.lines.add(f"return {schema.name}.from_dict(value)")

    def _to_dict(self) -> None:
        lines = self.lines
        returns = "dict[str, JsonValue]" if self.takes == "RawObject" else "JsonValue"
        name = self.schema.name
        with lines.brackets(f"def {self.function}_to_dict(", f"value: {name}", f") -> {returns}:"):
            lines.docstring(f"The JSON value of a `{name}`, fresh and mutable.")
            if self.takes == "RawObject":
                lines.add("return value.to_dict()")
            else:
                self._written_cases()
        lines.add("", "")

    def _written_cases(self) -> None:
        """Values that are written as they are need no test; without them the last case has none."""
        cases = self._written()
        as_is = any(self.code.write(leaf, "value") == "value" for leaf in self.leaves)
        if as_is or self.faces.admits_null(Ref(self.schema.name)):
            cases.append(("", "value"))
        for test, result in cases[:-1]:
            with self.lines.block(f"if {test}:"):
                self.lines.add(f"return {result}")
        self.lines.add(f"return {cases[-1][1]}")

    def _from_json(self) -> None:
        lines = self.lines
        name = self.schema.name
        with self._function("from_json", "text: str | bytes | bytearray"):
            lines.docstring(f"Decode the JSON text of a `{name}`; raises `DecodeError`{self.kept}.")
            if not self.keeps:
                lines.add(f'return {self.function}_from_dict(parse_json(text, "{name}"))')
            else:
                self._kept_from_json()
        lines.add("", "")

    def _kept_from_json(self) -> None:
        lines = self.lines
        with lines.block("try:"):
            lines.add(f'value = parse_json(text, "{self.schema.name}")')
        with lines.block("except DecodeError as error:"):
            lines.statement("return", self._recovery("EMPTY", "error"))
        with lines.block(f"if {IS_OBJECT}:"):
            lines.add(f"return {self.function}_from_dict(value, invalid=invalid)")
        lines.statement("return", self._recovery("value"))

    def _written(self) -> list[tuple[str, str]]:
        """The members that need converting: how to tell them, and what they become."""
        written: list[tuple[str, str]] = []
        if any(isinstance(leaf, Ref) for leaf in self.leaves):
            written.append(("isinstance(value, (Model, Unknown))", "value.to_dict()"))
        for leaf in self.leaves:
            if isinstance(leaf, (Array, Map, FreeObject)):
                test = f"isinstance(value, {FROZEN[type(leaf)]})"
                written.append((test, self.code.write(leaf, "value")))
        return written
