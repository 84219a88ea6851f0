"""Secrets and audio are shown nowhere: not by a value, not by an error, not by the command line."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import realtime_models as rm
from realtime_models.catalog import find, type_names
from tests.support.secrets import MARK, messages, secret_fields
from tests.support.snake import decode, outcome, write

WRONG = [None, True, 7, "other", [], {}, [MARK], {"x": MARK}, float("nan")]
"""The replacements for a place in a message. One is always of the wrong type."""

CASES = {name: found for name in type_names() if (found := list(messages(name)))}


def test_the_schema_has_secrets_of_every_kind() -> None:
    found = secret_fields()
    assert {
        ("RealtimeCreateClientSecretResponse", "value"),
        ("MCPTool", "authorization"),
        ("MCPTool", "headers"),
        ("WebhookRealtimeCallIncomingDataSipHeadersInner", "value"),
        ("RealtimeServerEventResponseAudioDelta", "delta"),
    } < set(found)
    assert {type_name for type_name, _ in found} < set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_value_does_not_show_its_secrets(name: str) -> None:
    for message in CASES[name]:
        value = decode(name, message)
        assert MARK in json.dumps(write(name, value))
        for shown in (repr(value), str(value), f"{value}", "%s" % (value,), repr([value])):  # noqa: UP031
            assert MARK not in shown


@pytest.mark.parametrize("name", CASES)
def test_no_problem_shows_a_secret(name: str) -> None:
    for message in CASES[name]:
        errors: list[rm.DecodeError] = []
        for broken in _broken(message):
            assert MARK not in repr(rm.check(find(name), broken))
            found = outcome(name, broken)
            if isinstance(found, rm.DecodeError):
                assert MARK not in f"{found}{found!r}{found.args}"
                errors.append(found)
        assert MARK not in _told(errors[-1])


def test_a_message_that_is_kept_shows_no_secret() -> None:
    count = 0
    for name in ("RealtimeServerEvent", "RealtimeClientEvent"):
        for message in CASES[name]:
            for broken in _broken(message):
                event = rm.realtime_server_event_from_dict(broken, invalid="keep")
                count += isinstance(event, rm.Unknown)
                assert MARK not in repr(event)
    assert count > 1000


def test_text_that_is_broken_is_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    for text in (f'{{"value": "{MARK}"', f'{{"value": {MARK}}}', f'"{MARK}"', MARK, f'{{"{MARK}'):
        with pytest.raises(rm.DecodeError) as info:
            rm.RealtimeCreateClientSecretResponse.from_json(text)
        assert MARK not in _told(info.value)
        try:
            rm.RealtimeCreateClientSecretResponse.from_json(text)
        except rm.DecodeError:
            logging.exception("cannot read it")
    assert "cannot read it" in caplog.text
    assert MARK not in caplog.text


@pytest.mark.original
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command_line_shows_no_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    from realtime_models.__main__ import main  # which copies of the library do not have

    file = tmp_path / "all.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for name in ("RealtimeServerEvent", "RealtimeClientEvent", "MCPTool", "RealtimeSession"):
            for message in CASES[name]:
                for broken in [message, *_broken(message)]:
                    lines.write(f"{json.dumps(broken)}\n")
        lines.write(f'{{"value": "{MARK}"\n')
    assert main(["check", "--strict", "--all", "--format", form, str(file)]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) > 1000
    assert MARK not in out + err


def _told(error: rm.DecodeError) -> str:
    """Return all that an error and its traceback tell to people and to logs."""
    trace = "".join(traceback.format_exception(error))
    chain = [error.__cause__, error.__context__]
    return f"{error}{error!r}{error.args}{error.problems}{trace}{chain}{pickle.dumps(error)!r}"


def _broken(message: Any) -> Iterator[Any]:
    """Yield the message with each place in it replaced, removed, or given an unknown neighbour."""
    yield from WRONG
    for place in _places(message):
        for change in range(len(WRONG) + 2):
            root = copy.deepcopy(message)
            container = root
            for key in place[:-1]:
                container = container[key]
            if change < len(WRONG):
                container[place[-1]] = WRONG[change]
            elif change == len(WRONG):
                del container[place[-1]]
            elif isinstance(container, dict):
                container["newer"] = {"token": MARK}
            yield root


def _places(value: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the places in a value: names and indices on the way to each."""
    members: Any = ()
    if isinstance(value, (dict, list)):
        members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in members:
        yield (key,)
        for place in _places(member):
            yield (key, *place)
