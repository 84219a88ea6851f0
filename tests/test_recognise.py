"""What a JSON object is taken for when nobody says what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from realtime_models.cli.recognise import recognise
from tests.support.cases import TYPES
from tests.support.paths import EXAMPLES
from tests.support.snake import decode


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: str(path.stem))
def test_an_example_is_recognised_as_what_it_decodes_to(path: Path) -> None:
    data = json.loads(path.read_text("utf-8"))
    assert recognise(data) == type(decode(TYPES[path.stem], data)).__name__


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"type": "error"}, "RealtimeServerEventError"),
        ({"type": "error", "error": 5, "other": {}}, "RealtimeServerEventError"),
        ({"type": "realtime", "id": "s", "object": "o"}, "RealtimeSessionCreateResponseGA"),
        ({"type": "realtime", "audio": {}}, "RealtimeSessionCreateRequestGA"),
        ({"type": "transcription"}, "RealtimeTranscriptionSessionCreateRequestGA"),
        ({"type": "mcp", "server_label": "s", "server_url": "u"}, "MCPTool"),
        ({"type": "mcp", "server_label": "s", "name": "n"}, "ToolChoiceMCP"),
        ({"type": "mcp", "server_label": 5, "name": None}, "ToolChoiceMCP"),
        ({"type": "audio/pcm"}, "RealtimeAudioFormatsPCM"),
    ],
)
def test_tags_say_what_an_object_is_and_fields_tell_equals_apart(data: Any, name: str) -> None:
    assert recognise(data) == name


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"id": "sess_1", "object": "realtime.session"}, "RealtimeSessionCreateResponse"),
        ({"client_secret": {}, "voice": "sage"}, "RealtimeSessionCreateRequest"),
        ({"retention_ratio": 1, "token_limits": {}}, None),
        ({"post_instructions": 1}, "RealtimeTruncationRetentionRatioTokenLimits"),
        ({"post_instructions": 1, "colour": "red"}, None),
        ({"post_instructions": 1, "type": "colour"}, None),
    ],
)
def test_without_tags_most_fields_must_be_known(data: Any, name: str | None) -> None:
    assert recognise(data) == name


@pytest.mark.parametrize("data", [None, True, 5, "error", [], [{"type": "error"}], {}])
def test_what_has_no_fields_is_of_no_type(data: Any) -> None:
    assert recognise(data) is None


@pytest.mark.parametrize("tag", [None, "", "colour", 5, 2.5, ["error"], {"error": "error"}])
def test_a_type_that_is_no_type_of_ours_is_none(tag: Any) -> None:
    assert recognise({"type": tag, "colour": "red"}) is None


def test_a_type_that_is_named_like_an_event_is_a_newer_event() -> None:
    assert recognise({"type": "session.vanished"}) == "RealtimeServerEvent"
    assert recognise({"type": "session.vanished", "voice": "sage"}) == "RealtimeServerEvent"
