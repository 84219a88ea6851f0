"""Construction by hand: the call that a user would write to build the object of a message.

The call is derived from the decoded object, so it is the same for all peers: every object in
it is constructed by its class, with the fields that the message has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .peers.peer import Function, Peer

__all__ = ["builder"]


def builder(peer: Peer, value: object) -> Function | None:
    """A function that builds the object anew, taking no notice of its argument."""
    classes: dict[type, str] = {}
    call = _call(value, peer.fields, classes)
    if not classes:
        return None
    names = {name: cls for cls, name in classes.items()}
    built: Function = eval(f"lambda _: {call}", names)
    return built


def _call(
    value: object,
    fields: Callable[[object], Mapping[str, object] | None],
    classes: dict[type, str],
) -> str:
    """The expression for a value; the classes in it are collected with their names."""
    members = fields(value)
    if members is not None:
        name = classes.setdefault(type(value), f"Class{len(classes)}")
        arguments = [f"{key}={_call(item, fields, classes)}" for key, item in members.items()]
        return f"{name}({', '.join(arguments)})"
    if isinstance(value, Mapping):
        pairs = [f"{key!r}: {_call(item, fields, classes)}" for key, item in value.items()]
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_call(item, fields, classes) for item in value)}]"
    return repr(value)
