"""JSON values made of a fuzzer's bytes, some of which fit the shape of a type."""

from __future__ import annotations

from typing import Protocol

from realtime_models._runtime.base import Model
from realtime_models._runtime.json_values import JSON_TYPES
from realtime_models._runtime.shape import TypeCase, TypeShape, model_shape

MAX_DEPTH = 6


class Bytes(Protocol):
    """The part of ``atheris.FuzzedDataProvider`` that is used."""

    def ConsumeIntInRange(self, least: int, most: int, /) -> int: ...
    def ConsumeUnicode(self, count: int, /) -> str: ...
    def ConsumeFloat(self) -> float: ...
    def ConsumeInt(self, count: int, /) -> int: ...
    def ConsumeBool(self) -> bool: ...


class Maker:
    """Makes values that mostly fit a shape, but now and then do not."""

    def __init__(self, source: Bytes) -> None:
        self.source = source

    def value(self, shape: TypeShape, depth: int = MAX_DEPTH) -> object:
        if self._rarely() or not shape.cases:
            return self.anything(depth)
        names = list(shape.cases)
        name = names[self._below(len(names))]
        return self._of(name, shape.cases[name], depth)

    def anything(self, depth: int) -> object:
        """Return any JSON value, or a value that only Python has."""
        kinds = [*JSON_TYPES.values(), "key"]
        return self._of(kinds[self._below(len(kinds))], TypeCase(), depth)

    def _of(self, name: str, case: TypeCase, depth: int) -> object:
        if name == "object":
            return self._object(case, depth)
        if name == "array":
            return [self._item(case, depth) for _ in range(self._below(4))] if depth else []
        if case.values and not self._rarely():
            return case.values[self._below(len(case.values))]
        if name == "string":
            return self.source.ConsumeUnicode(self._below(9))
        if name == "boolean":
            return self.source.ConsumeBool()
        if name == "null":
            return None
        if name == "key":
            return {self._below(9): None, "": object()}
        number = self.source.ConsumeInt(8) if name == "integer" else self.source.ConsumeFloat()
        return float(number) if self._rarely() else number

    def _item(self, case: TypeCase, depth: int) -> object:
        return self.value(case.items, depth - 1) if case.items else self.anything(depth - 1)

    def _object(self, case: TypeCase, depth: int) -> dict[str, object]:
        if not case.models or not depth or self._rarely():
            names = [self.source.ConsumeUnicode(self._below(5)) for _ in range(self._below(3))]
            return {name: self._item(case, depth) for name in names} if depth else {}
        return self._model(case.models[self._below(len(case.models))], depth)

    def _model(self, model: type[Model], depth: int) -> dict[str, object]:
        shape = model_shape(model)
        made: dict[str, object] = {}
        for name, field in shape.fields.items():
            if name in shape.tags or field.required or self.source.ConsumeBool():
                made[name] = self.value(field.shape, depth - 1)
        if self._rarely():
            made[self.source.ConsumeUnicode(4)] = self.anything(depth - 1)
        if self._rarely() and made:
            del made[list(made)[self._below(len(made))]]
        return made

    def _below(self, limit: int) -> int:
        return self.source.ConsumeIntInRange(0, limit - 1)

    def _rarely(self) -> bool:
        return self._below(16) == 15
