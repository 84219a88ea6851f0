"""``convert``: what is printed, what is told, and the exit status."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from realtime_models.cli import source
from tests.cli.inputs import NEWER, Run, write
from tests.support.cases import load
from tests.support.paths import DATA

DELTA = (
    b'{"type": "response.text.delta", "event_id": "e", "response_id": "r", "item_id": "i",'
    b' "output_index": 0, "content_index": 0, "delta": "Hel"}'
)
UPDATE = b'{"type": "session.update", "session": {"voice": "sage", "temperature": 0.7}}'
SESSION = '{"type":"realtime","audio":{"output":{"voice":"sage"}}}'
UPDATED = f'{{"type":"session.update","session":{SESSION}}}'
DONE = (
    b'{"type": "conversation.item.done", "event_id": "e",'
    b' "item": {"type": "function_call", "name": "f", "arguments": ""}}'
)
TOLD = "/session/temperature: the current API does not take `temperature`\n"


def test_events_of_both_sides_are_converted_one_a_line(run: Run) -> None:
    status, out, err = run("convert", "--to", "ga", write("log.jsonl", UPDATE, DELTA, NEWER))
    assert status == 0
    assert out[0] == UPDATED
    assert json.loads(out[1]) == {**json.loads(DELTA), "type": "response.output_text.delta"}
    assert out[2:] == ['{"type":"session.vanished"}']
    assert err == f"log.jsonl:1: {TOLD}"


def test_what_is_lost_is_an_error_only_if_strict(run: Run) -> None:
    name = write("log.jsonl", UPDATE)
    assert run("convert", "--to", "ga", "--strict", name) == (1, [UPDATED], f"{name}:1: {TOLD}")
    assert run("convert", "--to", "ga", "--strict", write("other.jsonl", DELTA))[0] == 0


def test_an_event_that_the_beta_does_not_have_is_told_and_left_out(run: Run) -> None:
    status, out, err = run("convert", "--to", "beta", write("log.jsonl", DONE))
    assert (status, out) == (0, [])
    assert err == "log.jsonl:1: the beta does not tell when an item is done\n"


def test_the_events_in_records_of_a_log_are_converted(run: Run) -> None:
    record = b'{"time": 1, "event": %s}' % UPDATE
    status, out, err = run("convert", "--to", "ga", write("log.jsonl", b"", record))
    assert (status, out) == (0, [UPDATED])
    assert err == f"log.jsonl:2: /event{TOLD}"


def test_what_cannot_be_decoded_is_named_and_left_out(run: Run) -> None:
    lines = (b'{"type": "session.update", "session": 5}', b'{"voice": "sage"}', b'{"a": ', UPDATE)
    status, out, err = run("convert", "--to", "ga", write("log.jsonl", *lines))
    assert (status, out) == (1, [UPDATED])
    assert err.splitlines() == [
        "log.jsonl:1: /session: expected object, found integer",
        "log.jsonl:2: expected an object of a known type, found none (see --as)",
        "log.jsonl:3: expected JSON, found a value that is not finished",
        f"log.jsonl:4: {TOLD}".rstrip(),
    ]


def test_the_type_of_all_documents_may_be_named(run: Run) -> None:
    case = load(DATA / "conversions" / "ga_stored_session.json")
    Path("stored.json").write_text(json.dumps(case["given"], indent=2), "utf-8")
    arguments = ("convert", "--to", "ga", "--as", "RealtimeSessionCreateRequest", "stored.json")
    status, out, err = run(*arguments)
    assert status == 0
    assert [json.loads(line) for line in out] == [case["expected"]]
    assert err.splitlines() == [
        f"stored.json:1: {pointer}: {message}" for pointer, message in case["lost"]
    ]


def test_a_type_without_another_form_and_no_type_are_unusable(run: Run) -> None:
    name = write("log.jsonl", b'{"type": "function", "name": "f"}')
    status, _, err = run("convert", "--to", "ga", "--as", "RealtimeFunctionTool", name)
    assert (status, err) == (2, "RealtimeFunctionTool has no other form\n")
    assert run("convert", "--to", "ga", "--as", "RealtimeFunctionTol", name)[0] == 2


def test_what_is_no_file_or_has_no_json_is_unusable(run: Run) -> None:
    good = write("good.jsonl", UPDATE)
    status, out, err = run("convert", "--to", "ga", "absent", write("text.log", b"text"), good)
    assert (status, out) == (2, [UPDATED])
    assert err.splitlines() == [
        "absent: No such file or directory",
        "text.log: no JSON object was found in it",
        f"good.jsonl:1: {TOLD}".rstrip(),
    ]


def test_documents_come_from_standard_input_and_compressed_files(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("log.gz").write_bytes(gzip.compress(UPDATE))
    assert run("convert", "--to", "ga", "log.gz")[:2] == (0, [UPDATED])
    given = lambda file, mode, *, closefd: open("log.gz", mode)  # noqa: E731, SIM115
    monkeypatch.setattr(source, "open", given, raising=False)
    assert run("convert", "--to", "ga", "-") == (0, [UPDATED], f"-:1: {TOLD}")


def test_an_array_of_events_is_converted_one_by_one(run: Run) -> None:
    name = write("log.json", b"[%s,\n%s]" % (UPDATE, DELTA))
    status, out, err = run("convert", "--to", "ga", name)
    assert (status, len(out)) == (0, 2)
    assert err == f"log.json:1: /0{TOLD}"
