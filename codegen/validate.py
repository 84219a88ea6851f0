"""Check the schemas together: names are unique, references lead somewhere, unions have tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from .annotations import AnnotationBuilder
from .form import Alias, Array, Form, FreeObject, Map, Object, Schema, Type, references, types
from .node import SchemaError


def validate_names(form: Form) -> None:
    """Check that every name is unique, and that every reference leads to one."""
    names = Counter(schema.name for module in form.modules for schema in module.schemas)
    doubles = sorted(name for name, count in names.items() if count > 1)
    if doubles:
        raise SchemaError(f"defined twice: {', '.join(doubles)}")
    for place, schema in _places(form):
        for name in references(schema):
            if name not in names:
                raise SchemaError(f"{place}: no schema {name}")


def validate_order(form: Form) -> None:
    """Check that each alias, which is evaluated where it stands, comes after its members."""
    before: set[str] = set()
    for place, schema in _places(form):
        needs = references(schema) if isinstance(schema, Alias) else ()
        for name in needs:
            if name not in before:
                raise SchemaError(f"{place}: {name} must stand before it")
        before.add(schema.name)


def in_order(form: Form) -> Iterator[str]:
    """Yield the modules, each after those it refers to; raise on a cycle."""
    homes = form.homes()
    needs: Mapping[str, set[str]] = {
        module.name: {homes[name] for schema in module.schemas for name in references(schema)}
        for module in form.modules
    }
    done: set[str] = set()
    while len(done) < len(needs):
        ready = [
            name for name, others in needs.items() if name not in done and others <= {*done, name}
        ]
        if not ready:
            cycle = ", ".join(name for name in needs if name not in done)
            raise SchemaError(f"these files refer to each other in a cycle: {cycle}")
        yield ready[0]
        done.add(ready[0])


def validate_types(form: Form) -> None:
    """Check that there is code for every array, map and union."""
    annotations = AnnotationBuilder(form.schemas())
    objects = {name for name, schema in form.schemas().items() if isinstance(schema, Object)}
    for place, schema in _places(form):
        for kind in types(schema):
            _validate_items(kind, annotations, place)
        if isinstance(schema, Alias):
            _validate_union(schema, annotations, place)
        elif schema.request is not None and schema.request not in objects:
            raise SchemaError(f"{place}: the request {schema.request} is not an object")


def validate_members(form: Form) -> None:
    """Check that each object with a tag is in a union, if its file has one by this tag."""
    used = {name for _, schema in _places(form) for name in references(schema)}
    for module in form.modules:
        unions = [schema for schema in module.schemas if isinstance(schema, Alias)]
        for schema in module.schemas:
            tags = schema.tags if isinstance(schema, Object) and schema.name not in used else {}
            homes = [union.name for union in unions if union.tag in tags]
            if homes:
                raise SchemaError(
                    f"{module.name}/{schema.name}: no union has it; add it to {' or '.join(homes)}"
                )


def validate_rules(form: Form) -> None:
    """Check that each path of a rule, and each new place of a field, leads to a property."""
    schemas = form.schemas()
    annotations = AnnotationBuilder(schemas)
    for place, schema in _places(form):
        if isinstance(schema, Object):
            paths = [path for rule in schema.rules for path in rule.paths()]
            paths += [path for _, path in schema.moved if path != "nowhere"]
            for path in paths:
                objects = [schema]
                for name in path.split("."):
                    found = [x for thing in objects for x in thing.fields if x.name == name]
                    if not found:
                        raise SchemaError(f"{place}: no property: {path}")
                    objects = annotations.objects([x.type for x in found])


def _places(form: Form) -> Iterator[tuple[str, Schema]]:
    """Yield every schema with its place."""
    for module in form.modules:
        for schema in module.schemas:
            yield f"{module.name}/{schema.name}", schema


def _validate_items(kind: Type, annotations: AnnotationBuilder, place: str) -> None:
    """Refuse items that hold items: those would stay mutable."""
    if isinstance(kind, (Array, Map)):
        item = kind.items if isinstance(kind, Array) else kind.values
        if any(isinstance(leaf, (Array, Map, FreeObject)) for leaf in annotations.leaves([item])):
            raise SchemaError(f"{place}: an item cannot be an array or a map")


def _validate_union(alias: Alias, annotations: AnnotationBuilder, place: str) -> None:
    """Check that tags, or else required fields, tell the objects of a union apart."""
    objects = annotations.objects(alias.members)
    for thing in objects:
        if alias.tag is not None and alias.tag not in thing.tags:
            raise SchemaError(f"{place}: {thing.name} has no constant {alias.tag}")
        if alias.tag is None and thing.tags:
            raise SchemaError(f"{place}: {thing.name} has a tag, so a discriminator is needed")
        if len(objects) > 1 and not (thing.tags or any(field.required for field in thing.fields)):
            raise SchemaError(f"{place}: nothing tells {thing.name} apart")
    tags: Counter[str] = Counter()
    for member in alias.members:
        tags.update(
            {tag for thing in annotations.objects([member]) for tag in _tags(thing, alias.tag)}
        )
    doubles = sorted(tag for tag, count in tags.items() if count > 1)
    if doubles:
        raise SchemaError(f"{place}: several members are {', '.join(doubles)}")


def _tags(thing: Object, tag: str | None) -> list[str]:
    """Return the values of an object's tag, to compare and for messages: ``type message``."""
    return [] if tag is None else [f"{tag} {value}" for value in thing.tags[tag]]
