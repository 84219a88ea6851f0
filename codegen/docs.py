"""Docstrings: the schema's descriptions, each with the limits and the default of its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .form import Alias, Array, Const, Field, Limits, Object, Scalar, Schema

RANGES = (
    ("minimum", "maximum", "From {} to {}", ""),
    ("minLength", "maxLength", "Between {} and {}", " character"),
    ("minItems", "maxItems", "Between {} and {}", " item"),
)
"""The keywords of each pair of limits, the words for both, and what they count."""


def object_doc(schema: Object) -> str:
    """Return what an object is, and the name of its schema."""
    return f"{_described(schema)}\n\nSchema: `{schema.name}`."


def alias_doc(schema: Alias) -> str:
    """Return what a type is, what the server assumes if it is absent, and its schema's name."""
    default = f" Default: `{schema.default}`." if schema.default else ""
    return f"{_described(schema)}{default}\n\nSchema: `{schema.name}`."


def _described(described: Schema | Field) -> str:
    return f"{described.description}{' Deprecated.' if described.deprecated else ''}"


def field_doc(field: Field) -> str:
    """Return what the field means, its limits, and what the server assumes if it is absent."""
    limits = field.type.limits if isinstance(field.type, (Scalar, Array)) else Limits()
    parts = [_described(field), *_sentences(dict(limits.bounds))]
    if field.default is not None and not isinstance(field.type, Const):
        parts.append(f"Default: `{field.default}`.")
    return " ".join(parts)


def _sentences(bounds: Mapping[str, float | str]) -> Iterator[str]:
    """Yield a sentence for each range, and one for a pattern."""
    for least, most, both, unit in RANGES:
        low, high = bounds.get(least), bounds.get(most)
        if low is not None or high is not None:
            last = low if high is None else high
            yield f"{_range(low, high, both)}{unit}{'s' if unit and last != 1 else ''}."
    if "pattern" in bounds:
        yield f"Matches `{bounds['pattern']}`."


def _range(low: float | str | None, high: float | str | None, both: str) -> str:
    if low is None:
        return f"At most {high}"
    if high is None:
        return f"At least {low}"
    return f"Exactly {high}" if low == high else both.format(low, high)
