"""What the generator generates for objects and fields: small schemas, generated and tested."""

from __future__ import annotations

import ast
import inspect
import json
import re
from pathlib import Path

import pytest

from codegen.emit import emit
from codegen.layout import lay_out
from codegen.load import load
from codegen.names import snake
from realtime_models import wire
from tests.support.generate import attributes, generate, notices, parameters, refusal, write_schema
from tests.support.paths import ROOT, SCHEMA

WIRE = ROOT / "realtime_models" / "wire"
MODULES = [module.name for module in load(SCHEMA).modules]
"""The generated modules, each after those it may import."""


def test_an_object_has_required_optional_and_nullable_fields(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Toy:
          type: object
          description: A toy.
          required: [name, weight, tags]
          properties:
            name: {type: string, description: Its name.}
            weight: {type: [number, "null"], description: In kg.}
            tags: {type: [array, "null"], items: {type: string}, description: Words.}
            count: {type: integer, description: How many.}
            owner: {anyOf: [{type: string}, {type: "null"}], description: Whose it is.}
            sold: {type: boolean, description: Whether it is gone.}
        """,
    )
    assert parameters(toys.Toy) == {
        "name": "str",
        "weight": "float | None",
        "tags": "Strings | None",
        "count": "int | UnsetType = UNSET",
        "owner": "str | UnsetType | None = UNSET",
        "sold": "bool | UnsetType = UNSET",
    }
    assert attributes(toys.Toy) == {
        "name": "str",
        "weight": "float | None",
        "tags": "tuple[str, ...] | None",
        "count": "int | UnsetOrNull",
        "owner": "str | UnsetType | None",
        "sold": "bool | UnsetOrNull",
    }
    least = {"name": "n", "weight": None, "tags": None}
    assert toys.Toy.from_dict(least) == toys.Toy(name="n", weight=None, tags=None)
    assert toys.Toy.from_dict(least).to_dict() == least
    most = {**least, "tags": ["a"], "count": None, "owner": None, "sold": True, "new": [1]}
    assert toys.Toy.from_dict(most).to_dict() == most
    assert toys.Toy.from_dict({**least, "count": 2.0}).count == 2
    assert refusal(toys, toys.Toy.from_dict, {"name": None, "count": 1.5, "sold": "no"}) == (
        "Toy: 5 problems\n"
        "  /name: expected string, found null\n"
        "  /weight: expected number or null, found nothing: this field is required\n"
        "  /tags: expected array or null, found nothing: this field is required\n"
        "  /count: expected integer, found number\n"
        "  /sold: expected boolean, found string"
    )


def test_an_object_without_fields_keeps_all_as_newer_ones(tmp_path: Path) -> None:
    toys = generate(tmp_path, toys="Nothing: {type: object, description: d, properties: {}}")
    assert parameters(toys.Nothing) == {}
    assert toys.Nothing.from_dict({}) == toys.Nothing()
    assert toys.Nothing(extra={"e": 1}).to_dict() == {"e": 1}
    assert toys.Nothing.from_dict({"e": 1}).to_dict() == {"e": 1}


def test_objects_may_refer_to_themselves_and_to_later_ones(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Doll:
          description: A doll.
          properties:
            inside: {$ref: "#/Doll", description: d}
            dress: {$ref: "#/Dress", description: d}
        Dress: {description: A dress., properties: {color: {type: string, description: d}}}
        """,
    )
    data = {"inside": {"inside": {}, "dress": {"color": "c"}}}
    assert toys.Doll.from_dict(data).to_dict() == data
    assert refusal(toys, toys.Doll.from_dict, {"inside": {"dress": {"color": 1}}}) == (
        "Doll: /inside/dress/color: expected string, found integer"
    )


def test_null_in_a_required_field_is_decoded_where_the_schema_says_that_servers_send_it(
    tmp_path: Path,
) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Toy:
          description: A toy.
          required: [name, tags, extras]
          properties:
            name: {type: string, description: d, x-null: Servers send it.}
            tags: {type: array, items: {type: string}, description: d, x-null: Here too.}
            extras: {type: array, items: {type: string}, description: d}
        """,
    )
    assert parameters(toys.Toy) == {
        "name": "str",
        "tags": "Strings",
        "extras": "Strings",
    }
    assert attributes(toys.Toy) == {
        "name": "str | Annotated[None, NULL_AS_READ]",
        "tags": "tuple[str, ...] | Annotated[None, NULL_AS_READ]",
        "extras": "tuple[str, ...]",
    }
    data: dict[str, object] = {"name": None, "tags": None, "extras": []}
    assert toys.Toy.from_dict(data).to_dict() == data
    assert notices(toys, "Toy", data) == []
    assert refusal(toys, toys.Toy.from_dict, {**data, "extras": None}) == (
        "Toy: /extras: expected array, found null"
    )


def test_a_constant_is_a_tag_under_type_or_role_and_elsewhere_just_a_string(
    tmp_path: Path,
) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Toy:
          description: A toy.
          required: [type, object]
          properties:
            type: {const: toy, description: d}
            role: {const: say "hi", description: d}
            object: {type: string, const: shop.toy, description: d}
            unit: {const: kg, description: d, default: kg}
        """,
    )
    assert parameters(toys.Toy) == {
        "type": "Literal['toy'] = 'toy'",
        "role": "Literal['say \"hi\"'] | UnsetType = 'say \"hi\"'",
        "object": "Literal['shop.toy'] = 'shop.toy'",
        "unit": "Literal['kg'] | UnsetType = 'kg'",
    }
    assert attributes(toys.Toy) == {
        "type": "Literal['toy']",
        "role": "Literal['say \"hi\"'] | UnsetOrNull",
        "object": "Literal['shop.toy'] | UndocumentedStr",
        "unit": "Literal['kg'] | UndocumentedStr | UnsetOrNull",
    }
    full = {"type": "toy", "role": 'say "hi"', "object": "shop.toy", "unit": "kg"}
    assert toys.Toy().to_dict() == full
    assert toys.Toy.from_dict(full) == toys.Toy()
    assert notices(toys, "Toy", {**full, "object": "toy"}) == [("/object", "unknown_value")]
    assert refusal(toys, toys.Toy.from_dict, {**full, "type": "car"}) == (
        'Toy: /type: expected "toy", found "car"'
    )
    assert "Default" not in inspect.getsource(toys.Toy)


def test_a_tag_may_go_by_several_names_of_which_the_first_is_written(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Toy:
          description: A toy.
          required: [type]
          properties:
            type: {type: string, enum: [toy, old.toy], x-tag: true, description: d}
        Shop:
          oneOf: [{$ref: "#/Toy"}]
          discriminator: {propertyName: type}
          description: d
        """,
    )
    assert parameters(toys.Toy) == {"type": "Literal['toy', 'old.toy'] = 'toy'"}
    assert attributes(toys.Toy) == {"type": "Literal['toy', 'old.toy']"}
    for name in ("toy", "old.toy"):
        assert toys.shop_from_dict({"type": name}) == toys.Toy(type=name)
        assert toys.Toy(type=name).to_dict() == {"type": name}
    assert isinstance(toys.shop_from_dict({"type": "car"}), toys.Unknown)
    assert refusal(toys, toys.Toy.from_dict, {"type": "car"}) == (
        'Toy: /type: expected one of "old.toy", "toy", found "car"'
    )


def test_a_request_is_made_of_the_fields_that_not_only_servers_send(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Order:
          description: What to make.
          required: [name]
          properties:
            name: {type: string, description: d}
            size: {type: integer, description: d}
        Toy:
          description: What was made.
          x-request: Order
          required: [name, size]
          properties:
            id: {type: string, readOnly: true, description: d}
            name: {type: string, description: d}
            size: {type: integer, readOnly: true, description: d}
        """,
    )
    toy = toys.Toy.from_dict({"id": "i", "name": "n", "size": 1, "new": 2})
    assert toy.to_request() == toys.Order(name="n")
    assert inspect.signature(toys.Toy.to_request).return_annotation == "Order"
    assert not hasattr(toys.Order, "to_request")


def test_an_enum_is_closed_or_open_and_of_strings_or_integers(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Size: {type: integer, enum: [1, 2], description: d}
        Color: {anyOf: [{type: string, enum: [red]}, {type: string}], description: d}
        Toy:
          description: A toy.
          properties:
            shape: {type: string, enum: [ball, cube], description: d}
            color: {$ref: "#/Color", description: d}
            paint: {anyOf: [{type: string}, {type: string, enum: [red]}], description: d}
            price: {anyOf: [{type: integer, enum: [0]}, {type: integer}], description: d}
            sizes: {type: array, items: {$ref: "#/Size"}, description: d}
            rank: {type: integer, enum: [1, 2], description: d}
            names: {type: array, items: {type: string, enum: [a, b]}, description: d}
        """,
    )
    assert parameters(toys.Toy) == {
        "shape": "Literal['ball', 'cube'] | UnsetType = UNSET",
        "color": "Color | UnsetType = UNSET",
        "paint": "Literal['red'] | str | UnsetType = UNSET",
        "price": "Literal[0] | int | UnsetType = UNSET",
        "sizes": "Sequence[Literal[1, 2]] | UnsetType = UNSET",
        "rank": "Literal[1, 2] | UnsetType = UNSET",
        "names": "Sequence[Literal['a', 'b']] | UnsetType = UNSET",
    }
    known = {
        "shape": "ball",
        "color": "red",
        "paint": "red",
        "price": 0,
        "sizes": [1],
        "rank": 2,
        "names": ["a"],
    }
    newer = {
        "shape": "egg",
        "color": "sky",
        "paint": "sky",
        "price": 5,
        "sizes": [3],
        "rank": 4,
        "names": ["c"],
    }
    assert toys.Toy.from_dict(known).to_dict() == known
    assert toys.Toy.from_dict(newer).to_dict() == newer
    assert notices(toys, "Toy", known) == []
    assert notices(toys, "Toy", newer) == [
        ("/shape", "unknown_value"),
        ("/sizes/0", "unknown_value"),
        ("/rank", "unknown_value"),
        ("/names/0", "unknown_value"),
    ]
    assert refusal(toys, toys.Toy.from_dict, {"color": 1, "rank": "1"}) == (
        "Toy: 2 problems\n"
        "  /color: expected string, found integer\n"
        "  /rank: expected integer, found string"
    )
    assert toys.size_from_dict(2.0) == 2
    assert toys.size_to_dict(3) == 3
    assert refusal(toys, toys.color_from_dict, 1) == "Color: expected string, found integer"


def test_limits_are_annotated_documented_and_checked_but_never_enforced(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Toy:
          description: A toy.
          properties:
            name: {type: string, minLength: 2, maxLength: 3, pattern: ^a, description: Name.}
            share: {type: number, minimum: 0, maximum: 1.5, default: 1, description: Share.}
            tags: {type: array, items: {type: string}, minItems: 1, maxItems: 2, description: Tags.}
        """,
    )
    assert parameters(toys.Toy) == {
        "name": "str | UnsetType = UNSET",
        "share": "float | UnsetType = UNSET",
        "tags": "Strings | UnsetType = UNSET",
    }
    rest = " | UnsetOrNull"
    assert attributes(toys.Toy) == {
        "name": f"Annotated[str, Limits(min_length=2, max_length=3, pattern='^a')]{rest}",
        "share": f"Annotated[float, Limits(minimum=0, maximum=1.5)]{rest}",
        "tags": f"Annotated[tuple[str, ...], Limits(min_items=1, max_items=2)]{rest}",
    }
    data = {"name": "bbbb", "share": 2, "tags": []}
    assert toys.Toy.from_dict(data).to_dict() == data
    assert notices(toys, "Toy", data) == [
        ("/name", "too_long"),
        ("/name", "pattern"),
        ("/share", "out_of_range"),
        ("/tags", "too_short"),
    ]
    source = inspect.getsource(toys.Toy)
    assert '"""Name. Between 2 and 3 characters. Matches `^a`."""' in source
    assert '"""Share. From 0 to 1.5. Default: `1`."""' in source
    assert '"""Tags. Between 1 and 2 items."""' in source


def test_a_default_may_be_any_value_of_its_type_and_is_documented(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Color: {anyOf: [{type: string, enum: [red]}, {type: string}], default: red, description: C.}
        Box:
          description: d
          required: [color]
          properties:
            color: {$ref: "#/Color", description: d}
            size: {type: integer, description: d}
        Paint: {anyOf: [{$ref: "#/Color"}, {$ref: "#/Box"}, {type: "null"}], description: d}
        Toy:
          description: A toy.
          properties:
            name: {type: [string, "null"], default: null, description: Name.}
            paint: {$ref: "#/Paint", default: {color: red, size: 1}, description: Paint.}
            more: {$ref: "#/Paint", default: null, description: More.}
            tags: {type: array, items: {type: string}, default: [a], description: Tags.}
            map: {type: object, additionalProperties: true, default: {a: 1}, description: Map.}
            code: {type: string, pattern: ^a, default: ab, description: Code.}
        """,
    )
    assert re.findall(r'"""(\w+\. .*)"""', inspect.getsource(toys.Toy)) == [
        "Name. Default: `null`.",
        'Paint. Default: `{"color": "red", "size": 1}`.',
        "More. Default: `null`.",
        'Tags. Default: `["a"]`.',
        'Map. Default: `{"a": 1}`.',
        'Code. Matches `^a`. Default: `"ab"`.',
    ]
    source = Path(inspect.getfile(toys.Toy)).read_text("utf-8")
    assert '"""C. Default: `"red"`.\n' in source


def test_a_rule_may_have_a_condition_on_a_field_of_any_values(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Toy:
          description: A toy.
          x-rules: [{when: {color: red}, refuses: [name], because: Red ones have none.}]
          properties:
            color: {type: string, description: d}
            name: {type: string, description: d}
        """,
    )
    assert notices(toys, "Toy", {"color": "red", "name": "n"}) == [("/name", "refused")]
    assert notices(toys, "Toy", {"color": "blue", "name": "n"}) == []


def test_what_is_deprecated_is_documented_and_told_by_check(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Ball: {description: A ball., deprecated: true, properties: {}}
        Color: {type: string, deprecated: true, description: A color.}
        Toy:
          description: A toy.
          properties:
            ball: {$ref: "#/Ball", description: d}
            name: {type: string, deprecated: true, description: Its name.}
            color: {$ref: "#/Color", description: d}
        """,
    )
    assert inspect.getdoc(toys.Ball) == "A ball. Deprecated.\n\nSchema: `Ball`."
    assert '"""Its name. Deprecated."""' in inspect.getsource(toys.Toy)
    assert '"""A color. Deprecated.\n' in Path(inspect.getfile(toys.Toy)).read_text("utf-8")
    assert [*map(str, toys.check("Toy", {"ball": {}, "name": "n", "color": "red"}))] == [
        "/ball: expected no Ball, which is deprecated",
        "/name: expected no Toy.name, which is deprecated",
    ]
    schema = toys.json_schema("Toy")
    assert schema["$defs"]["Ball"]["deprecated"]
    assert schema["$defs"]["Toy"]["properties"]["name"]["deprecated"]
    assert "deprecated" not in schema["$defs"]["Toy"]


def test_a_docstring_gives_the_limits_of_a_field_in_words(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Toy:
          description: A toy.
          properties:
            age: {type: integer, minimum: 3, description: Age.}
            price: {type: number, maximum: 9.5, description: Price.}
            wheels: {type: integer, minimum: 4, maximum: 4, description: Wheels.}
            code: {type: string, minLength: 5, maxLength: 5, description: Code.}
            label: {type: string, maxLength: 1, description: Label.}
            owners: {type: array, items: {type: string}, minItems: 1, description: Owners.}
            keys: {type: array, items: {type: string}, minItems: 1, maxItems: 1, description: Keys.}
        """,
    )
    assert re.findall(r'"""(\w+\. .*)"""', inspect.getsource(toys.Toy)) == [
        "Age. At least 3.",
        "Price. At most 9.5.",
        "Wheels. Exactly 4.",
        "Code. Exactly 5 characters.",
        "Label. At most 1 character.",
        "Owners. At least 1 item.",
        "Keys. Exactly 1 item.",
    ]


def test_an_array_holds_strings_integers_objects_or_unions(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Toy:
          description: A toy.
          required: [name]
          properties:
            name: {type: string, description: d}
        Flag: {type: boolean, description: d}
        Word: {type: [string, "null"], description: d}
        Gift: {anyOf: [{type: string}, {$ref: "#/Toy"}], description: d}
        Box:
          description: A box.
          required: [names, words, counts, toys, gifts, flags]
          properties:
            names: {type: array, items: {type: string}, description: d}
            words: {type: array, items: {$ref: "#/Word"}, description: d}
            counts: {type: array, items: {type: integer}, description: d}
            toys: {type: array, items: {$ref: "#/Toy"}, description: d}
            gifts: {type: array, items: {$ref: "#/Gift"}, description: d}
            flags: {type: array, items: {$ref: "#/Flag"}, description: d}
        """,
    )
    assert parameters(toys.Box) == {
        "names": "Strings",
        "words": "Sequence[Word]",
        "counts": "Sequence[int]",
        "toys": "Sequence[Toy]",
        "gifts": "Sequence[Gift]",
        "flags": "Sequence[Flag]",
    }
    toy = {"name": "n"}
    plain = {"names": ["a"], "words": ["b", None], "counts": [1], "flags": [True]}
    data = {**plain, "toys": [toy], "gifts": ["g", toy]}
    box = toys.Box.from_dict(data)
    assert box.to_dict() == data
    made = toys.Toy(name="n")
    assert box == toys.Box(**plain, toys=[made], gifts=["g", made])
    assert toys.Box.from_dict({**data, "counts": [2.0]}).counts == (2,)
    wrong = {"names": [1], "words": [2], "counts": [1.5], "flags": "yes"}
    wrong |= {"toys": [{}], "gifts": [2]}
    assert refusal(toys, toys.Box.from_dict, wrong) == (
        "Box: 6 problems\n"
        "  /names/0: expected string, found integer\n"
        "  /words/0: expected string or null, found integer\n"
        "  /counts/0: expected integer, found number\n"
        "  /toys/0/name: expected string, found nothing: this field is required\n"
        "  /gifts/0: expected string or object, found integer\n"
        "  /flags: expected array, found string"
    )


def test_a_map_holds_strings_or_unions_and_an_object_may_be_free_form(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Toy:
          description: A toy.
          required: [name]
          properties: {name: {type: string, description: d}}
        Gift: {anyOf: [{type: string}, {$ref: "#/Toy"}], description: d}
        Gifts: {type: object, additionalProperties: {$ref: "#/Gift"}, description: d}
        Data: {type: object, additionalProperties: true, description: d}
        Box:
          description: A box.
          properties:
            labels: {type: object, additionalProperties: {type: string}, description: d}
            counts: {type: object, additionalProperties: {type: integer}, description: d}
            gifts: {$ref: "#/Gifts", description: d}
            data: {type: object, additionalProperties: true, description: d}
            more: {$ref: "#/Data", description: d}
        """,
    )
    assert parameters(toys.Box) == {
        "labels": "Mapping[str, str] | UnsetType = UNSET",
        "counts": "Mapping[str, int] | UnsetType = UNSET",
        "gifts": "Mapping[str, Gift] | UnsetType = UNSET",
        "data": "RawObject | UnsetType = UNSET",
        "more": "RawObject | UnsetType = UNSET",
    }
    free = {"list": [1, {"a": None}]}
    gifts = {"a": {"name": "n"}, "b": "c"}
    data = {"labels": {"a": "b"}, "counts": {"a": 1}, "gifts": gifts, "data": free, "more": free}
    box = toys.Box.from_dict(data)
    built = toys.Box(**{**data, "gifts": {"a": toys.Toy(name="n"), "b": "c"}})
    assert box.to_dict() == data
    assert box == built
    assert hash(box) == hash(built)
    assert toys.gifts_to_dict(toys.gifts_from_dict(gifts)) == gifts
    assert toys.data_to_dict(toys.data_from_dict(free)) == free
    wrong = {"labels": {"a": 1}, "gifts": {"a/b": 2}, "data": []}
    assert refusal(toys, toys.Box.from_dict, wrong) == (
        "Box: 3 problems\n"
        "  /labels/a: expected string, found integer\n"
        "  /gifts/a~1b: expected string or object, found integer\n"
        "  /data: expected object, found array"
    )


def test_secrets_and_audio_are_not_shown(tmp_path: Path) -> None:
    toys = generate(
        tmp_path,
        toys="""
        Toy:
          description: A toy.
          properties:
            key: {type: string, x-secret: true, description: d}
            name: {type: string, x-secret: false, description: d}
            sound: {type: string, contentEncoding: base64, description: d}
            song: {anyOf: [{type: string, contentEncoding: base64}, {type: "null"}], description: d}
        """,
    )
    toy = toys.Toy(key="k", name="n", sound="AAAA", song="AAAA")
    assert repr(toy) == "Toy(key=<hidden>, name='n', sound=<hidden>, song=<hidden>)"
    assert repr(toys.Toy(song=None)) == "Toy(song=None)"


def test_words_of_a_description_cannot_break_the_code(tmp_path: Path) -> None:
    words = r'Ends in \ or """ or \N{DASH} or \"quotes"'
    toys = generate(
        tmp_path,
        toys=f"""
        Toy:
          description: {json.dumps(words)}
          properties:
            long: {{type: string, description: {json.dumps(f"{words} " * 9)}}}
            name: {{type: string, description: {json.dumps(words)}}}
        Color: {{type: string, description: {json.dumps(f"Two{chr(10) * 2}paragraphs: {words}")}}}
        """,
    )
    shown = words.replace('"""', "'''")
    assert inspect.getdoc(toys.Toy) == f"{shown}\n\nSchema: `Toy`."
    source = Path(inspect.getfile(toys.Toy)).read_text("utf-8")
    strings = [
        " ".join(node.value.split())
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert shown in strings
    assert " ".join([shown] * 9) in strings
    assert f"Two paragraphs: {shown} Schema: `Color`." in strings
    assert max(map(len, lay_out({"toys.py": source})["toys.py"].splitlines())) <= 100


@pytest.mark.parametrize("length", [20, 25, 30, 40, 60, 80, 100])
def test_names_of_any_length_give_code_that_runs(tmp_path: Path, length: int) -> None:
    long = "x" * length
    model = "X" * length
    union = f'{{$ref: "#/{model}Union"}}'
    toys = generate(
        tmp_path,
        toys=f"""
        {model}:
          description: d
          required: [type, {long}, {long}_array]
          properties:
            type: {{const: toy, description: d}}
            {long}: {{type: string, description: d}}
            {long}_array: {{type: array, items: {{$ref: "#/{model}"}}, description: d}}
            {long}_number: {{type: number, minimum: 0, maximum: 1, description: d}}
            {long}_enum: {{type: string, enum: [{long}, other], description: d}}
            {long}_map: {{type: object, additionalProperties: {union}, description: d}}
            {long}_union: {{$ref: "#/{model}Union", description: d}}
        {model}Union:
          oneOf: [{{type: string}}, {{$ref: "#/{model}"}}]
          discriminator: {{propertyName: type}}
          description: d
        """,
    )
    toy = {"type": "toy", long: "a", f"{long}_array": []}
    rest = {f"{long}_number": 0.5, f"{long}_enum": "b", f"{long}_union": toy}
    data = {**toy, **rest, f"{long}_array": [toy], f"{long}_map": {"a": toy}}
    assert getattr(toys, model).from_dict(data).to_dict() == data
    assert parameters(getattr(toys, model))[long] == "str"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Toy", "toy"),
        ("MCPTool", "mcp_tool"),
        ("RealtimeMCPToolCallError", "realtime_mcp_tool_call_error"),
        (
            "RealtimeSessionCreateRequestGATracing",
            "realtime_session_create_request_ga_tracing",
        ),
        ("RealtimeAudioFormatsPCMU", "realtime_audio_formats_pcmu"),
        ("Utf8Text", "utf8_text"),
    ],
)
def test_a_run_of_capitals_is_one_word_of_a_name(name: str, expected: str) -> None:
    assert snake(name) == expected


def test_words_of_code_in_a_literal_do_not_break_its_lines(tmp_path: Path) -> None:
    words = [f"a {word} b" for word in ("or", "and", "for", "if", "else", ".", "(", "|", "]", ",")]
    schema = write_schema(
        tmp_path,
        toys=f"""
        Toy:
          description: A toy.
          required: [kind]
          properties:
            kind: {{type: string, enum: {json.dumps(words)}, description: d}}
            unit: {{const: {json.dumps(" ".join(words))}, description: d}}
        """,
    )
    text = lay_out(emit(load(schema)))["toys.py"]
    assert max(map(len, text.splitlines())) <= 100
    strings = {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
    assert strings >= {*words, " ".join(words)}


def test_the_modules_export_exactly_what_they_define_publicly() -> None:
    homes: dict[str, str] = {}
    for name in MODULES:
        tree = ast.parse((WIRE / f"{name}.py").read_text("utf-8"))
        public = {given for node in tree.body for given in _names(node) if given[0] != "_"}
        exported = [node for node in tree.body if _names(node) == ["__all__"]]
        assert ast.literal_eval(exported[0].value) == sorted(public)  # type: ignore[attr-defined]
        homes |= dict.fromkeys(public, name)
    assert {path.stem for path in WIRE.glob("*.py")} == {"__init__", "correspondence", *MODULES}
    short = {name: wire.HOMES[long] for name, long in wire.SHORT_NAMES.items()}
    assert {**homes, **short} == wire.HOMES


def _names(node: ast.stmt) -> list[str]:
    """Return the names that a statement defines in its module."""
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return [name]
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return [name]
    return []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_modules_before_it_and_only_what_it_uses(name: str) -> None:
    tree = ast.parse((WIRE / f"{name}.py").read_text("utf-8"))
    future, *imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    siblings = {node.module for node in imports if node.level == 1}
    assert siblings <= {*MODULES[: MODULES.index(name)]}
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert {alias.name for node in imports for alias in node.names} <= used
    assert future.module == "__future__"


@pytest.mark.parametrize("name", MODULES)
def test_only_a_very_long_name_makes_a_line_longer_than_100_columns(name: str) -> None:
    for line in (WIRE / f"{name}.py").read_text("utf-8").splitlines():
        assert len(line) <= 100 or re.search(r"[\w.]{50}", line), line
