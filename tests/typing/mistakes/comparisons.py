"""Comparisons that can never be true."""

from realtime_models import (
    Problem,
    RealtimeServerEvent,
    RealtimeServerEventResponseCreated,
    RealtimeServerEventResponseDone,
    RealtimeSessionCreateResponse,
)


def by_tag(event: RealtimeServerEvent) -> bool:
    # error: comparison, not ty, pyrefly: they let anything be compared
    return event == "error"


def with_a_dict(session: RealtimeSessionCreateResponse) -> bool:
    # error: comparison, not ty, pyrefly: they let anything be compared
    return session.audio == {"output": {}}


def of_classes(
    created: RealtimeServerEventResponseCreated, done: RealtimeServerEventResponseDone
) -> bool:
    # error: comparison, not ty, pyrefly: they let anything be compared
    return done == created


def with_text(done: RealtimeServerEventResponseDone) -> bool:
    # error: comparison, not ty, pyrefly: they let anything be compared
    return done.response != "r"


def of_codes(problem: Problem) -> bool:
    # error: comparison, not ty, pyrefly: they let anything be compared
    return problem.code == "mising"
