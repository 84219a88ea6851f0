"""Mint a client secret for a browser, with nothing but the standard library."""

import json
from typing import Literal, assert_type
from urllib.parse import quote
from urllib.request import Request, urlopen

from realtime_models import (
    ClientSecretExpiration,
    RealtimeCreateClientSecretRequest,
    RealtimeCreateClientSecretResponse,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateRequestGAAudio,
    RealtimeSessionCreateRequestGAAudioOutput,
    RealtimeSessionCreateResponseGA,
    RealtimeTranscriptionSessionCreateResponseGA,
    Unknown,
)


def mint(url: str, key: str) -> RealtimeCreateClientSecretResponse:
    wanted = RealtimeCreateClientSecretRequest(
        expires_after=ClientSecretExpiration(anchor="created_at", seconds=600),
        session=RealtimeSessionCreateRequestGA(
            model="gpt-realtime",
            instructions="Be brief.",
            audio=RealtimeSessionCreateRequestGAAudio(
                output=RealtimeSessionCreateRequestGAAudioOutput(voice="marin", speed=1.1)
            ),
        ),
    )
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = Request(url, wanted.to_json().encode(), headers)
    with urlopen(request) as response:  # error: any, only basedpyright: typeshed has no better
        body: bytes = response.read()  # error: any, only basedpyright: typeshed has no better
    return RealtimeCreateClientSecretResponse.from_json(body)


def model_of(secret: RealtimeCreateClientSecretResponse) -> str:
    assert_type(secret.value, str)
    assert_type(secret.expires_at, int)
    match secret.session:
        case RealtimeSessionCreateResponseGA() as session:
            assert_type(session.type, Literal["realtime"])
            return session.model or "the default"
        case RealtimeTranscriptionSessionCreateResponseGA(type=kind):
            assert_type(kind, Literal["transcription"])
            return kind
        case Unknown(tag=tag):
            assert_type(tag, str | None)
            return tag or "nameless"


if __name__ == "__main__":
    session = {"type": "realtime", "object": "realtime.session", "id": "s"}
    answer = json.dumps({"value": "ek_1", "expires_at": 1, "session": session})
    secret = mint(f"data:application/json,{quote(answer)}", "sk-test")
    assert model_of(secret) == "the default"
    assert "ek_1" not in repr(secret)
