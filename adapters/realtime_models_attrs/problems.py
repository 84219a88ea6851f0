"""Our problems as errors of cattrs, whose paths ``cattrs.transform_error`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import cattrs

from realtime_models import DecodeError, Problem
from realtime_models.adapting import is_model, steps

Found: TypeAlias = Sequence[tuple[Sequence[str | int], Problem]]
"""Problems, each with the path of names and indices to it."""


def validation_error(
    error: DecodeError, data: object, annotation: object
) -> cattrs.BaseValidationError:
    """Return the errors that cattrs would raise for an attrs class with the same problems."""
    found = [(tuple(steps(problem.pointer, data)), problem) for problem in error.problems]
    return _group(
        f"While structuring {error.type_name}", found, annotation if is_model(annotation) else dict
    )


def _group(place: str, found: Found, cls: type) -> cattrs.BaseValidationError:
    """Return the errors in one object or array; notes say which member has each."""
    errors = [_leaf(problem) for path, problem in found if not path]
    members: dict[str | int, list[tuple[Sequence[str | int], Problem]]] = {}
    for path, problem in found:
        if path:
            members.setdefault(path[0], []).append((path[1:], problem))
    in_class = all(isinstance(name, str) and name.isidentifier() for name in members)
    for name, inside in members.items():
        at = f"{place} @ {name}"
        deeper = any(path for path, _ in inside)
        for error in [_group(at, inside, dict)] if deeper else [_leaf(p) for _, p in inside]:
            note = cattrs.AttributeValidationNote(at, str(name), None)
            item = cattrs.IterableValidationNote(at, name, None)
            error.__dict__["__notes__"] = [note if in_class else item]  # as add_note of 3.11 does
            errors.append(error)
    group = cattrs.ClassValidationError if in_class else cattrs.IterableValidationError
    return group(place, errors, cls)


def _leaf(problem: Problem) -> Exception:
    """Return what cattrs raises for a missing field, or our message, which shows no value."""
    missing = problem.code == "missing"
    return KeyError(problem.pointer) if missing else TypeError(problem.message)
