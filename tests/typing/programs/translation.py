"""A session that translates: its own secrets, events and settings."""

from typing import Literal, assert_never, assert_type

from realtime_models import (
    ClientSecretExpiration,
    RealtimeServerEventError,
    RealtimeTranslationClientEventSessionUpdate,
    RealtimeTranslationClientSecretCreateRequest,
    RealtimeTranslationServerEvent,
    RealtimeTranslationServerEventSessionClosed,
    RealtimeTranslationServerEventSessionCreated,
    RealtimeTranslationServerEventSessionInputTranscriptDelta,
    RealtimeTranslationServerEventSessionOutputAudioDelta,
    RealtimeTranslationServerEventSessionOutputTranscriptDelta,
    RealtimeTranslationServerEventSessionUpdated,
    RealtimeTranslationSessionAudioOutput,
    RealtimeTranslationSessionCreateRequest,
    RealtimeTranslationSessionCreateRequestAudio,
    RealtimeTranslationSessionUpdateRequest,
    Unknown,
    UnsetType,
    realtime_translation_server_event_from_dict,
)


def secret_for(language: str) -> RealtimeTranslationClientSecretCreateRequest:
    output = RealtimeTranslationSessionAudioOutput(language=language)
    return RealtimeTranslationClientSecretCreateRequest(
        expires_after=ClientSecretExpiration(seconds=60),
        session=RealtimeTranslationSessionCreateRequest(
            model="gpt-realtime-translate",
            audio=RealtimeTranslationSessionCreateRequestAudio(output=output),
        ),
    )


def subtitle(event: RealtimeTranslationServerEvent) -> str:
    match event:
        case RealtimeTranslationServerEventSessionOutputTranscriptDelta(delta=delta):
            assert_type(delta, str)
            return delta
        case RealtimeTranslationServerEventSessionInputTranscriptDelta(elapsed_ms=elapsed):
            assert_type(elapsed, int | UnsetType | None)
            return ""
        case RealtimeTranslationServerEventSessionOutputAudioDelta() as audio:
            assert_type(audio.type, Literal["session.output_audio.delta"])
            return ""
        case (
            RealtimeTranslationServerEventSessionCreated()
            | RealtimeTranslationServerEventSessionUpdated()
            | RealtimeTranslationServerEventSessionClosed()
        ):
            return f"[{event.type}]"
        case RealtimeServerEventError():
            return event.error.message
        case Unknown():
            return "?"
        case _:
            assert_never(event)


if __name__ == "__main__":
    assert '"language":"fr"' in secret_for("fr").to_json()
    quiet = RealtimeTranslationSessionUpdateRequest()
    update = RealtimeTranslationClientEventSessionUpdate(session=quiet)
    assert_type(update.type, Literal["session.update"])
    read = realtime_translation_server_event_from_dict
    delta = {"type": "session.output_transcript.delta", "event_id": "e", "delta": "oui"}
    assert subtitle(read(delta)) == "oui"
    assert subtitle(read({"type": "session.closed", "event_id": "e"})) == "[session.closed]"
    assert subtitle(read({"type": "newer"})) == "?"
