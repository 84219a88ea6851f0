"""A user's program: mypy must see these types, and complain exactly where an error is expected.

``warn_unused_ignores`` turns every expected error that does not occur into an error itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from realtime_models import (
    UNSET,
    JsonObject,
    Problem,
    RealtimeFunctionTool,
    RealtimeServerEvent,
    RealtimeServerEventError,
    RealtimeServerEventSessionCreated,
    RealtimeServerEventSessionUpdated,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponse,
    RealtimeSessionCreateResponseAudioInputTurnDetection,
    RealtimeSessionCreateResponseGA,
    RealtimeTranscriptionSessionCreateResponseGA,
    RealtimeTurnDetectionSemanticVad,
    RealtimeTurnDetectionServerVad,
    Unknown,
    UnsetType,
    WireModel,
    realtime_server_event_from_json,
)

if TYPE_CHECKING:
    from typing_extensions import assert_never, assert_type


def narrowing(session: RealtimeSessionCreateResponse) -> None:
    if session.audio and session.audio.input and session.audio.input.turn_detection:
        detection = session.audio.input.turn_detection
        assert_type(detection, RealtimeSessionCreateResponseAudioInputTurnDetection)
        assert_type(detection.threshold, float | UnsetType | None)
        if detection.silence_duration_ms is not UNSET and detection.silence_duration_ms is not None:
            assert_type(detection.silence_duration_ms, int)
    assert_type(session.tools, tuple[RealtimeFunctionTool, ...] | UnsetType | None)
    for tool in session.tools or ():
        assert_type(tool.type, Literal["function"] | UnsetType | None)
        if tool.parameters:
            assert_type(tool.parameters, JsonObject)


def unions(session: RealtimeSessionCreateResponseGA) -> str:
    assert session.audio
    assert session.audio.input
    match session.audio.input.turn_detection:
        case RealtimeTurnDetectionServerVad(threshold=threshold):
            assert_type(threshold, float | UnsetType | None)
        case RealtimeTurnDetectionSemanticVad():
            return "semantic"
        case Unknown(type=tag):
            assert_type(tag, str | None)
        case UnsetType.UNSET:
            return "absent"
        case None:
            return "off"
    return "other"


def events(text: str) -> None:
    event = realtime_server_event_from_json(text)
    assert_type(event, RealtimeServerEvent)
    match event:
        case RealtimeServerEventError():
            assert_type(event.error.message, str)
        case RealtimeServerEventSessionCreated() | RealtimeServerEventSessionUpdated():
            match event.session:
                case RealtimeSessionCreateResponseGA():
                    assert_type(event.session.id, str)
                case RealtimeTranscriptionSessionCreateResponseGA():
                    assert_type(event.session.type, Literal["transcription"])
                case Unknown():
                    assert_type(event.session.data, JsonObject)
                case _:
                    assert_never(event.session)
        case Unknown():
            assert_type(event.problems, tuple[Problem, ...])
        case _:
            assert_type(event.event_id, str | UnsetType | None)


def exact_construction() -> None:
    RealtimeSessionCreateRequestGA(
        output_modalities=["text"], tool_choice="auto", truncation="auto"
    )
    RealtimeSessionCreateRequestGA(output_modalities=["txt"])  # type: ignore[list-item]
    RealtimeSessionCreateRequestGA(truncation="sometimes")  # type: ignore[arg-type]
    RealtimeSessionCreateRequestGA(instructions=None)  # type: ignore[arg-type]
    RealtimeSessionCreateRequestGA(modalities=["text"])  # type: ignore[call-arg]
    RealtimeSessionCreateRequestGA("realtime")  # type: ignore[call-arg]
    RealtimeServerEventError(event_id="e")  # type: ignore[call-arg]
    tool = RealtimeFunctionTool(name="f", parameters={"type": "object", "properties": {}})
    tool.name = "g"  # type: ignore[misc]
    assert_type(replace(tool, name="g"), RealtimeFunctionTool)


def protocol(model: WireModel) -> None:
    model.to_dict()


protocol(RealtimeFunctionTool(name="f"))
