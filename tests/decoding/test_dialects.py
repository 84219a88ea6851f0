"""Events of fifteen other servers: none is lost, and the guide names their unions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import realtime_models as rm
from realtime_models import DecodeError, Unknown
from tests.support.paths import REFERENCE, ROOT, needs_reference
from tests.support.snake import outcome

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

Decode = Callable[..., Any]
UNIONS: dict[str, Decode] = {
    "RealtimeServerEvent": rm.realtime_server_event_from_dict,
    "RealtimeBetaServerEvent": rm.realtime_beta_server_event_from_dict,
}


def events(path: Path) -> list[dict[str, Any]]:
    """Return the events of one server."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def servers() -> list[Path]:
    """Return the files, one a server."""
    return sorted((REFERENCE / "dialects").glob("*.jsonl"))


@pytest.mark.parametrize("path", servers(), ids=lambda path: path.stem)
@pytest.mark.parametrize("union", UNIONS)
def test_every_event_is_kept_as_its_class_and_comes_back_equal(path: Path, union: str) -> None:
    known = tags_of(union)
    for event in events(path):
        kept = UNIONS[union](event, invalid="keep")
        assert kept.to_dict() == event
        assert isinstance(kept, Unknown) == (event.get("type") not in known)
        expected = outcome(union, event)
        if isinstance(expected, DecodeError):
            assert kept.problems == expected.problems
        else:
            assert (kept, kept.problems) == (expected, ())


@pytest.mark.parametrize("path", servers(), ids=lambda path: path.stem)
def test_the_loop_of_readme_survives_every_event(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    [loop] = [part for part in readme.split("```python\n") if "def handle(" in part]
    namespace: dict[str, Any] = {}
    exec(loop.partition("```")[0], namespace)
    for event in events(path):
        namespace["handle"](json.dumps(event))
    assert capsys.readouterr().out


def test_the_guide_has_the_table_as_measured() -> None:
    table = GUIDE.read_text("utf-8").partition("[start:servers] -->\n")[2]
    assert table.partition("<!--")[0].splitlines()[2:] == [row(path) for path in servers()]


def row(path: Path) -> str:
    """Return a server's row in the guide, with the union that refuses and misses less."""
    found = events(path)
    counts = {name: counted(decode, found) for name, decode in UNIONS.items()}
    best = min(UNIONS, key=lambda name: sum(counts[name]))
    cells = [f"{refused} refused, {unknown} unknown" for refused, unknown in counts.values()]
    return f"| {NAMES[path.stem]} | {len(found)} | {' | '.join(cells)} | `{best}` |"


def counted(decode: Decode, found: list[dict[str, Any]]) -> tuple[int, int]:
    """Return how many events are refused unless kept, and how many have an unknown type."""
    refused = 0
    for event in found:
        try:
            decode(event)
        except DecodeError:
            refused += 1
    unknown = [event for event in found if isinstance(decode(event, invalid="keep"), Unknown)]
    return refused, len(unknown)


def tags_of(union: str) -> set[str]:
    """Return the tags of a union of events."""
    found: Any = rm.json_schema(union)
    return set(found["discriminator"]["mapping"])
