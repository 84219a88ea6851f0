"""All types by their names, as tests are run over them."""

from __future__ import annotations

from typing import Any, Final

from realtime_models._runtime.base import Model
from realtime_models.catalog import as_model, find, type_names

NAMES: Final = sorted(type_names())
"""The names of all models and aliases."""
MODELS: Final[list[type[Model]]] = [model for name in NAMES if (model := as_model(find(name)))]
"""All models."""


def by_name(model: Any) -> str:
    """Return the id of a test of one model."""
    return str(model.__name__)
