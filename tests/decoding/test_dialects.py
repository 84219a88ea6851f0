"""Events of fifteen other servers: none is lost."""

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
