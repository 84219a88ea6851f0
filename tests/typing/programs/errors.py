"""Handle what cannot be decoded, and what decodes but goes beyond the API's description."""

from typing import Literal, assert_type

from realtime_models import (
    DecodeError,
    JsonValue,
    Problem,
    RealtimeSessionCreateResponse,
    check,
    json_schema,
)


def complaints(text: str | bytes) -> list[str]:
    try:
        session = RealtimeSessionCreateResponse.from_json(text)
    except DecodeError as error:
        assert_type(error.problems, tuple[Problem, ...])
        assert_type(error.problems[0].severity, Literal["error", "notice"])
        return [f"{problem.pointer} {problem.code}" for problem in error.problems]
    assert_type(session, RealtimeSessionCreateResponse)
    problems = check(RealtimeSessionCreateResponse, session.to_dict())
    assert_type(problems, list[Problem])
    return [problem.message for problem in problems]


if __name__ == "__main__":
    assert complaints('{"expires_at": "soon"}') == ["/expires_at wrong_type"]
    assert complaints(b"{") == [" invalid_json"]
    assert complaints("{}") == []
    assert len(complaints('{"new": 1}')) == 1
    schema = json_schema("RealtimeServerEvent")
    assert_type(schema, dict[str, JsonValue])
    assert schema["title"] == "RealtimeServerEvent"
