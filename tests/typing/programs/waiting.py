"""A helper over a class of event: it is given the class, and returns its events only."""

from collections.abc import Iterable
from typing import TypeVar, assert_type

from realtime_models import (
    Model,
    RealtimeServerEvent,
    RealtimeServerEventError,
    RealtimeServerEventResponseDone,
    realtime_server_event_from_dict,
)

E = TypeVar("E", bound=Model)


def wait(kind: type[E], event: RealtimeServerEvent) -> E | None:
    return event if isinstance(event, kind) else None


def first(kind: type[E], events: Iterable[RealtimeServerEvent]) -> E | None:
    for event in events:
        if isinstance(event, kind):
            return event
    return None


def handle(event: RealtimeServerEvent) -> str:
    done = wait(RealtimeServerEventResponseDone, event)
    assert_type(done, RealtimeServerEventResponseDone | None)
    if done is not None:
        return done.event_id
    error = first(RealtimeServerEventError, [event])
    return error.error.message if error else ""


if __name__ == "__main__":
    data = {"type": "error", "event_id": "e", "error": {"type": "t", "message": "m"}}
    assert handle(realtime_server_event_from_dict(data)) == "m"
