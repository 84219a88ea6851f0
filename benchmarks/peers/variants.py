"""Peers that do less: what they would gain in settings in which the work is not equal."""

from __future__ import annotations

from dataclasses import replace

from .peer import Less, Peer

__all__ = ["lighter_peers"]


def lighter_peers() -> list[Peer]:
    """Ours as it is, and the others each without something that ours does."""
    from . import adaptix_retort, cattrs_converter, mashumaro_classes, ours, pydantic_models

    equal = pydantic_models.EQUAL
    coercing = equal.replace("strict=True", "strict=False")
    dropping = equal.replace("allow", "ignore")
    mutable = equal.replace("frozen=True", "frozen=False")
    return [
        ours.peer(),
        _less(pydantic_models.peer("pydantic, coercing", coercing), "types"),
        _less(pydantic_models.peer("pydantic, dropping unknown fields", dropping), "fields"),
        _less(pydantic_models.peer("pydantic, mutable", mutable), "objects"),
        _less(mashumaro_classes.peer("mashumaro, mutable", frozen=False), "objects"),
        _less(adaptix_retort.peer("adaptix, mutable", frozen=False), "objects"),
        _less(cattrs_converter.peer("cattrs, mutable", frozen=False), "objects"),
    ]


def _less(peer: Peer, what: Less) -> Peer:
    return replace(peer, less=peer.less | {what})
