"""Unions with fewer members: those that are left out are decoded as ``Unknown``."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

import realtime_models as rm
from tests.vendoring.copies import module_of, vendor
from tests.vendoring.test_onefile import closure, models

EVENTS = "RealtimeServerEventError,RealtimeServerEventConversationItemDone"


def test_a_union_of_fewer_members_reads_the_others_as_unknown(tmp_path: Path) -> None:
    module = module_of(tmp_path, f"RealtimeServerEvent={EVENTS}")
    members = [member.__name__ for member in get_args(module.RealtimeServerEvent)]
    assert sorted(members) == sorted([*EVENTS.split(","), "Unknown"])
    read = module.realtime_server_event_from_json
    error = read('{"type": "error", "event_id": "e", "error": {"message": "m", "type": "t"}}')
    assert isinstance(error, module.RealtimeServerEventError)
    created = {"type": "session.created", "event_id": "e", "session": {"type": "realtime"}}
    other = module.realtime_server_event_from_dict(created)
    assert isinstance(other, module.Unknown)
    assert other.to_dict() == created
    assert set(models(module)) == closure(*EVENTS.split(","))
    broken = module.realtime_server_event_from_dict(
        {"type": "error", "event_id": 1}, invalid="keep"
    )
    assert isinstance(broken, module.RealtimeServerEventError)
    assert [problem.pointer for problem in broken.problems] == ["/event_id", "/error"]


def test_a_member_can_be_told_by_its_tag_which_is_that_of_the_same_api(tmp_path: Path) -> None:
    for union in ("RealtimeServerEvent", "RealtimeBetaServerEvent"):
        module = module_of(tmp_path, f"{union}=response.done", name=union.lower())
        members = [member.__name__ for member in get_args(getattr(module, union))]
        assert members == [f"{union}ResponseDone", "Unknown"]


def test_selections_of_one_union_are_joined(tmp_path: Path) -> None:
    first, second = (f"RealtimeServerEvent={member}" for member in EVENTS.split(","))
    module = module_of(tmp_path, first, second)
    members = [member.__name__ for member in get_args(module.RealtimeServerEvent)]
    assert sorted(members) == sorted([*EVENTS.split(","), "Unknown"])
    one_by_one = module_of(tmp_path, first, name="later")
    assert "RealtimeServerEventConversationItemDone" not in one_by_one.__all__
    one_by_one = module_of(tmp_path, second, name="later")
    assert get_args(one_by_one.RealtimeServerEvent)[2:] == (one_by_one.Unknown,)
    whole = module_of(tmp_path, first, "RealtimeServerEvent", name="whole")
    assert len(get_args(whole.RealtimeServerEvent)) > 40


def test_members_may_be_unions_and_unions_may_be_parts(tmp_path: Path) -> None:
    fewer = "RealtimeConversationItem=RealtimeConversationItemMessage"
    module = module_of(tmp_path, "RealtimeServerEventConversationItemDone", fewer)
    assert "RealtimeConversationItemMessageUser" in models(module)
    assert "RealtimeMCPToolCall" not in models(module)
    item = {"type": "mcp_call", "id": "i", "server_label": "s", "arguments": "", "name": "n"}
    kept = module.realtime_conversation_item_from_dict(item)
    assert isinstance(kept, module.Unknown)
    one = module_of(
        tmp_path, "RealtimeConversationItem=RealtimeConversationItemFunctionCall", name="another"
    )
    assert "RealtimeConversationItemMessage" not in one.__all__
    message = {"type": "message", "role": "user", "content": []}
    assert isinstance(one.realtime_conversation_item_from_dict(message), one.Unknown)


@pytest.mark.parametrize(
    ("member", "kept", "dropped"),
    [
        ("RealtimeConversationItem", "function_call", "item_reference"),
        ("RealtimeResponseItemReference", "item_reference", "function_call"),
    ],
)
def test_a_union_inside_a_union_is_kept_or_left_out_as_a_whole(
    tmp_path: Path, member: str, kept: str, dropped: str
) -> None:
    union = "RealtimeResponseCreateParamsInputInner"
    module = module_of(tmp_path, f"{union}={member}")
    data = {"id": "i", "name": "n", "arguments": "", "call_id": "c"}
    read = module.realtime_response_create_params_input_inner_from_dict
    item = read({"type": kept, **data})
    assert type(item) is not module.Unknown
    assert type(read({"type": dropped, **data})) is module.Unknown
    params = module_of(tmp_path, "RealtimeResponseCreateParams", f"{union}={member}", name="more")
    item = params.realtime_response_create_params_input_inner_from_dict({"type": kept, **data})
    unknown = params.Unknown({"type": "newer"})
    assert params.RealtimeResponseCreateParams(input=[item, unknown]).input == (item, unknown)


@pytest.mark.parametrize(
    ("side", "kept", "dropped"),
    [("Server", "response.done", "response.cancel"), ("Client", "response.cancel", "error")],
)
def test_a_union_of_two_unions_may_keep_either(
    tmp_path: Path, side: str, kept: str, dropped: str
) -> None:
    module = module_of(tmp_path, f"RealtimeEvent=Realtime{side}Event", name=f"of_{side.lower()}s")
    found = module.realtime_event_from_dict({"type": kept}, invalid="keep")
    assert type(found).__name__.startswith(f"Realtime{side}EventResponse")
    assert isinstance(module.realtime_event_from_dict({"type": dropped}), module.Unknown)


def test_a_union_whose_members_are_all_named_is_whole(tmp_path: Path) -> None:
    union = "RealtimeTurnDetection"
    module = module_of(tmp_path, f"{union}=server_vad,semantic_vad")
    assert {name for name in module.__all__ if name.startswith(union)} == {
        *(union, f"{union}ServerVad", f"{union}SemanticVad")
    }


def test_a_union_with_strings_keeps_them(tmp_path: Path) -> None:
    module = module_of(
        tmp_path, "RealtimeBetaResponseCreateParamsToolChoice=ToolChoiceFunction", name="choice"
    )
    read = module.realtime_beta_response_create_params_tool_choice_from_dict
    assert read("auto") == "auto"
    assert isinstance(read({"type": "function", "name": "f"}), module.ToolChoiceFunction)
    assert isinstance(read({"type": "mcp", "server_label": "s"}), module.Unknown)
    assert rm.ToolChoiceMCP.__name__ not in models(module)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "RealtimeServerEvent=RealtimeServerEventEror",
            "no type is called RealtimeServerEventEror; is it RealtimeServerEventError",
        ),
        ("RealtimeServerEvent=Nope", "no type is called Nope\n"),
        ("RealtimeServerEvent=MCPTool", "RealtimeServerEvent has no member MCPTool\n"),
        ("RealtimeServerEvents=Nope", "no type is called RealtimeServerEvents; is it RealtimeSer"),
        ("MCPTool=MCPTool", "MCPTool is not a union whose members can be selected"),
        ("RealtimeEvent=response.done", "RealtimeEvent has no member RealtimeServerEv"),
        ("VoiceIdsOrCustomVoice=CustomVoice", "VoiceIdsOrCustomVoice is not a union whose members"),
        ("MCPToolAllowedTools=MCPToolFilter", "MCPToolAllowedTools is not a union whose members"),
    ],
)
def test_what_cannot_be_meant_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    assert vendor(tmp_path / "copied.py", name) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"cannot copy: {message}")
    assert len(error) < 300
    assert not (tmp_path / "copied.py").exists()
