"""Writes one object of the schema as a class.

Two classes, really: a plain base with the slots, whose fields can be assigned, and the frozen
dataclass, which adds no slots. ``from_dict`` fills an instance of the base by plain assignments,
which type checkers prove and which are the fastest way to set slots, and then turns it into the
frozen class by assigning ``__class__``.
"""

from __future__ import annotations

import json

from .annotations import Faces
from .buffer import Lines
from .code import NULL, Case, Code
from .docs import field_doc, object_doc
from .form import Const, Field, Object
from .names import constant


class ClassWriter:
    """Writes the classes of one object."""

    def __init__(self, schema: Object, faces: Faces, code: Code, lines: Lines) -> None:
        self.schema = schema
        self.faces = faces
        self.code = code
        self.lines = lines
        self.fields_name = f"_{schema.name}Fields"
        self.known_name = constant(schema.name, "FIELDS")

    def write(self) -> None:
        self._fields_class()
        known = f'frozenset({self.fields_name}.__slots__) - {{"extra"}}'
        self.lines.statement(f"{self.known_name}: Final =", known)
        self.lines.add("", "", "@final")
        self.lines.add("@dataclass(frozen=True, kw_only=True, init=False, repr=False, eq=False)")
        with self.lines.brackets(f"class {self.schema.name}(", self.fields_name, "):"):
            self.lines.docstring(object_doc(self.schema))
            self.lines.add("", "__slots__ = ()")
            self._names("_hidden", [field for field in self.schema.fields if field.hidden])
            self._names("_read_only", [field for field in self.schema.fields if field.read_only])
            self.lines.add("")
            self._attributes()
            self._init()
            self._from_dict()
            self._to_dict()
            if self.schema.request is not None:
                self._to_request(self.schema.request)
        self.lines.add("", "")

    def _names(self, constant: str, fields: list[Field]) -> None:
        """A set of fields, where it is not empty."""
        if fields:
            names = [f'"{field.name}"' for field in fields]
            self.lines.words(f"{constant} = frozenset([", names, "])")

    def _to_request(self, request: str) -> None:
        self.lines.add("")
        with self.lines.block(f"def to_request(self) -> {request}:"):
            self.lines.docstring(
                f"What may be sent of this, as a `{request}`: without fields that only servers"
                " send, nulls that mean nothing, and `extra`."
            )
            self.lines.statement("return", f"self._as_request({request})")

    def _fields_class(self) -> None:
        names = [f'"{field.name}"' for field in self.schema.fields]
        with self.lines.block(f"class {self.fields_name}(Model):"):
            self.lines.words("__slots__ = (", [*names, '"extra"'], ")")
            for field in self.schema.fields:
                self.lines.union(f"{field.name}: ", self.faces.attribute(field))
            self.lines.add("extra: JsonObject")
        self.lines.add("", "")

    def _attributes(self) -> None:
        for field in self.schema.fields:
            self.lines.union(f"{field.name}: ", self.faces.attribute(field))
            self.lines.docstring(field_doc(field))
        self.lines.add("extra: JsonObject")
        self.lines.docstring("Fields newer than this library; `to_dict` writes them back.")
        self.lines.add("")

    def _init(self) -> None:
        lines = self.lines
        with lines.block("def __init__("):
            lines.add("self,", "*,")
            for field in self.schema.fields:
                lines.union(f"{field.name}: ", self.faces.parameter(field), f"{_default(field)},")
            lines.add("extra: RawObject = EMPTY,")
        with lines.block(") -> None:"):
            lines.statement("fields =", f"melt(self, {self.fields_name})")
            for field in self.schema.fields:
                lines.statement(
                    f"fields.{field.name} =", self.code.construct(field.type, field.name)
                )
            lines.statement("fields.extra =", f"as_extra(extra, {self.known_name})")
            lines.add(f"fields.__class__ = {self.schema.name}")
        lines.add("")

    def _from_dict(self) -> None:
        lines = self.lines
        lines.add("@classmethod")
        with lines.brackets("def from_dict(", "cls, data: RawObject", f") -> {self.schema.name}:"):
            with lines.block("try:"):
                with lines.block("if type(data) is not PlainDict:"):
                    lines.add("raise Mismatch")
                lines.add(f"self = {self.fields_name}()")
                if self.schema.fields:
                    lines.add("value: object")
                for field in self.schema.fields:
                    self._read_field(field)
                newer = f"unknown_fields(data, {self.known_name})"
                lines.statement(
                    "self.extra =", f"EMPTY if {self.known_name}.issuperset(data) else {newer}"
                )
                lines.add(f"self.__class__ = {self.schema.name}")
                lines.statement("assert", f"isinstance(self, {self.schema.name})")
                lines.add("return self")
            with lines.block("except MISMATCHES:"):
                lines.add("return recover(cls, data)")
        lines.add("")

    def _read_field(self, field: Field) -> None:
        if field.required:
            self.lines.add(f'value = data["{field.name}"]')
            self._assign(field)
            return
        with self.lines.block(f'if "{field.name}" in data:'):
            self.lines.add(f'value = data["{field.name}"]')
            self._assign(field)
        with self.lines.block("else:"):
            self.lines.add(f"self.{field.name} = UNSET")

    def _assign(self, field: Field) -> None:
        cases = list(self.code.cases(field.type))
        if NULL not in cases and (field.null or field.stray_null or not field.required):
            cases.append(NULL)
        keyword = "if"
        for tests, result in merged(cases):
            with self.lines.condition(keyword, tests):
                self.lines.statement(f"self.{field.name} =", result)
            keyword = "elif"
        with self.lines.block("else:"):
            self.lines.add("raise Mismatch")

    def _to_dict(self) -> None:
        lines = self.lines
        with lines.block("def to_dict(self) -> dict[str, JsonValue]:"):
            lines.add("data: dict[str, JsonValue] = {}")
            for field in self.schema.fields:
                if field.required:
                    self._write_field(field)
                    continue
                with lines.block(f"if self.{field.name} is not UNSET:"):
                    self._write_field(field)
            with lines.block("if self.extra:"):
                lines.add("data.update(thaw_object(self.extra))")
            lines.add("return data")

    def _write_field(self, field: Field) -> None:
        value = f"self.{field.name}"
        written = self.code.write(field.type, value)
        nullable = (
            field.null
            or field.stray_null
            or not field.required
            or self.faces.admits_null(field.type)
        )
        if nullable and written != value:
            written = f"None if {value} is None else {written}"
        self.lines.statement(f'data["{field.name}"] =', written)


def _default(field: Field) -> str:
    if isinstance(field.type, Const):
        return f" = {json.dumps(field.type.values[0])}"
    return "" if field.required else " = UNSET"


def merged(cases: list[Case]) -> list[tuple[list[str], str]]:
    """The tests of the cases that have one result, in the order of the results."""
    tests: dict[str, list[str]] = {}
    for case in cases:
        tests.setdefault(case.result, []).append(case.test)
    return [(_alternatives(found), result) for result, found in tests.items()]


def _alternatives(tests: list[str]) -> list[str]:
    if len(tests) == 1:
        return tests
    return [f"({test})" if " and " in test else test for test in tests]
