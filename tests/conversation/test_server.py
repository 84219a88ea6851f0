"""What the server accepts, and how it answers clients that make mistakes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openai import AuthenticationError, BadRequestError, NotFoundError, OpenAI
from openai.types.realtime import ClientSecretCreateResponse
from pydantic import TypeAdapter
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from realtime_models import (
    RealtimeClientEventConversationItemCreate,
    RealtimeConversationItem,
    RealtimeConversationItemFunctionCallOutput,
    RealtimeCreateClientSecretResponse,
    RealtimeMCPApprovalResponse,
    RealtimeServerEventError,
    RealtimeServerEventSessionCreated,
    RealtimeSessionCreateResponseGA,
    check,
    realtime_server_event_from_json,
)
from tests.conversation.loopback import PATIENCE, Loopback
from tests.conversation.material import KEY

SESSION: Any = {
    "type": "realtime",
    "model": "gpt-realtime",
    "instructions": "Tell the weather.",
    "audio": {
        "input": {"turn_detection": None, "format": {"type": "audio/pcmu"}},
        "output": {"voice": "cedar", "format": {"type": "audio/pcma"}},
    },
}


def official(server: Loopback, key: str = KEY) -> OpenAI:
    return OpenAI(api_key=key, base_url=server.http_url, max_retries=0)


def mint(server: Loopback) -> Any:
    """Return a secret, and the answer's text."""
    with official(server) as client:
        return client.realtime.client_secrets.with_raw_response.create(
            expires_after={"anchor": "created_at", "seconds": 60}, session=SESSION
        )


def test_the_official_client_mints_a_secret_and_reads_the_answer_whole(server: Loopback) -> None:
    raw = mint(server)
    answer = json.loads(raw.text)
    assert check(RealtimeCreateClientSecretResponse, answer) == []
    secret = RealtimeCreateClientSecretResponse.from_json(raw.text)
    assert secret.to_dict() == answer
    theirs = TypeAdapter(ClientSecretCreateResponse)
    read = theirs.validate_json(raw.text)
    assert raw.parse() == read
    assert theirs.dump_python(read, mode="json", exclude_unset=True) == answer
    assert read.value == secret.value
    assert secret.value.startswith("ek_")
    assert secret.value not in repr(secret)
    assert answer["session"]["audio"]["input"] == SESSION["audio"]["input"]


# The official client calls `connect` in a way that websockets 17 advises against.
@pytest.mark.filterwarnings(r"ignore:connect\(\) must be used:DeprecationWarning")
def test_a_secret_opens_a_session_with_the_settings_it_stands_for(server: Loopback) -> None:
    secret = RealtimeCreateClientSecretResponse.from_json(mint(server).text)
    with (
        OpenAI(api_key=secret.value, websocket_base_url=server.websocket_url) as client,
        client.realtime.connect(model="gpt-realtime") as connection,
    ):
        event = realtime_server_event_from_json(connection.recv_bytes())
    assert isinstance(event, RealtimeServerEventSessionCreated)
    assert isinstance(event.session, RealtimeSessionCreateResponseGA)
    assert isinstance(secret.session, RealtimeSessionCreateResponseGA)
    assert event.session.instructions == "Tell the weather."
    assert event.session.audio == secret.session.audio


def test_a_request_that_is_wrong_gets_no_secret_but_a_reason(server: Loopback) -> None:
    with official(server) as client:
        wrong: Any = {"type": "realtime", "instructions": 7}
        with pytest.raises(BadRequestError, match="/session/instructions: expected string"):
            client.realtime.client_secrets.create(session=wrong)
        soon: Any = {"anchor": "created_at", "seconds": 1}
        with pytest.raises(BadRequestError, match="/expires_after/seconds"):
            client.realtime.client_secrets.create(expires_after=soon)
        with pytest.raises(BadRequestError, match="voice sessions only"):
            client.realtime.client_secrets.create(session={"type": "transcription"})
        with pytest.raises(NotFoundError):
            client.realtime.calls.hangup("call_of_nobody")
    with official(server, "no key") as client, pytest.raises(AuthenticationError):
        client.realtime.client_secrets.create()


@pytest.mark.parametrize(("path", "key", "status"), [("", KEY, 404), ("/realtime", "ek_none", 401)])
def test_a_handshake_without_the_right_path_and_key_is_refused(
    server: Loopback, path: str, key: str, status: int
) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    with pytest.raises(InvalidStatus, match=f"HTTP {status}"):
        connect(server.websocket_url + path, additional_headers=headers)


@pytest.mark.parametrize(
    "item",
    [
        RealtimeConversationItemFunctionCallOutput(call_id="call_1", output=""),
        RealtimeMCPApprovalResponse(id="mine", approval_request_id="mcpr_1", approve=True),
    ],
    ids=lambda item: item.type,
)
def test_an_item_is_filled_in_only_where_it_has_fields(
    server: Loopback, item: RealtimeConversationItem
) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    with connect(f"{server.websocket_url}/realtime", additional_headers=headers) as connection:
        connection.recv(timeout=PATIENCE)
        connection.send(RealtimeClientEventConversationItemCreate(item=item).to_json())
        message = json.loads(connection.recv(timeout=PATIENCE))
    assert message["type"] == "conversation.item.added"
    assert message["item"].items() >= item.to_dict().items()
    assert check("RealtimeServerEvent", message) == []


@pytest.mark.parametrize(
    ("message", "code", "said"),
    [
        ("not even JSON", "invalid_json", "expected JSON"),
        ('{"type": "response.dream"}', "unknown_variant", '"response.dream"'),
        ('{"type": "session.update", "session": 7}', "wrong_type", "/session: expected object"),
        ('{"type": "response.create", "respond": {}}', "unknown_field", "/respond"),
        ('{"type": "input_audio_buffer.append", "audio": "?"}', "invalid_value", "/audio"),
        ('{"type": "input_audio_buffer.commit"}', "invalid_state", "nothing to apply"),
    ],
)
def test_a_mistake_is_answered_with_an_error_and_the_session_goes_on(
    server: Loopback, message: str, code: str, said: str
) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    with connect(f"{server.websocket_url}/realtime", additional_headers=headers) as connection:
        connection.recv(timeout=PATIENCE)
        for _ in range(2):
            connection.send(message)
            event = realtime_server_event_from_json(connection.recv(timeout=PATIENCE))
            assert isinstance(event, RealtimeServerEventError)
            assert event.error.code == code
            assert said in event.error.message


def test_an_update_changes_only_what_it_names(server: Loopback) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    sent = [
        {"output": {"format": {"type": "audio/pcm", "rate": 24000}}},
        {"output": {"format": {"type": "audio/pcmu"}}, "input": {"turn_detection": None}},
        {"output": {"speed": 1.5}},
    ]
    with connect(f"{server.websocket_url}/realtime", additional_headers=headers) as connection:
        before = after = json.loads(connection.recv(timeout=PATIENCE))["session"]
        for audio in sent:
            update = {"type": "session.update", "session": {"type": "realtime", "audio": audio}}
            connection.send(json.dumps(update))
            after = json.loads(connection.recv(timeout=PATIENCE))["session"]
    assert after.pop("audio") == {
        "input": {"turn_detection": None},
        "output": {"voice": "marin", "speed": 1.5, "format": {"type": "audio/pcmu"}},
    }
    before.pop("audio")
    assert after == before
