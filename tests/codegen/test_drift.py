"""``python -m codegen drift``: what is new, what is known, and what is stale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main
from codegen.drift import compare, read_list, read_schema
from codegen.published import read_description
from tests.codegen.mutations import Mutation, is_told, mutations
from tests.support.paths import REFERENCE, SCHEMA, needs_reference

OPEN = {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string"}]}


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def news(theirs: Any, ours: Any) -> list[str]:
    """Return the differences between two descriptions of one schema."""
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
            ["added    T: type string", "ours     T: type integer"],
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
            ["added    T: type string", "ours     T: type number"],
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
                "ours     T.b: property b",
            ],
        ),
        ({**thing(a={}), "required": ["a"]}, thing(a={}), ["changed  T.a: theirs is required"]),
        (thing(a={}), {**thing(a={}), "required": ["a"]}, ["changed  T.a: theirs is optional"]),
        ({**thing(), "required": ["a"]}, thing(), ["added    T: required property a"]),
        (
            {"type": "string", "default": "a", "description": "A", "x-b": 1},
            {"type": "string", "format": "date"},
            [
                'changed  T: default: theirs "a", ours None',
                'changed  T: format: theirs None, ours "date"',
            ],
        ),
        ({"type": "array", "items": {}}, {"type": "array"}, ["added    T: items: {}"]),
        (
            {"type": "object"},
            {"type": "object", "additionalProperties": {"type": "string"}},
            ['ours     T: members: {"type": "string"}'],
        ),
        (
            {"type": "object", "additionalProperties": False},
            {"type": "object", "additionalProperties": True},
            ["changed  T: additionalProperties: theirs false, ours None"],
        ),
        (
            {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}], "default": None},
            {"type": ["string", "null"], "maxLength": 4},
            [
                "changed  T: default: theirs null, ours None",
                "changed  T: maxLength: theirs 3, ours 4",
            ],
        ),
        (
            {"anyOf": [{"items": {"enum": ["a"]}}, {"items": {"enum": ["b"]}}]},
            {"type": "array", "items": {"type": "string", "enum": ["a", "c"]}},
            ["added    T: value b", "ours     T: value c"],
        ),
        (
            {"type": "string", "anyOf": [{"enum": ["a"]}, {"type": "integer"}]},
            {"anyOf": [{"enum": ["a"]}, {"type": "integer"}]},
            [],
        ),
    ],
)
def test_each_kind_of_difference_is_reported_once(
    theirs: Any, ours: Any, expected: list[str]
) -> None:
    assert news(theirs, ours) == expected


def test_inline_objects_are_compared_with_those_that_have_a_name() -> None:
    theirs = {"T": thing(a=thing(b={"type": "string"}))}
    ours = {"T": thing(a={"$ref": "#/TA"}), "TA": thing(b={"type": "integer"})}
    assert [str(found) for found in compare(theirs, ours).news] == [
        "added    TA.b: type string",
        "ours     TA.b: type integer",
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
    theirs["T"] = thing(a={"$ref": "#/U", "nullable": True, "readOnly": True})
    ours["T"] = thing(a={"$ref": "#/U"})
    assert [str(found) for found in compare(theirs, ours, ["T"]).news] == [
        "added    T.a: type null",
        "changed  T.a: readOnly: theirs true, ours None",
    ]


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
        "ours     Old: the whole schema",
        "ours     T: variant Old",
    ]
    only = {"T": thing(type={"type": "string"})}
    assert [str(found) for found in compare({"T": tagged("x")}, only).news] == [
        "added    T.type: value x",
        "changed  T.type: values: theirs closed, ours open",
    ]


def test_a_comment_explains_the_differences_that_are_listed_and_no_later_one() -> None:
    ours = thing(
        a={"type": "string", "enum": ["x"], "$comment": "The SDK has it."},
        b={"type": "string", "$comment": "It had a reason once."},
    )
    theirs = {"T": thing(b={"type": "string"}), "New": {"type": "string"}}
    mine = {"T": ours, "Own": {"type": "string", "$comment": "Ours."}, "Part": {"type": "string"}}
    listed = ["ours     T.a: property a < T", "ours     Own: the whole schema", "gone"]
    found = compare(theirs, mine, listed=listed)
    assert [str(difference) for difference in found.known] == [
        "ours     Own: the whole schema",
        "ours     T.a: property a",
    ]
    assert [str(difference) for difference in found.news] == [
        'added    New: the whole schema: {"type": "string"}',
        "ours     Part: the whole schema",
    ]
    assert found.stale == [
        "T.b: its $comment no longer explains a difference",
        "listed, and no longer a difference: gone",
    ]
    assert found.summary == (
        "6 places compared: 2 equal, 4 differ; 4 differences: 2 known, 2 new; 2 stale;"
        " not compared: description, title, example, examples, discriminator, $comment, x-…"
    )
    theirs["T"] = thing(a={"type": "string", "enum": ["x", "y"]}, b={"type": "string"})
    found = compare(
        theirs, mine, listed=["ours     Own: the whole schema", "ours     Part: the whole schema"]
    )
    assert [str(difference) for difference in found.news] == [
        'added    New: the whole schema: {"type": "string"}',
        "added    T.a: value y",
        "ours     Part: the whole schema",
    ]


PUBLISHED = """
openapi: 3.1.0
info: {title: API, version: 2026-11-25}
paths:
  /v1/realtime/calls:
    post:
      requestBody: {$ref: '#/components/requestBodies/Call'}
      responses: {200: {description: 2026-11-25}}
  /assistants:
    get: {responses: {200: {$ref: '#/components/responses/Assistant'}}}
webhooks:
  realtime_call_incoming:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Incoming'}}}}
  batch_done:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Batch'}}}}
components:
  requestBodies:
    Call: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/CallParams'}}}}
  responses:
    Assistant: {content: {application/json: {schema: {$ref: '#/components/schemas/Assistant'}}}}
  schemas:
    Assistant: {type: object, properties: {made: {type: string, default: 2026-11-25}}}
    Batch: {anyOf: [{$ref: '#/components/schemas/Assistant'}, {$ref: '#/elsewhere'}]}
    Incoming: {type: string}
    CallParams: {type: object, properties: {language: {$ref: '#/components/schemas/Language'}}}
    Language: {type: string, enum: [de, no]}
    RealtimeServerEventDated:
      type: object
      example: {$ref: 5}
      properties:
        snapshot: {type: string, const: 2026-11-25, x-since: 2026-11-25}
        limit: {maximum: 1e3}
"""


def command(folder: Path, theirs: str, *options: str, **ours: Any) -> int:
    """Run the command with a published description and a schema of ours."""
    (folder / "ours").mkdir(exist_ok=True)
    schema = json.dumps({"components": {"schemas": ours}})
    (folder / "ours" / "t.yaml").write_text(schema, "utf-8")
    (folder / "theirs").write_text(theirs, "utf-8")
    return main(["--schema", str(folder / "ours"), "drift", str(folder / "theirs"), *options])


def test_only_what_realtime_refers_to_in_a_description_is_read_and_dates_are_strings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = {"Incoming": {"type": "string", "$comment": "Odd."}}
    assert command(tmp_path, PUBLISHED, **ours) == 1
    assert capsys.readouterr().out == (
        'added    CallParams: the whole schema: {"type": "object",'
        ' "properties": {"language": {"$ref": "#/components/schemas/Language"}}}\n'
        'added    Language: the whole schema: {"type": "string", "enum": ["de", "no"]}\n'
        "added    RealtimeServerEventDated: the whole schema:"
        ' {"type": "object", "example": {"$ref": 5}, "properties":'
        ' {"snapshot": {"type": "string", "const": "2026-11-25"}, "limit": {"maximum": 1000.0}}}\n'
        "stale    Incoming: its $comment no longer explains a difference\n"
        "4 places compared: 1 equal, 3 differ; 3 differences: 0 known, 3 new; 1 stale;"
        " not compared: description, title, example, examples, discriminator, $comment, x-…\n"
    )


def test_what_has_a_reason_is_listed_if_it_is_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = {
        "RealtimeT": {"type": "string", "$comment": "A number in words only.", "readOnly": True},
        "RealtimeU": {"type": "string"},
    }
    theirs = {"RealtimeT": {"type": "integer"}, "RealtimeU": {"type": "integer"}}
    text = json.dumps({"components": {"schemas": theirs}})
    assert command(tmp_path, text, **ours) == 1
    assert command(tmp_path, text, "--accept", **ours) == 1
    assert (tmp_path / "ours" / "differences.txt").read_text("utf-8").splitlines()[2:] == [
        "added    RealtimeT: type integer",
        "changed  RealtimeT: readOnly: theirs None, ours true",
        "ours     RealtimeT: type string",
    ]
    capsys.readouterr()
    assert command(tmp_path, text, **ours) == 1
    assert capsys.readouterr().out.splitlines()[:-1] == [
        "added    RealtimeU: type integer",
        "ours     RealtimeU: type string",
    ]


def test_the_same_description_in_json_says_nothing_when_ours_has_it_all(tmp_path: Path) -> None:
    (tmp_path / "published").write_text(PUBLISHED, "utf-8")
    known = read_description(tmp_path / "published")
    assert list(known) == ["Incoming", "CallParams", "Language", "RealtimeServerEventDated"]
    others = {f"Assistant{number}": thing(a={}) for number in range(800)}
    text = json.dumps({"components": {"schemas": {**others, **known}}})
    assert command(tmp_path, text, RealtimeServerEventDated=known["RealtimeServerEventDated"]) == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[", "neither JSON nor YAML: while parsing a flow node"),
        ("[1]", "not an OpenAPI document\n"),
        ("components: 1", "not an OpenAPI document: components is not an object\n"),
        ("{}", "the description has nothing about Realtime\n"),
        (
            "components: {schemas: {RealtimeT: {$ref: '#/components/schemas/U'}}}",
            "the description refers to a missing component: #/components/schemas/U\n",
        ),
    ],
)
def test_a_file_that_cannot_be_compared_is_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, reason: str
) -> None:
    assert command(tmp_path, content) == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'theirs'}: {reason}")
    assert main(["drift", str(tmp_path / "nothing.json")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'nothing.json'}: No such file or directory\n"


@needs_reference
def test_our_schema_differs_from_the_description_only_where_it_says_why() -> None:
    theirs = read_description(REFERENCE / "openapi-realtime.json")
    found = compare(theirs, read_schema(SCHEMA), listed=read_list(SCHEMA))
    assert [str(difference) for difference in found.news] == []
    assert found.stale == []
    assert len(theirs) == 193


@needs_reference
def test_every_change_of_the_description_is_told() -> None:
    theirs = read_description(REFERENCE / "openapi-realtime.json")
    ours = read_schema(SCHEMA)
    by_kind: dict[str, list[Mutation]] = {}
    for mutation in mutations(theirs):
        by_kind.setdefault(mutation[0], []).append(mutation)
    for kind, made in by_kind.items():
        # All of them are made by `python -m tests.codegen.mutations`.
        for mutation in made[:: len(made) // 20 + 1]:
            assert is_told(mutation, theirs, ours), (kind, mutation[1], mutation[2])
    assert len(by_kind) == 42


@needs_reference
def test_a_schema_that_comes_or_goes_is_told() -> None:
    theirs = dict(read_description(REFERENCE / "openapi-realtime.json"))
    gone, new = "RealtimeCallReferRequest", "RealtimeServerEventMutated"
    del theirs[gone]
    theirs[new] = {"type": "object", "properties": {}}
    found = compare(theirs, read_schema(SCHEMA), listed=read_list(SCHEMA))
    assert [f"{difference.kind} {difference.places[0]}" for difference in found.news] == [
        f"added {new}",
        f"ours {gone}",
    ]
