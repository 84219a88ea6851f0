"""An example for every type, from the messages in ``examples/`` and ``tests/data/valid/``.

Every model in a decoded message is an example of its type, if it is exactly as the API describes
it; a field whose type is an alias is an example of the alias. So a new type needs a message that
holds it, and a test fails without one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from realtime_models import FrozenDict, JsonValue, Unknown, check, from_wire
from realtime_models._runtime.base import Model
from realtime_models._runtime.shape import shape_of
from realtime_models.catalog import find
from realtime_models.cli.recognise import Recogniser
from realtime_models.wire import HOMES

from .annotations import field_hints, only_name
from .facts import members

__all__ = ["Message", "example", "messages", "recorded"]

ROOT: Final = Path(__file__).parents[1]
LONG: Final = 60
"""Up to this number of lines, a longer example is better; beyond it, a shorter one."""


class Message(NamedTuple):
    """A message of the repository."""

    type_name: str
    data: JsonValue
    for_readers: bool
    """Whether it was written for readers; others were written for tests."""


def example(name: str) -> JsonValue:
    """Return a JSON value of the type of this name, in which ``check`` finds nothing."""
    for known in (name, *(model.__name__ for model in members(name))):
        if known in recorded():
            return recorded()[known]
    listed = [value for case in shape_of(find(name)).cases.values() for value in case.values]
    if not listed:
        raise LookupError(f"no message holds a {name}: add one to tests/data/valid/")
    return listed[0]


def messages() -> Iterator[Message]:
    """Yield every valid message of the repository, in a fixed order."""
    for path in sorted((ROOT / "examples").glob("*.json")):
        yield _for_readers(path, path.read_text("utf-8"))
    for path in sorted((ROOT / "examples" / "logs").glob("*.jsonl")):
        yield from (_for_readers(path, line) for line in path.read_text("utf-8").splitlines())
    for path in sorted((ROOT / "tests" / "data" / "valid").glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        yield Message(case["type"], case["data"], for_readers=False)


def _for_readers(path: Path, text: str) -> Message:
    """Return a message of an example; logs of other than the current API are named after it."""
    data = json.loads(text)
    recogniser = Recogniser(path.stem if path.stem in ("beta", "translation") else "ga")
    model = recogniser.find(data)
    if not isinstance(model, type):
        raise LookupError(f"{path}: no type fits {text[:60]}")
    return Message(model.__name__, data, for_readers=True)


@cache
def recorded() -> Mapping[str, JsonValue]:
    """Return the best example for each type that occurs in a message."""
    best: dict[str, tuple[tuple[bool, bool, bool, int], JsonValue]] = {}
    for message in messages():
        for model in _models(from_wire(message.type_name, message.data)):
            for name, value in _named(model):
                rank = _rank(message, name, value)
                if rank and (name not in best or rank > best[name][0]):
                    best[name] = rank, value
    return {name: value for name, (_, value) in best.items()}


def _named(model: Model) -> Iterator[tuple[str, JsonValue]]:
    """Yield what a model is an example of: its own type, and the aliases of its fields."""
    data = model.to_dict()
    yield type(model).__name__, data
    for field, hint in field_hints(type(model)).items():
        name = only_name(hint)
        if name in HOMES and data.get(field) is not None:
            yield name, data[field]


def _rank(message: Message, name: str, value: JsonValue) -> tuple[bool, bool, bool, int] | None:
    """Return how good an example is: full, but not long; ``None`` if it is not valid.

    A few types are refused by servers however they are filled; those have no better example.
    """
    codes = {problem.code for problem in check(name, value)}
    if codes - {"refused"}:
        return None
    lines = json.dumps(value, indent=2).count("\n")
    return not codes, message.for_readers, lines <= LONG, lines if lines <= LONG else -lines


def _models(value: object) -> Iterator[Model]:
    """Yield a decoded value, if it is a model of the API, and every such model inside it."""
    if isinstance(value, Model) and not isinstance(value, Unknown):
        yield value
        for _, member in value._items():
            yield from _models(member)
    elif isinstance(value, FrozenDict):
        for member in value.values():
            yield from _models(member)
    elif isinstance(value, tuple):
        for member in value:
            yield from _models(member)
