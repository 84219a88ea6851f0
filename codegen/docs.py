"""Docstrings: the schema's own words, and the facts that belong beside them."""

from __future__ import annotations

from .form import Alias, Array, Const, Field, Limits, Object, Scalar

WORDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "pattern": "matching `{}`",
}


def object_doc(schema: Object) -> str:
    return f"{schema.description}\n\nSchema: `{schema.name}`."


def alias_doc(schema: Alias) -> str:
    return f"{schema.description}\n\nSchema: `{schema.name}`."


def field_doc(field: Field) -> str:
    """What the field means, its limits, and what the server takes when it is absent."""
    parts = [field.description]
    limits = field.type.limits if isinstance(field.type, (Scalar, Array)) else Limits()
    if limits:
        bounds = ", ".join(WORDS[key].format(value) for key, value in limits.bounds)
        parts.append(f"{bounds[0].upper()}{bounds[1:]}.")
    if field.default is not None and not isinstance(field.type, Const):
        parts.append(f"Default: `{field.default}`.")
    return " ".join(parts)
