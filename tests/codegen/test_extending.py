"""Modules for a schema of a user's own, which refers to ours: ``python -m codegen --extend``."""

from __future__ import annotations

import importlib
import inspect
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from own_events.voice_live import (
    VoiceLiveServerEvent,
    VoiceLiveServerEventResponseAnimationVisemeDelta,
    voice_live_server_event_from_dict,
    voice_live_server_event_from_json,
)
from own_events.xai import XaiServerEvent, XaiServerEventPing, xai_server_event_from_dict

from codegen.__main__ import main
from realtime_models import (
    DecodeError,
    RealtimeBetaServerEventResponseAudioDelta,
    RealtimeServerEvent,
    Unknown,
    check,
    from_wire,
    json_schema,
    realtime_server_event_from_dict,
)
from tests.support.generate import write_schema
from tests.support.paths import EXAMPLES, REFERENCE, ROOT, needs_reference
from tests.support.snippets import snippets

OWN = EXAMPLES / "own_events"
EXTEND = ["--extend", "realtime_models", "--schema", str(OWN / "schema"), "--out"]
PING: dict[str, object] = {
    "type": "ping",
    "event_id": "e",
    "timestamp": 1,
    "previous_item_id": None,
}
CALL = {"event_id": "e", "item_id": "i", "output_index": 0}
VISEME = {
    "type": "response.animation_viseme.delta",
    "event_id": "e",
    "response_id": "r",
    "item_id": "i",
    "output_index": 0,
    "content_index": 0,
    "audio_offset_ms": 120,
    "viseme_id": 5,
}
EVENTS: list[dict[str, object]] = [
    VISEME,
    {"type": "session.avatar.connecting", "event_id": "e", "server_sdp": "v=0"},
    {"type": "warning", "event_id": "e", "warning": {"message": "m", "code": "c", "param": None}},
    {"type": "response.foundry_agent_call.in_progress", **CALL, "agent_response_id": "a"},
    {"type": "response.foundry_agent_call.completed", **CALL},
    {"type": "response.foundry_agent_call.failed", **CALL},
]


def test_the_modules_of_the_example_are_what_its_schema_gives(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*EXTEND, str(OWN), "--check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_guide_shows_a_schema_of_the_example() -> None:
    (shown,) = snippets(ROOT / "docs" / "guides" / "own_events.md", "yml")
    assert shown == (OWN / "schema" / "xai.yaml").read_text("utf-8")


@pytest.mark.parametrize("data", EVENTS, ids=lambda data: str(data["type"]))
def test_an_event_of_another_server_is_decoded_like_ours(data: dict[str, object]) -> None:
    event = voice_live_server_event_from_dict(data)
    assert not isinstance(event, Unknown)
    assert event == voice_live_server_event_from_json(json.dumps(data))
    assert event.to_dict() == data
    assert check(VoiceLiveServerEvent, data) == check(type(event), data)
    assert {problem.code for problem in check(type(event), data)} <= {"unexpected_null"}
    assert type(realtime_server_event_from_dict(data)) is Unknown


def test_our_events_are_decoded_to_our_classes_in_the_union_too() -> None:
    delta = {"type": "response.audio.delta", "event_id": "e", "response_id": "r", "item_id": "i"}
    data = {**delta, "output_index": 0, "content_index": 0, "delta": "AAAA"}
    event = voice_live_server_event_from_dict(data)
    assert type(event) is RealtimeBetaServerEventResponseAudioDelta
    assert type(voice_live_server_event_from_dict({"type": "newer"})) is Unknown


def test_a_wrong_event_is_told_by_its_class_or_kept() -> None:
    with pytest.raises(DecodeError) as info:
        xai_server_event_from_dict({**PING, "timestamp": "t"})
    message = "XaiServerEventPing: /timestamp: expected integer, found string"
    assert str(info.value) == message
    kept = xai_server_event_from_dict({**PING, "timestamp": "t"}, invalid="keep")
    assert isinstance(kept, XaiServerEventPing)
    assert [problem.pointer for problem in kept.problems] == ["/timestamp"]


def test_what_works_on_any_type_works_on_theirs() -> None:
    event = XaiServerEventPing(event_id="e", timestamp=1, extra={"new": 1})
    assert from_wire(XaiServerEvent, event.to_dict()) == event
    assert from_wire(RealtimeServerEvent | XaiServerEventPing, event.to_dict()) == event
    assert check(XaiServerEvent, {**PING, "new": 1})[0].code == "unknown_field"
    schema = json.loads(json.dumps(json_schema(XaiServerEventPing)))
    assert schema["$defs"]["XaiServerEventPing"]["required"] == ["type", "timestamp"]


@needs_reference
def test_events_of_the_servers_are_decoded() -> None:
    for file, decode, kind in (
        ("xai", xai_server_event_from_dict, XaiServerEventPing),
        (
            "azure_voice_live",
            voice_live_server_event_from_dict,
            VoiceLiveServerEventResponseAnimationVisemeDelta,
        ),
    ):
        lines = (REFERENCE / "dialects" / f"{file}.jsonl").read_text("utf-8").splitlines()
        events = [decode(json.loads(line), invalid="keep") for line in lines]
        found = [event for event in events if isinstance(event, kind)]
        assert found
        assert all(not event.problems for event in found)


def test_a_schema_may_use_our_types_in_fields_and_its_own_in_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = write_schema(
        tmp_path / "schema",
        lamps="""
        Lamp:
          description: A lamp.
          required: [type]
          properties:
            type: {const: lamp, description: d}
            item: {$ref: "items.yaml#/RealtimeConversationItem", description: d}
            tools: {type: array, items: {$ref: "tools.yaml#/MCPTool"}, description: d}
        """,
        mine="""
        Mine:
          description: d
          oneOf: [{$ref: "server_events.yaml#/RealtimeServerEvent"}, {$ref: "lamps.yaml#/Lamp"}]
          discriminator: {propertyName: type}
        """,
    )
    out = tmp_path / "own_lamps"
    out.mkdir()
    (out / "__init__.py").touch()
    (out / "kept.py").touch()
    command = ["--extend", "realtime_models", "--schema", str(schema), "--out", str(out)]
    assert [main(command), main([*command, "--check"])] == [0, 0]
    assert {path.name for path in out.iterdir()} == {
        "__init__.py",
        "kept.py",
        "lamps.py",
        "mine.py",
    }
    monkeypatch.syspath_prepend(tmp_path)
    mine: Any = importlib.import_module("own_lamps.mine")
    lamps: Any = importlib.import_module("own_lamps.lamps")
    item = {"type": "message", "role": "user", "content": []}
    data = {"type": "lamp", "item": item, "tools": [{"type": "mcp", "server_label": "s"}]}
    lamp = mine.mine_from_dict(data)
    assert type(lamp) is lamps.Lamp
    assert lamp.to_dict() == data
    assert type(lamp.item).__module__ == "realtime_models.wire.items"
    for name in ("own_lamps.mine", "own_lamps.lamps", "own_lamps"):
        del sys.modules[name]


def test_the_modules_may_extend_a_copy_of_the_library(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ["--extend", "app.models", "--schema", str(OWN / "schema"), "--out", str(out)]
    assert main(command) == 0
    text = (out / "xai.py").read_text("utf-8")
    assert "from app.models._runtime.sentinel import UNSET, UnsetType\n" in text
    assert "from app.models.wire.server_events import (\n" in text
    assert "realtime_models" not in text


def test_the_modules_are_left_alone_by_the_tools_of_the_project() -> None:
    text = (OWN / "xai.py").read_text("utf-8")
    assert text.startswith("# ruff: noqa\n# fmt: off\n# isort: skip_file\n")
    assert inspect.getdoc(XaiServerEventPing) == (
        "The connection is alive.\n\nSchema: `XaiServerEventPing`."
    )


def test_a_file_of_a_name_that_ours_have_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = write_schema(tmp_path / "schema", items="Mine: {type: string, description: d}")
    command = ["--extend", "realtime_models", "--schema", str(schema), "--out", str(tmp_path)]
    assert main(command) == 2
    message = "schema error: /items: the extended schema has a file of this name, too: rename it\n"
    assert capsys.readouterr() == ("", message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["realtime_models"], "--extend needs the folders --schema and --out"),
        (["my-app", "--schema", "a", "--out", "b"], "my-app is not the name of a package"),
    ],
)
def test_extending_needs_a_package_a_schema_and_a_place(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--extend", *arguments])
    assert capsys.readouterr().err.endswith(f"error: {message}\n")
