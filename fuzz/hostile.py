"""Messages that are nearly valid: those of the tests, with a few changes.

Secrets are marked in them beforehand, so that they are noticed wherever they appear.
"""

from __future__ import annotations

import enum
import pickle
import random
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeAlias

from realtime_models._runtime.json_values import MAX_BITS
from tests.support.cases import SHOWN, TYPES, VALID, load
from tests.support.catalog import MODELS
from tests.support.reference import captured, examples

Message: TypeAlias = "tuple[str, Any]"
"""The name of a type, and a value that is meant to be of it."""

MARK = "ek_THIS-IS-SECRET"
LEFT_OUT = object()


class Word(str, enum.Enum):
    """Strings that are an enum, as users have them."""

    FUNCTION = "function"
    DONE = "response.done"


class Count(enum.IntEnum):
    """An integer of a class of its own."""

    ONE = 1


def nested(levels: int, made: Callable[[Any], Any]) -> Any:
    """Return a value that nests as deeply as this."""
    value: Any = 0
    for _ in range(levels):
        value = made(value)
    return value


WORDS = ("", "a", "ga", "\ud800", "\u202eevil", "\x1b[31m\nFAKE", "a/b~c", "lamp", "é" * 600)
TAGS = ("function", "message", "user", "assistant", "response.done", "error", "session.update")
NAMES: tuple[Any, ...] = (
    *(*WORDS, "type", "role", "id", "extra", "problems", "__class__", 5, None, Word.DONE),
)
HOSTILE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 1.0, -0.0, 2.5, 1e308, 33, 10**4299, 2**MAX_BITS),
    *(float("nan"), float("-inf"), *WORDS, *TAGS, Word.FUNCTION, Count.ONE, object(), b"x"),
    *({1}, (), (1, "a"), [], {}, [None], [[]], ["a", 1], {"type": 5}, {"type": "lamp"}),
    *({"type": None}, {5: 1}, {"": {}}, {"a": float("nan")}, {Word.DONE: 1}),
    *(MappingProxyType({"type": "text"}), OrderedDict(type="function", name="f")),
)
LARGE: tuple[Any, ...] = (
    *([float("nan")] * 1100, ["a"] * 2000),
    *(nested(levels, lambda value: [value]) for levels in (150, 199, 200, 250)),
    *(nested(levels, lambda value: {"a": value}) for levels in (150, 198, 250)),
)
"""What takes longer, and is used less often."""


def expressible(value: Any) -> Any:
    """Return what JSON can express of a value, in exact types; ``LEFT_OUT`` if that is nothing."""
    if isinstance(value, Mapping):
        members = {k: expressible(member) for k, member in value.items() if isinstance(k, str)}
        return {str.__str__(k): one for k, one in members.items() if one is not LEFT_OUT}
    if isinstance(value, (list, tuple)):
        return [one for item in value if (one := expressible(item)) is not LEFT_OUT]
    if isinstance(value, float):
        return value if value - value == 0.0 else LEFT_OUT
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value) if value.bit_length() <= MAX_BITS else LEFT_OUT
    return str.__str__(value) if isinstance(value, str) else LEFT_OUT


def messages() -> list[Message]:
    """Return every valid message that is at hand, its secrets marked."""
    found = [(case["type"], case["data"]) for case in map(load, VALID)]
    found += [(TYPES[path.stem], load(path)) for path in SHOWN if path.stem in TYPES]
    found += examples()
    found += [(case["schema_hint"], case["payload"]) for case in captured()]
    for _, data in found:
        for owner, key in places([data]):
            if key in SECRETS and isinstance(owner[key], str):
                owner[key] = MARK
    return found


def secrets() -> frozenset[str]:
    """Return the names of the fields that every class which has them hides."""
    shown = {name for model in MODELS for name in model._known - model._hidden}
    return frozenset(name for model in MODELS for name in model._hidden) - shown


SECRETS = secrets()


def places(container: Any, depth: int = 30) -> Iterator[tuple[Any, Any]]:
    """Yield the places in a JSON value: the container of each, and the key or index there."""
    for key in [*container] if isinstance(container, dict) else range(len(container)):
        yield container, key
        if isinstance(container[key], (dict, list)) and depth:
            yield from places(container[key], depth - 1)


def mutated(known: list[Message], chance: random.Random) -> Message:
    """Return one of the messages with one to four changes."""
    name, data = chance.choice(known)
    root: list[Any] = [_copied(data)]
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        owner, key = chance.choice([*islice(places(root), 400)])
        _change(root, owner, key, known, chance)
    return name, root[0]


def _copied(value: Any) -> Any:
    """Return a copy that can be changed; this way is the fastest, and takes any depth."""
    return pickle.loads(pickle.dumps(value))


def _hostile(chance: random.Random) -> Any:
    value = chance.choice(LARGE if chance.random() < 0.01 else HOSTILE)
    return _copied(value) if isinstance(value, (list, dict)) else value


def _change(
    root: list[Any], owner: Any, key: Any, known: list[Message], chance: random.Random
) -> None:
    """Change one place: replace, remove, add, wrap, or copy from another message."""
    value, action = owner[key], chance.randrange(8)
    if action == 0 and owner is not root:
        del owner[key]
    elif action == 1 and isinstance(value, dict):
        value[chance.choice(NAMES)] = _hostile(chance)
    elif action == 2 and isinstance(value, list):
        value.insert(chance.randrange(len(value) + 1), _hostile(chance))
    elif action == 3 and isinstance(value, list):
        value += value[:9]
    elif action == 4:
        owner[key] = chance.choice(([value], {"a": value}, {"type": "lamp", "of": value}))
    elif action in (5, 6):
        other = [_copied(chance.choice(known)[1])]
        from_owner, from_key = chance.choice(list(places(other)))
        if MARK not in repr(from_owner[from_key]):  # It is shown where nobody expects a secret.
            owner[key] = from_owner[from_key]
    else:
        owner[key] = _hostile(chance)
