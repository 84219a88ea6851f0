"""Write the form as Python: a module for each schema file, and an index of all names."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from .annotations import AnnotationBuilder
from .buffer import Lines
from .code import Code
from .emit_alias import AliasWriter
from .emit_class import ClassWriter
from .emit_migration import correspondence
from .form import Correspondence, Form, Module, Object, Schema
from .migration import MIGRATION
from .names import snake
from .node import SchemaError

COMMAND: Final = "python -m codegen"
STANDARD: Final = {
    "collections.abc": ["Callable", "Mapping", "Sequence"],
    "dataclasses": ["dataclass"],
    "typing": ["Annotated", "Final", "Literal", "Protocol", "TypeAlias", "overload"],
}
RUNTIME: Final = {
    "annotations": [
        "NULL_AS_READ",
        "Limits",
        "Rule",
        "UndocumentedInt",
        "UndocumentedStr",
        "UnsetOrNull",
    ],
    "construction": [
        "as_extra",
        "as_map",
        "as_model",
        "as_models",
        "as_object",
        "as_tuple",
        "is_sequence",
    ],
    "conversion": ["Converted", "Pair", "Row", "by_type", "convert"],
    "decoding": [
        "array",
        "boolean",
        "boolean_or_null",
        "integer",
        "integer_or_null",
        "mapping",
        "mapping_or_null",
        "model_of",
        "model_or_null",
        "models",
        "models_or_null",
        "number",
        "number_or_null",
        "one_tag",
        "or_null",
        "refuse",
        "string",
        "string_or_null",
        "strings",
        "tag_or_null",
    ],
    "fallback": ["decode", "decode_alias", "decode_json"],
    "json_text": ["parse_json"],
    "json_values": [
        "DICT",
        "EMPTY",
        "LIST",
        "MAX_BITS",
        "SET",
        "FrozenDict",
        "JsonMapping",
        "JsonObject",
        "JsonValue",
        "RawObject",
        "Strings",
        "freeze_object",
        "thaw_object",
        "unknown_fields",
    ],
    "base": ["Invalid", "Model", "begin"],
    "model": ["Unknown", "draft", "finish", "read_unknown", "written"],
    "request": ["as_request"],
    "sentinel": ["UNSET", "UnsetType"],
}
CHECKERS: Final = (
    '# mypy: disable-error-code="misc, redundant-expr"',
    "# pyright: reportAttributeAccessIssue=false",
    "# ty: ignore[invalid-assignment]",
    "# pyrefly: ignore-errors[read-only]",
)
"""The comments for type checkers at the head of a module."""


def emit(form: Form, extended: str | None = None) -> dict[str, str]:
    """Return the text of every generated file by its name.

    If a package is extended, those are only the modules that it has not, and they import it.
    """
    schemas = form.schemas()
    code = Code(schemas, AnnotationBuilder(schemas))
    homes = _homes(form, code)
    places = {**homes, **_private_homes(form)}
    paths = {
        module.name: f"{extended}.wire.{module.name}" if module.is_extended else f".{module.name}"
        for module in form.modules
    }
    files = {
        f"{module.name}.py": _module(module, schemas, homes, places, paths, extended)
        for module in form.modules
        if not module.is_extended
    }
    if extended is None:
        short: dict[str, str] = {}
        for schema in schemas.values():
            short |= short_names(schema, code)
        files["__init__.py"] = _index(homes, short, form)
    if extended is None and form.correspondence:
        files["correspondence.py"] = _correspondence(form, form.correspondence, paths)
    return files


def _homes(form: Form, code: Code) -> dict[str, str]:
    """Return the module of each public name; refuse duplicates, and names that modules import."""
    homes: dict[str, str] = {}
    taken = {name for names in (*STANDARD.values(), *RUNTIME.values()) for name in names}
    for module in form.modules:
        for schema in module.schemas:
            for name in [*exported(schema, code), *short_names(schema, code)]:
                if name in homes or name in taken:
                    raise SchemaError(f"{module.name}/{schema.name}: the name {name} is taken")
                homes[name] = module.name
            fields = schema.fields if isinstance(schema, Object) else ()
            for field in fields:
                if field.name in taken:
                    raise SchemaError(
                        f"{module.name}/{schema.name}: a field cannot be called {field.name}"
                    )
    return homes


def exported(schema: Schema, code: Code) -> list[str]:
    """Return the public names that are generated for a schema."""
    if isinstance(schema, Object):
        return [schema.name]
    function = snake(schema.name)
    names = [schema.name, f"{function}_from_dict", f"{function}_to_dict"]
    all_objects = all(code.is_object(member) for member in schema.members)
    return [*names, f"{function}_from_json"] if all_objects else names


def short_names(schema: Schema, code: Code) -> dict[str, str]:
    """Return the public names of a schema under its short name, each with the long one."""
    if schema.short is None:
        return {}
    names = exported(schema, code)
    long, short = snake(schema.name), snake(schema.short)
    return {schema.short: schema.name, **{name.replace(long, short): name for name in names[1:]}}


def _private_homes(form: Form) -> dict[str, str]:
    """Return the module of each private name beside a type, which other modules may import."""
    return {
        name: module.name
        for module in form.modules
        for schema in module.schemas
        for name in (f"_read_{schema.name}", f"_types_{schema.name}", f"_by_tag_{schema.name}")
    }


def _module(
    module: Module,
    schemas: Mapping[str, Schema],
    homes: Mapping[str, str],
    places: Mapping[str, str],
    paths: Mapping[str, str],
    extended: str | None,
) -> str:
    body = Lines()
    annotations = AnnotationBuilder(schemas)
    code = Code(schemas, annotations)
    for schema in module.schemas:
        if isinstance(schema, Object):
            ClassWriter(schema, annotations, code, body).write()
        else:
            AliasWriter(schema, annotations, code, body).write()
    text = str(body)
    short = {name for schema in module.schemas for name in short_names(schema, code)}
    names = [name for name, home in homes.items() if home == module.name and name not in short]
    head = Lines()
    source = f"schema/{module.name}.yaml" if extended is None else f"{module.name}.yaml"
    command = COMMAND if extended is None else f"{COMMAND} --extend {extended}"
    head.add(
        f"# Generated by `{command}` from {source}: do not edit.",
        f"# SHA-256 of the schema begins with {module.digest}.",
        *([] if extended is None else [f"# To be generated again for each version of {extended}."]),
        *CHECKERS,
    )
    head.docstring(module.description)
    head.add("from __future__ import annotations")
    used = _names(text)
    _runtime_imports(head, used, extended)
    _imports(
        head, used, {name: paths[home] for name, home in places.items() if home != module.name}
    )
    head.add(f"__all__ = [{_quoted(names)}]")
    return f"{head}{text}"


def _correspondence(form: Form, found: Correspondence, paths: Mapping[str, str]) -> str:
    """Return the text of the module that says how the two forms of the API correspond."""
    text = correspondence(form, found)
    head = Lines()
    head.add(
        f"# Generated by `{COMMAND}` from schema/{MIGRATION}.yaml: do not edit.",
        f"# SHA-256 of the file begins with {found.digest}.",
    )
    head.docstring("How the two forms of the API correspond, and what converts them.")
    head.add("from __future__ import annotations")
    used = _names(text)
    _runtime_imports(head, used, None)
    _imports(head, used, {name: paths[home] for name, home in form.homes().items()})
    return f"{head}{text}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _runtime_imports(head: Lines, used: Collection[str], extended: str | None) -> None:
    """Add imports of the names that a module uses of the standard library and the runtime."""
    for source, names in STANDARD.items():
        _import(head, source, [name for name in names if name in used])
    for source, names in RUNTIME.items():
        path = f"{extended or '.'}._runtime.{source}"
        _import(head, path, [name for name in names if name in used])


def _imports(head: Lines, used: Collection[str], paths: Mapping[str, str]) -> None:
    """Add imports of the names that a module uses of other generated modules."""
    others: dict[str, list[str]] = {}
    for name, path in paths.items():
        if name in used:
            others.setdefault(path, []).append(name)
    for path, names in others.items():
        _import(head, path, names)


def _import(lines: Lines, source: str, names: list[str]) -> None:
    if names:
        lines.add(f"from {source} import {', '.join(names)}")


def _names(text: str) -> set[str]:
    """Return all names in a module's code, not those in its strings and comments."""
    return {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}


def _index(homes: Mapping[str, str], short: Mapping[str, str], form: Form) -> str:
    lines = Lines()
    lines.add(f"# Generated by `{COMMAND}` from schema/: do not edit.")
    lines.docstring(
        "The wire format: where each public name is defined. Importing it loads no model."
    )
    lines.add("from __future__ import annotations", "from typing import TYPE_CHECKING, Final")
    modules = sorted(set(homes.values()))
    names = {module: [name for name, home in homes.items() if home == module] for module in modules}
    # The names are written out, because mypy ignores names that are computed.
    for module in modules:
        lines.add(f"__all__ {'=' if module == modules[0] else '+='} [{_quoted(names[module])}]")
    with lines.block("HOMES: Final = {"):
        start = 0
        for module in modules:
            end = start + len(names[module])
            lines.add(f'**dict.fromkeys(__all__[{start}:{end}], "{module}"),')
            start = end
    lines.add("}")
    lines.docstring("The module of each name.")
    with lines.block("SHORT_NAMES: Final = {"):
        lines.add(*(f'"{name}": "{long}",' for name, long in sorted(short.items())))
    lines.add("}")
    lines.docstring("The names of types and functions that also have another, longer one.")
    lines.add("")
    with lines.block("if TYPE_CHECKING:"):
        lines.add(*(f"from .{module} import *" for module in modules))
        for name, long in sorted(short.items()):
            lines.add(f"from .{homes[name]} import {long} as {name}")
    digests = "".join(f"{module.name} {module.digest}\n" for module in form.modules)
    digest = hashlib.sha256(digests.encode()).hexdigest()[:16]
    lines.add("", f'SCHEMA: Final = "{digest}"')
    lines.docstring("Identifies one state of the whole schema.")
    return str(lines)
