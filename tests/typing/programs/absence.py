"""Tell an absent field from null and from a value, in all the ways that people write it."""

from typing import Literal, assert_never, assert_type

from realtime_models import (
    UNSET,
    JsonObject,
    RealtimeFunctionTool,
    RealtimeSessionCreateResponse,
    RealtimeSessionCreateResponseAudioInputTurnDetection,
    RealtimeSessionCreateResponseGA,
    RealtimeTurnDetectionSemanticVad,
    RealtimeTurnDetectionServerVad,
    Unknown,
    UnsetType,
)


def by_truth(session: RealtimeSessionCreateResponse) -> int:
    if session.audio and session.audio.input and session.audio.input.turn_detection:
        detection = session.audio.input.turn_detection
        assert_type(detection, RealtimeSessionCreateResponseAudioInputTurnDetection)
        assert_type(detection.threshold, float | UnsetType | None)
        return detection.silence_duration_ms or 0
    return -1


def by_identity(session: RealtimeSessionCreateResponse) -> str:
    expires = session.expires_at
    if expires is UNSET:
        # error: reveal, only pyrefly: it names the class, of which there is but one value
        assert_type(expires, Literal[UnsetType.UNSET])
        return "absent"
    if expires is None:
        return "null"
    assert_type(expires, int)
    return str(expires)


def by_class(session: RealtimeSessionCreateResponse) -> str:
    if isinstance(session.instructions, str):
        assert_type(session.instructions, str)
        return session.instructions
    if isinstance(session.instructions, UnsetType):
        return "absent"
    assert_type(session.instructions, None)
    return "null"


def by_match(session: RealtimeSessionCreateResponseGA) -> str:
    if not (session.audio and session.audio.input):
        return "no audio"
    detection = session.audio.input.turn_detection
    match detection:
        case RealtimeTurnDetectionServerVad(threshold=threshold):
            assert_type(threshold, float | UnsetType | None)
            return f"server, {threshold or 0.5}"
        case RealtimeTurnDetectionSemanticVad(eagerness=eagerness):
            return f"semantic, {eagerness}"
        case Unknown(tag=tag):
            assert_type(tag, str | None)
            return f"newer, {tag}"
        case UnsetType.UNSET:
            return "absent"
        case None:
            return "off"
        case _:
            assert_never(detection)


def tools_of(session: RealtimeSessionCreateResponse) -> list[str]:
    assert_type(session.tools, tuple[RealtimeFunctionTool, ...] | UnsetType | None)
    for tool in session.tools or ():
        assert_type(tool.type, Literal["function"] | UnsetType | None)
        if tool.parameters:
            # error: reveal, only ty: it knows that the value is not empty, which has no spelling
            assert_type(tool.parameters, JsonObject)
    return [tool.name or "?" for tool in session.tools or ()]


if __name__ == "__main__":
    read = RealtimeSessionCreateResponse.from_dict
    detection = {"turn_detection": {"silence_duration_ms": 5}}
    assert by_truth(read({"audio": {"input": detection}})) == 5
    assert by_truth(read({"audio": None})) == -1
    assert by_identity(read({})) == "absent"
    assert by_identity(read({"expires_at": None})) == "null"
    assert by_identity(read({"expires_at": 3})) == "3"
    assert by_class(read({})) == "absent"
    assert by_class(read({"instructions": None})) == "null"
    assert by_class(read({"instructions": "i"})) == "i"
    assert tools_of(read({"tools": [{"name": "f", "parameters": {"a": 1}}, {}]})) == ["f", "?"]

    def with_turn(**turn: object) -> RealtimeSessionCreateResponseGA:
        data = {"type": "realtime", "id": "s", "object": "realtime.session"}
        return RealtimeSessionCreateResponseGA.from_dict({**data, "audio": {"input": turn}})

    assert by_match(with_turn()) == "absent"
    assert by_match(with_turn(turn_detection=None)) == "off"
    assert by_match(with_turn(turn_detection={"type": "server_vad"})) == "server, 0.5"
    semantic = {"type": "semantic_vad", "eagerness": "low"}
    assert by_match(with_turn(turn_detection=semantic)) == "semantic, low"
    assert by_match(with_turn(turn_detection={"type": "telepathy"})) == "newer, telepathy"
