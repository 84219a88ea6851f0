"""Read and validate ``schema/migration.yaml``: how the two forms of the API correspond.

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
from .form import (
    Alias,
    Array,
    Const,
    Correspondence,
    Enum,
    Field,
    Form,
    Object,
    Pair,
    Ref,
    Row,
    Schema,
    Type,
)
from .node import Node, SchemaError
from .source import read_yaml

MIGRATION: Final = "migration"
"""The name of the file."""
CHANGES: Final = ("setting", "format", "modalities", "detection", "tools", "transcription")
"""The names of the changes of values that the library knows."""

Has: TypeAlias = Callable[[str], bool]


def read_correspondence(form: Form, content: bytes) -> Form:
    """Return a form with the correspondence that a file describes."""
    root = Node({MIGRATION: read_yaml(MIGRATION, content)}, "").child(MIGRATION)
    root.only("pairs", "rows", "tags", "detections")
    pairs = tuple(map(_pair, root.members("pairs")))
    groups = [_groups(root, key) for key in ("rows", "tags", "detections")]
    found = Correspondence(sha256(content).hexdigest()[:16], pairs, *groups)
    _Validation(form, root, found).validate()
    return replace(form, correspondence=found)


def _pair(node: Node) -> Pair:
    node.only("beta", "ga", "request", "rows", "tags")
    rows, tags = (node.texts(key) if key in node else () for key in ("rows", "tags"))
    return Pair(node.text("beta"), node.text("ga"), node.flag("request"), rows, tags)


def _groups(root: Node, key: str) -> Mapping[str, tuple[Row, ...]]:
    node = root.child(key)
    return {str(name): _rows(node, str(name)) for name in node.data}


def _rows(node: Node, key: str) -> tuple[Row, ...]:
    return tuple(row for member in node.members(key) for row in _row(member))


def _row(node: Node) -> Iterator[Row]:
    """Yield the row of what both forms have, or those of what one has, with the same reason."""
    undeclared = node.flag("undeclared")
    if "beta" in node and "ga" in node:
        node.only("beta", "ga", "change", "read", "undeclared", "takes_beta", "takes_ga")
        change = node.text("change") if "change" in node else CHANGES[0]
        if change not in CHANGES:
            raise node.error(f"change must be one of {', '.join(CHANGES)}")
        takes = [node.texts(key) if key in node else () for key in ("takes_beta", "takes_ga")]
        ends = node.text("beta"), node.text("ga")
        yield Row(*ends, change, "", node.flag("read"), undeclared, *takes)
        return
    side = "beta" if "beta" in node else "ga"
    node.only(side, "because")
    because = node.text("because")
    for path in node.texts(side):
        beta, ga = (path if side == key else None for key in ("beta", "ga"))
        yield Row(beta, ga, CHANGES[0], because, is_read=False, is_undeclared=False)


class _Validation:
    """What the schemas say of the names in the rows."""

    def __init__(self, form: Form, root: Node, found: Correspondence) -> None:
        self.schemas = form.schemas()
        self.annotations = AnnotationBuilder(self.schemas)
        self.root = root
        self.found = found

    def validate(self) -> None:
        pairs = self.found.pairs
        self._validate_groups("rows", {name for pair in pairs for name in pair.rows})
        self._validate_groups("tags", {name for pair in pairs for name in pair.tags})
        tags = [self._tags(pair, node) for pair, node in zip(pairs, self._nodes(), strict=True)]
        for pair, node in zip(pairs, self._nodes(), strict=True):
            if pair.rows:
                self._validate_fields(pair, node)
        for name in self.found.tags:
            sides = [side for pair, side in zip(pairs, tags, strict=True) if name in pair.tags]
            self._validate_values(name, sides)
        for pair, (beta, ga), node in zip(pairs, tags, self._nodes(), strict=True):
            rows = [row for name in pair.tags for row in self.found.tags[name]]
            named = {tag for row in rows for tag in (row.beta, row.ga)}
            if alone := sorted((beta ^ ga) - named):
                raise node.error(f"only one form has {', '.join(alone)}, and no row says why")
        self._validate_detections()

    def _nodes(self) -> tuple[Node, ...]:
        return self.root.members("pairs")

    def _validate_groups(self, key: str, used: set[str]) -> None:
        groups = self.found.rows if key == "rows" else self.found.tags
        if missing := sorted(used - groups.keys()):
            raise self.root.error(f"there are no {key} {', '.join(missing)}")
        if unused := sorted(groups.keys() - used):
            raise self.root.error(f"no pair has the {key} {', '.join(unused)}")

    def _validate_fields(self, pair: Pair, node: Node) -> None:
        """Check the rows of two objects, and that each field of one alone has a row."""
        rows = [row for name in pair.rows for row in self.found.rows[name]]
        beta, ga = self._object(pair.beta, node), self._object(pair.ga, node)
        has_beta, has_ga = self._has([beta]), self._has([ga])
        _validate_rows(rows, has_beta, has_ga, node.place)
        for row in rows:
            for side, path, types in ((beta, row.beta, row.takes_beta), (ga, row.ga, row.takes_ga)):
                kinds = [field.type for field in self._fields_at([side], str(path))]
                there = self._values([x.items if isinstance(x, Array) else x for x in kinds])
                if strange := [name for name in types if name not in there]:
                    raise node.error(f"{path} of {side.name} is no {', '.join(strange)}")
        mapped = {str(path).partition("/")[0] for row in rows for path in (row.beta, row.ga)}
        for one, other in ((beta, ga), (ga, beta)):
            there = {field.name for field in other.fields}
            for name in [field.name for field in one.fields]:
                # The current API requires the type of a session.
                if name not in there and name not in mapped and name not in ga.tags:
                    raise node.error(f"{other.name} has no {name}, and no row says why")

    def _validate_values(self, group: str, sides: Iterable[tuple[set[str], set[str]]]) -> None:
        """Check that each tag in a group is one of some pair that has the group."""
        beta = {tag for side, _ in sides for tag in side}
        ga = {tag for _, side in sides for tag in side}
        for row in self.found.tags[group]:
            for tag, tags in ((row.beta, beta), (row.ga, ga)):
                if tag is not None and tag not in tags:
                    raise self.root.error(f"tags/{group}: nothing has the tag {tag}")

    def _validate_detections(self) -> None:
        node = self.root.child("detections")
        betas = [self._schema(pair.beta, node) for pair in self.found.pairs]
        fields = _fields([thing for thing in betas if isinstance(thing, Object)], "turn_detection")
        has_beta = self._has(self.annotations.objects([field.type for field in fields]))
        for name, rows in self.found.detections.items():
            has_ga = self._has([self._object(name, node)])
            _validate_rows(rows, has_beta, has_ga, f"{node.place}/{name}")

    def _tags(self, pair: Pair, node: Node) -> tuple[set[str], set[str]]:
        """Return the values of `type` that the two types of a pair have."""
        names = [self._schema(name, node).name for name in (pair.beta, pair.ga)]
        beta, ga = (self._values([Ref(name)]) for name in names)
        return (beta, ga) if pair.tags else (set(), set())

    def _values(self, types: list[Type]) -> set[str]:
        """Return the values of `type` that objects, or those in unions and arrays, may have."""
        objects = self.annotations.objects(types)
        kinds = self.annotations.leaves([field.type for field in _fields(objects, "type")])
        found = [kind for kind in kinds if isinstance(kind, (Const, Enum))]
        return {str(value) for kind in found for value in kind.values}

    def _has(self, objects: list[Object]) -> Has:
        """Return whether some objects have a field, by its path."""

        return lambda path: bool(self._fields_at(objects, path))

    def _fields_at(self, objects: list[Object], path: str) -> list[Field]:
        """Return the fields at a path in some objects."""
        name, _, rest = path.partition("/")
        found = _fields(objects, name)
        inner = self.annotations.objects([field.type for field in found])
        return self._fields_at(inner, rest) if rest else found

    def _schema(self, name: str, node: Node) -> Schema:
        if name not in self.schemas:
            raise node.error(f"no schema {name}")
        return self.schemas[name]

    def _object(self, name: str, node: Node) -> Object:
        found = self._schema(name, node)
        if isinstance(found, Alias):
            raise node.error(f"{name} is not an object")
        return found


def _validate_rows(rows: Iterable[Row], has_beta: Has, has_ga: Has, place: str) -> None:
    """Check that rows name what there is, and nothing that the other form has, too."""
    for row in rows:
        for path, has, other in ((row.beta, has_beta, row.ga), (row.ga, has_ga, row.beta)):
            if path is None and has(str(other)):
                raise SchemaError(f"{place}: both forms have {other}: its row is stale")
            if path is not None and not row.is_undeclared and not has(path):
                raise SchemaError(f"{place}: no property: {path}")


def _fields(objects: Iterable[Object], name: str) -> list[Field]:
    return [field for thing in objects for field in thing.fields if field.name == name]
