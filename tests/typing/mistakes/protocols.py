"""Where a model, a type or a JSON value is wanted, and something else is given."""

from collections.abc import Mapping

from realtime_models import (
    FrozenDict,
    JsonObject,
    JsonValue,
    RealtimeClientEvent,
    RealtimeClientEventSessionUpdate,
    RealtimeFunctionTool,
    RealtimeServerEventError,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponseGA,
    Unknown,
    WireModel,
    check,
    from_wire,
    json_schema,
    realtime_client_event_to_dict,
)


class OnlyWrites:
    def to_dict(self) -> dict[str, JsonValue]:
        return {}


class WritesText:
    @classmethod
    def from_dict(cls, _data: Mapping[str, object], /) -> "WritesText":
        return cls()

    def to_dict(self) -> str:
        return "{}"


def store(model: WireModel) -> None:
    model.to_dict()


def add(members: FrozenDict[float]) -> float:
    return sum(members.values())


def send(event: RealtimeClientEvent) -> None:
    realtime_client_event_to_dict(event)


store(RealtimeFunctionTool(name="f"))
store(OnlyWrites())  # error: argument
store(WritesText())  # error: argument
store({"type": "function"})  # error: argument
add(FrozenDict({"a": 1}))
add(FrozenDict({"a": "b"}))  # error: argument
add({"a": 1})  # error: argument
send(RealtimeClientEventSessionUpdate(session=RealtimeSessionCreateRequestGA()))
send(RealtimeServerEventError.from_dict({}))  # error: argument
send({"type": "session.update"})  # error: argument
send(RealtimeSessionCreateRequestGA())  # error: argument


def resend(session: RealtimeSessionCreateResponseGA) -> None:
    RealtimeClientEventSessionUpdate(session=session.to_request())
    RealtimeClientEventSessionUpdate(session=session)  # error: argument


tool: RealtimeFunctionTool = from_wire(Unknown, {})  # error: assignment
text: str = from_wire("RealtimeFunctionTool", {})  # error: assignment
check(RealtimeFunctionTool)  # error: call
json_schema()  # error: call
free: JsonObject = {"a": 1}  # error: assignment
value: JsonValue = {1, 2}  # error: assignment
plain: dict[str, JsonValue] = tool.to_json()  # error: assignment
