"""Write one object of the schema as a class: a frozen dataclass with its methods written out.

Its reader fills a draft, a mutable class with the same slots, with one statement for each field.
"""

from __future__ import annotations

import json
from itertools import takewhile

from .annotations import AnnotationBuilder
from .buffer import Lines, joined
from .code import Code
from .docs import field_doc, object_doc
from .form import Const, Enum, Field, FreeObject, Object, Ref, Scalar

DECORATOR = "@dataclass(frozen=True, kw_only=True, init=False, repr=False, eq=False)"


class ClassWriter:
    """Writes the class of one object."""

    def __init__(
        self, schema: Object, annotations: AnnotationBuilder, code: Code, lines: Lines
    ) -> None:
        self.schema = schema
        self.annotations = annotations
        self.code = code
        self.lines = lines
        self.draft = f"_{schema.name}"
        self.read = code.reader(Ref(schema.name))

    def write(self) -> None:
        self.lines.add(DECORATOR)
        with self.lines.block(f"class {self.schema.name}(Model):"):
            self.lines.docstring(object_doc(self.schema))
            names = "".join(f'"{field.name}", ' for field in self.schema.fields)
            self.lines.add(f'__slots__ = ({names}"extra")' if names else '__slots__ = ("extra",)')
            self._names("_hidden", [field for field in self.schema.fields if field.hidden])
            self._names("_read_only", [field for field in self.schema.fields if field.read_only])
            self._names("_deprecated", [field for field in self.schema.fields if field.deprecated])
            if self.schema.deprecated:
                self.lines.add("_is_deprecated = True")
            self._rules()
            self.lines.add("")
            self._attributes()
            self._init()
            self._from_dict()
            self._to_dict()
            if self.schema.request is not None:
                self._to_request(self.schema.request)
        self.lines.add(f"{self.draft}: Final = draft({self.schema.name})")
        self._read()

    def _names(self, constant: str, fields: list[Field]) -> None:
        """Add a constant set of field names, if it is not empty."""
        if fields:
            names = ", ".join(f'"{field.name}"' for field in fields)
            self.lines.add(f"{constant} = frozenset([{names}])")

    def _rules(self) -> None:
        """Add what servers refuse, and where fields are now."""
        if self.schema.rules:
            with self.lines.block("_rules = ("):
                for rule in self.schema.rules:
                    parts = {key: part for key, part in vars(rule).items() if part}
                    with self.lines.block("Rule("):
                        self.lines.add(f"{json.dumps(parts.pop('because'))},")
                        self.lines.add(*(f"{key}={part!r}," for key, part in parts.items()))
                    self.lines.add("),")
            self.lines.add(")")
        if self.schema.sent_to:
            self.lines.add(f"_sent_to = {json.dumps(self.schema.sent_to)}")
        if self.schema.moved:
            with self.lines.block("_moved = ("):
                self.lines.add(*(f"{pair!r}," for pair in self.schema.moved))
            self.lines.add(")")

    def _attributes(self) -> None:
        for field in self.schema.fields:
            self.lines.add(f"{field.name}: {' | '.join(self.annotations.attribute(field))}")
            self.lines.docstring(field_doc(field))
        self.lines.add("extra: JsonMapping")
        self.lines.docstring("Newer fields.")

    def _init(self) -> None:
        parameters = "".join(map(self._parameter, self.schema.fields))
        head = f"def __init__(self, *, {parameters}extra: RawObject = EMPTY) -> None:"
        with self.lines.block(head):
            setter = "begin"
            for field in self.schema.fields:
                value = self.code.construct(field.type, field.name)
                self.lines.add(f'{setter}(self, "{field.name}", {value})')
                setter = "SET"
            extra = "extra if extra is EMPTY else as_extra(self, extra)"
            self.lines.add(f'{setter}(self, "extra", {extra})')

    def _parameter(self, field: Field) -> str:
        annotation = " | ".join(self.annotations.parameter(field))
        return joined(f"{field.name}: ", annotation, f"{_default(field)}, ", indent=8)

    def _from_dict(self) -> None:
        self.lines.add("@classmethod")
        parameters = 'cls, data: RawObject, *, invalid: Invalid = "raise"'
        with self.lines.block(f"def from_dict({parameters}) -> {self.schema.name}:"):
            self.lines.add(f"return decode(cls, {self.read}, data, invalid)")

    def _read(self) -> None:
        lines = self.lines
        with lines.block(f"def {self.read}(data: RawObject) -> {self.schema.name}:"):
            lines.add(f"new = {self.draft}()")
            for field in self.schema.fields:
                value = self._required(field) if field.required else self._optional(field)
                lines.add(f"new.{field.name} = {value}")
            fields = self.schema.fields
            # If all fields are required, counting them is enough, and faster.
            is_counted = all(field.required for field in fields)
            test = f"len(data) == {len(fields)}" if is_counted else "new._known.issuperset(data)"
            lines.add(f"new.extra = EMPTY if {test} else unknown_fields(data, new._known)")
            lines.add(f"new.__class__ = {self.schema.name}", "return new")

    def _required(self, field: Field) -> str:
        """Return the value of a required field; test the most frequent types without a call."""
        place = f'data["{field.name}"]'
        if not self.annotations.is_nullable(field):
            match field.type:
                case Const(values=(value,), tag=True):
                    text = json.dumps(value)
                    test = f"type(value := {place}) is str and value == {text}"
                    return f"{text} if {test} else refuse()"
                case Scalar(kind="string") | Enum(values=(str(), *_)):
                    return f"value if type(value := {place}) is str else refuse()"
                case Scalar(kind="integer"):
                    # A shift is the cheapest test of the size; it leaves negatives to the call.
                    test = f"type(value := {place}) is int and not value >> MAX_BITS"
                    return f"value if {test} else integer(value)"
                case _:
                    pass
        return self.code.decode(field.type, place, self.annotations.is_nullable(field))

    def _optional(self, field: Field) -> str:
        value = self.code.decode(field.type, f'data["{field.name}"]', nullable=True)
        return f'{value} if "{field.name}" in data else UNSET'

    def _to_dict(self) -> None:
        lines = self.lines
        with lines.block("def to_dict(self) -> dict[str, JsonValue]:"):
            first = list(takewhile(lambda field: field.required, self.schema.fields))
            members = [f'"{field.name}": {self._written(field)}' for field in first]
            lines.add(f"data: dict[str, JsonValue] = {{{', '.join(members)}}}")
            for field in self.schema.fields[len(first) :]:
                test = "" if field.required else f"if self.{field.name} is not UNSET: "
                lines.add(f'{test}data["{field.name}"] = {self._written(field)}')
            lines.add("if self.extra is not EMPTY: finish(data, self)", "return data")

    def _written(self, field: Field) -> str:
        """Return the JSON value of a field that is not unset."""
        value = f"self.{field.name}"
        if self.code.is_model(field.type):
            return f"{value} and {value}.to_dict()"  # Models are truthy.
        written = self.code.write(field.type, value)
        if written in (value, f"written({value})"):
            return written
        if not self.annotations.is_nullable(field):
            # In a broken message that was kept, a required field may be unset.
            return self.code.write(field.type, f"{value} or {self._empty(field)}")
        return f"None if {value} is None else {written}"

    def _empty(self, field: Field) -> str:
        return "EMPTY" if isinstance(field.type, FreeObject) else "()"

    def _to_request(self, request: str) -> None:
        with self.lines.block(f"def to_request(self) -> {request}:"):
            self.lines.docstring(
                f"Return the `{request}` to send: without fields that only servers send, nulls"
                " without a meaning, and `extra`."
            )
            self.lines.add(f"return as_request(self, {request})")


def _default(field: Field) -> str:
    if isinstance(field.type, Const):
        return f" = {json.dumps(field.type.values[0])}"
    return "" if field.required else " = UNSET"
