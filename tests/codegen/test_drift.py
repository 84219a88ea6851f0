"""``python -m codegen drift``: what is new, what is known, and what is stale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main
from codegen.drift import compare, read_description, read_schema
from tests.support.paths import REFERENCE, SCHEMA, needs_reference

OPEN = {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string"}]}


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def news(theirs: Any, ours: Any) -> list[str]:
    """The differences between two descriptions of one schema."""
    return [str(found) for found in compare({"T": theirs}, {"T": ours}).news]


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        ({"type": "string"}, {"type": "string"}, []),
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}, []),
        ({"enum": ["a"]}, {"type": "string", "const": "a"}, []),
        ({"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 1}, []),
        ({"allOf": [{"type": "string"}]}, {"type": "string"}, []),
        (
            {"type": "string"},
            {"type": "integer"},
            ["added    T: type string", "removed  T: type integer"],
        ),
        ({"type": "string", "nullable": True}, {"type": "string"}, ["added    T: type null"]),
        (
            {"type": "string", "enum": ["a", "b"]},
            {"type": "string", "enum": ["a"]},
            ["added    T: value b"],
        ),
        ({"type": "string", "enum": ["a"]}, OPEN, ["changed  T: values: theirs closed, ours open"]),
        (
            {"type": "integer", "minimum": 1},
            {"type": "integer"},
            ["changed  T: minimum: theirs 1, ours None"],
        ),
        ({"items": {"type": "string"}}, {"type": "array", "items": {"type": "string"}}, []),
        (
            {"type": "array", "items": {"type": "string"}},
            {"type": "array", "items": {"type": "number"}},
            ["added    T: type string", "removed  T: type number"],
        ),
        (
            {"type": "object", "additionalProperties": {"type": "string"}},
            {"type": "object", "additionalProperties": {"type": "string", "maxLength": 3}},
            ["changed  T: maxLength: theirs None, ours 3"],
        ),
        (
            thing(a={"type": "string", "title": "A", "x-b": 1}, c={}),
            thing(b={"type": "string"}, c={}),
            [
                'added    T.a: property a: {"type": "string"}',
                "removed  T.b: property b",
            ],
        ),
        ({**thing(a={}), "required": ["a"]}, thing(a={}), ["changed  T.a: theirs is required"]),
        (thing(a={}), {**thing(a={}), "required": ["a"]}, ["changed  T.a: theirs is optional"]),
    ],
)
def test_each_kind_of_difference_is_told_once(theirs: Any, ours: Any, expected: list[str]) -> None:
    assert news(theirs, ours) == expected


def test_inline_objects_are_compared_with_those_that_have_a_name() -> None:
    theirs = {"T": thing(a=thing(b={"type": "string"}))}
    ours = {"T": thing(a={"$ref": "#/TA"}), "TA": thing(b={"type": "integer"})}
    assert [str(found) for found in compare(theirs, ours).news] == [
        "added    TA.b: type string",
        "removed  TA.b: type integer",
    ]


def test_the_same_name_on_both_sides_is_compared_once() -> None:
    theirs = {"T": thing(a={"$ref": "#/U"}), "U": thing(b={"type": "string"})}
    ours = {"T": thing(a={"$ref": "#/U"}), "U": thing(b={"type": "integer"})}
    assert [found.places for found in compare(theirs, ours).news] == [("U.b",), ("U.b",)]


def test_a_named_variant_is_compared_where_it_is_defined() -> None:
    refs = {"oneOf": [{"$ref": "#/U"}, {"type": "string"}]}
    theirs = {"T": thing(a=refs), "U": thing(b={"type": "string"})}
    ours = {"T": thing(a=refs), "U": thing(b={"type": "integer"})}
    assert {found.places for found in compare(theirs, ours).news} == {("U.b",)}
    assert compare(theirs, ours, ["T"]).news == []


def test_variants_are_paired_by_name_by_tag_or_because_they_have_none() -> None:
    def tagged(tag: str, **more: Any) -> dict[str, Any]:
        return thing(type={"const": tag}, **more)

    theirs = {"T": {"oneOf": [tagged("x", a={}), tagged("y"), thing(c={}), tagged("new")]}}
    ours = {
        "T": {"oneOf": [{"$ref": "#/C"}, {"$ref": "#/Y"}, {"$ref": "#/X"}, {"$ref": "#/Old"}]},
        "X": tagged("x"),
        "Y": tagged("y"),
        "C": thing(c={}),
        "Old": tagged("old"),
    }
    assert [str(found) for found in compare(theirs, ours).news] == [
        "added    T: variant new",
        "added    X.a: property a: {}",
        "removed  T: variant Old",
    ]
    only = {"T": thing(type={"type": "string"})}
    assert [str(found) for found in compare({"T": tagged("x")}, only).news] == [
        "added    T.type: value x",
        "changed  T.type: values: theirs closed, ours open",
    ]


def test_a_comment_explains_a_difference_and_is_stale_without_one() -> None:
    ours = thing(
        a={"type": "string", "$comment": "The SDK has it."},
        b={"type": "string", "$comment": "It had a reason once."},
    )
    found = compare(
        {"T": thing(b={"type": "string"}), "New": {"type": "string"}},
        {"T": ours, "Own": {"type": "string", "$comment": "Ours."}, "Part": {"type": "string"}},
    )
    assert [str(difference) for difference in found.known] == [
        "removed  Own: the whole schema",
        "removed  T.a: property a",
    ]
    assert [str(difference) for difference in found.news] == [
        'added    New: the whole schema: {"type": "string"}'
    ]
    assert found.stale == ["T.b"]
    assert found.summary == "4 places compared: 2 equal, 2 known differences, 1 new, 1 stale"


def write(path: Path, schemas: Any) -> Path:
    path.write_text(json.dumps({"components": {"schemas": schemas}}), "utf-8")
    return path


def test_the_command_prints_what_is_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ours").mkdir()
    write(tmp_path / "ours" / "t.yaml", {"T": {"type": "string", "$comment": "Odd."}})
    newer = write(tmp_path / "newer.json", {"T": {"type": "string"}, "U": {"enum": ["a"]}})
    arguments = ["--schema", str(tmp_path / "ours"), "drift"]
    assert main([*arguments, str(newer)]) == 1
    assert capsys.readouterr().out == (
        'added    U: the whole schema: {"enum": ["a"]}\n'
        "stale    T: its $comment explains no difference any more\n"
        "1 places compared: 1 equal, 0 known differences, 1 new, 1 stale\n"
    )
    same = write(tmp_path / "same.json", {"T": {"type": "integer"}})
    assert main([*arguments, str(same)]) == 0
    for content in ("[", "{}", "{a: 1}"):
        same.write_text(content, "utf-8")
        assert main([*arguments, str(same)]) == 2
    assert main([*arguments, str(tmp_path / "nothing.json")]) == 2
    assert capsys.readouterr().err.count("no OpenAPI document") == 4


@needs_reference
def test_our_schema_differs_from_the_description_only_where_it_says_why() -> None:
    theirs = read_description(REFERENCE / "openapi-realtime.json")
    found = compare(theirs, read_schema(SCHEMA))
    assert [str(difference) for difference in found.news] == []
    assert found.stale == []
    assert len(theirs) == 193
