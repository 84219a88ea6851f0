"""The command ``python -m codegen``: what it refuses, what it writes, and what it compares."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from codegen import layout
from codegen.__main__ import main
from codegen.emit import emit
from codegen.layout import LayoutError, lay_out
from codegen.load import SchemaError, load
from tests.support.generate import write_schema
from tests.support.paths import ROOT, SCHEMA

NAMELESS = "an object or union needs a name: make it a schema, and refer to it"
NAMELESS_ITEM = "an item like this needs a name: make it a schema, and refer to it"
NAMELESS_UNION = "a union needs a name: make it a schema, and refer to it"
FIELDS = [
    ("{type: string}", "/x: description must be a string"),
    ("{type: string, description: ' '}", "/x: description must be a string"),
    ("{type: string, description: d, nullable: true}", "/x: not understood here: nullable"),
    ("{type: object, properties: {}, description: d}", f"/x: {NAMELESS}"),
    ("{anyOf: [{oneOf: []}], description: d}", f"/x/anyOf/0: {NAMELESS}"),
    ("{anyOf: [{type: string}, {type: integer}], description: d}", f"/x: {NAMELESS_UNION}"),
    ("{anyOf: [{type: string}], oneOf: [], description: d}", "/x: not understood here: oneOf"),
    ("{anyOf: [], description: d}", "/x: anyOf must be a list"),
    ("{anyOf: [1], description: d}", "/x: anyOf/0 must be a mapping"),
    ("{description: d}", "/x: expected a type"),
    ("{type: date, description: d}", "/x: expected a type"),
    ("{type: ['null', string], enum: [a], description: d}", "/x: expected a type"),
    ("{type: [string, integer], description: d}", "/x: expected a type"),
    ("{type: [string, 'null', integer], description: d}", "/x: expected a type"),
    ("{type: string, enum: a, description: d}", "/x: enum must be a list"),
    ("{type: string, enum: [], description: d}", "/x: enum must be a list"),
    ("{type: string, enum: [a, 1], description: d}", "/x: enum must hold only str values"),
    ("{type: integer, enum: [1, a], description: d}", "/x: enum must hold only int values"),
    ("{type: integer, enum: [yes], description: d}", "/x: enum must hold only int values"),
    ("{type: number, enum: [1], description: d}", "/x: not understood here: enum"),
    ("{type: integer, minimum: low, description: d}", "/x: minimum must be a number"),
    ("{type: integer, minimum: yes, description: d}", "/x: minimum must be a number"),
    ("{type: string, maxLength: null, description: d}", "/x: maxLength must be a number"),
    ("{type: string, pattern: 1, description: d}", "/x: pattern must be a string"),
    ("{type: boolean, maxLength: 1, description: d}", "/x: not understood here: maxLength"),
    ("{const: 1, description: d}", "/x: const must be a string"),
    ("{const: a, enum: [a], description: d}", "/x: not understood here: enum"),
    ("{$ref: 1, description: d}", "/x: $ref must be a string"),
    ("{$ref: '#/Toy', type: object, description: d}", "/x: not understood here: type"),
    ("{type: string, x-secret: 1, description: d}", "/x: x-secret must be true or false"),
    ("{type: string, x-null: true, description: d}", "/x: x-null must be a string"),
    ("{type: string, readOnly: 1, description: d}", "/x: readOnly must be true or false"),
    ("{type: string, x-tag: true, description: d}", "/x: enum must be a list"),
    ("{type: string, x-tag: 1, description: d}", "/x: x-tag must be true or false"),
    ("{const: a, x-tag: true, description: d}", "/x: not understood here: x-tag"),
    ("{$ref: '#/Toy', x-request: Toy, description: d}", "/x: not understood here: x-request"),
    ("{type: array, description: d}", "/x: items must be a mapping"),
    ("{type: array, items: {type: number}, description: d}", f"/x/items: {NAMELESS_ITEM}"),
    ("{type: array, items: {properties: {}}, description: d}", f"/x/items: {NAMELESS}"),
    (
        "{type: array, items: {type: string, x-secret: true}, description: d}",
        "/x/items: not understood here: x-secret",
    ),
    ("{type: object, description: d}", "/x: additionalProperties must be a mapping"),
    (
        "{type: object, additionalProperties: {type: integer, enum: [1]}, description: d}",
        f"/x/additionalProperties: {NAMELESS_ITEM}",
    ),
    ("1", ": x must be a mapping"),
]


def refusal(schema: Path) -> str:
    """Return the message of the error in schema files that the generator refuses."""
    with pytest.raises(SchemaError) as info:
        emit(load(schema))
    return str(info.value)


@pytest.mark.parametrize(("field", "message"), FIELDS)
def test_a_field_that_the_form_cannot_hold_is_refused(
    tmp_path: Path, field: str, message: str
) -> None:
    toy = f"Toy: {{description: d, properties: {{x: {field}}}}}"
    assert refusal(write_schema(tmp_path, toys=toy)) == (
        f"/toys/components/schemas/Toy/properties{message}"
    )


@pytest.mark.parametrize(
    "name",
    ["class", "cls", "extra", "fields", "from_dict", "self", "to_json", "_hidden", "a-b", "1"],
)
def test_a_field_s_name_must_not_mean_something_else(tmp_path: Path, name: str) -> None:
    toy = f"Toy: {{description: d, properties: {{{name}: {{type: string, description: d}}}}}}"
    assert refusal(write_schema(tmp_path, toys=toy)) == (
        f"/toys/components/schemas/Toy/properties/{name}: a field cannot have this name"
    )


SCHEMAS = [
    ("Toy: {type: string}", "Toy: description must be a string"),
    ("toy: {type: string, description: d}", "toy: a schema cannot have this name"),
    ("None: {type: string, description: d}", "None: a schema cannot have this name"),
    ("My-Toy: {type: string, description: d}", "My-Toy: a schema cannot have this name"),
    ("Toy: {properties: {}, title: T, description: d}", "Toy: not understood here: title"),
    ("Toy: {type: string, title: T, description: d}", "Toy: not understood here: title"),
    ("Toy: {type: string, x-secret: true, description: d}", "Toy: not understood here: x-secret"),
    ("Toy: {type: string, readOnly: true, description: d}", "Toy: not understood here: readOnly"),
    (
        "Toy: {type: string, enum: [a], x-tag: true, description: d}",
        "Toy: not understood here: x-tag",
    ),
    ("Toy: {type: string, x-request: Toy, description: d}", "Toy: not understood here: x-request"),
    ("Toy: {properties: {}, x-request: 1, description: d}", "Toy: x-request must be a string"),
    (
        "Toy: {properties: {}, required: [b, a], description: d}",
        "Toy: required, but no property: a, b",
    ),
    ("Toy: {properties: {}, required: a, description: d}", "Toy: required must be a list"),
    (
        "Toy: {anyOf: [{type: string}], discriminator: {}, description: d}",
        "Toy/discriminator: propertyName must be a string",
    ),
    (
        "Toy: {type: string, discriminator: {propertyName: type}, description: d}",
        "Toy: not understood here: discriminator",
    ),
]


@pytest.mark.parametrize(("schema", "message"), SCHEMAS)
def test_a_schema_that_the_form_cannot_hold_is_refused(
    tmp_path: Path, schema: str, message: str
) -> None:
    assert refusal(write_schema(tmp_path, toys=schema)) == f"/toys/components/schemas/{message}"


BALL = "Ball: {description: d, properties: {type: {const: ball, description: d}}}\n"
EGG = BALL.replace("Ball", "Egg")
CAR = "Car: {description: d, properties: {kind: {const: car, description: d}}}\n"
BOX = "Box: {description: d, required: [x], properties: {x: {type: string, description: d}}}\n"
ROW = "Row: {description: d, type: array, items: {type: string}}\n"
UNION = "description: d, oneOf: [{$ref: '#/Ball'}, {$ref: '#/%s'}]"
NO_OBJECT = "the request Row is not an object"
BY_TYPE = "discriminator: {propertyName: type}"
IN_B = "description: d, properties: {b: {$ref: '#/Ball', description: d}}"
TOGETHER = [
    (
        "Toy: {x-rules: [{needs: [a], because: b}], description: d, properties: {}}",
        "no property: a",
    ),
    (f"{BALL}Toy: {{x-moved: {{a: b.c}}, {IN_B}}}", "no property: b.c"),
    ("Toy: {description: d, properties: {}, x-request: Ball}", "no schema Ball"),
    (f"{ROW}Toy: {{description: d, properties: {{}}, x-request: Row}}", NO_OBJECT),
    (f"Toy: {{description: d, $ref: '#/Ball'}}\n{BALL}", "Ball must stand before it"),
    ("Toy: {description: d, type: array, items: {$ref: '#/Toy'}}", "Toy must stand before it"),
    (
        f"{ROW}Toy: {{description: d, type: array, items: {{$ref: '#/Row'}}}}",
        "an item cannot be an array or a map",
    ),
    (
        f"{ROW}Toy: {{description: d, type: object, additionalProperties: {{$ref: '#/Row'}}}}",
        "an item cannot be an array or a map",
    ),
    (f"{BALL}{CAR}Toy: {{{UNION % 'Car'}, {BY_TYPE}}}", "Car has no constant type"),
    (f"{BOX}{CAR}Toy: {{{UNION.replace('Ball', 'Box') % 'Car'}}}", "nothing tells Car apart"),
    (f"{BALL}{EGG}Toy: {{{UNION % 'Egg'}, {BY_TYPE}}}", "several members are type ball"),
    (f"{BALL}{EGG}Toy: {{{UNION % 'Egg'}}}", "Ball has a tag, so a discriminator is needed"),
]


@pytest.mark.parametrize(("schemas", "message"), TOGETHER)
def test_schemas_that_do_not_go_together_are_refused(
    tmp_path: Path, schemas: str, message: str
) -> None:
    assert refusal(write_schema(tmp_path, toys=schemas)) == f"toys/Toy: {message}"


@pytest.mark.parametrize("name", ["Model", "Sequence", "Unknown"])
def test_a_schema_cannot_be_called_like_what_generated_modules_import(
    tmp_path: Path, name: str
) -> None:
    schema = write_schema(tmp_path, toys=f"{name}: {{type: string, description: d}}")
    assert refusal(schema) == f"toys/{name}: the name {name} is taken"


def test_a_name_is_given_once(tmp_path: Path) -> None:
    toys = "Toy: {type: string, description: d}\nBall: {type: string, description: d}"
    assert refusal(write_schema(tmp_path, toys=toys, more=toys)) == "defined twice: Ball, Toy"
    twice = write_schema(tmp_path / "one", toys=f"{toys}\n{toys}")
    assert refusal(twice) == "/toys: line 8: the key 'Toy' is a duplicate"
    alike = "MyToy: {type: string, description: d}\nMYToy: {type: string, description: d}"
    assert refusal(write_schema(tmp_path / "alike", toys=alike)) == (
        "toys/MYToy: the name my_toy_from_dict is taken"
    )


def test_files_must_not_refer_to_each_other_in_a_cycle(tmp_path: Path) -> None:
    schema = write_schema(
        tmp_path,
        balls="Ball: {anyOf: [{$ref: 'toys.yaml#/Toy'}], description: d}",
        colors="Color: {type: string, description: d}",
        toys="Toy: {anyOf: [{$ref: 'balls.yaml#/Ball'}], description: d}",
    )
    assert refusal(schema) == "these files refer to each other in a cycle: balls, toys"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "/: toys must be a mapping"),
        ("- 1", "/: toys must be a mapping"),
        ("info: {}\npaths: {}", "/toys: not understood here: paths"),
        ("info: {}\ncomponents: {schemas: {}}", "/toys/info: description must be a string"),
        ("info: {description: d}", "/toys: components must be a mapping"),
        ("[a]: 1", "/toys: line 1: found unhashable key"),
        ("components: {}", "/toys/components: schemas must be a mapping"),
        ("components: {schemas: {Toy: 1}}", "/toys/components/schemas: Toy must be a mapping"),
        (
            "info:\n  description: [",
            "/toys: line 2: expected the node content, but found '<stream end>'",
        ),
    ],
)
def test_a_file_that_is_no_schema_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "toys.yaml").write_text(text, encoding="utf-8")
    assert refusal(tmp_path) == message


def test_a_file_of_other_bytes_than_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "toys.yaml").write_bytes(b"info: \xff")
    assert refusal(tmp_path) == (
        '/toys: unacceptable character #x00ff: invalid start byte in "<byte string>", position 6'
    )


def test_an_error_of_the_schema_is_one_line_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = write_schema(tmp_path / "schema", toys="Toy: {properties: {}}")
    out = tmp_path / "out"
    assert main(["--schema", str(schema), "--out", str(out)]) == 2
    assert main(["--schema", str(schema), "--out", str(out), "--check"]) == 2
    line = "schema error: /toys/components/schemas/Toy: description must be a string\n"
    assert capsys.readouterr() == ("", line * 2)
    assert not out.exists()


def test_a_folder_without_schema_files_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept.py").touch()
    assert main(["--schema", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert capsys.readouterr() == ("", f"schema error: no schema files in {tmp_path}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.py"]


def contents(folder: Path) -> dict[str, str]:
    """Return the text of every file in a folder."""
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.is_file()}


def test_the_generated_modules_of_the_library_are_what_its_schema_gives(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_output_does_not_depend_on_the_seed_of_hashes(tmp_path: Path) -> None:
    for seed in ("0", "1"):
        command = [sys.executable, "-m", "codegen", "--out", str(tmp_path / seed)]
        subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert contents(tmp_path / "0") == contents(tmp_path / "1") == lay_out(emit(load(SCHEMA)))


def test_the_output_does_not_depend_on_the_order_in_which_files_are_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = list(emit(load(SCHEMA)).items())
    listed = Path.glob

    def reversed_glob(folder: Path, pattern: str) -> Iterator[Path]:
        return iter(sorted(listed(folder, pattern), reverse=True))

    monkeypatch.setattr(Path, "glob", reversed_glob)
    assert list(emit(load(SCHEMA)).items()) == expected


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A copy of the library's generated modules."""
    folder = tmp_path / "out"
    assert main(["--out", str(folder)]) == 0
    return folder


def test_check_shows_what_would_change_and_changes_nothing(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (out / "tools.py").read_text("utf-8")
    changed = text.replace("do not edit.\n", "do not edit!\n", 1)
    (out / "tools.py").write_text(changed, encoding="utf-8")
    assert main(["--out", str(out), "--check"]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == ["--- present/tools.py", "+++ generated/tools.py"]
    assert [line[0] + line[-1] for line in shown[2:] if line[0] in "+-"] == ["-!", "+."]
    assert (out / "tools.py").read_text("utf-8") == changed


def test_check_finds_a_missing_file_and_a_stale_one(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (out / "tools.py").read_text("utf-8")
    (out / "tools.py").rename(out / "older.py")
    assert main(["--out", str(out), "--check"]) == 1
    shown = capsys.readouterr().out
    lines = len(text.splitlines())
    assert re.findall(r"^(?:---|\+\+\+|@@).*", shown, re.MULTILINE) == [
        "--- present/older.py",
        "+++ generated/older.py",
        f"@@ -1,{lines} +0,0 @@",
        "--- present/tools.py",
        "+++ generated/tools.py",
        f"@@ -0,0 +1,{lines} @@",
    ]
    assert main(["--out", str(out)]) == 0
    (out / "empty.py").touch()
    assert main(["--out", str(out), "--check"]) == 1


def test_writing_removes_stale_modules_and_touches_only_what_differs(out: Path) -> None:
    names = sorted(contents(out))
    for path in out.iterdir():
        os.utime(path, (1, 1))
    (out / "stale.py").write_text("", encoding="utf-8")
    (out / "notes.txt").write_text("", encoding="utf-8")
    (out / "tools.py").write_text("", encoding="utf-8")
    (out / "audio.py").unlink()
    assert main(["--out", str(out)]) == 0
    assert sorted(contents(out)) == sorted([*names, "notes.txt"])
    rewritten = {path.name for path in out.iterdir() if path.stat().st_mtime != 1}
    assert rewritten == {"audio.py", "notes.txt", "tools.py"}
    assert main(["--out", str(out), "--check"]) == 0


def test_the_generated_modules_are_laid_out_by_ruff() -> None:
    texts = {
        "toys.py": "from b import c\nfrom a import b\n__all__ = ['b','a']\ndef f(a,b): return a"
    }
    assert lay_out(texts) == {
        "toys.py": (
            "from a import b\nfrom b import c\n\n"
            '__all__ = ["a", "b"]\n\n\n'
            "def f(a, b):\n    return a\n"
        )
    }


def test_without_ruff_nothing_is_generated_and_the_message_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(layout, "find_spec", lambda name: None)
    assert main(["--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr() == (
        "",
        "ruff lays the generated code out: install it with `pip install --group ruff`\n",
    )
    assert not (tmp_path / "out").exists()


def test_code_that_ruff_cannot_read_is_an_error() -> None:
    with pytest.raises(LayoutError, match=r"^ruff cannot lay the generated code out:\n"):
        lay_out({"toys.py": "def f(:"})
