"""From a JSON Pointer to a line: however the text is laid out, it is the value's own line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from realtime_models.cli.locate import lines_of
from tests.support.strategies import JSON

TEXT = r"""{
  "a": [1, {"b": true},
    "}\"]\\", -2.5e3],
  "": {
    "x/y~z":
      null,
    "\u00e9\"": {}
  }
}"""


@given(JSON)
def test_every_value_is_found_on_its_line(value: Any) -> None:
    expected = dict(_places(value, "", 1))
    for ensure_ascii in (True, False):
        text = json.dumps(value, indent=1, ensure_ascii=ensure_ascii)
        assert lines_of(text, expected.keys()) == expected


def _places(value: Any, pointer: str, line: int) -> Iterator[tuple[str, int]]:
    """Yield every value in an indented text, where each has lines of its own."""
    yield pointer, line
    line += 1
    pairs = enumerate(value) if isinstance(value, list) else ()
    for key, member in value.items() if isinstance(value, dict) else pairs:
        step = str(key).replace("~", "~0").replace("/", "~1")
        yield from _places(member, f"{pointer}/{step}", line)
        line += len(json.dumps(member, indent=1).split("\n"))


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("", 1),
        ("/a", 2),
        ("/a/0", 2),
        ("/a/1/b", 2),
        ("/a/2", 3),
        ("/a/3", 3),
        ("/", 4),
        ("//x~1y~0z", 6),
        ('//é"', 7),
    ],
)
def test_a_value_is_found_by_its_pointer(pointer: str, line: int) -> None:
    assert lines_of(TEXT, [pointer]) == {pointer: line}


def test_a_value_that_is_missing_is_where_the_value_around_it_begins() -> None:
    assert lines_of(TEXT, ["/b", "/a/1/c", "/a/9", '//é"/0/1']) == {
        "/b": 1,
        "/a/1/c": 2,
        "/a/9": 2,
        '//é"/0/1': 7,
    }


def test_many_pointers_are_found_at_once() -> None:
    text = json.dumps([{"a": number} for number in range(2000)], indent=0)
    pointers = [f"/{number}/a" for number in range(2000)]
    assert lines_of(text, pointers) == {f"/{n}/a": 3 * n + 3 for n in range(2000)}


def test_without_pointers_there_are_no_lines() -> None:
    assert lines_of("[]", []) == {}
