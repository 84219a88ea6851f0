"""Our problems as the errors of pydantic: one for each, with its own location."""

from __future__ import annotations

from collections.abc import Callable

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from realtime_models import DecodeError
from realtime_models.adapting import steps

# Pydantic types the texts as literals, lest foreign ones become templates. Ours do not come as
# literals, and a message without a context is never taken for a template.
_custom_error: Callable[..., PydanticCustomError] = PydanticCustomError


def validation_error(error: DecodeError, data: object) -> ValidationError:
    """What a validator raises for pydantic to set each problem below the validated field.

    Their input is never told, since it may be audio or a secret.
    """
    details: list[InitErrorDetails] = []
    for problem in error.problems:
        kind, place = _custom_error(problem.code, problem.message), steps(problem.pointer, data)
        details.append({"type": kind, "loc": tuple(place), "input": None})
    return ValidationError.from_exception_data(error.type_name, details)
