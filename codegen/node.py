"""A place in a schema file, whose accessors check what they return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class SchemaError(Exception):
    """Something in the schema that the generator does not accept, and its place."""


@dataclass(frozen=True)
class Node:
    """A mapping in a schema file, and its place for messages."""

    data: Mapping[object, object]
    place: str

    def error(self, message: str) -> SchemaError:
        return SchemaError(f"{self.place or '/'}: {message}")

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def only(self, *allowed: str) -> None:
        """Refuse keys that would be ignored."""
        surplus = sorted(str(key) for key in self.data if key not in allowed)
        if surplus:
            raise self.error(f"not understood here: {', '.join(surplus)}")

    def text(self, key: str) -> str:
        value = self.data.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key} must be a string")
        return value.strip()

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.error(f"{key} must be true or false")
        return value

    def number(self, key: str) -> float:
        value = self.data.get(key)
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise self.error(f"{key} must be a number")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(_each(self, key, str))

    def integers(self, key: str) -> tuple[int, ...]:
        return tuple(_each(self, key, int))

    def child(self, key: str) -> Node:
        return self._node(self.data.get(key), key)

    def members(self, key: str) -> tuple[Node, ...]:
        """Return the nodes of a list."""
        return tuple(
            self._node(item, f"{key}/{index}") for index, item in enumerate(_list(self, key))
        )

    def children(self, key: str) -> Iterator[tuple[str, Node]]:
        """Yield the nodes of a mapping by name."""
        child = self.child(key)
        for name, value in child.data.items():
            yield str(name), child._node(value, str(name))

    def _node(self, value: object, key: str) -> Node:
        if not isinstance(value, dict):
            raise self.error(f"{key} must be a mapping")
        return Node(value, f"{self.place}/{key}")


def _list(node: Node, key: str) -> list[object]:
    value = node.data.get(key)
    if not isinstance(value, list) or not value:
        raise node.error(f"{key} must be a list")
    return value


def _each(node: Node, key: str, kind: type[T]) -> Iterator[T]:
    found: list[T] = []
    for item in _list(node, key):
        if not isinstance(item, kind) or isinstance(item, bool):
            raise node.error(f"{key} must hold only {kind.__name__} values")
        if item in found:
            raise node.error(f"{key} holds {item} twice")
        found.append(item)
        yield item
