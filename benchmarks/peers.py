"""The same types as pydantic models: same fields, same tags, unknown fields kept."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Peer(BaseModel):
    """The configuration that makes the work equal."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)


class FunctionTool(Peer):
    type: Literal["function"] = "function"
    name: str | None = None
    description: str | None = None
    parameters: dict[str, Any] | None = None


class MCPTool(Peer):
    type: Literal["mcp"]
    server_label: str
    server_url: str | None = None
    connector_id: str | None = None
    tunnel_id: str | None = None
    authorization: str | None = None
    server_description: str | None = None
    headers: dict[str, str] | None = None
    allowed_tools: list[str] | dict[str, Any] | None = None
    allowed_callers: list[str] | None = None
    require_approval: str | dict[str, Any] | None = None
    defer_loading: bool | None = None


class PCM(Peer):
    type: Literal["audio/pcm"]
    rate: int | None = None


class PCMU(Peer):
    type: Literal["audio/pcmu"]


class PCMA(Peer):
    type: Literal["audio/pcma"]


Format = Annotated[PCM | PCMU | PCMA, Field(discriminator="type")]


class Transcription(Peer):
    model: str | None = None
    language: str | None = None
    languages: list[str] | None = None
    prompt: str | None = None
    keywords: list[str] | None = None
    delay: str | None = None


class NoiseReduction(Peer):
    type: str | None = None
    strength: float | None = None


class ServerVad(Peer):
    type: Literal["server_vad"]
    threshold: float | None = None
    prefix_padding_ms: int | None = None
    silence_duration_ms: int | None = None
    create_response: bool | None = None
    interrupt_response: bool | None = None
    idle_timeout_ms: int | None = None


class SemanticVad(Peer):
    type: Literal["semantic_vad"]
    eagerness: str | None = None
    create_response: bool | None = None
    interrupt_response: bool | None = None


class AudioInput(Peer):
    format: Format | None = None
    transcription: Transcription | None = None
    noise_reduction: NoiseReduction | None = None
    turn_detection: Annotated[ServerVad | SemanticVad, Field(discriminator="type")] | None = None


class AudioOutput(Peer):
    format: Format | None = None
    voice: str | dict[str, Any] | None = None
    speed: float | None = None


class Audio(Peer):
    input: AudioInput | None = None
    output: AudioOutput | None = None


class Reasoning(Peer):
    effort: str | None = None


class Session(Peer):
    type: Literal["realtime"]
    id: str
    object: str
    expires_at: int | None = None
    output_modalities: list[str] | None = None
    model: str | None = None
    instructions: str | None = None
    audio: Audio | None = None
    include: list[str] | None = None
    tracing: str | dict[str, Any] | None = None
    tools: list[Annotated[FunctionTool | MCPTool, Field(discriminator="type")]] | None = None
    tool_choice: str | dict[str, Any] | None = None
    reasoning: Reasoning | None = None
    max_output_tokens: int | str | None = None
    truncation: str | dict[str, Any] | None = None
    prompt: dict[str, Any] | None = None
    parallel_tool_calls: bool | None = None


class TranscriptionSession(Peer):
    type: Literal["transcription"]
    id: str
    object: str


class SessionCreated(Peer):
    event_id: str
    type: Literal["session.created"]
    session: Annotated[Session | TranscriptionSession, Field(discriminator="type")]
