"""What has no other form, and what a conversion does not give."""

from realtime_models import (
    RealtimeBetaServerEvent,
    RealtimeClientEvent,
    RealtimeFunctionTool,
    RealtimeServerEvent,
    RealtimeSessionCreateRequest,
    RealtimeSessionCreateRequestGA,
    to_beta,
    to_ga,
)


def convert(event: RealtimeServerEvent, session: RealtimeSessionCreateRequest) -> None:
    to_ga({"voice": "sage"})  # error: overload
    to_ga(RealtimeFunctionTool(name="f"))  # error: overload
    to_beta(session)  # error: overload
    to_beta(event).value.to_json()  # error: attribute
    old: RealtimeBetaServerEvent = to_beta(event).value  # error: assignment
    print(old)


def upgrade(session: RealtimeSessionCreateRequest, new: RealtimeSessionCreateRequestGA) -> None:
    old: RealtimeSessionCreateRequest = to_ga(session).value  # error: assignment
    event: RealtimeClientEvent = to_ga(session).value  # error: assignment
    print(old, event)
    to_beta(new).values  # error: attribute
