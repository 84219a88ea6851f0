"""Approve, or refuse, what the model wants an MCP server to do, and see what came of it."""

from typing import assert_never, assert_type

from realtime_models import (
    RealtimeClientEventConversationItemCreate,
    RealtimeConversationItem,
    RealtimeMCPApprovalRequest,
    RealtimeMCPApprovalResponse,
    RealtimeMCPHTTPError,
    RealtimeMCPListTools,
    RealtimeMCPProtocolError,
    RealtimeMCPToolCall,
    RealtimeMCPToolCallError,
    RealtimeMCPToolExecutionError,
    RealtimeServerEventConversationItemDone,
    Unknown,
    UnsetType,
)

TRUSTED = {"search"}


def decide(
    item: RealtimeConversationItem,
) -> RealtimeClientEventConversationItemCreate | None:
    match item:
        case RealtimeMCPApprovalRequest(id=request, name=name, server_label=server):
            assert_type(request, str)
            assert_type(server, str)
            trusted = name in TRUSTED
            verdict = RealtimeMCPApprovalResponse(
                id=f"answer-{request}",
                approval_request_id=request,
                approve=trusted,
                reason=None if trusted else f"{name} of {server} is not trusted",
            )
            return RealtimeClientEventConversationItemCreate(item=verdict)
        case RealtimeMCPListTools(tools=tools):
            for tool in tools or ():
                assert_type(tool.name, str)
            return None
        case _:
            return None


def outcome(call: RealtimeMCPToolCall) -> str:
    assert_type(call.error, RealtimeMCPToolCallError | UnsetType | None)
    match call.error:
        case None | UnsetType.UNSET:
            return call.output or "nothing"
        case RealtimeMCPProtocolError(code=code) | RealtimeMCPHTTPError(code=code):
            assert_type(code, int)
            return f"error {code}"
        case RealtimeMCPToolExecutionError(message=message):
            return message
        case Unknown(data=data):
            return f"unknown error with {len(data)} fields"
        case _:
            assert_never(call.error)


if __name__ == "__main__":
    item = {"type": "mcp_approval_request", "id": "1", "server_label": "disk", "arguments": "{}"}
    event = {"type": "conversation.item.done", "event_id": "e"}
    read = RealtimeServerEventConversationItemDone.from_dict
    search = decide(read({**event, "item": {**item, "name": "search"}}).item)
    assert search
    assert search.to_dict()["item"] == {
        "type": "mcp_approval_response",
        "id": "answer-1",
        "approval_request_id": "1",
        "approve": True,
        "reason": None,
    }
    erase = decide(read({**event, "item": {**item, "name": "erase"}}).item)
    assert erase
    assert "is not trusted" in erase.to_json()
    tools: dict[str, object] = {"type": "mcp_list_tools", "server_label": "disk", "tools": []}
    assert decide(read({**event, "item": tools}).item) is None
    assert decide(Unknown({"type": "newer"})) is None

    call = RealtimeMCPToolCall(id="c", server_label="disk", name="search", arguments="{}")
    assert outcome(call) == "nothing"
    broken = RealtimeMCPToolCall.from_dict({**call.to_dict(), "error": {"type": "no_such"}})
    assert outcome(broken) == "unknown error with 1 fields"
    error = {"type": "http_error", "code": 503, "message": "busy"}
    assert outcome(RealtimeMCPToolCall.from_dict({**call.to_dict(), "error": error})) == "error 503"
