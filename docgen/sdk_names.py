"""The classes of the official SDK beside ours.

The names of the SDK's events follow a rule, which the library knows, since its command line takes
them too. The other classes whose names differ are listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from realtime_models.catalog import sdk_name, type_names

from .words import joined, link

__all__ = ["other_names", "sdk_names_page"]

OTHERS: Final[Mapping[str, str]] = {
    "CallAcceptParams": "RealtimeSessionCreateRequestGA",
    "CallCreateParams": "RealtimeCallCreateRequest",
    "CallReferParams": "RealtimeCallReferRequest",
    "CallRejectParams": "RealtimeCallRejectRequest",
    "ClientSecretCreateParams": "RealtimeCreateClientSecretRequest",
    "ClientSecretCreateResponse": "RealtimeCreateClientSecretResponse",
    "ConversationItem": "RealtimeConversationItem",
    "RealtimeAudioConfig": "RealtimeSessionCreateRequestGAAudio",
    "RealtimeAudioConfigInput": "RealtimeSessionCreateRequestGAAudioInput",
    "RealtimeAudioConfigOutput": "RealtimeSessionCreateRequestGAAudioOutput",
    "RealtimeAudioInputTurnDetection": "RealtimeTurnDetection",
    "RealtimeConversationItemAssistantMessage": "RealtimeConversationItemMessageAssistant",
    "RealtimeConversationItemSystemMessage": "RealtimeConversationItemMessageSystem",
    "RealtimeConversationItemUserMessage": "RealtimeConversationItemMessageUser",
    "RealtimeError": "RealtimeBetaServerEventErrorError",
    "RealtimeMcpApprovalRequest": "RealtimeMCPApprovalRequest",
    "RealtimeMcpApprovalResponse": "RealtimeMCPApprovalResponse",
    "RealtimeMcpListTools": "RealtimeMCPListTools",
    "RealtimeMcpProtocolError": "RealtimeMCPProtocolError",
    "RealtimeMcpToolCall": "RealtimeMCPToolCall",
    "RealtimeMcpToolExecutionError": "RealtimeMCPToolExecutionError",
    "RealtimeMcphttpError": "RealtimeMCPHTTPError",
    "RealtimeResponseCreateAudioOutput": "RealtimeResponseCreateParamsAudio",
    "RealtimeResponseCreateMcpTool": "MCPTool",
    "RealtimeResponseStatus": "RealtimeResponseStatusDetails",
    "RealtimeResponseUsageOutputTokenDetails": "RealtimeBetaResponseUsageOutputTokenDetails",
    "RealtimeSessionCreateRequest": "RealtimeSessionCreateRequestGA",
    "RealtimeSessionCreateResponse": "RealtimeSessionCreateResponseGA",
    "RealtimeToolChoiceConfig": "RealtimeBetaResponseCreateParamsToolChoice",
    "RealtimeToolsConfigUnion": "RealtimeResponseCreateParamsToolsInner",
    "RealtimeTracingConfig": "RealtimeSessionCreateRequestGATracing",
    "RealtimeTranscriptionSessionAudio": "RealtimeTranscriptionSessionCreateRequestGAAudio",
    "RealtimeTranscriptionSessionAudioInput": "RealtimeSessionCreateRequestGAAudioInput",
    "RealtimeTranscriptionSessionAudioInputTurnDetection": "RealtimeTurnDetection",
    "RealtimeTranscriptionSessionCreateRequest": "RealtimeTranscriptionSessionCreateRequestGA",
    "RealtimeTranscriptionSessionCreateResponse": "RealtimeTranscriptionSessionCreateResponseGA",
    "RealtimeTranscriptionSessionTurnDetection": (
        "RealtimeTranscriptionSessionCreateResponseGAAudioInputTurnDetection"
    ),
    "ResponseItemReference": "RealtimeResponseItemReference",
}
"""The SDK's classes, other than events, that have another name here."""

INTRODUCTION: Final = """\
The classes of `openai.types.realtime` that have another name here, {count} of them. The names here
are those of the API's description; the SDK shortens them by rules of its own. Classes that are not
listed have the same name in both, except for the beta: each event of `openai.types.beta.realtime`
is `RealtimeBeta…` here, and often has the name of a current event in the SDK.

`python -m realtime_models show NAME` takes the names of the SDK's events, too."""


def other_names() -> Mapping[str, str]:
    """Return our names by those of the SDK's current API, where they differ."""
    events = {
        theirs: name
        for name in type_names()
        if not name.startswith("RealtimeBeta") and (theirs := sdk_name(name)) not in (None, name)
    }
    found = {str(theirs): name for theirs, name in events.items()}
    return dict(sorted({**found, **OTHERS}.items()))


def sdk_names_page() -> str:
    """Return the page with the table of names."""
    names = other_names()
    rows = [f"| `{theirs}` | {link(ours)} |" for theirs, ours in names.items()]
    table = "\n".join(["| official SDK | here |", "| --- | --- |", *rows])
    return joined(["# Names in the official SDK", INTRODUCTION.format(count=len(names)), table])
