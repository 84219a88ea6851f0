"""Programs that read every field and call every function of the library, made from the schema.

The type of each result is pinned, so that nothing public is of type ``Any`` to any checker.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen import form
from codegen.annotations import AnnotationBuilder, literal
from codegen.names import snake

SCALARS: Final = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
HEAD: Final = """\
import dataclasses
import typing as t
import realtime_models as m
def same(_model: m.WireModel) -> None: ...
"""


def programs(schema: form.Form) -> Iterator[tuple[str, str]]:
    """Yield a program for each module, after the name of its file."""
    faces = AnnotationBuilder(schema.schemas())
    for module in schema.modules:
        has_models = any(isinstance(found, form.Object) for found in module.schemas)
        head = HEAD if has_models else HEAD.replace("import dataclasses\n", "")
        lines = [f'"""All that {module.name} gives, made from the schema."""', head]
        for found in module.schemas:
            if isinstance(found, form.Object):
                lines += model(faces, found)
            else:
                lines += alias(faces, found)
        yield f"read_{module.name}.py", "\n".join(lines)


def model(faces: AnnotationBuilder, found: form.Object) -> Iterator[str]:
    """Yield the fields of a model, and the results of its methods."""
    name = f"m.{found.name}"
    yield f"def of_{found.name}(value: {name}, data: dict[str, object], text: str) -> None:"
    for field in found.fields:
        yield f"    t.assert_type(value.{field.name}, {attribute(faces, field)})"
    yield "    t.assert_type(value.extra, m.JsonMapping)"
    yield f"    t.assert_type({name}.from_dict(data), {name})"
    yield f"    t.assert_type({name}.from_json(text), {name})"
    yield "    t.assert_type(value.to_dict(), dict[str, m.JsonValue])"
    yield "    t.assert_type(value.to_json(), str)"
    yield f"    t.assert_type(dataclasses.replace(value), {name})"
    if found.request is not None:
        yield f"    t.assert_type(value.to_request(), m.{found.request})"
    yield "    same(value)"


def alias(faces: AnnotationBuilder, found: form.Alias) -> Iterator[str]:
    """Yield what the functions of an alias take and return."""
    name, function = f"m.{found.name}", f"m.{snake(found.name)}"
    objects = len(faces.objects(found.members)) == len(faces.leaves(found.members))
    plain = "dict[str, m.JsonValue]" if objects and not found.null else "m.JsonValue"
    parameters = f"value: {name}, data: dict[str, object]{', text: str' if objects else ''}"
    yield f"def of_{found.name}({parameters}) -> None:"
    yield f"    t.assert_type({function}_from_dict(data), {name})"
    if objects:
        yield f"    t.assert_type({function}_from_json(text), {name})"
    yield f"    t.assert_type({function}_to_dict(value), {plain})"


def attribute(faces: AnnotationBuilder, field: form.Field) -> str:
    """Return the type of an attribute: as servers send it."""
    members = [annotation(field.type)]
    if not field.required:
        members.append("m.UnsetType")
    if field.null or field.null_as_read or not (field.required or faces.admits_null(field.type)):
        members.append("None")
    return " | ".join(members)


def annotation(kind: form.Type) -> str:
    """Return a type as it is read: every list of words is open, unless it tells objects apart."""
    match kind:
        case form.Scalar(kind=name):
            return SCALARS[name]
        case form.Enum(values=values):
            return f"t.{literal(values)} | {type(values[0]).__name__}"
        case form.Const(values=values, tag=tag):
            return f"t.{literal(values)}" + ("" if tag else " | str")
        case form.Array(items=items):
            return f"tuple[{annotation(items)}, ...]"
        case form.Map(values=inner):
            return f"m.FrozenDict[{annotation(inner)}]"
        case form.FreeObject():
            return "m.JsonObject"
        case form.Ref(name=name):
            return f"m.{name}"
