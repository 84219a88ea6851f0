"""Code that works with any model: a store of JSON lines, and a model of the user's own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar, assert_type

from realtime_models import (
    JsonValue,
    RealtimeFunctionTool,
    RealtimeServerEvent,
    RealtimeServerEventError,
    RealtimeSessionCreateResponseGA,
    WireModel,
    from_wire,
    realtime_server_event_from_dict,
    realtime_server_event_to_dict,
    to_wire,
)

M = TypeVar("M", bound=WireModel)


def save(models: Iterable[WireModel]) -> list[dict[str, JsonValue]]:
    return [model.to_dict() for model in models]


def load(kind: type[M], lines: Iterable[Mapping[str, object]]) -> Iterator[M]:
    return (kind.from_dict(line) for line in lines)


@dataclass(frozen=True)
class Note:
    """A model of one's own, beside those of the library."""

    text: str

    @classmethod
    def from_dict(cls, data: Mapping[str, object], /) -> "Note":
        return cls(str(data["text"]))

    def to_dict(self) -> dict[str, JsonValue]:
        return {"text": self.text}


def names(kind: type[RealtimeFunctionTool]) -> list[str]:
    return [field.name for field in fields(kind)]


if __name__ == "__main__":
    tool = RealtimeFunctionTool(name="f")
    saved = save([tool, Note("n")])
    assert_type(saved, list[dict[str, JsonValue]])
    tools = list(load(RealtimeFunctionTool, saved[:1]))
    assert_type(tools, list[RealtimeFunctionTool])
    assert tools == [tool]
    notes = list(load(Note, saved[1:]))
    assert_type(notes, list[Note])
    assert notes == [Note("n")]

    session = from_wire(
        RealtimeSessionCreateResponseGA,
        {"type": "realtime", "object": "realtime.session", "id": "s"},
    )
    assert_type(session, RealtimeSessionCreateResponseGA)
    anything = from_wire("RealtimeServerEvent", {"type": "newer"})
    assert_type(anything, object)
    assert_type(to_wire(anything), JsonValue)

    event = realtime_server_event_from_dict({"type": "newer"})
    assert_type(event, RealtimeServerEvent)
    assert_type(realtime_server_event_to_dict(event), dict[str, JsonValue])
    assert not isinstance(event, RealtimeServerEventError)
    assert names(RealtimeFunctionTool)[:2] == ["type", "name"]
