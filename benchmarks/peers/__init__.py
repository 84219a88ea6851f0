"""The libraries that ours is compared with, one a module, each set up for equal work."""

from __future__ import annotations

from .peer import Peer


def all_peers() -> list[Peer]:
    """Return every peer, ours first; this generates the classes of each, which takes a moment."""
    from . import mashumaro_classes, msgspec_structs, ours, parsers, pydantic_models, sdk

    return [
        ours.PEER,
        *parsers.PEERS,
        msgspec_structs.PEER,
        pydantic_models.PEER,
        mashumaro_classes.PEER,
        sdk.PEER,
    ]
