"""Build a session.update, nested, and change it afterwards."""

from dataclasses import replace
from typing import Literal, assert_type

from realtime_models import (
    UNSET,
    AudioTranscription,
    MCPTool,
    MCPToolFilter,
    MCPToolRequireApprovalFilter,
    Prompt,
    RealtimeAudioFormatsPCM,
    RealtimeAudioFormatsPCMU,
    RealtimeClientEventSessionUpdate,
    RealtimeClientEventSessionUpdateSession,
    RealtimeFunctionTool,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateRequestGAAudio,
    RealtimeSessionCreateRequestGAAudioInput,
    RealtimeSessionCreateRequestGAAudioOutput,
    RealtimeTruncationRetentionRatio,
    RealtimeTurnDetectionSemanticVad,
    ToolChoiceFunction,
    TracingConfiguration,
    UnsetType,
)

WEATHER = RealtimeFunctionTool(
    name="weather",
    description="The weather of a town.",
    parameters={
        "type": "object",
        "properties": {"town": {"type": "string"}},
        "required": ["town"],
    },
)


def telephone(language: str | None) -> RealtimeSessionCreateRequestGA:
    """A session for a telephone line."""
    return RealtimeSessionCreateRequestGA(
        model="gpt-realtime",
        output_modalities=["audio"],
        audio=RealtimeSessionCreateRequestGAAudio(
            input=RealtimeSessionCreateRequestGAAudioInput(
                format=RealtimeAudioFormatsPCMU(),
                transcription=AudioTranscription(language=language or UNSET),
                noise_reduction=None,
                turn_detection=RealtimeTurnDetectionSemanticVad(eagerness="low"),
            ),
            output=RealtimeSessionCreateRequestGAAudioOutput(
                format=RealtimeAudioFormatsPCM(rate=24000), voice="cedar"
            ),
        ),
        tools=(
            WEATHER,
            MCPTool(
                server_label="docs",
                server_url="https://example.com/mcp",
                headers={"Accept": "text/plain"},
                allowed_tools=MCPToolFilter(tool_names=["search"]),
                require_approval=MCPToolRequireApprovalFilter(
                    always=MCPToolFilter(read_only=False)
                ),
            ),
        ),
        tool_choice=ToolChoiceFunction(name="weather"),
        truncation=RealtimeTruncationRetentionRatio(retention_ratio=0.5),
        tracing=TracingConfiguration(workflow_name="phone"),
        max_output_tokens="inf",
        prompt=Prompt(id="pmpt_1", variables={"name": "Ada"}),
    )


def update(session: RealtimeClientEventSessionUpdateSession) -> str:
    return RealtimeClientEventSessionUpdate(event_id="e1", session=session).to_json()


def muted(session: RealtimeSessionCreateRequestGA) -> RealtimeSessionCreateRequestGA:
    """The same session, answering in text; what it was is still what it was."""
    # What a field holds is what replace takes: a tuple, for an array.
    changed = replace(session, output_modalities=("text",), audio=UNSET)
    assert_type(changed, RealtimeSessionCreateRequestGA)
    return changed


def look(event: RealtimeClientEventSessionUpdate) -> None:
    assert_type(event.type, Literal["session.update"])
    assert_type(event.session, RealtimeClientEventSessionUpdateSession)
    assert_type(event.event_id, str | UnsetType | None)


if __name__ == "__main__":
    session = telephone("de")
    look(RealtimeClientEventSessionUpdate(session=session))
    assert '"voice":"cedar"' in update(session)
    assert "audio" not in muted(session).to_dict()
    assert telephone(None) != session
