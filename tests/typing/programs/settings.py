"""Build a session from settings that know only ``X | None``, and read one for code that does."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_type

from realtime_models import (
    MCPTool,
    RealtimeReasoning,
    RealtimeServerEvent,
    RealtimeServerEventSessionCreated,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateRequestGAAudio,
    RealtimeSessionCreateRequestGAAudioInput,
    RealtimeSessionCreateRequestGAAudioOutput,
    RealtimeSessionCreateResponseGA,
    RealtimeSessionCreateResponseGAAudio,
    RealtimeSessionCreateResponseGAAudioInput,
    RealtimeTurnDetectionServerVad,
    UnsetType,
    or_none,
    or_unset,
    realtime_server_event_from_dict,
    value_or,
)


@dataclass
class Settings:
    """What an application reads from its environment or a form: what is not set is ``None``."""

    instructions: str | None = None
    effort: Literal["low", "high"] | None = None
    modalities: list[Literal["text", "audio"]] | None = None
    speed: float | None = None
    threshold: float | None = None
    listens: bool = True


def session(settings: Settings) -> RealtimeSessionCreateRequestGA:
    assert_type(or_unset(settings.effort), Literal["low", "high"] | UnsetType)
    assert_type(or_unset(settings.threshold), float | UnsetType)
    turns = RealtimeTurnDetectionServerVad(threshold=or_unset(settings.threshold))
    return RealtimeSessionCreateRequestGA(
        instructions=or_unset(settings.instructions),
        output_modalities=or_unset(settings.modalities),
        reasoning=RealtimeReasoning(effort=or_unset(settings.effort)),
        audio=RealtimeSessionCreateRequestGAAudio(
            input=RealtimeSessionCreateRequestGAAudioInput(
                turn_detection=turns if settings.listens else None,
            ),
            output=RealtimeSessionCreateRequestGAAudioOutput(speed=or_unset(settings.speed)),
        ),
    )


def server(tools: Sequence[str] | None, words: Sequence[Literal["a", "b"]]) -> MCPTool:
    """A sequence of strings of any kind is taken, but no string."""
    words_only = MCPTool(server_label="s", allowed_tools=words)
    assert_type(words_only.server_label, str)
    return MCPTool(server_label="s", allowed_tools=or_unset(tools))


def bridges(
    effort: Literal["low", "high"] | UnsetType,
    mode: Literal["a", "b"] | UnsetType | None,
    fallback: Literal["a", "c"],
) -> None:
    assert_type(or_none(effort), Literal["low", "high"] | None)
    assert_type(or_none(mode), Literal["a", "b"] | None)
    assert_type(or_unset(or_none(mode)), Literal["a", "b"] | UnsetType)
    assert_type(value_or(mode, None), Literal["a", "b"] | None)
    assert_type(value_or(mode, fallback), Literal["a", "b", "c"])
    assert_type(or_unset(None), UnsetType)


def settings(session: RealtimeSessionCreateRequestGA) -> Settings:
    assert_type(or_none(session.instructions), str | None)
    assert_type(value_or(session.instructions, "Be brief."), str)
    found = Settings(instructions=or_none(session.instructions))
    if session.audio and session.audio.output:
        found.speed = or_none(session.audio.output.speed)
        assert_type(value_or(session.audio.output.speed, 1.0), float)
    return found


def deep_by_match(event: RealtimeServerEvent) -> float:
    match event:
        case RealtimeServerEventSessionCreated(
            session=RealtimeSessionCreateResponseGA(
                audio=RealtimeSessionCreateResponseGAAudio(
                    input=RealtimeSessionCreateResponseGAAudioInput(
                        turn_detection=RealtimeTurnDetectionServerVad(threshold=threshold)
                    )
                )
            )
        ):
            assert_type(value_or(threshold, 0.5), float)
            return value_or(threshold, 0.5)
        case _:
            return -1.0


def deep_by_truth(session: RealtimeSessionCreateResponseGA) -> float:
    if (
        session.audio
        and session.audio.input
        and isinstance(session.audio.input.turn_detection, RealtimeTurnDetectionServerVad)
    ):
        assert_type(session.audio.input.turn_detection, RealtimeTurnDetectionServerVad)
        return value_or(session.audio.input.turn_detection.threshold, 0.5)
    return -1.0


if __name__ == "__main__":
    assert server(deque(["f"]), ("a",)).allowed_tools == ("f",)
    assert server(None, []) == MCPTool(server_label="s")
    # Zero is a setting, and `x or None` would lose it.
    made = session(Settings(instructions="", speed=0.5, threshold=0.0))
    assert made.to_dict() == {
        "type": "realtime",
        "instructions": "",
        "reasoning": {},
        "audio": {
            "input": {"turn_detection": {"type": "server_vad", "threshold": 0.0}},
            "output": {"speed": 0.5},
        },
    }
    assert settings(made) == Settings(instructions="", speed=0.5)
    off = session(Settings(listens=False)).to_dict()["audio"]
    assert off == {"input": {"turn_detection": None}, "output": {}}
    received: dict[str, object] = {
        "type": "realtime",
        "object": "realtime.session",
        "id": "s",
        "audio": {"input": {"turn_detection": {"type": "server_vad", "threshold": 0.0}}},
    }
    created = {"type": "session.created", "event_id": "e", "session": received}
    assert deep_by_match(realtime_server_event_from_dict(created)) == 0.0
    assert deep_by_truth(RealtimeSessionCreateResponseGA.from_dict(received)) == 0.0
