"""The classes of the official SDK beside ours.

The names of the SDK's events follow a rule. Of the others, those that the library cannot find by
comparing names are listed in its ``catalog``, and the rest here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from realtime_models.catalog import SDK_NAMES, find_name, tags_of, type_names

from .facts import shown
from .words import breakable, joined, link

__all__ = ["other_names", "sdk_name", "sdk_names_page"]

EVENT: Final = re.compile(r"Realtime(Beta|Translation|)(?:Server|Client)Event(\w+)")
"""The name of an event's class: whose event it is, and which."""
BARE: Final = re.compile(
    r"(Response)?Mcp\w+|ConversationItem(Added|Done)|\w+Segment|\w+TimeoutTriggered"
)
"""The events whose classes in the official SDK have no ``Event`` at the end, nor a beta twin."""
ABSENT: Final = re.compile(
    r"Realtime(Server|Client)EventTranscriptionSession\w+|\w+TranscriptionSessionCreated"
)
"""The events that the official SDK leaves out."""
BARE_IN_BOTH: Final = re.compile(
    r"ConversationItemRetrieved|OutputAudioBuffer(Start|Stopp|Clear)ed"
)
BARE_IN_BETA: Final = re.compile(r"OutputAudioBufferClear|TranscriptionSessionUpdate")
ALIKE: Final = (
    "ConversationItem",
    "RealtimeConversationItemAssistantMessage",
    "RealtimeConversationItemSystemMessage",
    "RealtimeConversationItemUserMessage",
    "RealtimeError",
    "RealtimeMcpApprovalRequest",
    "RealtimeMcpApprovalResponse",
    "RealtimeMcpListTools",
    "RealtimeMcpProtocolError",
    "RealtimeMcpToolCall",
    "RealtimeMcpToolExecutionError",
    "RealtimeMcphttpError",
    "RealtimeResponseUsageOutputTokenDetails",
    "ResponseItemReference",
)
"""The SDK's classes, other than events, that the library finds since their names are like ours."""
MEANING_OTHERS: Final[Mapping[str, str]] = {
    name: f"{name}GA"
    for name in (
        "RealtimeSessionCreateRequest",
        "RealtimeSessionCreateResponse",
        "RealtimeTranscriptionSessionCreateRequest",
        "RealtimeTranscriptionSessionCreateResponse",
    )
}
"""The SDK's classes whose names mean the beta's types here."""

INTRODUCTION: Final = """\
The classes of `openai.types.realtime` that have another name here, {count} of them. The names here
are those of the API's description; the SDK shortens them by rules of its own. Classes that are not
listed have the same name in both, except for the beta: each event of `openai.types.beta.realtime`
is `RealtimeBeta…` here, and often has the name of a current event in the SDK.

`python -m realtime_models show NAME` takes the SDK's names, too, and importing one of them from
`realtime_models` raises an `ImportError` that tells ours."""


def sdk_name(name: str) -> str | None:
    """Return what the official Python SDK calls the class of an event; ``None`` if it has none.

    Its beta classes have the names of the current ones, in another module.
    """
    match = EVENT.fullmatch(name)
    if match is None or not tags_of(name):
        return None
    api: str = match[1]
    event: str = match[2].replace("MCP", "Mcp")
    if event == "Error":
        return "ErrorEvent" if api == "Beta" else "RealtimeErrorEvent"
    if api == "Translation":
        return f"RealtimeTranslation{re.sub('^Session(?=Input|Output)', '', event)}Event"
    if ABSENT.fullmatch(name) or (api == "Beta" and BARE.fullmatch(event)):
        return None
    bare = BARE_IN_BETA if api == "Beta" else BARE
    return event if bare.fullmatch(event) or BARE_IN_BOTH.fullmatch(event) else f"{event}Event"


def other_names() -> Mapping[str, str]:
    """Return our names by those of the SDK's current API, where they differ."""
    events = {
        theirs: name
        for name in type_names()
        if not name.startswith("RealtimeBeta") and (theirs := sdk_name(name)) not in (None, name)
    }
    found = {str(theirs): name for theirs, name in events.items()}
    alike = {theirs: find_name(theirs) for theirs in ALIKE}
    return dict(sorted({**found, **alike, **MEANING_OTHERS, **SDK_NAMES}.items()))


def sdk_names_page() -> str:
    """Return the page with the table of names."""
    names = {theirs: ours for theirs, ours in other_names().items() if shown(ours) != theirs}
    rows = [
        f"| <code>{breakable(theirs)}</code> | {link(ours)} |" for theirs, ours in names.items()
    ]
    table = "\n".join(["| official SDK | here |", "| --- | --- |", *rows])
    return joined(["# Names in the official SDK", INTRODUCTION.format(count=len(names)), table])
