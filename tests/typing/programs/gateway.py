"""A gateway between clients and servers, of the current API and of the beta."""

from typing import assert_type

from realtime_models import (
    RealtimeBetaServerEvent,
    RealtimeBetaServerEventResponseAudioDelta,
    RealtimeClientEvent,
    RealtimeClientEventInputAudioBufferAppend,
    RealtimeClientEventSessionUpdate,
    RealtimeServerEventResponseAudioDelta,
    RealtimeTranscriptionSessionCreateRequestGA,
    Unknown,
    UnsetType,
    realtime_beta_server_event_from_json,
    realtime_client_event_from_json,
)


def allowed(event: RealtimeClientEvent) -> bool:
    match event:
        case RealtimeClientEventSessionUpdate(session=session):
            if isinstance(session, RealtimeTranscriptionSessionCreateRequestGA):
                return False
            if isinstance(session, Unknown):
                return False
            # error: reveal, only pyright, basedpyright: they keep the listed models beside str
            assert_type(session.model, str | UnsetType | None)
            return session.model != "gpt-4o-realtime-preview"
        case RealtimeClientEventInputAudioBufferAppend(audio=audio):
            return len(audio) < 1_000_000
        case Unknown():
            return False
        case _:
            return True


def modern(event: RealtimeBetaServerEvent) -> RealtimeServerEventResponseAudioDelta | None:
    """An event of the beta as one of the current API."""
    if not isinstance(event, RealtimeBetaServerEventResponseAudioDelta):
        return None
    return RealtimeServerEventResponseAudioDelta(
        event_id=event.event_id,
        response_id=event.response_id,
        item_id=event.item_id,
        output_index=event.output_index,
        content_index=event.content_index,
        delta=event.delta,
    )


if __name__ == "__main__":
    update = '{"type": "session.update", "session": {"type": "realtime", "model": "%s"}}'
    assert allowed(realtime_client_event_from_json(update % "gpt-realtime"))
    assert not allowed(realtime_client_event_from_json(update % "gpt-4o-realtime-preview"))
    assert not allowed(realtime_client_event_from_json('{"type": "newer"}'))
    assert allowed(realtime_client_event_from_json('{"type": "response.create"}'))
    old = realtime_beta_server_event_from_json(
        '{"type": "response.audio.delta", "event_id": "e", "response_id": "r", "item_id": "i",'
        ' "output_index": 0, "content_index": 0, "delta": "AAA="}'
    )
    assert_type(old, RealtimeBetaServerEvent)
    new = modern(old)
    assert new
    assert new.type == "response.output_audio.delta"
    assert modern(Unknown({})) is None
