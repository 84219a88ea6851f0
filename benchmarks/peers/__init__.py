"""The libraries that ours is measured beside, each set up for equal work, one a module."""

from __future__ import annotations

from .peer import Peer


def all_peers() -> list[Peer]:
    """Every peer, ours first; the classes of each are made now, which takes a moment."""
    from . import mashumaro_classes, msgspec_structs, ours, parsers, pydantic_models, sdk

    return [
        ours.PEER,
        *parsers.PEERS,
        msgspec_structs.PEER,
        pydantic_models.PEER,
        mashumaro_classes.PEER,
        sdk.PEER,
    ]
