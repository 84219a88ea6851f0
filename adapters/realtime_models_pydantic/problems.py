"""Our problems as errors of pydantic: one for each, with its own location."""

from __future__ import annotations

from collections.abc import Callable

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from realtime_models import DecodeError
from realtime_models.adapting import steps

# Pydantic annotates the texts as literals, so that no foreign text becomes a template. Ours are no
# literals, but without a context pydantic takes no message for a template.
_custom_error: Callable[..., PydanticCustomError] = PydanticCustomError


def validation_error(error: DecodeError, data: object) -> ValidationError:
    """Return the error to raise in a validator, so that pydantic locates each problem.

    It never shows the input, which may be audio or a secret.
    """
    details: list[InitErrorDetails] = []
    for problem in error.problems:
        kind, place = _custom_error(problem.code, problem.message), steps(problem.pointer, data)
        details.append({"type": kind, "loc": tuple(place), "input": None})
    return ValidationError.from_exception_data(error.type_name, details)


def without_input(error: ValidationError) -> ValidationError:
    """Return the same errors without the input, which pydantic would show."""
    details: list[InitErrorDetails] = [
        {"type": _custom_error(found["type"], found["msg"]), "loc": found["loc"], "input": None}
        for found in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return ValidationError.from_exception_data(error.title, details)
