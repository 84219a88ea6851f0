"""The settings of a voice session: how a client changes them, and what the server reports."""

from __future__ import annotations

from collections.abc import Mapping

from realtime_models import (
    JsonValue,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponseGA,
    RealtimeSessionCreateResponseGAAudio,
    RealtimeSessionCreateResponseGAAudioOutput,
)


def new_session(session_id: str, model: str) -> RealtimeSessionCreateResponseGA:
    """Return the settings with which a session begins."""
    return RealtimeSessionCreateResponseGA(
        id=session_id,
        model=model,
        output_modalities=["audio"],
        instructions="Follow the script.",
        audio=RealtimeSessionCreateResponseGAAudio(
            output=RealtimeSessionCreateResponseGAAudioOutput(voice="marin", speed=1.0)
        ),
        tools=[],
        tool_choice="auto",
    )


def updated(
    session: RealtimeSessionCreateResponseGA, changes: RealtimeSessionCreateRequestGA
) -> RealtimeSessionCreateResponseGA:
    """Return the settings with changes; settings that a client leaves out do not change."""
    merged = _merged(session.to_dict(), changes.to_dict())
    return RealtimeSessionCreateResponseGA.from_dict(merged)


def _merged(old: Mapping[str, JsonValue], new: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Merge two objects, but let one of another ``type`` replace the old one."""
    result = dict(old)
    for name, value in new.items():
        before = result.get(name)
        if (
            isinstance(before, dict)
            and isinstance(value, dict)
            and before.get("type") == value.get("type")
        ):
            value = _merged(before, value)
        result[name] = value
    return result
