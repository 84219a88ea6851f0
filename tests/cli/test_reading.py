"""What ``check`` reads of any file: it never reports as clean what it has not read."""

from __future__ import annotations

import errno
import gzip
import io
import itertools
import json
import os
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime_models import Problem
from realtime_models.cli import documents
from realtime_models.cli import source as sources
from realtime_models.cli.documents import Documents
from realtime_models.cli.options import Options
from realtime_models.cli.source import Progress, Source, pieces_of
from tests.cli.inputs import CLEAN, GOOD, NOT_JSON, STARTED, WRONG, Run, write
from tests.support.paths import DATA

needs_pipes = pytest.mark.skipif(not Path("/dev/fd").exists(), reason="a pipe has no name")
LOGS = sorted(path for path in (DATA / "logs").iterdir() if path.is_file())
OPTIONS = Options(type_name=None, strict=False)
EXPECTED = DATA / "logs" / "expected"
UTF_8 = "utf-8", "surrogateescape"


class Blocks(io.RawIOBase):
    """A stream that gives its bytes in these blocks, as a pipe may do."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = filter(None, blocks)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self._rest or next(self._blocks, b"")
        block, self._rest = block[: len(buffer)], block[len(buffer) :]
        buffer[: len(block)] = block
        return len(block)


def lines(*blocks: bytes) -> Iterator[str]:
    """Return the lines of a text, as they are read from a file that comes in blocks."""
    stream = io.BufferedReader(Blocks(blocks))
    return pieces_of(io.TextIOWrapper(stream, *UTF_8))


def reading(*blocks: bytes) -> tuple[list[tuple[int, str, str, tuple[Problem, ...]]], int]:
    """Return what is found in a text, and the number of lines without JSON."""
    reader = Documents(lines(*blocks), OPTIONS)
    found = [(d.line, d.pointer, json.dumps(d.data), d.problems) for d in reader]
    return found, reader.lines_without


def source(name: str) -> Source:
    """The lines of a file."""
    return Source(name, Progress([]))


@pytest.mark.parametrize("path", LOGS, ids=lambda path: str(path.name))
def test_a_messy_file_is_read_and_told_as_expected(run: Run, path: Path) -> None:
    write(path.name, path.read_bytes())
    status, out, err = run("check", path.name)
    expected = (EXPECTED / f"{path.name}.txt").read_text("utf-8")
    assert "\n".join([f"exit status {status}", *err.splitlines(), *out, ""]) == expected


def test_every_expected_output_is_of_a_messy_file() -> None:
    assert sorted(path.stem for path in EXPECTED.iterdir()) == [path.name for path in LOGS]


@pytest.mark.parametrize("size", [1, 7, 100])
@pytest.mark.parametrize("path", LOGS, ids=lambda path: str(path.name))
def test_in_whatever_blocks_a_file_is_read_the_same_is_found(path: Path, size: int) -> None:
    text = path.read_bytes()[:5000]
    blocks = [text[begin : begin + size] for begin in range(0, len(text), size)]
    assert reading(*blocks) == reading(text)


PARTS = [
    *(GOOD.decode(), '{"a": [', '{"a": "b', "}", "[", "]", ",", "\n", "text", "{x}", "'", '"'),
    *('\\"', '{\\"a\\":', '{""a"":1}', "...", "' [900 bytes]", "{ type: 1", "{\n", "  ", "\udc80"),
    *("[main, INFO] ", "[1, ", "NaN", "tru", "{}", ":", "{'a': ", "'{\"a\\'b\": 1}'"),
    *('{"log":"{\\"a\\":","stream":"s"}\n', '{"log":"1}\\n","stream":"s"}\n'),
]
"""What texts are made of in which something may begin or end anywhere."""


@given(
    text=st.one_of(
        st.lists(st.sampled_from(PARTS)).map(lambda parts: "".join(parts).encode(*UTF_8)),
        st.sampled_from(LOGS).map(lambda path: path.read_bytes()[:3000]),
    ),
    cuts=st.lists(st.floats(0, 1)),
    type_name=st.sampled_from([None, "VoiceIdsShared"]),
    sizes=st.sampled_from([(1 << 16, 64 << 20), (40, 64 << 20), (40, 200)]),
)
def test_wherever_a_text_is_split_the_same_is_read(
    text: bytes, cuts: list[float], type_name: str | None, sizes: tuple[int, int]
) -> None:
    options = Options(type_name=type_name, strict=True)
    places = [0, *sorted(int(cut * len(text)) for cut in cuts), len(text)]
    blocks = [text[begin:end] for begin, end in itertools.pairwise(places) if begin < end]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "PIECE", sizes[0])
        patch.setattr(sources, "PIECE", sizes[0])
        patch.setattr(documents, "LONGEST", sizes[1])
        whole, split = (Documents(lines(*each), options) for each in ([text], blocks))
        assert [repr(document) for document in split] == [repr(document) for document in whole]
    assert split.lines_without == whole.lines_without


@given(
    st.lists(
        st.sampled_from(
            [GOOD, STARTED, b'{"a": [', b'{"a": "b', b"}", b"[", b"]", b",", b"\n", b"text", b"{x}"]
        )
    )
)
def test_whatever_is_cut_or_joined_every_object_that_begins_a_line_is_found(
    pieces: list[bytes],
) -> None:
    found, _ = reading(b"".join(pieces) + b"\n" + STARTED + b"\n" + STARTED)
    assert found
    assert found[-1][2] == json.dumps(json.loads(STARTED)) or found[-1][3]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (b'{\n "type": "error",\n', 1, "expected JSON, found a value that is not finished"),
        (b'{\n "type": "err', 1, "expected JSON, found a value that is not finished"),
        (b'\xef\xbb\xbf\n\n{"a" "b"}', 3, "expected JSON, found an error at line 1, column 6"),
        (b'\n{\n "type": "\xff"\n}', 3, "expected UTF-8, found bytes that are not"),
        (b'{"a": -Infinity}', 1, "expected JSON, found a number that JSON does not have"),
        (
            b'{"a": ' + b"1" * 5000 + b"}",
            1,
            "expected an integer of at most 4200 digits, found one that is too large",
        ),
    ],
)
def test_what_is_no_json_is_told_with_its_line(
    run: Run, text: bytes, line: int, message: str
) -> None:
    status, out, err = run("check", write("a.json", text))
    assert (status, out[:3], err) == (1, [f"a.json:{line}: {message}", *NOT_JSON], "")


def test_a_value_that_is_too_long_is_passed_over(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "PIECE", 64)
    monkeypatch.setattr(sources, "PIECE", 64)
    monkeypatch.setattr(documents, "LONGEST", 1000)
    long = b'{"a": "%s"}' % (b"a" * 5000)
    many = b'{\n "a": [\n' + b"  1,\n" * 1000 + b"  1\n ]\n}"
    status, out, _ = run("check", write("a.jsonl", STARTED, long, STARTED, many, STARTED))
    message = "expected at most 64 MB, found a value that is too long"
    assert status == 1
    assert out[:2] == [f"a.jsonl:2: {message} (2 times: lines 2, 4)", "5 documents, 2 problems"]


def test_an_array_of_any_length_is_read_item_by_item(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "PIECE", 64)
    monkeypatch.setattr(sources, "PIECE", 64)
    monkeypatch.setattr(documents, "LONGEST", 1000)
    status, out, _ = run("check", write("a.json", b"[" + b",".join([STARTED] * 100) + b"]"))
    assert (status, out[0]) == (0, "100 documents, 0 problems")


def test_an_array_holds_documents(run: Run) -> None:
    write("a.json", b"[" + GOOD + b",", WRONG + b",", b'  5, {"colour": "red"}]')
    status, out, _ = run("check", "--strict", "--all", "a.json")
    unknown = "notice: expected an object of a known type, found none (see --as)"
    assert (status, out[:4]) == (
        1,
        [
            "a.json:2: /1/event_id: expected string, found integer",
            f"a.json:3: /2: {unknown}",
            f"a.json:3: /3: {unknown}",
            "4 documents, 3 problems",
        ],
    )
    _, out, _ = run("check", "--strict", "a.json")
    assert out[1] == f"a.json:3: /*: {unknown} (2 times: lines 3, 3)"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"\n[" + STARTED + b",\n" + STARTED + b",\n", 2),
        (b"[\n" + STARTED, 1),
        (b"[\n" + STARTED + b",\n" + STARTED[:20], 3),
        (b"[", 1),
        (b"[[" + STARTED + b"]", 1),
        (b"[1, 2, " + STARTED, 1),
    ],
)
def test_an_array_that_is_cut_is_told(run: Run, text: bytes, line: int) -> None:
    status, out, _ = run("check", write("a.json", text))
    message = f"a.json:{line}: expected JSON, found a value that is not finished"
    assert (status, out[0]) == (1, message)


def test_as_gives_all_values_a_type(run: Run) -> None:
    write("a.jsonl", b'"auto"', b'["auto"]', b'{"type": "retention_ratio"}', b"2026-11-22 begin")
    assert run("check", "--as", "RealtimeTruncation", "a.jsonl") == (
        1,
        [
            "a.jsonl:2: expected string or object, found array",
            "a.jsonl:3: /retention_ratio: expected number, found nothing: this field is required",
            "3 documents, 2 problems",
            "  RealtimeTruncation: 3 documents, 2 problems",
            "1 line without JSON",
        ],
        "",
    )


def test_as_goes_for_an_object_in_a_string_too(run: Run) -> None:
    write("a.log", b'level=info msg="' + WRONG.replace(b'"', b'\\"') + b'"')
    status, out, _ = run("check", "--as", "error", "a.log")
    assert (status, out[0]) == (1, "a.log:1: /event_id: expected string, found integer")


def test_a_string_whose_object_is_broken_is_told(run: Run) -> None:
    status, out, _ = run("check", write("a.log", rb'msg="{\"type\": \"err"'))
    message = "expected JSON, found a value that is not finished"
    assert (status, out[0]) == (1, f"a.log:1: {message}")


def test_a_minus_is_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("input", GOOD, b"", WRONG)
    given = lambda file, mode, *, closefd: open("input", mode)  # noqa: E731, SIM115
    monkeypatch.setattr(sources, "open", given, raising=False)
    status, out, err = run("check", "-")
    assert (status, err) == (1, "")
    assert out[:2] == [
        "-:3: /event_id: expected string, found integer",
        "2 documents, 1 problem",
    ]


@needs_pipes
def test_what_a_pipe_has_is_read_before_more_comes() -> None:
    end, begin = os.pipe()
    with open(begin, "wb", buffering=0) as writer:
        writer.write(STARTED + b"\n")
        found = iter(Documents(source(f"/dev/fd/{end}"), OPTIONS))
        assert next(found).line == 1
    os.close(end)


def test_a_file_that_grows_is_read_to_the_end_that_it_has_then(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(STARTED + b"\n" + STARTED[:20])
    lines = source(str(path))
    found = iter(Documents(lines, OPTIONS))
    assert next(found).line == 1
    with path.open("ab") as writer:
        writer.write(STARTED[20:] + b"\n" + STARTED + b"\n")
    assert [(document.line, document.problems) for document in found] == [(2, ()), (3, ())]
    assert lines.remarks == ["it grew while it was read"]


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


def test_what_the_stack_does_not_hold_takes_no_other_line_along(run: Run) -> None:
    write("a.jsonl", GOOD, b'{"a":' * 100_000 + b"1" + b"}" * 100_000, GOOD)
    status, out, err = run("check", "a.jsonl")
    assert (status, err) == (1, "")
    assert out[0] == "a.jsonl:2: expected JSON that nests less deeply"
    assert out[1] == "3 documents, 1 problem"


def test_a_record_of_docker_keeps_its_text(run: Run) -> None:
    write("a.log", b'{"log": "INFO", "stream": "a", "stream": "b"}')
    message = "expected names that differ in an object, found this one twice; the last one is read"
    assert f"a.log:1: /stream: notice: {message}" in run("check", "--strict", "a.log")[1]


def test_many_blank_lines_are_read_in_their_stride(run: Run) -> None:
    write("a.json", b"\n" * 200_000, GOOD)
    assert run("check", "a.json") == (0, CLEAN, "")


@pytest.mark.parametrize(
    ("name", "reason"), [("missing.json", errno.ENOENT), (".", errno.EISDIR)], ids=str
)
def test_what_cannot_be_read_is_told_and_all_else_is_checked(
    run: Run, name: str, reason: int
) -> None:
    complaint = f"{name}: {os.strerror(reason)}\n"
    assert run("check", name) == (2, ["0 documents, 0 problems"], complaint)
    good, wrong = write("good.json", GOOD), write("wrong.json", WRONG)
    assert run("check", good, name) == (2, CLEAN, complaint)
    status, out, err = run("check", name, wrong, good)
    assert (status, err) == (2, complaint)
    assert out[:3] == [
        "wrong.json:1: /event_id: expected string, found integer",
        "2 documents, 1 problem",
        "  RealtimeServerEventError: 2 documents, 1 problem",
    ]


def test_a_file_that_may_not_be_read_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object, closefd: bool) -> Iterator[object]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("realtime_models.cli.source.open", refused, raising=False)
    assert run("check", "a.json")[::2] == (2, f"a.json: {os.strerror(errno.EACCES)}\n")


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
        status, out, _ = run("check", "--api", "ga", "big.jsonl")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (status, out[0]) == (0, "10000 documents, 0 problems")
    assert peak < 1_000_000 < os.path.getsize("big.jsonl") / 10


def test_gzip_data_may_have_several_members_and_be_damaged(run: Run) -> None:
    parts = [gzip.compress(STARTED + b"\n"), gzip.compress(b"x" * 600_000)]
    lines = source(write("a.gz", b"".join(parts)))
    assert [document.line for document in Documents(lines, OPTIONS)] == [1]
    damaged = source(write("b.gz", parts[0][:10] + b"\xff" * 50))
    assert not list(damaged)
    assert damaged.complaint == "its gzip data is damaged"


def test_a_file_may_be_compressed_several_times_but_not_without_end(run: Run) -> None:
    data = STARTED
    for _ in range(3):
        data = gzip.compress(data)
    assert run("check", write("a.gz", data))[0] == 0
    for _ in range(150):
        data = gzip.compress(data)
    complaint = "a.gz: it is compressed more than 8 times\n"
    assert run("check", write("a.gz", data)) == (2, ["0 documents, 0 problems"], complaint)


def test_an_array_of_plain_values_is_read_only_if_it_fills_its_line() -> None:
    found, without = reading(b'["a", 1]\n["a"] text\n')
    assert [(line, pointer) for line, pointer, *_ in found] == [(1, "/0"), (1, "/1")]
    assert without == 1


def test_an_array_may_stand_after_blanks() -> None:
    found, _ = reading(b"\n  [" + STARTED + b"]\n")
    assert [line for line, *_ in found] == [2]


@pytest.mark.parametrize("text", [b"-abc", b"2026-11-22", b"[INFO] x", b"[1, x" + b"[" * 200_000])
def test_a_line_that_only_begins_like_a_value_is_none(text: bytes) -> None:
    options = Options(type_name="VoiceIdsShared", strict=False)
    reader = Documents(lines(text + b'\n  "ash"\n'), options)
    assert [document.data for document in reader] == ["ash"]


def test_a_text_in_a_record_may_only_begin_like_an_object() -> None:
    assert documents.documents_in('text {"a": nope') == []
    assert [d.data for d in documents.documents_in('text {"a": 1} text {"b": 2}')] == [
        {"a": 1},
        {"b": 2},
    ]


LINES = [
    '{"type":"session.close","a":[true,null,"\\u00e9",1.5e3,false,"\\n",-2]}',
    '{"type":"session.close","event_id":"e","a":1,"b":fals}',
    '{"type":"session.close","event_id":"cut in the middle of te',
    '[{"type":"session.close","a":1},{"type":"session.close","b":2}]',
    r'got="{\"type\":\"session.close\",\"event_id\":\"b\"}" x',
    r'got="{\"type\":\"session.close\",\"event_id\":\"b\"}"',
    r"got '{\"type\":\"session.close\",\"event_id\":\"it\'s\"}' x",
    '1,"{""type"":""session.close"",""event_id"":""b""}",2',
]
"""Lines with JSON in all notations, and one in which it breaks near its end."""


@pytest.mark.parametrize("line", LINES)
def test_a_line_may_come_in_pieces_of_any_size(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = reading(f"{line}\n".encode())
    for size in range(12, len(line)):
        monkeypatch.setattr(documents, "PIECE", size)
        monkeypatch.setattr(sources, "PIECE", size)
        assert reading(f"{line}\n".encode()) == expected


@pytest.mark.parametrize("line", LINES)
def test_no_other_line_is_read_before_what_a_line_has_is_given(line: str) -> None:
    pieces = iter([f"{line}\n", "next\n"])
    assert next(iter(Documents(pieces, OPTIONS)))
    assert next(pieces) == "next\n"
