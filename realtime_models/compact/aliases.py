"""Values of annotations that are no models: what the functions of an alias do."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

from ..decode import Invalid
from ..errors import DecodeError
from ..plain import as_plain, is_map
from ..values import JsonValue
from .decoding import decoded, find, parsed
from .models import Unknown
from .shapes import model_for, shape_of
from .values import JsonObject

T = TypeVar("T")


class Alias(Generic[T]):
    """Decodes what an alias stands for."""

    def __init__(self, name: str) -> None:
        self._name = name

    if TYPE_CHECKING:

        def from_dict(self, data: object, invalid: Invalid | None = None) -> T: ...
        def from_json(self, text: str | bytes | bytearray, invalid: Invalid | None = None) -> T: ...
    else:

        def from_dict(self, data, invalid=None):
            try:
                return decoded(self._name, find(self._name), data)
            except DecodeError as error:
                return self._kept(as_plain(data), error, invalid)

        def from_json(self, text, invalid=None):
            try:
                data = parsed(text, self._name)
            except DecodeError as error:
                return self._kept({}, error, invalid)
            return self.from_dict(data, invalid)

    def _kept(self, data: object, error: DecodeError, invalid: Invalid | None) -> Unknown:
        """What could not be decoded, without the members that JSON cannot express.

        An error is that of the variant, in a union of objects.
        """
        members: Mapping[str, object] = data if is_map(data) else {}
        named = {name: member for name, member in members.items() if type(name) is str}
        if invalid == "keep":
            kept: dict[str, JsonValue] = {}
            for name, member in named.items():
                with suppress(TypeError):
                    kept.update(JsonObject({name: member}))
            return Unknown(kept, problems=error.problems)
        model = model_for(shape_of(find(self._name))["object"], named) if invalid else None
        raise DecodeError(model.__name__, list(error.problems)) if model else error
