"""What a reader must not believe: that a field is there, and that what it holds is listed."""

from realtime_models import (
    UNSET,
    RealtimeClientEvent,
    RealtimeConversationItem,
    RealtimeResponse,
    RealtimeServerEvent,
    RealtimeServerEventError,
    RealtimeServerEventResponseDone,
    RealtimeServerEventSessionCreated,
    RealtimeSessionCreateResponse,
    RealtimeSessionCreateResponseGA,
    realtime_server_event_from_dict,
    realtime_server_event_from_json,
)


def optional(session: RealtimeSessionCreateResponse, response: RealtimeResponse) -> None:
    session.audio.input  # error: attribute
    session.instructions.upper()  # error: attribute
    len(session.tools)  # error: argument
    [*session.tools]  # error: iteration
    session.expires_at + 60  # error: operator
    session.expires_at < 60  # error: operator
    model: str = session.model  # error: assignment
    print(model)
    response.output[0]  # error: index
    response.usage.total_tokens  # error: attribute
    if session.audio is not UNSET:
        session.audio.input  # error: attribute
    if session.audio is not None:
        session.audio.output  # error: attribute


def names(session: RealtimeSessionCreateResponseGA, event: RealtimeServerEventError) -> None:
    session.turn_detection  # error: attribute
    session.instruction  # error: attribute
    event.message  # error: attribute
    event.error.msg  # error: attribute
    event.error.code.upper()  # error: attribute


def unions(
    event: RealtimeServerEvent, item: RealtimeConversationItem, sent: RealtimeClientEvent
) -> None:
    event.error  # error: attribute
    item.content  # error: attribute
    sent.session  # error: attribute
    item.id.upper()  # error: attribute
    event.type.upper()  # error: attribute


def inner(created: RealtimeServerEventSessionCreated) -> None:
    created.session.model  # error: attribute


def tags(event: RealtimeServerEventError, done: RealtimeServerEvent) -> None:
    # error: comparison, not ty, pyrefly: they let all strings be compared
    print(event.type == "response.done")
    # error: comparison, not ty, pyrefly: they let all strings be compared
    print(event.type != "eror")
    match done:
        # error: pattern, not ty: it takes any name for one of an attribute there
        case RealtimeServerEventResponseDone(respnse=_):
            pass
        case _:
            pass


def decoding(data: dict[str, object], text: str) -> None:
    realtime_server_event_from_dict(text)  # error: argument
    realtime_server_event_from_json(data)  # error: argument
    realtime_server_event_from_json(text, invalid="ignore")  # error: argument
    RealtimeSessionCreateResponse.from_dict(text)  # error: argument
    RealtimeSessionCreateResponse.from_dict(None)  # error: argument
    RealtimeSessionCreateResponse.from_json(data)  # error: argument
    wrong: RealtimeServerEventError = realtime_server_event_from_json(text)  # error: assignment
    print(wrong)
