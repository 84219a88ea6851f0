"""Write the correspondence of the two forms of the API: its rows, and functions typed by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from .annotations import AnnotationBuilder, literal
from .buffer import Lines
from .form import Alias, Correspondence, Form, Object, Pair, Row

FORMS: Final[Mapping[str, str]] = {"ga": "the current API", "beta": "the beta"}
OTHER: Final[Mapping[str, str]] = {"ga": "beta", "beta": "ga"}


def correspondence(form: Form, found: Correspondence) -> str:
    """Return the body of the module."""
    lines = Lines()
    sent = [name for pair in found.pairs if pair.is_request for name in (pair.beta, pair.ga)]
    alike = [pair.ga for pair in found.pairs if pair.ga == pair.beta]
    lines.add(f"ClientTag: TypeAlias = {_tags(form, sent)}")
    lines.add(f"ItemTag: TypeAlias = {_tags(form, alike)}")
    for kind, groups in (("rows", found.rows), ("tags", found.tags), ("turns", found.detections)):
        for name, rows in groups.items():
            _add_rows(lines, f"_{kind}_{name}", rows)
    with lines.block("PAIRS: Final[tuple[Pair, ...]] = ("):
        lines.add(*(f"Pair({', '.join(_pair(form, pair))})," for pair in found.pairs))
        # Objects of the beta have fields of several ways to detect turns.
        lines.add(*(f"Pair({name}, {name}, rows=_turns_{name})," for name in found.detections))
    lines.add(")")
    lines.docstring("The types that correspond, and what differs in them.")
    lines.add("TYPES: Final = by_type(PAIRS)")
    lines.docstring("What corresponds to each type.")
    _add_protocol(lines, "ClientEvent", "ClientTag", "An event of a client, in either form.")
    text = "An item of a conversation; its class is the same in both forms."
    _add_protocol(lines, "AnyItem", "ItemTag", text)
    for to in FORMS:
        _add_function(lines, form, found, to)
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


def _add_rows(lines: Lines, name: str, rows: Iterable[Row]) -> None:
    with lines.block(f"{name}: Final[tuple[Row, ...]] = ("):
        lines.add(*(f"Row({', '.join(_row(row))})," for row in rows))
    lines.add(")")


def _row(row: Row) -> Iterator[str]:
    """Yield the arguments of a row."""
    yield from (repr(row.beta), repr(row.ga))
    if row.because:
        yield repr(row.because)
    if row.change != "setting":
        yield f"change={row.change!r}"
    if row.is_read:
        yield "is_read=True"
    if row.takes_beta:
        yield f"takes_beta={row.takes_beta!r}"
    if row.takes_ga:
        yield f"takes_ga={row.takes_ga!r}"


def _add_protocol(lines: Lines, name: str, tags: str, text: str) -> None:
    """Add what the members of a union are for type checkers.

    `Unknown` is in all unions, and may be in one overload beside its own: in the others, it would
    have several results. Unions that are neither the first nor the last are told by their tags.
    """
    with lines.block(f"class {name}(Protocol):"):
        lines.docstring(text)
        lines.add("@property")
        lines.add(f"def type(self) -> {tags}: ...")


def _add_function(lines: Lines, form: Form, found: Correspondence, to: str) -> None:
    """Add the function that converts to a form, with an overload for each pair."""
    overloads = {"Unknown": "Unknown"}
    last: dict[str, str] = {}
    for pair in found.pairs:
        given, made = (pair.beta, pair.ga) if to == "ga" else (pair.ga, pair.beta)
        names = [row for group in pair.tags for row in found.tags[group]]
        if any((row.ga if to == "ga" else row.beta) is None for row in names):
            made = f"{made} | None"
        if not isinstance(form.schemas()[given], Alias):
            overloads[given] = made
        elif pair.is_request or given == made:
            overloads["ClientEvent" if pair.is_request else "AnyItem"] = made
        else:
            last[given] = made
    for given, made in {**overloads, **last}.items():
        lines.add("@overload")
        lines.add(f"def to_{to}(value: {given}) -> Converted[{made}]: ...")
    with lines.block(f"def to_{to}(value: object) -> Converted[Model | None]:"):
        lines.docstring(
            f"Convert a value of {FORMS[OTHER[to]]} to {FORMS[to]}; ``lost`` names what has no"
            " place there.\n\nRaises ``TypeError`` for a type that has no other form."
        )
        lines.add(f'return convert(TYPES, value, "{to}")')
