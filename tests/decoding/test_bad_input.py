"""Whatever arrives, the outcome is a value or a ``DecodeError``: never another exception."""

from __future__ import annotations

import collections
import enum
import itertools
import pickle
import traceback
import tracemalloc
import types
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import realtime_models as rm
from realtime_models import (
    DecodeError,
    Problem,
    RealtimeFunctionTool,
    RealtimeSessionCreateResponse,
    Unknown,
    check,
    noise_reduction_type_from_dict,
    realtime_audio_formats_from_dict,
    realtime_server_event_from_dict,
    realtime_truncation_from_dict,
)
from realtime_models._runtime.json_values import MAX_BITS


def nested(levels: int, kind: type = list) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value} if kind is dict else [value]
    return value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected JSON, found an error at line 1, column 1"),
        (b"", "expected JSON, found an error at line 1, column 1"),
        ('{"name": "f"', "expected JSON, found an error at line 1, column 13"),
        ('{"name":\n nope}', "expected JSON, found an error at line 2, column 2"),
        (b'{"name": "\xff"}', "expected UTF-8, found bytes that are not"),
        ('{"name": NaN}', "expected JSON, found a number that JSON does not have"),
        ('{"name": -Infinity}', "expected JSON, found a number that JSON does not have"),
        ("[" * 100_000 + "]" * 100_000, "expected JSON that nests less deeply"),
    ],
    ids=["empty", "no bytes", "truncated", "broken", "latin-1", "nan", "inf", "deep"],
)
def test_text_that_is_not_json_is_refused(text: str | bytes, message: str) -> None:
    with pytest.raises(DecodeError) as info:
        RealtimeFunctionTool.from_json(text)
    assert info.value.problems == (Problem("", "error", "invalid_json", message),)
    assert str(info.value) == f"RealtimeFunctionTool: {message}"


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), float("-inf")], ids=["nan", "inf", "-inf"]
)
def test_numbers_that_json_does_not_have_are_refused(value: float) -> None:
    for data in ({"speed": value}, {"expires_at": value}, {"id": value}, {"newer": [value]}):
        with pytest.raises(DecodeError, match="found NaN or Infinity$") as info:
            RealtimeSessionCreateResponse.from_dict(data)
        assert info.value.problems[0].code == "not_finite"


def test_a_number_too_large_for_a_float_is_refused() -> None:
    with pytest.raises(
        DecodeError, match="^RealtimeSessionCreateResponse: /speed: expected number"
    ):
        RealtimeSessionCreateResponse.from_json('{"speed": 1e999}')


@pytest.mark.parametrize("kind", [list, dict])
@pytest.mark.parametrize("levels", [201, 100_000])
def test_free_form_json_that_nests_too_deeply_is_refused(kind: type, levels: int) -> None:
    deep = nested(levels, kind)
    for data in ({"parameters": {"a": deep}}, {"newer": deep}):
        with pytest.raises(DecodeError, match="expected JSON of at most 200 levels, found more$"):
            RealtimeFunctionTool.from_dict(data)
    with pytest.raises(DecodeError):
        realtime_server_event_from_dict({"type": "x", "a": deep})
    with pytest.raises(TypeError):
        rm.JsonObject({"a": deep})


def test_free_form_json_may_nest_far_deeper_than_messages_do() -> None:
    data = {"parameters": {"a": nested(150)}, "newer": nested(150, dict)}
    tool = RealtimeFunctionTool.from_dict(data)
    assert tool.to_dict() == data
    assert check(RealtimeFunctionTool, {"parameters": {"a": nested(150)}}) == []


def test_a_reference_cycle_is_refused() -> None:
    cycle: dict[str, Any] = {}
    cycle["self"] = cycle
    with pytest.raises(DecodeError, match="levels"):
        RealtimeFunctionTool.from_dict({"parameters": cycle})


def test_data_that_unfolds_without_end_is_refused() -> None:
    cycle: list[Any] = []
    cycle += [cycle, cycle]
    shared: Any = 1
    for _ in range(40):  # Though it looks small, it holds a million million values.
        shared = [shared, shared]
    wide = [[0] * 1001] * 1001
    for value, problem in [
        (cycle, "/parameters/a/0/0"),
        (shared, "expected free-form JSON of at most 1000000 values, found more"),
        (wide, "expected free-form JSON of at most 1000000 values, found more"),
    ]:
        with pytest.raises(DecodeError, match=problem):
            RealtimeFunctionTool.from_dict({"parameters": {"a": value}})
    with pytest.raises(DecodeError, match="found more$"):
        realtime_server_event_from_dict({"type": "newer", "a": wide})
    with pytest.raises(TypeError):
        rm.JsonObject({"a": wide})


def test_a_value_that_stands_in_two_places_is_read_in_both() -> None:
    shared = {"type": "string"}
    data = {"name": "f", "parameters": {"a": shared, "b": [shared, shared]}}
    assert RealtimeFunctionTool.from_dict(data).to_dict() == data


class Endless(Mapping[str, object]):
    """A mapping that never runs out of keys."""

    def __getitem__(self, key: str) -> object:
        return 1

    def __iter__(self) -> Iterator[str]:
        return map(str, itertools.count())

    def __len__(self) -> int:
        return 1


def test_a_mapping_without_an_end_is_refused() -> None:
    with pytest.raises(DecodeError, match="found a value that JSON does not have"):
        RealtimeFunctionTool.from_dict(Endless())
    with pytest.raises(DecodeError, match="^RealtimeFunctionTool: /parameters: expected object"):
        RealtimeFunctionTool.from_dict({"parameters": Endless()})


def test_a_key_that_cannot_be_compared_is_refused() -> None:
    # It has the hash of a field's name, so looking up that field compares them.
    for name in ("type", "name", "parameters"):
        data: Any = {Liar(name): "function"}
        with pytest.raises(DecodeError, match="expected strings as the names of fields"):
            RealtimeFunctionTool.from_dict(data)
        with pytest.raises(DecodeError, match="expected strings as the names of fields"):
            realtime_server_event_from_dict(data)
        with pytest.raises(DecodeError):
            RealtimeFunctionTool.from_dict({"parameters": data})


def test_strings_of_any_length_are_read_without_a_copy() -> None:
    text = "x" * 100_000_000
    tracemalloc.start()
    event = rm.RealtimeServerEventResponseAudioDelta.from_dict(
        {
            "type": "response.output_audio.delta",
            "event_id": "e",
            "response_id": "r",
            "item_id": "i",
            "output_index": 0,
            "content_index": 0,
            "delta": text,
        }
    )
    with pytest.raises(DecodeError) as info:
        RealtimeFunctionTool.from_dict({"type": text, "name": {text: text}, "parameters": text})
    assert len(str(info.value)) < 2000
    assert len(repr(event)) < 1000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert event.delta is text
    assert peak < 10_000_000


@pytest.mark.parametrize("sign", [1, -1])
def test_an_integer_that_python_may_not_write_is_too_large(sign: int) -> None:
    huge, message = sign * 10**5000, "expected an integer of at most 4200 digits, found one that"
    for data, pointer in (
        ({"expires_at": huge}, "/expires_at"),
        ({"speed": huge}, "/speed"),
        ({"newer": [huge]}, "/newer/0"),
        ({"tools": [{"name": "f", "parameters": {"a": huge}}]}, "/tools/0/parameters/a"),
    ):
        with pytest.raises(DecodeError) as info:
            RealtimeSessionCreateResponse.from_dict(data)
        (problem,) = info.value.problems
        assert (problem.pointer, problem.code) == (pointer, "too_large")
        assert problem.message.startswith(message)
    delta = {"type": "input_audio_buffer.speech_started", "event_id": "e", "item_id": "i"}
    with pytest.raises(DecodeError, match="/audio_start_ms: expected an integer of at most"):
        rm.realtime_server_event_from_dict({**delta, "audio_start_ms": huge})
    with pytest.raises(DecodeError, match="found one that is too large"):
        RealtimeSessionCreateResponse.from_json('{"expires_at": ' + "9" * 5000 + "}")
    largest = sign * (2**MAX_BITS - 1)
    session = RealtimeSessionCreateResponse.from_dict({"expires_at": largest, "speed": largest})
    assert (session.expires_at, session.speed) == (largest, largest)
    formats = {"type": "audio/pcm", "rate": largest}
    assert [str(problem) for problem in check(rm.RealtimeAudioFormatsPCM, formats)] == [
        "/rate: expected 24000, found an integer of more than 20 digits"
    ]
    with pytest.raises(TypeError, match="expected a mapping of strings to JSON values"):
        rm.JsonObject({"a": huge})


def test_the_report_of_problems_is_bounded_even_under_long_names() -> None:
    name = "n" * 100_000
    data: Any = {"parameters": {name: [float("nan")] * 1000}}
    with pytest.raises(DecodeError) as info:
        RealtimeFunctionTool.from_dict(data)
    assert sum(len(problem.pointer) for problem in info.value.problems) < 500_000
    assert info.value.problems[0].pointer == f"/parameters/{name}/0"
    assert len(str(info.value)) < 20_000
    assert info.value.problems[-1].code == "too_many_problems"


def test_a_name_in_a_pointer_cannot_control_the_terminal() -> None:
    with pytest.raises(DecodeError) as info:
        RealtimeFunctionTool.from_dict({"parameters": {"a\n\x1b[2J~/\ud800": float("inf")}})
    assert info.value.problems[0].pointer == "/parameters/a\n\x1b[2J~0~1\ud800"
    assert str(info.value) == (
        r"RealtimeFunctionTool: /parameters/a\n\u001b[2J~0~1\ud800:"
        " expected a JSON value, found NaN or Infinity"
    )


@pytest.mark.parametrize("key", [1, None, (1, 2), b"name"], ids=str)
def test_keys_that_are_no_strings_are_refused(key: Any) -> None:
    message = "expected strings as the names of fields, found another key"
    for data, pointer in [
        ({key: 1}, ""),
        ({"parameters": {key: 1}}, "/parameters"),
        ({"parameters": {"a": [{key: 1}]}}, "/parameters/a/0"),
        ({"newer": {key: 1}}, "/newer"),
    ]:
        with pytest.raises(DecodeError) as info:
            RealtimeFunctionTool.from_dict(data)  # type: ignore[arg-type]
        assert info.value.problems == (Problem(pointer, "error", "wrong_key", message),)
    with pytest.raises(DecodeError, match="names of fields"):
        rm.MCPTool.from_dict({"type": "mcp", "server_label": "s", "headers": {key: "v"}})
    with pytest.raises(DecodeError, match="names of fields"):
        realtime_server_event_from_dict({key: 1})


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, b"bytes", 1j, range(3)], ids=lambda value: type(value).__name__
)
def test_values_that_json_does_not_have_are_refused(value: Any) -> None:
    for data in (
        {"name": value},
        {"parameters": value},
        {"parameters": {"a": [value]}},
        {"newer": value},
    ):
        with pytest.raises(DecodeError, match="found a value that JSON does not have$"):
            RealtimeFunctionTool.from_dict(data)
    with pytest.raises(DecodeError):
        RealtimeFunctionTool.from_dict(value)


class Word(str, enum.Enum):
    FUNCTION = "function"
    NAME = "name"


class Number(enum.IntEnum):
    RATE = 24000


class Exact(float):
    pass


def test_data_that_is_merely_like_json_is_decoded_as_json() -> None:
    data: dict[Any, Any] = {
        Word.NAME: "f",
        "type": Word.FUNCTION,
        "parameters": collections.OrderedDict(required=("a", Word.NAME), n=Exact(0.5)),
    }
    tool = RealtimeFunctionTool.from_dict(data)
    assert type(tool.type) is str
    assert tool.to_dict() == {
        "name": "f",
        "type": "function",
        "parameters": {"required": ["a", "name"], "n": 0.5},
    }
    proxy = types.MappingProxyType({"type": "audio/pcm", "rate": Number.RATE})
    formats = realtime_audio_formats_from_dict(proxy)
    assert isinstance(formats, rm.RealtimeAudioFormatsPCM)
    assert type(formats.rate) is int
    assert noise_reduction_type_from_dict(Word.NAME) == "name"
    assert realtime_truncation_from_dict(collections.UserDict(type="newer")) == Unknown(
        {"type": "newer"}
    )
    event = realtime_server_event_from_dict({"type": Word.NAME})
    assert event == Unknown({"type": "name"})
    assert check(RealtimeFunctionTool, data) == []


class Hostile(Mapping[str, object]):
    """A mapping all of whose methods raise."""

    def __getitem__(self, key: str) -> object:
        raise RuntimeError

    def __iter__(self) -> Iterator[str]:
        raise ZeroDivisionError

    def __len__(self) -> int:
        raise MemoryError


class Liar:
    """An object that raises on any access to its class, comparison or hash."""

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        raise RuntimeError

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    def __init__(self, like: str = "type") -> None:
        self.like = like

    def __hash__(self) -> int:
        return hash(self.like)


@pytest.mark.parametrize("make", [Hostile, Liar])
def test_objects_whose_methods_raise_are_refused(make: Any) -> None:
    for data in (
        make(),
        {"type": make()},
        {"parameters": make()},
        {"parameters": {"a": [make()]}},
        {"newer": make()},
    ):
        with pytest.raises(DecodeError):
            RealtimeFunctionTool.from_dict(data)
    with pytest.raises(DecodeError):
        realtime_server_event_from_dict({"type": make()})
    with pytest.raises(DecodeError):
        realtime_truncation_from_dict(make())
    with pytest.raises(TypeError):
        rm.JsonObject(make())


def test_an_error_is_bounded_however_bad_the_input_is() -> None:
    with pytest.raises(DecodeError) as info:
        rm.MCPToolFilter.from_dict(
            {"tool_names": list(range(5000)), **{f"x{n}": 1 for n in range(2000)}}
        )
    assert len(info.value.problems) == 1001
    assert info.value.problems[-1] == Problem(
        "", "error", "too_many_problems", "more than 1000 problems; the rest is not listed"
    )
    lines = str(info.value).splitlines()
    assert lines[0] == "MCPToolFilter: 1001 problems"
    assert lines[1] == "  /tool_names/0: expected string, found integer"
    assert lines[-1] == "  and 981 more"
    assert len(lines) == 22
    notices = check(rm.MCPToolFilter, {f"x{n}": 1 for n in range(2000)})
    assert notices[-1].severity == "notice"


def test_an_error_never_shows_a_value_but_shortened_tags() -> None:
    with pytest.raises(DecodeError) as info:
        RealtimeFunctionTool.from_dict(
            {"type": "s" * 100, "name": ["secret"], "parameters": "secret"}
        )
    assert str(info.value) == (
        "RealtimeFunctionTool: 3 problems\n"
        f'  /type: expected "function", found "{"s" * 37}..."\n'
        "  /name: expected string, found array\n"
        "  /parameters: expected object, found string"
    )


def test_a_traceback_does_not_tell_of_the_attempts_before() -> None:
    data = {"type": "session.updated", "event_id": "e", "session": {"type": "realtime", "id": 1}}
    with pytest.raises(DecodeError) as info:
        realtime_server_event_from_dict(data)
    trace = "".join(traceback.format_exception(info.value))
    assert "Mismatch" not in trace
    assert "During handling" not in trace


def test_an_error_can_be_pickled() -> None:
    with pytest.raises(DecodeError) as info:
        RealtimeFunctionTool.from_dict({"name": 1})
    copied = pickle.loads(pickle.dumps(info.value))
    assert str(copied) == str(info.value)
    assert copied.problems == info.value.problems
    assert copied.type_name == "RealtimeFunctionTool"


def test_lone_surrogates_come_back_as_they_were() -> None:
    tool = RealtimeFunctionTool.from_json(r'{"name": "\ud800"}')
    assert tool.to_json() == r'{"name":"\ud800"}'


def test_check_takes_models_aliases_and_names() -> None:
    data = {"type": "function", "name": 1}
    for hint in (
        RealtimeFunctionTool,
        "RealtimeFunctionTool",
        rm.RealtimeResponseCreateParamsToolsInner,
    ):
        assert [str(problem) for problem in check(hint, data)] == [
            "/name: expected string, found integer"
        ]
    with pytest.raises(LookupError, match="no type is called Nope"):
        check("Nope", {})


@pytest.mark.parametrize("odd", [nested(100_000), 10**5000, {"a": 1}, None], ids=lambda odd: "")
def test_check_ends_whatever_stands_where_a_rule_looks(odd: Any) -> None:
    transcription = {"model": odd, "keywords": [odd, "<"], "prompt": odd}
    audio = {"input": {"transcription": transcription, "turn_detection": {"type": "server_vad"}}}
    data = {"type": "session.update", "session": {"type": "transcription", "audio": audio}}
    refused = [p.pointer for p in check("RealtimeClientEvent", data) if p.code == "refused"]
    assert refused == ["/session/audio/input/transcription/keywords/1"]


def test_an_error_of_a_union_names_the_class_that_the_tag_selects() -> None:
    done = {"type": "response.done", "event_id": "e"}
    with pytest.raises(DecodeError, match="^RealtimeServerEventResponseDone: /response: expected"):
        realtime_server_event_from_dict(done)
    with pytest.raises(DecodeError, match="^RealtimeServerEvent: expected object, found array$"):
        realtime_server_event_from_dict([])  # type: ignore[arg-type]
