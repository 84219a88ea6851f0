"""From the beta to the current API and back: the result has the type of the other form."""

from typing import assert_type

from realtime_models import (
    Converted,
    Problem,
    RealtimeBetaClientEvent,
    RealtimeBetaResponse,
    RealtimeBetaResponseCreateParams,
    RealtimeBetaServerEvent,
    RealtimeBetaServerEventResponseTextDelta,
    RealtimeClientEvent,
    RealtimeClientEventSessionUpdate,
    RealtimeConversationItem,
    RealtimeConversationItemMessageUserContentInner,
    RealtimeResponse,
    RealtimeResponseCreateParams,
    RealtimeServerEvent,
    RealtimeServerEventConversationItemDone,
    RealtimeServerEventResponseTextDelta,
    RealtimeSession,
    RealtimeSessionCreateRequest,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponseGA,
    RealtimeTranscriptionSessionCreateRequest,
    RealtimeTranscriptionSessionCreateRequestGA,
    Unknown,
    realtime_beta_server_event_from_dict,
    to_beta,
    to_ga,
)


def upgrade(session: RealtimeSessionCreateRequest) -> RealtimeSessionCreateRequestGA:
    converted = to_ga(session)
    assert_type(converted, Converted[RealtimeSessionCreateRequestGA])
    assert_type(converted.lost, tuple[Problem, ...])
    for problem in converted.lost:
        assert_type(problem.pointer, str)
    return converted.value


def events_of_the_beta(server: RealtimeBetaServerEvent, client: RealtimeBetaClientEvent) -> None:
    assert_type(to_ga(server).value, RealtimeServerEvent)
    assert_type(to_ga(client).value, RealtimeClientEvent)
    if isinstance(server, Unknown):
        assert_type(to_ga(server).value, Unknown)


def events(server: RealtimeServerEvent, client: RealtimeClientEvent) -> None:
    assert_type(to_beta(server).value, RealtimeBetaServerEvent | None)
    assert_type(to_beta(client).value, RealtimeBetaClientEvent | None)
    if isinstance(server, RealtimeServerEventConversationItemDone):
        assert_type(to_beta(server).value, RealtimeBetaServerEvent | None)
    if isinstance(client, RealtimeClientEventSessionUpdate):
        assert_type(to_beta(client).value, RealtimeBetaClientEvent | None)


def logs(new: RealtimeServerEvent | RealtimeClientEvent) -> None:
    """The unions of both sides have sixty members and more."""
    converted = to_beta(new).value
    assert_type(converted, RealtimeBetaServerEvent | RealtimeBetaClientEvent | None)
    if converted is not None:
        again = to_ga(converted).value
        assert_type(again, RealtimeServerEvent | RealtimeClientEvent)


def objects(
    item: RealtimeConversationItem,
    part: RealtimeConversationItemMessageUserContentInner,
    session: RealtimeSession,
    response: RealtimeBetaResponse,
    settings: RealtimeBetaResponseCreateParams,
    transcription: RealtimeTranscriptionSessionCreateRequest,
) -> None:
    assert_type(to_ga(item).value, RealtimeConversationItem)
    assert_type(to_ga(part).value, RealtimeConversationItemMessageUserContentInner | None)
    assert_type(to_ga(session).value, RealtimeSessionCreateResponseGA)
    assert_type(to_ga(response).value, RealtimeResponse)
    assert_type(to_ga(settings).value, RealtimeResponseCreateParams)
    assert_type(to_ga(transcription).value, RealtimeTranscriptionSessionCreateRequestGA)
    assert_type(to_beta(to_ga(session).value).value, RealtimeSession)
    assert_type(to_beta(to_ga(response).value).value, RealtimeBetaResponse)
    assert_type(to_beta(to_ga(settings).value).value, RealtimeBetaResponseCreateParams)


def text(event: RealtimeBetaServerEvent) -> str | None:
    match to_ga(event).value:
        case RealtimeServerEventResponseTextDelta(delta=delta):
            assert_type(delta, str)
            return delta
        case _:
            return None


if __name__ == "__main__":
    new = upgrade(RealtimeSessionCreateRequest(voice="sage", temperature=0.7))
    assert new.to_dict() == {"type": "realtime", "audio": {"output": {"voice": "sage"}}}
    old = realtime_beta_server_event_from_dict(
        {"type": "response.text.delta", "event_id": "e", "response_id": "r", "item_id": "i"}
        | {"output_index": 0, "content_index": 0, "delta": "Hel"}
    )
    assert isinstance(old, RealtimeBetaServerEventResponseTextDelta)
    assert text(old) == "Hel"
    assert to_beta(to_ga(old).value).value == old
    assert to_beta(to_ga(new_beta := to_beta(new).value).value).value == new_beta
