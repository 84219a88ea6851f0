"""The indexes of the reference: by area of the protocol, and of the events by their names."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from realtime_models import wire
from realtime_models.catalog import as_model, find

from .facts import areas, events, meaning, members, tags
from .words import first_sentence, joined, link, title

__all__ = ["area_page", "event_page", "front_page"]

FRONT: Final = """\
One page for every type, by area of the protocol. The [index of events](events.md) lists the events
by their `type`, and [Python](python.md) has the few public names that are not types of the API.

Each page shows what the API describes. These rules apply to every type:

- An *optional* field that is absent is `UNSET`. Decoding also accepts null (`None`) in any
  optional field, and other strings than the listed ones, because servers send both. Construction
  is stricter: see [sending](../guides/sending.md).
- A field that this version does not know is kept in `extra`, an object that it does not know in
  `Unknown`; `to_dict` writes both back.
- Every class has [the same methods](python.md#what-every-class-has); every alias has functions
  named after it.
- Limits are documented, and reported by [`check`](../guides/errors.md), but never enforced."""

EVENTS: Final = """\
The `type` of every event, and the class that it is decoded to. The
[current API and the beta](../guides/beta.md) have events of the same name; a connection uses one or
the other."""

SECTIONS: Final = {
    "Sent by clients": "RealtimeClientEvent",
    "Sent by the server": "RealtimeServerEvent",
    "Translation: sent by clients": "RealtimeTranslationClientEvent",
    "Translation: sent by the server": "RealtimeTranslationServerEvent",
    "Beta: sent by clients": "RealtimeBetaClientEvent",
    "Beta: sent by the server": "RealtimeBetaServerEvent",
}
"""The sections of the index of events, each with the union that it lists."""


def front_page() -> str:
    """Return the first page of the reference: the areas, and what applies to all types."""
    entries = [
        f"- [{title(area)}]({area}.md) ({len(names)}): {_about(area)}"
        for area, names in areas().items()
    ]
    return joined(["# Reference", FRONT, "## Areas", "\n".join(entries)])


def area_page(area: str) -> str:
    """Return the page of one area: its types, each with its first sentence; events first."""
    kinds: dict[str, list[str]] = {"Events": [], "Classes": [], "Unions and aliases": []}
    for name in areas()[area]:
        is_class = as_model(find(name)) is not None
        kind = "Events" if events(name) else "Classes" if is_class else "Unions and aliases"
        kinds[kind].append(name)
    blocks = ["[Reference](index.md)\n{: .crumbs }", f"# {title(area)}", _about(area)]
    for kind, found in kinds.items():
        blocks += [f"## {kind}"] * bool(found)
        blocks += [f"{link(name)}\n:   {first_sentence(meaning(name))}" for name in found]
    return joined(blocks)


def event_page() -> str:
    """Return the page of events by their names, each with its first sentence."""
    blocks = ["# Events", EVENTS]
    for section, union in SECTIONS.items():
        blocks += [f"## {section}", f"Together: {link(union)}."]
        for model in members(union):
            names = " or ".join(f"`{tag}`" for tag in tags(model)[0])
            about = first_sentence(meaning(model.__name__))
            blocks.append(f"{names} → {link(model.__name__)}\n:   {about}")
    return joined(blocks)


def _about(area: str) -> str:
    """Return what an area contains: the first paragraph of the module's docstring."""
    return (import_module(f"{wire.__name__}.{area}").__doc__ or "").replace("\n", " ")
