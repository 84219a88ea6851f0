"""What cattrs reports for data that cannot be decoded."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from typing import Any

import attrs
import cattrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import realtime_models as rm
from realtime_models.adapting import steps
from realtime_models.catalog import find, type_names
from realtime_models_attrs import configure, to_attrs
from tests.support.strategies import mutated

CONVERTER = cattrs.Converter()
configure(CONVERTER)


@attrs.frozen
class Call:
    """A user's class."""

    number: int
    event: rm.RealtimeServerEvent
    tools: list[rm.RealtimeResponseCreateParamsToolsInner] = attrs.field(factory=list)
    detection: dict[str, rm.RealtimeTurnDetection] = attrs.field(factory=dict)
    headers: rm.FrozenDict[str] = attrs.field(factory=lambda: rm.FrozenDict({}))
    mirror: to_attrs(rm.RealtimeFunctionTool) | None = None  # type: ignore[valid-type]


def problems(raw: Any, hint: Any = Call, converter: cattrs.BaseConverter = CONVERTER) -> list[str]:
    """Return what ``transform_error`` prints for the error that structuring raises."""
    with pytest.raises(cattrs.BaseValidationError) as info:
        converter.structure(raw, hint)
    return cattrs.transform_error(info.value)


def test_every_problem_is_reported_with_its_path_beside_those_of_cattrs() -> None:
    raw = {
        "number": "many",
        "event": {"type": "error", "event_id": 5, "error": {"type": "t", "code": 4}},
        "tools": [
            {"type": "newer"},
            {"type": "mcp", "server_label": "s", "headers": {"a": 1, "x-b": 2}},
            {"type": "function", "name": []},
        ],
        "detection": {"x": {"type": "server_vad", "threshold": "high"}, "y": 3},
        "headers": {"a/b~c": None, "0": 1, "ok": ""},
        "mirror": {"name": 5},
    }
    assert problems(raw) == [
        "invalid value for type, expected int @ $.number",
        "invalid type (expected string, found integer) @ $.event.event_id",
        "invalid type (expected string or null, found integer) @ $.event.error.code",
        "required field missing @ $.event.error.message",
        "invalid type (expected string, found integer) @ $.tools[1].headers['a']",
        "invalid type (expected string, found integer) @ $.tools[1].headers['x-b']",
        "invalid type (expected string, found array) @ $.tools[2].name",
        "invalid type (expected number, found string) @ $.detection['x'].threshold",
        "invalid type (expected object or null, found integer) @ $.detection['y']",
        "invalid type (expected string, found null) @ $.headers['a/b~c']",
        "invalid type (expected string, found integer) @ $.headers['0']",
        "invalid type (expected string, found integer) @ $.mirror.name",
    ]


@pytest.mark.parametrize(
    ("hint", "raw", "expected"),
    [
        (rm.MCPTool, 5, ["(expected object, found integer) @ $"]),
        (rm.MCPTool, {"type": "mcp"}, ["required field missing @ $.server_label"]),
        (rm.MCPTool, {"type": "x", "server_label": ""}, ['(expected "mcp", found "x") @ $.type']),
        (rm.RealtimeServerEvent, None, ["(expected object, found null) @ $"]),
        (rm.VoiceIdsShared, 5, ["(expected string, found integer) @ $"]),
        (rm.Unknown, {"a": float("nan")}, ["(expected a JSON value, found NaN or Infinity) @ $.a"]),
        (to_attrs(rm.MCPTool), {"type": "mcp"}, ["required field missing @ $.server_label"]),
        (
            rm.MCPToolAllowedTools,
            ["a", 1, 2.5],
            [
                "(expected string, found integer) @ $[1]",
                "(expected string, found number) @ $[2]",
            ],
        ),
        (
            rm.JsonObject,
            {"a": [{1}]},
            ["(expected a JSON value, found a value that JSON does not have) @ $.a[0]"],
        ),
        (
            rm.FrozenDict[str],
            {1: "a", "b": 2},
            [
                "(expected string, found integer) @ $.b",
                "(expected strings as the names of fields, found another key) @ $",
            ],
        ),
    ],
)
def test_problems_are_reported_alike_outside_of_attrs_classes(
    hint: Any, raw: Any, expected: list[str]
) -> None:
    base = cattrs.BaseConverter()
    configure(base)
    for converter in (CONVERTER, base):
        told = problems(raw, hint, converter)
        assert [line.removeprefix("invalid type ") for line in told] == expected


def leaves(error: BaseException, path: tuple[str | int, ...] = ()) -> Iterator[tuple[object, str]]:
    """Yield the errors in a group, each with its path by the notes of cattrs, and its message."""
    if not isinstance(error, (cattrs.ClassValidationError, cattrs.IterableValidationError)):
        yield path, "missing" if isinstance(error, KeyError) else str(error)
        return
    with_notes, without = error.group_exceptions()
    for inner, note in with_notes:
        step = note.name if isinstance(note, cattrs.AttributeValidationNote) else note.index
        yield from leaves(inner, (*path, step))
    for inner in without:
        yield from leaves(inner, path)


@pytest.mark.parametrize("name", list(type_names()))
@given(data=st.data())
def test_the_problems_are_those_of_decoding(name: str, data: st.DataObject) -> None:
    value = data.draw(mutated(name))
    hint: Any = find(name)
    expected = [problem for problem in rm.check(name, value) if problem.severity == "error"]
    if not expected:
        assert CONVERTER.structure(value, hint) == rm.from_wire(name, value)
        return
    with pytest.raises(cattrs.BaseValidationError) as info:
        CONVERTER.structure(value, hint)
    assert isinstance(info.value.__cause__, rm.DecodeError)
    assert list(info.value.__cause__.problems) == expected
    found = sorted((repr(path), message) for path, message in leaves(info.value))
    assert found == sorted(
        (
            repr(tuple(steps(problem.pointer, value))),
            "missing" if problem.code == "missing" else problem.message,
        )
        for problem in expected
    )
    assert len(cattrs.transform_error(info.value)) == len(expected)


def test_the_error_knows_its_class_and_our_error() -> None:
    with pytest.raises(cattrs.ClassValidationError, match="^While structuring MCPTool") as info:
        CONVERTER.structure({}, rm.MCPTool)
    assert info.value.cl is rm.MCPTool
    assert isinstance(info.value.__cause__, rm.DecodeError)


def test_without_details_our_own_error_comes_as_it_is() -> None:
    converter = CONVERTER.copy(detailed_validation=False)
    raw = {"number": 1, "event": {"type": "error", "event_id": 5, "error": {}}}
    with pytest.raises(rm.DecodeError) as info:
        converter.structure(raw, Call)
    assert [problem.pointer for problem in info.value.problems] == [
        "/event_id",
        "/error/type",
        "/error/message",
    ]
    assert cattrs.transform_error(info.value) == ["invalid value @ $"]


def test_no_message_shows_a_value() -> None:
    raw = {
        "number": 1,
        "event": {"type": "session.created", "event_id": "hush", "session": "hush"},
        "tools": [
            {"type": "mcp", "server_label": 5, "authorization": ["hush"], "headers": {"a": 1}}
        ],
        "headers": {"a": ["hush"]},
        "mirror": {"name": ["hush"]},
    }
    with pytest.raises(cattrs.BaseValidationError) as info:
        CONVERTER.structure(raw, Call)
    told = "".join(traceback.format_exception(info.value)) + repr(info.value)
    assert "hush" not in told + "".join(cattrs.transform_error(info.value))
