"""What the command line says of recordings: of other servers, and of healthy and refused ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import realtime_models as rm
from realtime_models.cli.recognise import NEWER, Recogniser
from tests.decoding.test_dialects import UNIONS, Decode, counted, events, servers
from tests.support.paths import REFERENCE, ROOT, needs_reference
from tests.support.recognise import recognise

pytestmark = needs_reference

GUIDE = ROOT / "docs" / "guides" / "beta.md"
NAMES = {
    "azure_voice_live": "Azure Voice Live",
    "glm_realtime": "GLM",
    "hf_speech_to_speech": "Hugging Face speech-to-speech",
    "lemonade": "lemonade",
    "litellm_bedrock": "LiteLLM Bedrock",
    "litellm_gemini": "LiteLLM Gemini",
    "localai": "LocalAI",
    "qwen_omni": "Qwen-Omni",
    "speaches": "speaches",
    "stepfun": "StepFun",
    "unmute": "unmute",
    "vllm_omni_duplex": "vLLM-Omni duplex",
    "vllm_omni_realtime": "vLLM-Omni realtime",
    "vllm_realtime": "vLLM",
    "xai": "xAI",
}
"""The files, with the servers' names in the guide."""
SESSIONS = sorted((REFERENCE / "sessions").glob("*.jsonl"))
SPOKEN = {"beta": "beta", "ga": "ga", "server": "ga", "xai": "ga"}
"""The APIs that recordings speak, by how their names begin."""
DUMPED = "beta_openai_three_turns_cancelled"
"""It went through an SDK, which added nulls and fields."""


def lines(name: str) -> list[Any]:
    """Return the documents of a file of JSON Lines."""
    return [json.loads(line) for line in (REFERENCE / name).read_text("utf-8").splitlines()]


def recognised(path: Path) -> Iterator[tuple[Mapping[str, object], str]]:
    """Yield the events of a recording with the names of their types."""
    found = [line["event"] for line in lines(f"sessions/{path.name}")]
    recogniser = Recogniser(SPOKEN[path.stem.partition("_")[0]])
    for event in found:
        kind = recogniser.find(event)
        if kind is not None:
            yield event, kind if isinstance(kind, str) else kind.__name__


def test_the_command_the_table_and_the_guide_agree_on_each_server() -> None:
    table = GUIDE.read_text("utf-8").partition("[start:servers] -->\n")[2]
    assert table.partition("<!--")[0].splitlines()[2:] == [row(path) for path in servers()]


def row(path: Path) -> str:
    """Return a server's row in the guide, with the union of the API that the command finds."""
    found = events(path)
    counts = {name: counted(decode, found) for name, decode in UNIONS.items()}
    recogniser = Recogniser()
    for event in found:
        recogniser.find(event)
    best = NEWER[recogniser.api or "ga"]
    assert counts[best][1] == min(unknown for _, unknown in counts.values())
    cells = [f"{refused} refused, {unknown} unknown" for refused, unknown in counts.values()]
    return f"| {NAMES[path.stem]} | {len(found)} | {' | '.join(cells)} | `{best}` |"


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_a_recording_speaks_the_api_that_it_was_made_of(path: Path) -> None:
    recogniser = Recogniser()
    for line in lines(f"sessions/{path.name}"):
        recogniser.find(line["event"])
    assert recogniser.api == SPOKEN[path.stem.partition("_")[0]]


@pytest.mark.parametrize(
    "path", [path for path in SESSIONS if "openai" in path.stem], ids=lambda path: path.stem
)
def test_a_healthy_recording_has_no_notice(path: Path) -> None:
    found = [problem for event, name in recognised(path) for problem in rm.check(name, event)]
    assert bool(found) == (path.stem == DUMPED)
    assert {problem.code for problem in found} <= {"unknown_field", "unexpected_null"}


@pytest.mark.parametrize(
    "path", [path for path in SESSIONS if "azure" in path.stem], ids=lambda path: path.stem
)
def test_only_what_azure_adds_is_told_of_its_recordings(path: Path) -> None:
    found = [problem for event, name in recognised(path) for problem in rm.check(name, event)]
    assert {(problem.pointer, problem.code) for problem in found} == {("/content", "unknown_field")}


@pytest.mark.parametrize("path", servers(), ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("api", "read"),
    [("ga", rm.realtime_event_from_dict), ("beta", rm.realtime_beta_event_from_dict)],
)
def test_an_event_is_of_the_class_that_the_union_of_a_named_api_has(
    path: Path, api: str, read: Decode
) -> None:
    for event in events(path):
        kept = read(event, invalid="keep")
        assert isinstance(kept, rm.Unknown) or recognise(event, api) == type(kept).__name__


@pytest.mark.parametrize("session", lines("flat-updates.jsonl") if REFERENCE.is_dir() else [])
def test_a_flat_update_is_the_betas_whatever_fields_a_vendor_adds(session: Any) -> None:
    assert recognise(session) == "RealtimeBetaClientEventSessionUpdate"


@pytest.mark.parametrize(
    "case", lines("refused.jsonl") if REFERENCE.is_dir() else [], ids=lambda case: case["name"]
)
def test_what_a_server_refused_is_told_and_what_it_accepted_is_not(case: Any) -> None:
    name = recognise(case["message"])
    assert name is not None
    assert name.startswith("RealtimeBeta") == (case["api"] == "beta")
    assert bool(rm.check(name, case["message"])) == (case["server"] is not None)
