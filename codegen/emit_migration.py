"""Write the correspondence between the two forms of the API as rows, without any logic."""

from __future__ import annotations

from collections.abc import Iterable

from .annotations import literal
from .buffer import Lines
from .form import Correspondence, Form, Object, Pair, Row
from .migration import tags_of

TYPES = "tuple[tuple[type[Model], type[Model], tuple[Row, ...]], ...]"


def correspondence(form: Form, found: Correspondence) -> str:
    """Return the body of the module."""
    lines = Lines()
    clients = tags_of(form, (found.clients.beta, found.clients.ga))
    lines.add(f"ClientTag: TypeAlias = {literal(clients)}")
    lines.add(f"ItemTag: TypeAlias = {literal(tags_of(form, (found.items,)))}")
    for name, rows in found.rows.items():
        _add_rows(lines, f"_rows_{name}: Final[tuple[Row, ...]] = (", rows, ")")
    _add_pairs(lines, "REQUESTS", found.requests)
    lines.docstring("What clients send inside events: the beta's types, the current ones, rows.")
    _add_pairs(lines, "ANSWERS", found.answers)
    lines.docstring("The same of servers.")
    with lines.block("DETECTIONS: Final[Mapping[str, tuple[Row, ...]]] = {"):
        for name, rows in found.detections.items():
            schema = form.schemas()[name]
            tags = schema.tags["type"] if isinstance(schema, Object) else ()
            _add_rows(lines, f'"{tags[0]}": (', rows, "),")
    lines.add("}")
    lines.docstring("What an object of the beta has of other ways to detect turns, by the way.")
    with lines.block("PARTS: Final[Mapping[type[Model], tuple[Row, ...]]] = {"):
        for name, rows in found.parts.items():
            _add_rows(lines, f"{name}: (", rows, "),")
    lines.add("}")
    lines.docstring("The types of content parts.")
    _add_rows(lines, "TAGS: Final[tuple[Row, ...]] = (", found.tags, ")")
    lines.docstring("The tags of events.")
    _add_rows(
        lines, "TRANSCRIPTION_TAGS: Final[tuple[Row, ...]] = (", found.transcription_tags, ")"
    )
    lines.docstring("Those of events with sessions that only transcribe.")
    return str(lines)


def _add_pairs(lines: Lines, name: str, pairs: Iterable[Pair]) -> None:
    with lines.block(f"{name}: Final[{TYPES}] = ("):
        for pair in pairs:
            groups = ", ".join(f"*_rows_{group}" for group in pair.groups)
            rows = f"({groups})" if len(pair.groups) > 1 else f"({groups},)"
            lines.add(f"({pair.beta}, {pair.ga}, {rows}),")
    lines.add(")")


def _add_rows(lines: Lines, opening: str, rows: Iterable[Row], closing: str) -> None:
    with lines.block(opening):
        lines.add(*(f"Row({_arguments(row)})," for row in rows))
    lines.add(closing)


def _arguments(row: Row) -> str:
    found = [repr(row.beta), repr(row.ga)]
    if row.change != "setting":
        found.append(repr(row.change))
    if row.because:
        found.append(f"because={row.because!r}")
    if row.is_read:
        found.append("is_read=True")
    return ", ".join(found)
