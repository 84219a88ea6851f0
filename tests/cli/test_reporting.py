"""The exact output of the command line, and its exit status."""

from __future__ import annotations

import contextlib
import errno
import functools
import io
import itertools
import json
import os
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TypeAlias

import pytest

from realtime_models import __version__
from realtime_models.__main__ import main
from realtime_models.cli import source
from tests.cli.inputs import CLEAN, GOOD, NEWER, THREE_MISTAKES, WRONG, Run, write
from tests.support.cases import TYPES
from tests.support.paths import EXAMPLES, ROOT
from tests.support.snake import decode

Terminal: TypeAlias = Callable[..., str]

NO_TYPE = "notice: expected an object of a known type, found none (see --as)"


def test_the_examples_are_clean_and_each_is_told_by_its_type(run: Run) -> None:
    paths = sorted(EXAMPLES.glob("*.json"))
    decoded = [decode(TYPES[path.stem], json.loads(path.read_text("utf-8"))) for path in paths]
    names = [type(value).__name__ for value in decoded]
    status, out, err = run("check", "--strict", *map(str, paths))
    assert (status, err) == (0, "")
    assert out[0] == f"{len(paths)} documents, 0 problems"
    assert [line.split(":")[0].strip() for line in out[1:-1]] == sorted(set(names))
    assert all(line.endswith(", 0 problems") for line in out[1:-1])
    assert out[-1] == "API: current (4 of 5 events exist only there)"


def test_each_problem_is_told_with_its_line_and_pointer(run: Run) -> None:
    assert run("check", write("three.json", THREE_MISTAKES.encode())) == (
        1,
        [
            "three.json:3: /event_id: expected string, found integer",
            "three.json:4: /session/id: expected string, found nothing: this field is required",
            "three.json:11: /session/audio/input/format/rate: expected integer, found string",
            "1 document, 3 problems",
            "  RealtimeServerEventSessionCreated: 1 document, 3 problems",
            "API: current (1 of 1 event exists only there)",
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
            "a.txt:2: expected JSON, found a value that is not finished",
            "a.txt:5: /event_id: expected string, found integer",
            "4 documents, 2 problems",
            "  (not JSON): 1 document, 1 problem",
            "  RealtimeServerEventError: 3 documents, 1 problem",
            "API: current, it seems",
        ],
        "",
    )


def test_notices_are_problems_only_if_strict(run: Run) -> None:
    newer = GOOD.replace(b'"m"', b'"m", "new": 1')
    write("a.jsonl", newer, NEWER, b'{"type": "ping"}')
    assert run("check", "a.jsonl") == (
        0,
        [
            "3 documents, 0 problems",
            "  (unknown type): 1 document, 0 problems",
            "  RealtimeServerEvent: 1 document, 0 problems",
            "  RealtimeServerEventError: 1 document, 0 problems",
            "API: current, it seems",
            "1 document of no known type (see --strict)",
        ],
        "",
    )
    status, out, _ = run("check", "--strict", "a.jsonl")
    assert (status, len(out)) == (1, 8)
    assert out[0] == (
        "a.jsonl:1: /error/new: notice: expected only fields of"
        " RealtimeBetaServerEventErrorError, found one that it does not have"
    )
    assert out[1].startswith("a.jsonl:2: notice: expected an object whose type is one of ")
    assert out[1].endswith(', found "session.vanished"')
    assert out[2:4] == [f"a.jsonl:3: {NO_TYPE}", "3 documents, 3 problems"]


def test_equal_problems_are_told_once_with_their_number_and_first_lines(run: Run) -> None:
    write("a.jsonl", b'{"type": "ping"}', WRONG, *[b'{"type": "ping"}', WRONG] * 6)
    status, out, _ = run("check", "--strict", "a.jsonl")
    wrong = "/event_id: expected string, found integer"
    assert (status, out[:3]) == (
        1,
        [
            f"a.jsonl:1: {NO_TYPE} (7 times: lines 1, 3, 5, 7, 9, ...)",
            f"a.jsonl:2: {wrong} (7 times: lines 2, 4, 6, 8, 10, ...)",
            "14 documents, 14 problems",
        ],
    )
    _, out, _ = run("check", "--strict", "--all", "a.jsonl")
    told = {False: NO_TYPE, True: wrong}
    assert out[:14] == [f"a.jsonl:{line}: {told[line % 2 == 0]}" for line in range(1, 15)]


def test_five_thousand_equal_faults_are_told_in_five_lines(run: Run) -> None:
    write("a.jsonl", *[WRONG.replace(b'"message"', b'"massage"')] * 5000)
    lines = "(5000 times: lines 1, 2, 3, 4, 5, ...)"
    missing = "/error/message: expected string, found nothing: this field is required"
    assert run("check", "a.jsonl")[1] == [
        f"a.jsonl:1: /event_id: expected string, found integer {lines}",
        f"a.jsonl:1: {missing} {lines}",
        "5000 documents, 10000 problems",
        "  RealtimeServerEventError: 5000 documents, 10000 problems",
        "API: current, it seems",
    ]


def test_what_differs_in_equal_problems_is_told_as_a_star(run: Run) -> None:
    _, out, _ = run("check", write("a.json", b"[" + b",\n".join([GOOD, WRONG, WRONG]) + b"]"))
    assert out[0] == ("a.json:2: /*/event_id: expected string, found integer (2 times: lines 2, 3)")
    _, out, _ = run("check", write("b.json", b'{"a": ?}\n{"abc": ?}\n{"abc": ?}'))
    assert out[0] == (
        "b.json:1: expected JSON, found an error at line *, column * (3 times: lines 1, 2, 3)"
    )


def test_unlike_problems_are_told_by_their_codes_when_there_are_too_many(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime_models.cli.check.MOST_GROUPS", 1)
    newer = [GOOD.replace(b'"m"', b'"m", "%s": 1' % name) for name in (b"a", b"b", b"a", b"c")]
    _, out, _ = run("check", "--strict", write("a.jsonl", *newer))
    assert out[0].startswith("a.jsonl:1: /error/a: notice: expected only fields of ")
    assert out[0].endswith(" (2 times: lines 1, 3)")
    others = "other problems of the code unknown_field (see --all)"
    assert out[1:3] == [
        f"a.jsonl:2: notice: {others} (2 times: lines 2, 4)",
        "4 documents, 4 problems",
    ]


def test_format_json_prints_a_json_object_a_line(run: Run) -> None:
    write("a.jsonl", b"text", WRONG, b'{"', NEWER, NEWER)
    status, out, err = run("check", "--strict", "--format", "json", "a.jsonl")
    assert (status, err) == (1, "")
    told = [json.loads(line) for line in out]
    assert told[:2] == [
        {
            "file": "a.jsonl",
            "line": 2,
            "type": "RealtimeServerEventError",
            "pointer": "/event_id",
            "severity": "error",
            "code": "wrong_type",
            "message": "expected string, found integer",
        },
        {
            "file": "a.jsonl",
            "line": 3,
            "type": "(not JSON)",
            "pointer": "",
            "severity": "error",
            "code": "invalid_json",
            "message": "expected JSON, found a value that is not finished",
        },
    ]
    assert (told[2]["code"], told[2]["count"], told[2]["lines"]) == ("unknown_variant", 2, [4, 5])
    assert told[3:] == [
        {
            "types": {
                "(not JSON)": {"documents": 1, "problems": 1},
                "RealtimeServerEvent": {"documents": 2, "problems": 2},
                "RealtimeServerEventError": {"documents": 1, "problems": 1},
            },
            "apis": {"ga": {"files": 1, "events": 3, "telling": 0}},
            "lines_without_json": 1,
            "remarks": [],
        }
    ]


def test_the_apis_of_files_are_told_and_how_sure_that_is(run: Run) -> None:
    logs = [str(path) for path in sorted((EXAMPLES / "logs").glob("*.jsonl"))]
    names = {Path(log).stem: log for log in logs}
    current = [names[name] for name in ("http", "mcp", "transcription")]
    _, out, _ = run("check", *logs)
    assert [line for line in out if line.startswith("API: ")] == [
        f"API: beta in {names['beta']} (10 of 53 events exist only there)",
        f"API: current in {', '.join(current)} and 1 more (14 of 89 events exist only there)",
        f"API: translation in {names['translation']} (9 of 9 events exist only there)",
    ]
    delta = b'{"type": "response.%s.delta", "event_id": "e", "response_id": "r", "item_id": "i",'
    delta += b' "output_index": 0, "content_index": 0, "delta": "x"}'
    texts = [delta % name for name in (b"output_text", b"output_text", b"text")]
    _, out, _ = run("check", write("a.jsonl", *texts))
    assert out[-1] == "API: current (2 of 3 events exist only there, 1 only in another)"


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


# check: the progress bar


@pytest.fixture
def terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Runs ``check`` on a terminal, with a clock that advances whenever it is read.

    Gives what was written on standard error.
    """

    def terminal(seconds: float, *files: str) -> str:
        clock = SimpleNamespace(monotonic=itertools.count(0, seconds).__next__)
        monkeypatch.setattr("realtime_models.cli.source.time", clock)
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        return run("check", *files)[2]

    return terminal


def test_a_bar_on_the_terminal_shows_how_much_is_read(terminal: Terminal) -> None:
    shown = terminal(1, write("a.json", GOOD), write("b.jsonl", GOOD, GOOD)).split("\r")
    assert shown == [
        "",
        "[##########                    ]  33%",
        "[##############################] 100%",
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
    write("a.jsonl", *[GOOD + b" " * (40_000 - len(GOOD))] * 100)
    assert terminal(0, "a.jsonl") == ""
    shown = terminal(1 / 64, "a.jsonl").split("\r")
    assert [line[-4:] for line in shown[1:-2]] == [" 32%", " 64%", " 96%"]


def test_without_a_size_there_is_no_bar(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    end, begin = os.pipe()
    os.write(begin, GOOD)
    os.close(begin)
    given = functools.partial(open, end, "rb")
    monkeypatch.setattr(source, "open", lambda *_, closefd: given(), raising=False)
    assert terminal(1, "-") == ""
    monkeypatch.undo()


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
    assert out.startswith("usage: python -m realtime_models [-h] [--version] COMMAND ...\n")
    for command in ("check", "list", "show", "schema"):
        assert f"\n    {command} " in out


def test_an_interrupt_ends_it_with_a_word(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object) -> Iterator[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr("realtime_models.cli.check.check_file", interrupted)
    assert run("check", "a.json") == (130, [], "interrupted\n")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as info:
        main(["--version"])
    assert info.value.code == 0
    assert capsys.readouterr().out == f"realtime_models {__version__}\n"


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_output_that_cannot_be_written_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open("/dev/full", "w", encoding="utf-8") as stdout:
        monkeypatch.setattr("sys.stdout", stdout)
        assert main(["list"]) == 2
        monkeypatch.undo()
    assert capsys.readouterr().err == f"[Errno {errno.ENOSPC}] {os.strerror(errno.ENOSPC)}\n"


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
    [(["check", "examples/error.json"], 0), (["check", "-"], 2), (["show", "Nonsense"], 2)],
)
def test_as_a_module_it_exits_with_the_status(arguments: list[str], status: int) -> None:
    command = [sys.executable, "-m", "realtime_models", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True)
    assert done.returncode == status


def test_head_ends_it_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([WRONG] * 5000))
    command = [sys.executable, "-m", "realtime_models", "check", "--all", str(path)]
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


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize(
    ("closed", "status"), [(">&-", 1), (">&- 2>&-", 1), ("2>&-", 1), ("<&-", 1)]
)
def test_it_ends_as_ever_where_a_stream_is_closed(tmp_path: Path, closed: str, status: int) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(WRONG)
    command = f"{shlex.quote(sys.executable)} -m realtime_models check {shlex.quote(str(path))}"
    done = subprocess.run(f"{command} {closed}", cwd=ROOT, shell=True, capture_output=True)
    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_at_the_end_of_its_time_it_tells_what_it_has_found() -> None:
    command = [sys.executable, "-m", "realtime_models", "check", "--api", "ga", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin
        process.stdin.write(b"not json\n" * 10_000 + WRONG + b"\n" + b" " * 300_000)
        process.stdin.flush()  # More than a pipe holds: so much has been read by now.
        process.terminate()
        out, err = process.communicate()
    assert (process.returncode, err) == (143, b"")
    assert out.decode() == "-:10001: /event_id: expected string, found integer\n"


def test_a_translation_of_its_texts_that_is_broken_is_not_read(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path("LC_MESSAGES")
    folder.mkdir()
    (folder / "messages.mo").write_bytes(b"\xde\x12\x04\x95")
    monkeypatch.setenv("LANGUAGE", os.getcwd())
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "show this help message" in capsys.readouterr().out


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
