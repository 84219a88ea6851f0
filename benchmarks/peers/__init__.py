"""The libraries that ours is measured beside, each set up for equal work, one a module."""

from __future__ import annotations

from .peer import Peer

__all__ = ["all_peers"]


def all_peers() -> list[Peer]:
    """Every peer, ours first; the classes of each are made now, which takes a moment."""
    from . import (
        adaptix_retort,
        cattrs_converter,
        dacite_classes,
        mashumaro_classes,
        msgspec_structs,
        ours,
        pydantic_models,
        sdk,
        stdlib_json,
    )

    return [
        ours.peer(),
        stdlib_json.peer(),
        msgspec_structs.peer(),
        pydantic_models.peer(),
        mashumaro_classes.peer(),
        adaptix_retort.peer(),
        cattrs_converter.peer(),
        dacite_classes.peer(),
        *sdk.peers(),
    ]
