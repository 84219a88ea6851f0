"""A message, read beside the annotations of its type: decoded and checked in one walk.

What decodes, but goes beyond the API's description, is a notice.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..plain import MAX_DEPTH, MAX_VALUES, Room, is_array, is_map
from ..sentinel import UNSET
from ..values import FrozenDict, PlainDict, PlainList
from ..wording import choice, shown
from .models import Model, Unknown
from .report import Path, Report, Stop
from .shapes import (
    FREE,
    Branch,
    Shape,
    branch_for,
    expected,
    fields_of,
    model_for,
    shape_of,
)
from .values import EMPTY, JsonObject, as_json_object


class Reading(Report):
    """One walk through a message, and the problems that it met."""

    _room = Room(MAX_VALUES)

    def read(self, hint: object, data: object) -> object:
        """The value that data stands for, if there is no problem."""
        shape = shape_of(hint)
        try:
            return self._value(shape, data, None)
        except Stop:
            pass
        except RecursionError:
            self.problems.clear()
            self.tell(None, "too_deep", "room on the stack to read it", "too little")
        return None

    def _value(self, shape: Shape, value: object, path: Path, depth: int = 0) -> object:
        """The value that stands at a place, ``depth`` levels into free-form JSON."""
        branch = branch_for(shape, value)
        if branch is None:
            self.wrong_type(path, expected(shape), value)
        elif value is None:
            if branch.others == "undocumented":
                found = "null, which the API does not describe here"
                self.tell(path, "unexpected_null", expected(shape), found)
        elif type(value) is PlainDict or type(value) is PlainList:
            if branch.items is not FREE or self._has_room(len(value), path, depth):
                return self._parts(branch, value, path, depth + 1)
        else:
            if branch.others != "accepted" and value not in branch.values:
                code = "wrong_value" if branch.others == "refused" else "unknown_value"
                self.tell(path, code, choice(branch.values), shown(value))
            self.exceeded(branch.limits, value, path)
            if type(value) is float and branch is shape.get("integer"):
                return int(value)
        return value

    def _parts(self, branch: Branch, value: object, path: Path, depth: int) -> object:
        """An array or an object, of which the members have a depth only in free-form JSON."""
        shape = branch.items or FREE
        depth = depth if shape is FREE else 0
        if is_array(value):
            self.exceeded(branch.limits, value, path)
            items = enumerate(value)
            return tuple([self._value(shape, item, (path, n), depth) for n, item in items])
        named = self._named(value, path)
        model = model_for(branch, named)
        if model:
            return self._model(model, named, path)
        if branch.unknown:
            self.unknown_variant(branch.models, named, path)
            return Unknown(self._free(named, path))
        members = {
            name: self._value(shape, item, (path, name), depth) for name, item in named.items()
        }
        return as_json_object(members) if shape is FREE else FrozenDict(members)

    def _model(self, model: type[Model], named: Mapping[str, object], path: Path) -> Model:
        made = object.__new__(model)
        known, _ = fields_of(model)
        for name, (shape, is_required) in known.items():
            value: object = UNSET
            if name in named:
                value = self._value(shape, named[name], (path, name))
            elif is_required:
                found = "nothing: this field is required"
                self.tell((path, name), "missing", expected(shape), found)
            object.__setattr__(made, name, value)
        newer = {name: member for name, member in named.items() if name not in known}
        for name in newer:
            wanted = f"only fields of {model.__name__}"
            self.tell((path, name), "unknown_field", wanted, "one that it does not have")
        object.__setattr__(made, "extra", self._free(newer, path) if newer else EMPTY)
        return made

    def _free(self, members: Mapping[str, object], path: Path) -> JsonObject:
        frozen = self._value(FREE, members, path)
        return frozen if isinstance(frozen, JsonObject) else EMPTY

    def _has_room(self, size: int, path: Path, depth: int) -> bool:
        """Whether so many more values of free-form JSON are read, at this depth."""
        if not depth:
            self._room = Room(MAX_VALUES)
        if depth == MAX_DEPTH:
            self.tell(path, "too_deep", f"JSON of at most {MAX_DEPTH} levels", "more")
        elif self._room.left >= 0:
            if self._room.taken(size):
                return True
            wanted = f"free-form JSON of at most {MAX_VALUES} values"
            self.tell(path, "too_many_values", wanted, "more")
        return False

    def _named(self, value: object, path: Path) -> dict[str, object]:
        """The members of an object that have a string as their name."""
        members: Mapping[str, object] = value if is_map(value) else {}
        named = {name: member for name, member in members.items() if type(name) is str}
        if len(named) < len(members):
            self.tell(path, "wrong_key", "strings as the names of fields", "another key")
        return named
