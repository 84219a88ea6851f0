"""Write one alias of the schema: the type alias, and the functions named after it."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from typing import Final

from .annotations import AnnotationBuilder
from .buffer import Lines, joined
from .code import Code
from .docs import alias_doc
from .form import Alias, Array, Const, Enum, FreeObject, Map, Object, Ref, Scalar, Type
from .names import snake

FROZEN: Final = {Array: "tuple", Map: "FrozenDict", FreeObject: "JsonObject"}
"""The classes of decoded values that are converted when written."""
TEXT: Final = "text: str | bytes | bytearray"
KEEP: Final = 'invalid: Invalid = "raise"'


class AliasWriter:
    """Writes the alias and the functions of one union, enum or other named type."""

    def __init__(
        self, schema: Alias, annotations: AnnotationBuilder, code: Code, lines: Lines
    ) -> None:
        self.schema = schema
        self.annotations = annotations
        self.code = code
        self.lines = lines
        self.function = snake(schema.name)
        self.table = f"_by_tag_{schema.name}"
        self.leaves = annotations.leaves(schema.members)
        self.all_objects = all(code.is_object(member) for member in schema.members)
        self.is_union = self.all_objects and not schema.null
        """Whether it is a union of objects only, which can keep broken ones."""
        self.read = "string" if code.is_string(Ref(schema.name)) else code.reader(Ref(schema.name))

    def write(self) -> None:
        lines, name = self.lines, self.schema.name
        lines.add(f"{name}: TypeAlias = {' | '.join(self.annotations.alias(self.schema))}")
        lines.docstring(alias_doc(self.schema))
        classes = self._classes()
        if len(classes) > 1:
            lines.add(f"_types_{name}: Final = ({', '.join(classes)})")
        if self._tagged():
            self._readers()
        if self.read != "string":
            self._reader()
        self._from_dict()
        if self.all_objects:
            self._from_json()
        self._to_dict()

    def _classes(self) -> list[str]:
        """Return the classes of the values; those of a union inside are taken from its constant."""
        classes = self.code.classes(Ref(self.schema.name))
        for union in self.code.unions(self.schema):
            inside = {*self.code.classes(Ref(union))} - {"Unknown"}
            classes = [f"*_types_{union}", *(name for name in classes if name not in inside)]
        return classes

    def _tagged(self) -> list[Type]:
        """Return the members that the discriminator tells apart."""
        if self.schema.tag is None:
            return []
        return [member for member in self.schema.members if self.annotations.objects([member])]

    def _readers(self) -> None:
        """Add the table of the functions that read the variants, by tag."""
        reader = f"Callable[[RawObject], {self.schema.name}]"
        with self.lines.block(f"{self.table}: Final[dict[str, {reader}]] = {{"):
            unions = self.code.unions(self.schema)
            self.lines.add(*(f"**_by_tag_{union}," for union in unions))
            for member in self._tagged():
                if isinstance(member, Ref) and member.name in unions:
                    continue
                reader = self.code.reader(member)
                for tag in map(json.dumps, self._tags(member)):
                    self.lines.add(joined(f"{tag}: ", reader, ",", indent=4))
        self.lines.add("}")

    def _tags(self, member: Type) -> list[str]:
        """Return the tags of a member."""
        assert self.schema.tag is not None
        objects = self.annotations.objects([member])
        return list(dict.fromkeys(tag for thing in objects for tag in thing.tags[self.schema.tag]))

    def _reader(self) -> None:
        takes = "data: RawObject" if self.is_union else "value: object"
        with self.lines.block(f"def {self.read}({takes}) -> {self.schema.name}:"):
            if self.is_union:
                self._object_case("data")
            else:
                self._cases()

    def _cases(self) -> None:
        """Add a case for each JSON type of the members; decode the last with a helper."""
        lines = self.lines
        if self.annotations.objects(self.leaves):
            with lines.block("if type(value) is DICT:"):
                self._object_case("value")
        if self.annotations.admits_null(Ref(self.schema.name)):
            lines.add("if value is None: return None")
        last = "refuse()"
        for leaf in self.leaves:
            match leaf:
                case Scalar(kind="string") | Const() | Enum(values=(str(), *_)):
                    lines.add("if type(value) is str: return value")
                case Scalar(kind="boolean"):
                    lines.add("if type(value) is bool: return value")
                case Array() | Map() | FreeObject():
                    kind = "LIST" if isinstance(leaf, Array) else "DICT"
                    decoded = self.code.decode(leaf, "value", nullable=False)
                    lines.add(f"if type(value) is {kind}: return {decoded}")
                case Ref():
                    pass
                case _:
                    last = self.code.decode(leaf, "value", nullable=False)
        lines.add(f"return {last}")

    def _object_case(self, data: str) -> None:
        """Select the variant of an object by its tag or its required fields; others are unknown."""
        lines = self.lines
        objects = self.annotations.objects(self.leaves)
        if not self.annotations.keeps_unknown(self.schema):
            lines.add(f"return {self.code.reader(Ref(objects[0].name))}({data})")
            return
        if self.schema.tag is not None:
            self._common_tags(data)
            lines.add(f'kind = {data}.get("{self.schema.tag}")')
            lines.add(f"if type(kind) is not str: return read_unknown({data})")
            lines.add(f"return {self.table}.get(kind, read_unknown)({data})")
        else:
            self._untagged_case(data, objects)
            lines.add(f"return read_unknown({data})")

    def _common_tags(self, data: str) -> None:
        """Test a second tag that all variants share: an object without it is unknown."""
        for name, values in self.code.common_tags(self.schema).items():
            options = ", ".join(json.dumps(value) for value in values)
            self.lines.add(f'common = {data}.get("{name}")')
            with self.lines.block(f"if type(common) is not str or common not in ({options},):"):
                self.lines.add(f"return read_unknown({data})")

    def _untagged_case(self, data: str, objects: list[Object]) -> None:
        for schema in objects:
            tests = [f'"{field.name}" in {data}' for field in schema.fields if field.required]
            with self.lines.block(f"if {' and '.join(tests)}:"):
                self.lines.add(f"return {self.code.reader(Ref(schema.name))}({data})")

    def _from_dict(self) -> None:
        lines, name = self.lines, self.schema.name
        takes = f"data: RawObject, *, {KEEP}" if self.is_union else "value: object"
        with self._function("from_dict", takes):
            kept = ", or keep it if asked" if self.is_union else ""
            lines.docstring(
                f"Decode a `{name}`; raise `DecodeError` with every problem in it{kept}."
            )
            if not self.is_union:
                lines.add(f"return {self._decode_alias('value')}")
                return
            lines.add(f'return decode({name}, {self.read}, data, invalid, "{name}")')

    def _decode_alias(self, value: str) -> str:
        name = self.schema.name
        return f'decode_alias("{name}", {name}, {self.read}, {value})'

    def _from_json(self) -> None:
        lines, name = self.lines, self.schema.name
        with self._function("from_json", f"{TEXT}, *, {KEEP}" if self.is_union else TEXT):
            kept = ", or keep it if asked" if self.is_union else ""
            lines.docstring(f"Decode the JSON text of a `{name}`; raise `DecodeError`{kept}.")
            if self.is_union:
                lines.add(f'return decode_json({name}, {self.read}, text, invalid, "{name}")')
            else:
                lines.add(f'value = parse_json(text, "{name}")')
                lines.add(f"return {self._decode_alias('value')}")

    def _function(self, verb: str, parameters: str) -> AbstractContextManager[None]:
        """Add the head of a decoding function; what is added inside the ``with`` is its body."""
        head = f"def {self.function}_{verb}({parameters}) -> {self.schema.name}:"
        return self.lines.block(head)

    def _to_dict(self) -> None:
        lines, name = self.lines, self.schema.name
        returns = "dict[str, JsonValue]" if self.is_union else "JsonValue"
        with lines.block(f"def {self.function}_to_dict(value: {name}) -> {returns}:"):
            lines.docstring(f"Return the JSON value of a `{name}`, fresh and mutable.")
            written = self.code.write(Ref(name), "value")
            if self.is_union or written in ("value", "written(value)"):
                lines.add(f"return {written}")
            else:
                self._written_cases()

    def _written_cases(self) -> None:
        """Add a case for each kind of value; the last, for unchanged ones if any, needs no test."""
        cases = self._written()
        as_is = any(self.code.write(leaf, "value") == "value" for leaf in self.leaves)
        if as_is or self.annotations.admits_null(Ref(self.schema.name)):
            cases.append(("", "value"))
        for test, result in cases[:-1]:
            self.lines.add(f"if {test}: return {result}")
        self.lines.add(f"return {cases[-1][1]}")

    def _written(self) -> list[tuple[str, str]]:
        """Return a test and an expression for each member that is converted."""
        written: list[tuple[str, str]] = []
        if any(isinstance(leaf, Ref) for leaf in self.leaves):
            written.append(("isinstance(value, Model)", "value.to_dict()"))
        for leaf in self.leaves:
            if isinstance(leaf, (Array, Map, FreeObject)):
                test = f"isinstance(value, {FROZEN[type(leaf)]})"
                written.append((test, self.code.write(leaf, "value")))
        return written
