"""Programs that construct every model of the library, made from the schema.

One value of each model has all fields, and must be accepted. In the others one thing is wrong: a
field is not JSON, null without a meaning, an unlisted value, a string instead of an array, missing,
or misspelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codegen import form
from codegen.annotations import AnnotationBuilder

SCALARS: Final = {"string": '"a"', "integer": "1", "number": "0.5", "boolean": "True"}


def programs(schema: form.Form) -> Iterator[tuple[str, str]]:
    """Yield a program for each module, after the name of its file."""
    writer = Writer(schema)
    for module in schema.modules:
        if not any(isinstance(found, form.Object) for found in module.schemas):
            continue
        yield f"construct_{module.name}.py", "\n".join(writer.program(module))


class Writer:
    """Writes constructions of the models of one schema."""

    def __init__(self, schema: form.Form) -> None:
        self.schemas = schema.schemas()
        self.faces = AnnotationBuilder(self.schemas)

    def program(self, module: form.Module) -> Iterator[str]:
        """Yield all constructions of the models of a module."""
        yield f'"""Constructions of the models in {module.name}, made from the schema."""'
        yield "import realtime_models as m"
        for schema in module.schemas:
            if isinstance(schema, form.Object):
                yield from self.constructions(schema)

    def constructions(self, model: form.Object) -> Iterator[str]:
        """Yield a value with all fields, and one for each way in which it can be wrong."""
        right = {field.name: self.sample(field.type) for field in model.fields}
        yield call(model, right)
        for field in model.fields:
            for wrong in self.wrong(field):
                yield f"{call(model, {**right, field.name: wrong})}  # error: argument"
            if is_needed(field):
                rest = {name: value for name, value in right.items() if name != field.name}
                yield f"{call(model, rest)}  # error: call"
        yield f"{call(model, {**right, 'misspelled': '1'})}  # error: call"

    def sample(self, kind: form.Type) -> str:
        """Return a value of a type."""
        match kind:
            case form.Scalar(kind=name):
                return SCALARS[name]
            case form.Enum(values=values) | form.Const(values=values):
                return repr(values[0])
            case form.Array(items=items):
                return f"[{self.sample(items)}]"
            case form.Map(values=inner):
                return f'{{"a": {self.sample(inner)}}}'
            case form.FreeObject():
                return '{"a": [1, None]}'
            case form.Ref(name=name):
                return self.sample_of(self.schemas[name])

    def sample_of(self, schema: form.Schema) -> str:
        """Return a value of a named type: with the required fields, or of the first member."""
        if isinstance(schema, form.Alias):
            return self.sample(schema.members[0])
        needed = [field for field in schema.fields if is_needed(field)]
        return call(schema, {field.name: self.sample(field.type) for field in needed})

    def wrong(self, field: form.Field) -> Iterator[str]:
        """Values that the field must not have."""
        yield "object()"
        if not (field.null or self.faces.admits_null(field.type)):
            yield "None"
        if not any(takes_any_string(leaf) for leaf in self.faces.leaves([field.type])):
            yield '"none of those"'


def takes_any_string(kind: form.Type) -> bool:
    if isinstance(kind, form.Enum):
        return kind.open and isinstance(kind.values[0], str)
    return isinstance(kind, form.Scalar) and kind.kind == "string"


def is_needed(field: form.Field) -> bool:
    """Whether a caller must give it; constants are filled in."""
    return field.required and not isinstance(field.type, form.Const)


def call(model: form.Object, arguments: Mapping[str, str]) -> str:
    given = ", ".join(f"{name}={value}" for name, value in arguments.items())
    return f"m.{model.name}({given})"
