"""What a value is among the alternatives of an annotation: by its JSON type, then by its tags."""

from __future__ import annotations

from collections.abc import Mapping

from .model import Model
from .shape import Branch, Shape, model_shape
from .wording import json_type


def branch_for(shape: Shape, value: object) -> Branch | None:
    """What the shape allows of this value's JSON type; an integer is also a number."""
    branches = shape.branches
    if type(value) is int:
        return branches.get("integer") or branches.get("number")
    if type(value) is float and value - value == 0.0:
        whole = branches.get("integer") if value.is_integer() else None
        return branches.get("number") or whole
    return branches.get(json_type(value))


def chosen(branch: Branch, value: Mapping[str, object]) -> type[Model] | None:
    """The model that an object is; ``None`` if it is free-form, a map, or none that is known."""
    table = branch.by_type
    candidates = table.get(tag_of(value, "type"), table[None])
    model = next((model for model in candidates if fits(model, value)), None)
    if model is None and branch.models and not branch.unknown:
        return branch.models[0]
    return model


def fits(model: type[Model], value: Mapping[str, object]) -> bool:
    """Whether an object's tags say that it is this model; of a model without, its fields."""
    shape = model_shape(model)
    if shape.tags:
        return all(tag_of(value, name) in tags for name, tags in shape.tags.items())
    return all(name in value for name, field in shape.fields.items() if field.required)


def tag_of(value: Mapping[str, object], name: str) -> str | None:
    """The value of a tag, if it is a string."""
    tag = value.get(name)
    return tag if type(tag) is str else None
