"""Our problems as the errors of cattrs, of which ``cattrs.transform_error`` prints the paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import cattrs

from realtime_models import DecodeError, Problem
from realtime_models.adapting import is_model, steps

Found: TypeAlias = Sequence[tuple[Sequence[str | int], Problem]]
"""Problems, each with the names and indices that lead to it."""


def validation_error(
    error: DecodeError, data: object, annotation: object
) -> cattrs.BaseValidationError:
    """The errors that cattrs would raise for an attrs class with the same problems."""
    found = [(tuple(steps(problem.pointer, data)), problem) for problem in error.problems]
    return _group(
        f"While structuring {error.type_name}", found, annotation if is_model(annotation) else dict
    )


def _group(place: str, found: Found, cls: type) -> cattrs.BaseValidationError:
    """The errors in one object or array; those at its members have notes that say at which."""
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
    """What cattrs raises for a missing field, or our message, which shows no value."""
    missing = problem.code == "missing"
    return KeyError(problem.pointer) if missing else TypeError(problem.message)
