"""``json`` of the standard library alone: the floor, text to dict and dict to text, no objects."""

from __future__ import annotations

from .peer import Functions, Peer, read_json, write_json

__all__ = ["peer"]


def peer() -> Peer:
    functions = Functions(read=read_json, write=write_json)
    return Peer(
        name="json",
        less=frozenset(["dicts"]),
        functions=lambda type_name: functions,
        fields=lambda value: None,
    )
