"""The command line: its output to the letter, its exit status, and what it says of broken files."""

from __future__ import annotations

import contextlib
import errno
import io
import itertools
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from realtime_models.registry import as_model, find, type_names

import realtime_models as rm
from realtime_models import docs
from realtime_models.__main__ import main
from realtime_models.schemas import json_schema
from realtime_models.wire import HOMES
from tests.support.cases import TYPES
from tests.support.oracle import validator
from tests.support.paths import EXAMPLES, ROOT
from tests.support.snake import decode
from tests.support.strategies import instances, mutated

Run: TypeAlias = Callable[..., tuple[int, list[str], str]]
Terminal: TypeAlias = Callable[..., str]

NAMES = sorted(type_names())
CLASSES = [name for name in NAMES if as_model(find(name))]
GOOD = b'{"type": "error", "event_id": "e", "error": {"type": "t", "message": "m"}}'
WRONG = b'{"type": "error", "event_id": 5, "error": {"type": "t", "message": "m"}}'
NEWER = b'{"type": "from.tomorrow"}'
CLEAN = ["1 document, 0 problems", "  RealtimeServerEventError: 1 document, 0 problems"]
NOT_JSON = ["1 document, 1 problem", "  (not JSON): 1 document, 1 problem"]
THREE_MISTAKES = """\
{
  "type": "session.created",
  "event_id": 7,
  "session": {
    "type": "realtime",
    "object": "realtime.session",
    "audio": {
      "input": {
        "format": {
          "type": "audio/pcm",
          "rate": "fast"
        }
      }
    }
  }
}
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command in an empty folder: the exit status, the lines printed, and the complaints."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, list[str], str]:
        status = main([*arguments])
        out, err = capsys.readouterr()
        return status, out.splitlines(), err

    return run


def write(name: str, *lines: bytes) -> str:
    """A file in the working folder."""
    Path(name).write_bytes(b"\n".join(lines))
    return name


# check: types, problems, lines


STARTED = b'{"type": "input_audio_buffer.cleared", "event_id": "e"}'


@pytest.mark.parametrize(
    ("api", "name"),
    [
        ([], "RealtimeServerEventInputAudioBufferCleared"),
        (["--api", "ga"], "RealtimeServerEventInputAudioBufferCleared"),
        (["--api", "beta"], "RealtimeBetaServerEventInputAudioBufferCleared"),
    ],
)
def test_an_event_of_both_apis_is_the_current_one_unless_said(
    run: Run, api: list[str], name: str
) -> None:
    status, out, _ = run("check", *api, write("event.json", STARTED))
    assert (status, out[1]) == (0, f"  {name}: 1 document, 0 problems")


def test_an_event_of_one_api_is_found_whatever_is_preferred(run: Run) -> None:
    beta = b'{"type": "transcription_session.created", "event_id": "e", "session": {}}'
    newer = b'{"type": "response.dreamed"}'
    status, out, _ = run("check", "--api", "ga", write("events.jsonl", beta, newer))
    assert (status, out[1:3]) == (
        0,
        [
            "  RealtimeBetaServerEventTranscriptionSessionCreated: 1 document, 0 problems",
            "  RealtimeServerEvent: 1 document, 0 problems",
        ],
    )
    _, out, _ = run("check", "--api", "beta", write("event.json", newer))
    assert out[1] == "  RealtimeBetaServerEvent: 1 document, 0 problems"


MISSING = "expected string, found nothing: this field is required"
LOG = [
    b"2026-11-22 18:00:01 INFO connected {to: the server}",
    b'2026-11-22 18:00:02 DEBUG < {"type": "error", "event_id": 1, "error": {"type": "t"}} (56)',
    b"",
    STARTED,
    b"2026-11-22 18:00:04 WARNING { { { not an object [1]",
    b"the end " + b"{" * 40,
]


def test_a_line_of_a_log_that_is_broken_json_is_a_problem(run: Run) -> None:
    status, out, _ = run("check", write("broken.log", STARTED, b'{"type": "err', b"done"))
    assert (status, out[0]) == (
        1,
        "broken.log:2: expected JSON, found an error at line 1, column 10",
    )


@pytest.mark.parametrize("name", ["session.log", "session.txt"])
def test_the_objects_in_a_log_are_checked(run: Run, name: str) -> None:
    first = LOG if name.endswith(".log") else LOG[1:]
    line = LOG.index(LOG[1]) + 1 if name.endswith(".log") else 1
    assert run("check", write(name, *first)) == (
        1,
        [
            f"{name}:{line}: /event_id: expected string, found integer",
            f"{name}:{line}: /error/message: {MISSING}",
            "2 documents, 2 problems",
            "  RealtimeServerEventError: 1 document, 2 problems",
            "  RealtimeServerEventInputAudioBufferCleared: 1 document, 0 problems",
        ],
        "",
    )


def test_the_examples_are_clean_and_each_is_told_by_its_type(run: Run) -> None:
    paths = sorted(EXAMPLES.glob("*.json"))
    decoded = [decode(TYPES[path.stem], json.loads(path.read_text("utf-8"))) for path in paths]
    names = [type(value).__name__ for value in decoded]
    status, out, err = run("check", "--strict", *map(str, paths))
    assert (status, err) == (0, "")
    assert out[0] == f"{len(paths)} documents, 0 problems"
    assert [line.split(":")[0].strip() for line in out[1:]] == sorted(set(names))
    assert all(line.endswith(", 0 problems") for line in out[1:])


def test_each_problem_is_told_with_its_line_and_pointer(run: Run) -> None:
    assert run("check", write("three.json", THREE_MISTAKES.encode())) == (
        1,
        [
            "three.json:3: /event_id: expected string, found integer",
            "three.json:4: /session/id: expected string, found nothing: this field is required",
            "three.json:11: /session/audio/input/format/rate: expected integer, found string",
            "1 document, 3 problems",
            "  RealtimeServerEventSessionCreated: 1 document, 3 problems",
        ],
        "",
    )


def test_lines_are_counted_from_the_top_in_spite_of_blank_lines_and_a_mark(run: Run) -> None:
    write("blank.json", b"", b" \t", THREE_MISTAKES.encode())
    write("mark.json", b"\xef\xbb\xbf" + THREE_MISTAKES.encode())
    write("crlf.json", THREE_MISTAKES.encode().replace(b"\n", b"\r\n"))
    _, out, _ = run("check", "blank.json", "mark.json", "crlf.json")
    places = [":".join(line.split(":")[:2]) for line in out[:9]]
    assert places == [
        *("blank.json:5", "blank.json:6", "blank.json:13"),
        *("mark.json:3", "mark.json:4", "mark.json:11"),
        *("crlf.json:3", "crlf.json:4", "crlf.json:11"),
    ]


def test_a_broken_line_in_json_lines_does_not_hide_the_others(run: Run) -> None:
    assert run("check", write("a.txt", GOOD, b'{"type":', b"", b" ", WRONG + b"\r", GOOD)) == (
        1,
        [
            "a.txt:2: expected JSON, found an error at line 1, column 9",
            "a.txt:5: /event_id: expected string, found integer",
            "4 documents, 2 problems",
            "  (not JSON): 1 document, 1 problem",
            "  RealtimeServerEventError: 3 documents, 1 problem",
        ],
        "",
    )


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson"])
def test_the_name_says_json_lines_even_if_the_first_line_is_broken(run: Run, name: str) -> None:
    status, out, _ = run("check", write(name, b"", b'{"type":', GOOD, WRONG))
    assert status == 1
    assert out[:3] == [
        f"{name}:2: expected JSON, found an error at line 1, column 9",
        f"{name}:4: /event_id: expected string, found integer",
        "3 documents, 2 problems",
    ]


def test_without_such_a_name_a_broken_first_line_is_the_whole_text(run: Run) -> None:
    assert run("check", write("a.json", b"{", b'  "type": ?', b"}", GOOD)) == (
        1,
        ["a.json:2: expected JSON, found an error at line 2, column 11", *NOT_JSON],
        "",
    )


def test_a_minus_is_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(GOOD + b"\n\n" + WRONG)))
    status, out, err = run("check", "-")
    assert (status, err) == (1, "")
    assert out[:2] == [
        "-:3: /event_id: expected string, found integer",
        "2 documents, 1 problem",
    ]


def test_an_array_holds_documents(run: Run) -> None:
    write("a.json", b"[" + GOOD + b",", WRONG + b",", b'  5, {"colour": "red"}]')
    write("a.jsonl", b"[" + WRONG + b"]", b"[]")
    unknown = "expected an object of a known type, found none; --as gives it a type"
    assert run("check", "a.json") == (
        1,
        [
            "a.json:2: /1/event_id: expected string, found integer",
            f"a.json:3: /2: {unknown}",
            f"a.json:3: /3: {unknown}",
            "4 documents, 3 problems",
            "  (unknown type): 2 documents, 2 problems",
            "  RealtimeServerEventError: 2 documents, 1 problem",
        ],
        "",
    )
    assert run("check", "a.jsonl") == (
        1,
        [
            "a.jsonl:1: /0/event_id: expected string, found integer",
            "1 document, 1 problem",
            "  RealtimeServerEventError: 1 document, 1 problem",
        ],
        "",
    )


@pytest.mark.parametrize("text", [b'{"colour": "red"}', b"5", b"null", b"{}"])
def test_what_is_of_no_known_type_is_a_problem(run: Run, text: bytes) -> None:
    assert run("check", write("a.json", text)) == (
        1,
        [
            "a.json:1: expected an object of a known type, found none; --as gives it a type",
            "1 document, 1 problem",
            "  (unknown type): 1 document, 1 problem",
        ],
        "",
    )


def test_as_gives_all_documents_a_type(run: Run) -> None:
    write("a.jsonl", b'"auto"', b'["auto"]', b'{"type": "retention_ratio"}')
    assert run("check", "--as", "RealtimeTruncation", "a.jsonl") == (
        1,
        [
            "a.jsonl:2: expected string or object, found array",
            "a.jsonl:3: /retention_ratio: expected number, found nothing: this field is required",
            "3 documents, 2 problems",
            "  RealtimeTruncation: 3 documents, 2 problems",
        ],
        "",
    )


@pytest.mark.parametrize("name", ["Nonsense", "", "Problem", "realtime_truncation_from_dict"])
def test_as_wants_the_name_of_a_type(run: Run, name: str) -> None:
    message = f"no type is called {name}; the command list shows all\n"
    assert run("check", "--as", name, "a.json") == (2, [], message)


def test_notices_are_counted_and_strict_makes_them_problems(run: Run) -> None:
    newer = GOOD.replace(b'"m"', b'"m", "new": 1')
    write("a.jsonl", newer, NEWER)
    assert run("check", "a.jsonl") == (
        0,
        [
            "2 documents, 0 problems",
            "  RealtimeServerEvent: 1 document, 0 problems",
            "  RealtimeServerEventError: 1 document, 0 problems",
            "2 notices not shown (--strict shows them)",
        ],
        "",
    )
    status, out, _ = run("check", "--strict", "a.jsonl")
    assert (status, len(out)) == (1, 5)
    assert out[0] == (
        "a.jsonl:1: /error/new: notice: expected only fields of"
        " RealtimeBetaServerEventErrorError, found one that it does not have"
    )
    assert out[1].startswith("a.jsonl:2: notice: expected an object whose type is one of ")
    assert out[1].endswith(', found "from.tomorrow"')
    assert out[2:] == [
        "2 documents, 2 problems",
        "  RealtimeServerEvent: 1 document, 1 problem",
        "  RealtimeServerEventError: 1 document, 1 problem",
    ]


def test_an_event_from_the_future_is_a_notice(run: Run) -> None:
    assert run("check", write("a.json", NEWER)) == (
        0,
        [
            "1 document, 0 problems",
            "  RealtimeServerEvent: 1 document, 0 problems",
            "1 notice not shown (--strict shows them)",
        ],
        "",
    )


def test_format_json_prints_a_json_object_a_line(run: Run) -> None:
    write("a.jsonl", WRONG, b"{", NEWER)
    status, out, err = run("check", "--format", "json", "a.jsonl")
    assert (status, err) == (1, "")
    assert [json.loads(line) for line in out] == [
        {
            "file": "a.jsonl",
            "line": 1,
            "type": "RealtimeServerEventError",
            "pointer": "/event_id",
            "severity": "error",
            "code": "wrong_type",
            "message": "expected string, found integer",
        },
        {
            "file": "a.jsonl",
            "line": 2,
            "type": "(not JSON)",
            "pointer": "",
            "severity": "error",
            "code": "invalid_json",
            "message": "expected JSON, found an error at line 1, column 2",
        },
        {
            "types": {
                "(not JSON)": {"documents": 1, "problems": 1},
                "RealtimeServerEvent": {"documents": 1, "problems": 0},
                "RealtimeServerEventError": {"documents": 1, "problems": 1},
            },
            "notices": 1,
        },
    ]


def test_names_from_a_document_cannot_break_or_control_a_line(run: Run) -> None:
    write("a.json", GOOD[:-1] + rb', "\ud800\n\u001b[2J\u00e9/": 1}')
    status, out, _ = run("check", "--strict", "a.json")
    assert status == 1
    assert out[0] == (
        r"a.json:1: /\ud800\n\u001b[2J\u00e9~1: notice: expected only fields of"
        " RealtimeServerEventError, found one that it does not have"
    )
    status, out, _ = run("check", "--strict", "--format", "json", "a.json")
    assert json.loads(out[0])["pointer"] == "/\ud800\n\x1b[2J\xe9~1"


# check: what is no JSON, and what is no file


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (b"", 1, "expected JSON, found an error at line 1, column 1"),
        (b"\n\n", 3, "expected JSON, found an error at line 3, column 1"),
        (b'{\n "type": "error",\n', 3, "expected JSON, found an error at line 3, column 1"),
        (b'{\n "type": "err', 2, "expected JSON, found an error at line 2, column 10"),
        (b"\xef\xbb\xbf{\n\n?", 3, "expected JSON, found an error at line 3, column 1"),
        (b'\n{\n "type": "\xff"\n}', 3, "expected UTF-8, found bytes that are not"),
        (b'\xef\xbb\xbf{\n "type": "\xff"\n}', 2, "expected UTF-8, found bytes that are not"),
        ('{"type": "error"}'.encode("utf-16"), 1, "expected UTF-8, found bytes that are not"),
        (b'{"a": NaN}', 1, "expected JSON, found a number that JSON does not have"),
        (b"[-Infinity]", 1, "expected JSON, found a number that JSON does not have"),
        (b"1" * 5000, 1, "expected JSON, found a number that JSON does not have"),
        (b"[" * 100_000, 1, "expected JSON that nests less deeply"),
        (b'{"a":' * 100_000, 1, "expected JSON that nests less deeply"),
    ],
    ids=itertools.count(),
)
def test_what_is_no_json_is_told_with_its_line(
    run: Run, text: bytes, line: int, message: str
) -> None:
    assert run("check", write("a.json", text)) == (1, [f"a.json:{line}: {message}", *NOT_JSON], "")


def test_a_byte_order_mark_is_passed_over(run: Run) -> None:
    assert run("check", write("a.json", b"\xef\xbb\xbf" + GOOD)) == (0, CLEAN, "")


def test_a_name_given_twice_is_a_notice_on_the_line_of_the_second(run: Run) -> None:
    twice = b'{"type": "error",\n "error": {"message": "m", "type": "t",\n "message": "n"},'
    write("a.json", twice, b' "event_id": "e", "x/y": 1,', b' "x/y": {"a": 1, "a": 2}}')
    message = "expected names that differ in an object, found this one twice; the last one is read"
    status, out, _ = run("check", "--strict", "a.json")
    assert status == 1
    assert [line for line in out if message in line] == [
        f"a.json:3: /error/message: notice: {message}",
        f"a.json:5: /x~1y: notice: {message}",
        f"a.json:5: /x~1y/a: notice: {message}",
    ]
    assert run("check", "a.json")[0] == 0
    write("b.json", b'[{}, {"type": "error", "type": "error"}]')
    assert f"b.json:1: /1/type: notice: {message}" in run("check", "--strict", "b.json")[1]
    write("c.json", b'[{"a": {"b": 1}}, {"a": {"b": 1}}, {"a": {"b": 1}, "c": {"a": {"b": 1}}}]')
    assert not any(message in line for line in run("check", "--strict", "c.json")[1])


def test_a_document_that_nests_deeply_is_told_to_do_so(run: Run) -> None:
    write("a.json", GOOD[:-1] + b', "x":\n' + b"[" * 500 + b"]" * 500 + b"}")
    status, out, err = run("check", "a.json")
    assert (status, err) == (1, "")
    assert out[0] == f"a.json:2: /x{'/0' * 199}: expected JSON of at most 200 levels, found more"


def test_many_blank_lines_are_read_in_their_stride(run: Run) -> None:
    write("a.json", b"\n" * 200_000, GOOD)
    assert run("check", "a.json") == (0, CLEAN, "")


@pytest.mark.parametrize(
    ("name", "reason"), [("missing.json", errno.ENOENT), (".", errno.EISDIR)], ids=str
)
def test_what_cannot_be_read_is_told_after_all_else_is_checked(
    run: Run, name: str, reason: int
) -> None:
    complaint = f"{name}: {os.strerror(reason)}\n"
    nothing = ["0 documents, 0 problems"]
    assert run("check", name) == (2, nothing, complaint)
    good, wrong = write("good.json", GOOD), write("wrong.json", WRONG)
    assert run("check", good, name) == (2, CLEAN, complaint)
    status, out, err = run("check", name, wrong, good)
    assert (status, err) == (2, complaint)
    assert out == [
        "wrong.json:1: /event_id: expected string, found integer",
        "2 documents, 1 problem",
        "  RealtimeServerEventError: 2 documents, 1 problem",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_a_file_name_that_is_no_text_is_escaped(run: Run) -> None:
    _, out, _ = run("check", write(os.fsdecode(b"\xff.json"), WRONG))
    assert out[0] == r"\udcff.json:1: /event_id: expected string, found integer"


def test_json_lines_are_checked_in_constant_memory(run: Run) -> None:
    with open("big.jsonl", "wb") as stream:
        for _ in range(10_000):
            stream.write(GOOD.replace(b'"m"', b'"%s"' % (b"m" * 1000)) + b"\n")
    run("check", write("small.jsonl", GOOD, GOOD))
    tracemalloc.start()
    try:
        status, out, _ = run("check", "big.jsonl")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (status, out[0]) == (0, "10000 documents, 0 problems")
    assert peak < 1_000_000 < os.path.getsize("big.jsonl") / 10


# check: the progress bar


@pytest.fixture
def terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Runs ``check`` on a terminal, with a clock that advances whenever it is read.

    Gives what was written on standard error.
    """

    def terminal(seconds: float, *files: str) -> str:
        clock = SimpleNamespace(monotonic=itertools.count(0, seconds).__next__)
        monkeypatch.setattr("realtime_models.cli.progress.time", clock)
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        return run("check", *files)[2]

    return terminal


def test_a_bar_on_the_terminal_shows_how_much_is_read(terminal: Terminal) -> None:
    assert terminal(1, write("a.json", GOOD), write("b.jsonl", GOOD, GOOD)).split("\r") == [
        "",
        "[##########                    ]  33%",
        "[####################          ]  67%",
        "[##############################] 100%",
        " " * 37,
        "",
    ]


def test_the_bar_makes_room_for_a_line(terminal: Terminal) -> None:
    assert terminal(1, write("a.json", WRONG), "missing", write("b.json", WRONG)) == (
        "\r[###############               ]  50%"
        "\r                                     \r"
        f"missing: {os.strerror(errno.ENOENT)}\n"
        "\r[##############################] 100%"
        "\r                                     \r"
    )


def test_the_bar_appears_after_a_while_and_moves_from_time_to_time(terminal: Terminal) -> None:
    write("a.jsonl", *[GOOD + b" " * (99 - len(GOOD))] * 50)
    assert terminal(0, "a.jsonl") == ""
    shown = terminal(1 / 64, "a.jsonl").split("\r")
    assert [line[-4:] for line in shown[1:-2]] == [" 64%", " 78%", " 92%"]


def test_without_a_size_there_is_no_bar(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(GOOD)))
    assert terminal(1, "-") == ""


# list, show, schema


def test_list_names_every_type_under_its_module(run: Run) -> None:
    expected: list[str] = []
    for module in sorted(set(HOMES.values())):
        names = [name for name in NAMES if HOMES[name] == module]
        expected.append(f"{module} ({len(names)})")
        expected += [f"  {name}" if name in CLASSES else f"  {name} (alias)" for name in names]
    expected.append(f"{len(CLASSES)} classes, {len(NAMES) - len(CLASSES)} aliases")
    assert run("list") == (0, expected, "")


def test_show_tells_the_fields_of_a_class(run: Run) -> None:
    assert run("show", "RealtimeServerEventError") == (
        0,
        [
            "RealtimeServerEventError",
            (
                "  Sent by the server when something fails, through your doing or its own."
                " The session usually"
            ),
            "  goes on, so log these events.",
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
            (
                "  Values for the variables of a prompt template, by variable name;"
                " null if it has none."
            ),
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
        assert docs.alias_doc(name)
    else:
        assert docs.model_doc(model)
        described = {field for field, doc in docs.field_docs(model).items() if doc}
        assert described == set(model.__dataclass_fields__)


@pytest.fixture
def without_source(monkeypatch: pytest.MonkeyPatch) -> None:
    def getsource(module: object) -> str:
        raise OSError("could not get source code")

    monkeypatch.setattr("inspect.getsource", getsource)
    monkeypatch.setattr(docs, "_docs", docs._read_docs)  # which remembers nothing


@pytest.mark.usefixtures("without_source")
def test_without_source_only_the_words_for_fields_are_missing(run: Run) -> None:
    assert run("show", "RealtimeServerEventError") == (
        0,
        [
            "RealtimeServerEventError",
            "  Sent by the server when something fails, through your doing or its own."  # noqa: ISC004
            " The session usually",
            "  goes on, so log these events.",
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
        "description": "Refers to a voice of your own.",
        "$ref": "#/$defs/CustomVoice",
        "$defs": {
            "CustomVoice": {
                "type": "object",
                "description": "Refers to a voice of your own.",
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
        "description": docs.field_docs(rm.RealtimeTruncationRetentionRatio)["retention_ratio"],
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
    """What the printed JSON Schema accepts, once it is proven to be one."""
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
    # An object that is no variant for want of its tag may still have all that the schema asks for.
    if codes - {"unknown_field", "unknown_variant"}:
        assert not printed(name).is_valid(value)


@pytest.mark.parametrize("command", ["show", "schema"])
def test_an_unknown_name_is_answered_with_names_that_are_like_it(run: Run, command: str) -> None:
    assert run(command, "Nonsense") == (2, [], "no type is called Nonsense\n")
    assert run(command, "realtime_truncation_to_dict")[0] == 2
    status, out, err = run(command, "RealtimeTruncatio")
    assert (status, out) == (2, [])
    assert err.startswith("no type is called RealtimeTruncatio; is it RealtimeTruncation or ")


# The command line as a whole


def test_a_wrong_use_is_told_by_argparse(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["check"], ["check", "a", "--format", "xml"], ["show"], ["nonsense"]):
        with pytest.raises(SystemExit) as info:
            main(arguments)
        assert info.value.code == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("usage: python -m realtime_models")


def test_help_tells_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as info:
        main(["--help"])
    assert info.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("usage: python -m realtime_models [-h] COMMAND ...\n")
    for command in ("check", "list", "show", "schema"):
        assert f"\n    {command} " in out


def test_an_interrupt_ends_it_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object) -> Iterator[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr("realtime_models.cli.check.read", interrupted)
    assert run("check", "a.json") == (130, [], "")


@pytest.mark.parametrize("arguments", [["check", "a.jsonl"], ["list"]], ids=" ".join)
def test_a_closed_pipe_ends_it_quietly(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    write("a.jsonl", *[WRONG] * 1000)
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as stdout:
        monkeypatch.setattr("sys.stdout", stdout)
        assert main(arguments) == 1
        monkeypatch.undo()


def test_what_the_output_cannot_encode_is_escaped(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, "ascii"))
    assert main(["show", "RealtimeAudioFormatsPCMU"]) == 0
    assert b"G.711 \\u03bc-law audio" in written.getvalue()


def test_the_output_may_be_any_text_stream(run: Run) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as stdout:
        assert main(["check", write("a.json", GOOD)]) == 0
    assert stdout.getvalue().splitlines() == CLEAN


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["check", "examples/error.json"], 0), (["check", "-"], 1), (["show", "Nonsense"], 2)],
)
def test_as_a_module_it_exits_with_the_status(arguments: list[str], status: int) -> None:
    command = [sys.executable, "-m", "realtime_models", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True)
    assert done.returncode == status


def test_head_ends_it_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([WRONG] * 5000))
    command = [sys.executable, "-m", "realtime_models", "check", str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        line = process.stdout.readline().decode().rstrip()
        assert line == f"{path}:1: /event_id: expected string, found integer"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_it_needs_nothing_but_a_folder_or_a_zip_of_itself(run: Run) -> None:
    _, expected, _ = run("show", "RealtimeServerEventError")
    with zipfile.ZipFile("models.zip", "w") as archive:
        for path in (ROOT / "realtime_models").rglob("*.py"):
            archive.write(path, path.relative_to(ROOT))
    script = (
        "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
        "runpy.run_module('realtime_models', run_name='__main__', alter_sys=True)"
    )
    for place in (str(ROOT), "models.zip"):
        command = [sys.executable, "-I", "-S", "-c", script, place]
        arguments = ["show", "RealtimeServerEventError"]
        done = subprocess.run([*command, *arguments], capture_output=True, check=True)
        assert done.stderr == b""
        assert done.stdout.decode().splitlines() == expected
