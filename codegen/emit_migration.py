"""Write the correspondence between the two forms of the API as rows, without any logic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .annotations import AnnotationBuilder, literal
from .buffer import Lines
from .form import Alias, Correspondence, Form, Object, Pair, Row


def correspondence(form: Form, found: Correspondence) -> str:
    """Return the body of the module."""
    lines, schemas = Lines(), form.schemas()
    sent = [name for pair in found.pairs if pair.is_request for name in (pair.beta, pair.ga)]
    alike = [pair.ga for pair in found.pairs if pair.ga == pair.beta]
    lines.add(f"ClientTag: TypeAlias = {_tags(form, sent)}")
    lines.add(f"ItemTag: TypeAlias = {_tags(form, alike)}")
    for kind, groups in (("rows", found.rows), ("tags", found.tags)):
        for name, rows in groups.items():
            _add_rows(lines, f"_{kind}_{name}: Final[tuple[Row, ...]] = (", rows, ")")
    with lines.block("PAIRS: Final[tuple[Pair, ...]] = ("):
        lines.add(*(f"Pair({', '.join(_pair(form, pair))})," for pair in found.pairs))
    lines.add(")")
    lines.docstring("The types that correspond, and what differs in them.")
    with lines.block("DETECTIONS: Final[Mapping[str, tuple[Row, ...]]] = {"):
        for name, rows in found.detections.items():
            schema = schemas[name]
            tags = schema.tags["type"] if isinstance(schema, Object) else ()
            _add_rows(lines, f'"{tags[0]}": (', rows, "),")
    lines.add("}")
    lines.docstring("The ways to detect turns, with what an object of the beta has of the others.")
    return str(lines)


def _tags(form: Form, names: Iterable[str]) -> str:
    """Return the annotation of the tags in the unions among some types."""
    schemas = [form.schemas()[name] for name in names]
    members = [member for x in schemas if isinstance(x, Alias) for member in x.members]
    objects = AnnotationBuilder(form.schemas()).objects(members)
    return literal(sorted({tag for thing in objects for tag in thing.tags["type"]}))


def _pair(form: Form, pair: Pair) -> Iterator[str]:
    """Yield the arguments of a pair."""
    yield from (pair.beta, pair.ga)
    if pair.is_request:
        yield "is_request=True"
    schema = form.schemas()[pair.ga]
    if pair.rows and isinstance(schema, Object) and "type" in schema.tags:
        yield f"type={schema.tags['type'][0]!r}"
    for key, groups in (("rows", pair.rows), ("tags", pair.tags)):
        items = ", ".join(f"*_{key}_{group}" for group in groups)
        if items:
            yield f"{key}=({items}{',' if len(groups) == 1 else ''})"


def _add_rows(lines: Lines, opening: str, rows: Iterable[Row], closing: str) -> None:
    with lines.block(opening):
        lines.add(*(f"Row({', '.join(_row(row))})," for row in rows))
    lines.add(closing)


def _row(row: Row) -> Iterator[str]:
    """Yield the arguments of a row."""
    yield from (repr(row.beta), repr(row.ga))
    if row.because:
        yield repr(row.because)
    if row.change != "setting":
        yield f"change={row.change!r}"
    if row.is_read:
        yield "is_read=True"
