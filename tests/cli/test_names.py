"""The types and their names: ``list``, ``show`` and ``schema``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import realtime_models as rm
from realtime_models import catalog
from realtime_models.catalog import as_model, find, find_names, tags_of, type_names
from realtime_models.schemas import json_schema
from realtime_models.wire import HOMES
from tests.cli.inputs import GOOD, Run, write
from tests.support.cases import TYPES
from tests.support.oracle import validator
from tests.support.paths import EXAMPLES
from tests.support.strategies import instances, mutated

NAMES = sorted(type_names())
CLASSES = [name for name in NAMES if as_model(find(name))]


def test_list_names_every_type_under_its_module_with_its_tag(run: Run) -> None:
    expected: list[str] = []
    modules = sorted(set(HOMES.values()))
    beta = ["beta_events", "beta_session"]
    for module in [*(module for module in modules if module not in beta), *beta]:
        names = [name for name in NAMES if HOMES[name] == module]
        expected.append(f"{module} ({len(names)})")
        for name in names:
            tags = ", ".join(tags_of(name))
            expected.append(
                f"  {name}  {tags}".rstrip() if name in CLASSES else f"  {name} (alias)"
            )
    expected.append(f"{len(CLASSES)} classes, {len(NAMES) - len(CLASSES)} aliases")
    assert run("list") == (0, expected, "")


def test_list_searches_for_words_in_names_and_tags(run: Run) -> None:
    name = "RealtimeServerEventInputAudioBufferTimeoutTriggered"
    line = f"  {name}  input_audio_buffer.timeout_triggered"
    assert run("list", "timeout") == (0, ["server_events (1)", line, "1 class, 0 aliases"], "")
    found = run("list", "session.UPDATE", "beta")[1]
    assert found[1].startswith("  RealtimeBetaClientEventSessionUpdate  session.update")
    assert "  RealtimeServerEventResponseDone  response.done" in run("list", "DoneEvent")[1]
    assert run("list", "nonsense") == (1, ["0 classes, 0 aliases"], "")


def test_show_lists_the_members_of_a_union_with_their_tags(run: Run) -> None:
    status, out, _ = run("show", "RealtimeServerEvent")
    assert status == 0
    shown = dict(line.split() for line in out[out.index("") + 1 :])
    assert shown["RealtimeServerEventResponseDone"] == "response.done"
    assert len(shown) == len(find("RealtimeServerEvent").__args__) - 1  # type: ignore[attr-defined]
    assert run("show", "RealtimeTurnDetection")[1][-3:] == [
        "  RealtimeTurnDetectionServerVad    server_vad",
        "  RealtimeTurnDetectionSemanticVad  semantic_vad",
        "  null",
    ]


@pytest.mark.parametrize(
    ("word", "names"),
    [
        (
            "response.done",
            ["RealtimeServerEventResponseDone", "RealtimeBetaServerEventResponseDone"],
        ),
        ("response.audio.delta", ["RealtimeBetaServerEventResponseAudioDelta"]),
        (
            "ResponseDoneEvent",
            ["RealtimeServerEventResponseDone", "RealtimeBetaServerEventResponseDone"],
        ),
        ("responsedoneevent", find_names("ResponseDoneEvent")),
        ("ConversationItemAdded", ["RealtimeServerEventConversationItemAdded"]),
        (
            "RealtimeErrorEvent",
            [
                "RealtimeServerEventError",
                "RealtimeBetaServerEventError",
                "RealtimeBetaServerEventErrorError",
            ],
        ),
        ("RealtimeMcphttpError", ["RealtimeMCPHTTPError"]),
        ("RealtimeConversationItemUserMessage", ["RealtimeConversationItemMessageUser"]),
        ("RealtimeTool", ["RealtimeResponseCreateParamsToolsInner"]),
        ("RealtimeToolChoice", ["RealtimeBetaResponseCreateParamsToolChoice"]),
        ("RealtimeError", ["RealtimeBetaServerEventErrorError"]),
        ("realtimeratelimit", ["RealtimeBetaServerEventRateLimitsUpdatedRateLimitsInner"]),
        ("server_vad", ["RealtimeTurnDetectionServerVad"]),
        ("CallAcceptParams", ["RealtimeSessionCreateRequestGA"]),
        ("RealtimeCreateClientSecretRequest.expires_after", ["ClientSecretExpiration"]),
        ("response.done.response", ["RealtimeResponse", "RealtimeBetaResponse"]),
        ("RealtimeResponse.output.call_id", []),
        ("RealtimeResponse.outputs", []),
        ("RealtimeSessionCreateRequestGATracing.metadata", []),
        ("RealtimeTool.allowed_tools", ["MCPToolAllowedTools"]),
        ("NoiseReductionType.type", []),
        (".response", []),
        ("RealtimeServerEvent", ["RealtimeServerEvent"]),
        ("realtime_server_event_from_json", []),
        ("", []),
    ],
)
def test_a_type_has_names_its_tag_what_the_official_sdk_calls_it_and_paths_to_it(
    word: str, names: list[str]
) -> None:
    assert find_names(word) == names


@pytest.mark.parametrize("name", NAMES)
def test_every_word_for_a_type_finds_it(name: str) -> None:
    assert find_names(name) == [name]
    for word in (*tags_of(name), name.lower()):
        assert name in find_names(word)


@pytest.mark.parametrize("command", ["show", "schema"])
def test_a_type_may_be_named_by_its_tag(run: Run, command: str) -> None:
    by_name = run(command, "RealtimeServerEventResponseDone")
    status, out, err = run(command, "response.done")
    assert (status, out[: len(by_name[1])], err) == by_name
    more = ["", "see also RealtimeBetaServerEventResponseDone"] if command == "show" else []
    assert out[len(by_name[1]) :] == more


def test_as_understands_tags_and_names_of_the_sdk(run: Run) -> None:
    write("a.json", GOOD)
    for word in ("error", "RealtimeErrorEvent", "RealtimeServerEventError"):
        out = run("check", "--as", word, "a.json")[1]
        assert out[1] == "  RealtimeServerEventError: 1 document, 0 problems"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("Quux", ""),
        ("RealtimeTruncatio", "; is it RealtimeTruncation?"),
        ("response.don", "; is it response.done?"),
        ("ResponseDoneEvnt", "; is it RealtimeServerEventResponseDone or "),
        ("realtime_truncation_to_dict", ""),
    ],
)
@pytest.mark.parametrize("command", [["show"], ["schema"], ["check", "a.json", "--as"]], ids=str)
def test_an_unknown_name_is_answered_with_names_that_are_like_it(
    run: Run, command: list[str], word: str, hint: str
) -> None:
    status, out, err = run(*command, word)
    assert (status, out) == (2, [])
    assert err.startswith(f"no type is called {word}{hint}")
    assert hint or "realtime_" in word or err == f"no type is called {word}\n"


def test_show_tells_the_fields_of_a_class(run: Run) -> None:
    assert run("show", "RealtimeServerEventError") == (
        0,
        [
            "RealtimeServerEventError",
            (
                "  Sent by the server when something goes wrong on your side or its own."
                " The session usually goes"
            ),
            "  on, so log these events.",
            "",
            "  event_id: string",
            "      ID of this event.",
            "",
            '  type: "error"',
            "      Always `error`.",
            "",
            "  error: RealtimeBetaServerEventErrorError",
            "      What went wrong.",
        ],
        "",
    )


def test_show_tells_what_an_alias_stands_for(run: Run) -> None:
    assert run("show", "ResponsePromptVariables") == (
        0,
        [
            "ResponsePromptVariables",
            ("  Values of a prompt template's variables, by name; null if it has none."),
            "",
            "  object of (string | InputTextContent | InputImageContent | InputFileContent) | null",
        ],
        "",
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("RealtimeAudioFormatsPCM", '  type: "audio/pcm" (optional)'),
        ("RealtimeAudioFormatsPCM", "  rate: 24000 (optional)"),
        ("MCPTool", "  headers: object of (string) | null (optional)"),
        ("MCPTool", "  allowed_tools: array of (string) | MCPToolFilter | null (optional)"),
        ("Prompt", "  version: string | null (optional)"),
        ("RealtimeSessionCreateResponse", '  max_output_tokens: integer | "inf" (optional)'),
        ("RealtimeSessionCreateResponse", "  speed: number (optional)"),
        ("RealtimeFunctionTool", "  parameters: object (optional)"),
    ],
)
def test_show_tells_what_a_field_may_be(run: Run, name: str, line: str) -> None:
    assert line in run("show", name)[1]


@pytest.mark.parametrize("name", NAMES)
def test_every_type_and_every_field_is_described(name: str) -> None:
    model = as_model(find(name))
    if model is None:
        assert catalog.alias_doc(name)
    else:
        assert catalog.model_doc(model)
        described = {field for field, doc in catalog.field_docs(model).items() if doc}
        assert described == set(model.__dataclass_fields__)


@pytest.fixture
def without_source(monkeypatch: pytest.MonkeyPatch) -> None:
    def getsource(module: object) -> str:
        raise OSError("could not get source code")

    monkeypatch.setattr("inspect.getsource", getsource)
    monkeypatch.setattr(catalog, "_docs", catalog._read_docs)  # without any cache


@pytest.mark.usefixtures("without_source")
def test_without_source_only_the_words_for_fields_are_missing(run: Run) -> None:
    assert run("show", "RealtimeServerEventError") == (
        0,
        [
            "RealtimeServerEventError",
            "  Sent by the server when something goes wrong on your side or its own."  # noqa: ISC004
            " The session usually goes",
            "  on, so log these events.",
            "",
            "  event_id: string",
            "",
            '  type: "error"',
            "",
            "  error: RealtimeBetaServerEventErrorError",
        ],
        "",
    )
    schema: Any = json_schema("CustomVoice")
    assert schema["$defs"]["CustomVoice"]["properties"]["id"]["description"] == ""


def test_schema_prints_a_json_schema(run: Run) -> None:
    status, out, err = run("schema", "CustomVoice")
    assert (status, err) == (0, "")
    assert out[:2] == ["{", '  "$schema": "https://json-schema.org/draft/2020-12/schema",']
    assert json.loads("\n".join(out)) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "CustomVoice",
        "description": "Reference to a custom voice.",
        "$ref": "#/$defs/CustomVoice",
        "$defs": {
            "CustomVoice": {
                "type": "object",
                "description": "Reference to a custom voice.",
                "properties": {
                    "id": {
                        "type": "string",
                        "description": "ID of the voice, starting with `voice_`.",
                    }
                },
                "required": ["id"],
            }
        },
    }


def test_limits_stand_in_the_json_schema() -> None:
    definitions: Any = json_schema("RealtimeSessionCreateRequestGA")["$defs"]
    assert definitions["RealtimeTruncationRetentionRatio"]["properties"]["retention_ratio"] == {
        "type": "number",
        "minimum": 0,
        "maximum": 1,
        "description": catalog.field_docs(rm.RealtimeTruncationRetentionRatio)["retention_ratio"],
    }
    tool = definitions["MCPTool"]["properties"]
    assert tool["tunnel_id"]["pattern"] == "^tunnel_[a-z0-9]{32}$"
    assert tool["allowed_callers"]["anyOf"][0]["minItems"] == 1


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: str(path.stem))
def test_an_example_is_valid_under_the_printed_schema(run: Run, path: Path) -> None:
    _, out, _ = run("schema", TYPES[path.stem])
    schema = json.loads("\n".join(out))
    Draft202012Validator(schema).validate(json.loads(path.read_text("utf-8")))


@cache
def printed(name: str) -> Draft202012Validator:
    """Return whether the printed JSON Schema, which must be valid, accepts the data."""
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_the_printed_schema_is_the_exact_one_but_for_newer_fields(
    name: str, data: st.DataObject
) -> None:
    value = data.draw(instances(name) | mutated(name))
    codes = {problem.code for problem in rm.check(name, value)}
    if codes <= {"unknown_field"} or validator(name, "exact").is_valid(value):
        assert printed(name).is_valid(value)
    # An object without its tag is no variant, but may still have all that the schema requires;
    # rules between fields are not part of the schema.
    if codes - {"unknown_field", "unknown_variant", "refused"}:
        assert not printed(name).is_valid(value)
