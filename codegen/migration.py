"""Read ``schema/migration.yaml``, the correspondence between the two forms of the API, and prove it.

Each field, type of part and tag that a row names must be in the schema of its side, and what one
side alone has in no other: a row that is stale, or that lacks its reason, is a
:class:`SchemaError`. So is an event that only one form has, without a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Final, TypeAlias

from .annotations import AnnotationBuilder
from .form import Alias, Const, Correspondence, Enum, Field, Form, Object, Pair, Row, Schema
from .node import Node, SchemaError
from .source import read_yaml

MIGRATION: Final = "migration"
"""The name of the file."""
CHANGES: Final = (
    *("setting", "none", "format", "noise_reduction", "modalities"),
    *("detection", "tools", "tool_choice"),
)
"""The names of the functions by which the library changes values."""
KEYS: Final = ("clients", "servers", "items", "requests", "answers", "rows", "detections")

Has: TypeAlias = Callable[[str], bool]


def read_correspondence(form: Form, content: bytes) -> Form:
    """Return a form with the correspondence that a file describes."""
    root = Node({MIGRATION: read_yaml(MIGRATION, content)}, "").child(MIGRATION)
    root.only(*KEYS, "parts", "tags", "transcription_tags")
    found = Correspondence(
        digest=sha256(content).hexdigest()[:16],
        clients=_pair(root.child("clients")),
        servers=_pair(root.child("servers")),
        items=root.text("items"),
        requests=tuple(map(_pair, root.members("requests"))),
        answers=tuple(map(_pair, root.members("answers"))),
        rows=_groups(root, "rows"),
        detections=_groups(root, "detections"),
        parts=_groups(root, "parts"),
        tags=_rows(root, "tags"),
        transcription_tags=_rows(root, "transcription_tags"),
    )
    _Proof(form, root, found).prove()
    return replace(form, correspondence=found)


def _pair(node: Node) -> Pair:
    node.only("beta", "ga", "rows")
    groups = node.texts("rows") if "rows" in node else ()
    return Pair(node.text("beta"), node.text("ga"), groups)


def _groups(root: Node, key: str) -> Mapping[str, tuple[Row, ...]]:
    node = root.child(key)
    return {str(name): _rows(node, str(name)) for name in node.data}


def _rows(node: Node, key: str) -> tuple[Row, ...]:
    return tuple(row for member in node.members(key) for row in _row(member))


def _row(node: Node) -> Iterator[Row]:
    """Yield the row of what both forms have, or those of what one has, with the same reason."""
    undeclared = node.flag("undeclared")
    if "beta" in node and "ga" in node:
        node.only("beta", "ga", "change", "read", "undeclared")
        change = node.text("change") if "change" in node else CHANGES[0]
        if change not in CHANGES:
            raise node.error(f"change must be one of {', '.join(CHANGES)}")
        beta, ga = node.text("beta"), node.text("ga")
        yield Row(beta, ga, change, "", node.flag("read"), undeclared)
        return
    side = "beta" if "beta" in node else "ga"
    node.only(side, "because")
    for path in node.texts(side):
        because = node.text("because").replace("{}", path.rpartition("/")[2])
        ends = (path, None) if side == "beta" else (None, path)
        yield Row(*ends, CHANGES[0], because, is_read=False, is_undeclared=False)


class _Proof:
    """What the schemas say of the names in the rows."""

    def __init__(self, form: Form, root: Node, found: Correspondence) -> None:
        self.schemas = form.schemas()
        self.annotations = AnnotationBuilder(self.schemas)
        self.root = root
        self.found = found

    def prove(self) -> None:
        found = self.found
        for key, pairs in (("requests", found.requests), ("answers", found.answers)):
            for pair, node in zip(pairs, self.root.members(key), strict=True):
                self._prove_pair(pair, node)
        used = {name for pair in (*found.requests, *found.answers) for name in pair.groups}
        if unused := sorted(found.rows.keys() - used):
            raise self.root.child("rows").error(f"no pair has these rows: {', '.join(unused)}")
        for name, rows in found.detections.items():
            node = self.root.child("detections")
            olds = [old for pair in found.requests for old in self._detections(pair.beta, node)]
            has = _has_field(self._object(name, node), self.annotations)
            _prove_rows(rows, lambda path: _named(olds, path), has, f"{node.place}/{name}")
        for name, rows in found.parts.items():
            node = self.root.child("parts")
            values = self._values(self._object(name, node))
            for row in rows:
                for value in (row.beta, row.ga):
                    if value is not None and value not in values:
                        raise node.error(f"{name} has no type {value}")
        self._prove_tags()
        self._schema(found.items, self.root)

    def _prove_pair(self, pair: Pair, node: Node) -> None:
        for name in pair.groups:
            if name not in self.found.rows:
                raise node.error(f"there are no rows {name}")
        rows = [row for name in pair.groups for row in self.found.rows[name]]
        beta, ga = self._object(pair.beta, node), self._object(pair.ga, node)
        has_beta = _has_field(beta, self.annotations)
        has_ga = _has_field(ga, self.annotations)
        _prove_rows(rows, has_beta, has_ga, node.place)
        mapped = {path for row in rows for path in (row.beta, row.ga)}
        for one, other in ((beta, ga), (ga, beta)):
            there = {field.name for field in other.fields}
            for field in one.fields:
                inside = any(str(path).startswith(f"{field.name}/") for path in mapped)
                # The current API requires the type of a session.
                known = inside or field.name in {*there, *mapped} or field.name in ga.tags
                if not known:
                    raise node.error(f"{other.name} has no {field.name}, and no row says why")

    def _prove_tags(self) -> None:
        """Check that rows name tags, and that there is one for each that one form alone has."""
        beta = self._tags(self.found.clients.beta) | self._tags(self.found.servers.beta)
        ga = self._tags(self.found.clients.ga) | self._tags(self.found.servers.ga)
        rows = (*self.found.tags, *self.found.transcription_tags)
        sides = ((beta, ga, {row.beta for row in rows}), (ga, beta, {row.ga for row in rows}))
        for tags, others, named in sides:
            for tag in sorted(name for name in named if name is not None and name not in tags):
                raise self.root.error(f"tags: no event has the tag {tag}")
            for tag in sorted(tags - others - named):
                raise self.root.error(f"tags: only one form has {tag}, and no row says why")

    def _schema(self, name: str, node: Node) -> Schema:
        if name not in self.schemas:
            raise node.error(f"no schema {name}")
        return self.schemas[name]

    def _object(self, name: str, node: Node) -> Object:
        found = self._schema(name, node)
        if isinstance(found, Alias):
            raise node.error(f"{name} is not an object")
        return found

    def _detections(self, name: str, node: Node) -> list[Object]:
        """Return the objects that a field for turn detection holds."""
        fields = [x for x in self._object(name, node).fields if x.name == "turn_detection"]
        return self.annotations.objects([field.type for field in fields])

    def _values(self, part: Object) -> set[str | int]:
        """Return the listed types of a part."""
        kinds = [field.type for field in part.fields if field.name == "type"]
        found = [x for x in self.annotations.leaves(kinds) if isinstance(x, (Const, Enum))]
        return {value for kind in found for value in kind.values}

    def _tags(self, union: str) -> set[str]:
        schema = self._schema(union, self.root)
        members = schema.members if isinstance(schema, Alias) else ()
        found = self.annotations.objects(members)
        return {tag for thing in found for tag in thing.tags.get("type", ())}


def tags_of(form: Form, unions: Iterable[str]) -> list[str]:
    """Return the tags of the objects in some unions."""
    schemas = form.schemas()
    found = [schema for name in unions if isinstance(schema := schemas[name], Alias)]
    annotations = AnnotationBuilder(schemas)
    objects = [thing for schema in found for thing in annotations.objects(schema.members)]
    return sorted({tag for thing in objects for tag in thing.tags["type"]})


def _prove_rows(rows: Iterable[Row], has_beta: Has, has_ga: Has, place: str) -> None:
    """Check that rows name what there is, and nothing that the other form has, too."""
    for row in rows:
        for path, has, other in ((row.beta, has_beta, row.ga), (row.ga, has_ga, row.beta)):
            if path is None and has(str(other)):
                raise SchemaError(f"{place}: both forms have {other}: its row is stale")
            if path is not None and not row.is_undeclared and not has(path):
                raise SchemaError(f"{place}: no property: {path}")


def _has_field(thing: Object, annotations: AnnotationBuilder) -> Has:
    """Return whether an object has a field, by its path."""

    def has(path: str) -> bool:
        objects = [thing]
        for name in path.split("/"):
            found = _fields(objects, name)
            objects = annotations.objects([field.type for field in found])
            if not found:
                return False
        return True

    return has


def _named(objects: Iterable[Object], name: str) -> bool:
    return bool(_fields(objects, name))


def _fields(objects: Iterable[Object], name: str) -> list[Field]:
    return [field for thing in objects for field in thing.fields if field.name == name]
