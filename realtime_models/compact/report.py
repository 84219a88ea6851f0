"""The problems that a walk through a message meets, in the words of the library's ``wording``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from ..checker import MOST_PROBLEMS, MOST_TEXT
from ..errors import Problem
from ..plain import is_array
from ..sentinel import UNSET
from ..wording import NOT_FINITE, choice, json_type, shown
from .models import Model
from .shapes import NO_LIMITS, Limits, fields_of

Path: TypeAlias = "tuple[Path, str | int] | None"
"""Where a value stands: where that stands which it is in, and its name or number there."""
ERRORS: Final = (
    *("missing", "not_finite", "too_deep", "too_many_values"),
    *("wrong_key", "wrong_type", "wrong_value"),
)
"""The codes of what keeps a message from being decoded; all others are notices."""


class Stop(Exception):
    """There are more problems than are told."""


class Report:
    """What was told of a message so far."""

    def __init__(self, strictly: bool = False) -> None:
        """``strictly``: notices are told, too."""
        self.problems: list[Problem] = []
        self._strictly = strictly
        self._length = 0

    def tell(self, path: Path, code: str, wanted: str, found: str) -> None:
        severity: Literal["error", "notice"] = "error" if code in ERRORS else "notice"
        if severity == "notice" and not self._strictly:
            return
        pointer, message = "", f"expected {wanted}, found {found}"
        while path:
            pointer = f"/{str(path[1]).replace('~', '~0').replace('/', '~1')}{pointer}"
            path = path[0]
        told = len(self.problems)
        is_last = told == MOST_PROBLEMS or self._length > MOST_TEXT
        if is_last:
            pointer, code = "", "too_many_problems"
            message = f"more than {told} problems; the rest is not listed"
        self._length += len(pointer)
        self.problems.append(Problem(pointer, severity, code, message))
        if is_last:
            raise Stop

    def wrong_type(self, path: Path, wanted: str, value: object) -> None:
        found = json_type(value)
        self.tell(path, "not_finite" if found == NOT_FINITE else "wrong_type", wanted, found)

    def exceeded(self, limits: Limits, value: object, path: Path) -> None:
        """Tell the documented limits that a value exceeds."""
        if limits is NO_LIMITS or not self._strictly:
            return
        if isinstance(value, (int, float)):
            if value < limits.minimum:
                wanted = f"a number of at least {limits.minimum:g}"
                self.tell(path, "out_of_range", wanted, "a smaller one")
            if value > limits.maximum:
                wanted = f"a number of at most {limits.maximum:g}"
                self.tell(path, "out_of_range", wanted, "a larger one")
        elif isinstance(value, str) or is_array(value):  # pragma: no branch
            things, found = "characters" if isinstance(value, str) else "items", len(value)
            if found < limits.fewest:
                self.tell(path, "too_short", f"at least {limits.fewest} {things}", f"{found}")
            if found > limits.most:
                self.tell(path, "too_long", f"at most {limits.most} {things}", f"{found}")
            if isinstance(value, str) and not re.search(limits.pattern, value):
                self.tell(path, "pattern", f"a string that matches {limits.pattern}", "another")

    def unknown_variant(
        self, models: Sequence[type[Model]], value: Mapping[str, object], path: Path
    ) -> None:
        """An object that is none of a union's models: the first of its tags that is unknown."""
        if not self._strictly:
            return
        code = "unknown_variant"
        candidates = [tags for model in models if (tags := fields_of(model)[1])]
        for name in {name: None for tags in candidates for name in tags}:
            known = sorted({str(tag) for tags in candidates for tag in tags.get(name, ())})
            tag = value.get(name, UNSET)
            if known and (type(tag) is not str or tag not in known):
                wanted = f"an object whose {name} is {choice(known)}"
                found = "none" if tag is UNSET else json_type(tag)
                self.tell(path, code, wanted, shown(tag) if type(tag) is str else found)
                return
            candidates = [tags for tags in candidates if tag in tags.get(name, (tag,))]
        names = " or ".join(sorted(model.__name__ for model in models))
        self.tell(path, code, names, "an object without the required fields")
