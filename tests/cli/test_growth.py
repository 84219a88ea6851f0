"""The time that ``check`` takes grows with the length of its input, whatever the input is."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

import pytest

from realtime_models.__main__ import main
from tests.cli.inputs import GOOD, Run

EVENT = GOOD.decode()
ESCAPED = EVENT.replace('"', '\\"')
SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "json_lines": lambda n: f"{EVENT}\n" * (n // 80),
    "blanks": lambda n: " " * n,
    "blank_lines": lambda n: "\n" * n,
    "text": lambda n: "some text\n" * (n // 10),
    "one_line_of_text": lambda n: "text " * (n // 5),
    "quotes": lambda n: '"' * n,
    "escaped_quotes": lambda n: 'log "' + '\\"' * (n // 2),
    "realistic_quotes": lambda n: 'x="say \\"hi\\" to all" ' * (n // 22) + "\n",
    "realistic_quoted_lines": lambda n: 'x="say \\"hi\\" to all"\n' * (n // 22),
    "backslashes": lambda n: '{"a": "' + "\\" * n,
    "braces": lambda n: "{" * n,
    "braces_and_quotes": lambda n: '{"' * (n // 2),
    "braces_and_escaped_quotes": lambda n: '{\\"' * (n // 3),
    "braces_and_doubled_quotes": lambda n: '{""a' * (n // 4),
    "braces_and_apostrophes": lambda n: "{'" * (n // 2),
    "braces_and_names": lambda n: "{type: " * (n // 7),
    "braces_and_line_ends": lambda n: "{\n" * (n // 2),
    "brackets": lambda n: "[" * n,
    "brackets_and_an_event": lambda n: "[" * n + EVENT,
    "brackets_and_line_ends": lambda n: "[\n" * (n // 2) + "!",
    "bracket_and_blanks": lambda n: "[" + " " * n + "!",
    "brackets_and_numbers": lambda n: "[1," * (n // 3),
    "bracket_and_numbers": lambda n: "[" + "1, " * (n // 3) + "!",
    "bracket_and_digits": lambda n: "[" + "1" * n,
    "brackets_after_an_object": lambda n: '{"a": 1} ' + "[" * n + "!",
    "brackets_that_close": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "brackets_in_prefixes": lambda n: "[INFO] [main, x] text\n" * (n // 22),
    "closing_brackets": lambda n: '{"a": 1}' + "}" * n,
    "objects_in_a_line": lambda n: '{"a": 1}' * (n // 8),
    "objects_in_quotes": lambda n: "'{\"a\": 1}' " * (n // 11),
    "objects_in_open_quotes": lambda n: '\'{"a": 1} ' * (n // 10),
    "unfinished_lines": lambda n: '{"a":[1,\n' * (n // 9),
    "unfinished_lines_that_close": lambda n: '{"a":[1,\n' * (n // 18) + "]}\n" * (n // 18),
    "unfinished_lines_and_events": lambda n: ('[1,\n{"b": [{}]},\n{"c": [\n') * (n // 22),
    "lines_indented_less": lambda n: "".join(
        " " * (100 - k % 100) + '{"a":[\n' for k in range(n // 60)
    ),
    "lines_cut": lambda n: f'DEBUG {EVENT[:40]}\nDEBUG {EVENT[:60]}"\n' * (n // 115),
    "lines_broken": lambda n: '{"a": ?}\n' * (n // 9),
    "shortened": lambda n: "TEXT '{\"a\": ...}}' [900 bytes]\n" * (n // 31),
    "ellipses": lambda n: "'{\"a" + "...'" * (n // 4),
    "escaped": lambda n: f'payload="{ESCAPED}"\n' * (n // 100),
    "escaped_in_a_line": lambda n: f'payload="{ESCAPED}" ' * (n // 100),
    "a_long_string": lambda n: json.dumps({"a": "x" * n}),
    "a_long_array": lambda n: json.dumps([{}] * (n // 4)),
    "a_long_array_in_lines": lambda n: json.dumps([{"a": 1}] * (n // 22), indent=1),
    "array_without_commas": lambda n: "[" + "{} " * (n // 3) + "]",
    "array_of_commas": lambda n: "[{}" + "," * n,
    "records": lambda n: json.dumps({"m": EVENT}) + "\n",
    "record_with_many_texts": lambda n: json.dumps({"m": [EVENT] * (n // 100)}),
    "record_with_braces": lambda n: json.dumps({"m": '{"' * (n // 3)}),
    "records_of_docker_cut": lambda n: '{"log":"{\\"a","stream":"s"}\n' * (n // 28),
    "records_of_docker": lambda n: '{"log":"{\\"a\\":[[]","stream":"s"}\n' * (n // 34),
    "numbers_that_are_none": lambda n: '{"a": NaN}\n' * (n // 11),
    "long_numbers": lambda n: '{"a": ' + "1" * n + "}",
    "broken_tables": lambda n: '2026,"{""type"": ""a"",\n' * (n // 24),
    "python_values": lambda n: "{'type': 'error', 'a': None}\n" * (n // 29),
    "scripts": lambda n: "{ type: 'error', a: 1 }\n" * (n // 24),
    "bytes_of_no_letters": lambda n: '{"a": "\udc80"}\n' * (n // 12),
}
ANY: Final[dict[str, Callable[[int], str]]] = {
    "digits_and_a_letter": lambda n: "true\n" * 2400 + "1" * n + "x",
    "digits_in_lines": lambda n: "1234567890x\n" * (n // 12),
    "numbers": lambda n: "12\n" * (n // 3),
    "strings": lambda n: '"a\\"' * (n // 4),
    "lists": lambda n: '["' * (n // 2),
    "brackets": lambda n: "[" * n,
}
STRICT: Final[dict[str, Callable[[int], str]]] = {
    "names_given_twice": lambda n: "{" + ", ".join(f'"a{k // 2}": 1' for k in range(n // 12)) + "}",
    "names_given_twice_in_objects": lambda n: (
        "{" + ", ".join(f'"a": {{"b{k}": 1}}' for k in range(n // 18)) + "}"
    ),
    "unlike_notices": lambda n: "".join(f'{EVENT[:-1]}, "a{k}": 1}}\n' for k in range(n // 100)),
}
CASES = [
    *[(shape, ()) for shape in SHAPES.items()],
    *[(shape, ("--as", "VoiceIdsShared")) for shape in ANY.items()],
    *[(shape, ("--strict",)) for shape in STRICT.items()],
]


def seconds(text: str, arguments: tuple[str, ...]) -> float:
    """Return the processor time that a text takes."""
    Path("a.log").write_bytes(text.encode("utf-8", "surrogateescape"))
    began = time.process_time()
    with redirect_stdout(io.StringIO()):
        main(["check", *arguments, "a.log"])
    return time.process_time() - began


@pytest.mark.parametrize(
    ("shape", "arguments"), CASES, ids=lambda case: str(case[0]) if case else ""
)
def test_time_grows_with_the_length(
    run: Run, shape: tuple[str, Callable[[int], str]], arguments: tuple[str, ...]
) -> None:
    _, text = shape
    size = 20_000
    while (first := seconds(text(size), arguments)) < 0.02 and size < 300_000:
        size *= 2
    later = 0.0
    for _ in range(3):
        first = min(first, seconds(text(size), arguments))
        later = seconds(text(4 * size), arguments)
        if later < 7 * first + 0.05:
            return
    pytest.fail(f"{size} characters took {first:.3f} s, four times as many {later:.3f} s")
