"""What the generator generates for unions: small schemas, generated and tested."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.generate import attributes, generate, notices, parameters, refusal

TOYS = """
Ball:
  description: A ball.
  required: [type]
  properties:
    type: {const: ball, description: d}
    size: {type: integer, description: d}
Car:
  description: A car.
  properties:
    type: {const: car, description: d}
    wheels: {type: integer, description: d}
"""
TOY = """
Toy:
  oneOf: [{$ref: "toys.yaml#/Ball"}, {$ref: "toys.yaml#/Car"}]
  discriminator: {propertyName: type}
  description: A toy.
"""
NULLABLE_TOY = """
Toy:
  oneOf: [{$ref: "toys.yaml#/Ball"}, {$ref: "toys.yaml#/Car"}, {type: "null"}]
  discriminator: {propertyName: type}
  description: A toy, or none.
"""


def test_objects_are_told_apart_by_their_tag(tmp_path: Path) -> None:
    child = """
    Child:
      description: A child.
      required: [toy]
      properties:
        toy: {$ref: "unions.yaml#/Toy", description: d}
        other: {anyOf: [{$ref: "unions.yaml#/Toy"}, {type: "null"}], description: d}
    """
    made = generate(tmp_path, toys=TOYS, unions=TOY, children=child)
    assert parameters(made.Child) == {"toy": "Toy", "other": "Toy | UnsetType | None = UNSET"}
    for data in ({"type": "ball", "size": 1}, {"type": "car"}, {"type": "new", "a": [1]}):
        assert made.toy_to_dict(made.toy_from_dict(data)) == data
        assert made.toy_from_json(json.dumps(data)) == made.toy_from_dict(data)
        for parent in ({"toy": data}, {"toy": data, "other": data}, {"toy": data, "other": None}):
            assert made.Child.from_dict(parent).to_dict() == parent
    assert made.toy_from_dict({"type": "car"}) == made.Car()
    assert isinstance(made.toy_from_dict({"type": ["ball"]}), made.Unknown)


def test_errors_are_those_of_the_variant_that_the_tag_names(tmp_path: Path) -> None:
    made = generate(tmp_path, toys=TOYS, unions=TOY)
    assert refusal(made, made.toy_from_dict, {"type": "ball", "size": "big"}) == (
        "Ball: /size: expected integer, found string"
    )
    assert refusal(made, made.toy_from_dict, "ball") == "Toy: expected object, found string"
    assert refusal(made, made.toy_from_json, "[]") == "Toy: expected object, found array"


def test_a_nullable_union_reads_and_writes_null(tmp_path: Path) -> None:
    child = """
    Child:
      description: A child.
      required: [toy]
      properties:
        toy: {$ref: "unions.yaml#/Toy", description: d}
        next: {$ref: "unions.yaml#/Toy", description: d}
        all: {type: array, items: {$ref: "unions.yaml#/Toy"}, description: d}
    """
    made = generate(tmp_path, toys=TOYS, unions=NULLABLE_TOY, children=child)
    assert parameters(made.Child) == {
        "toy": "Toy",
        "next": "Toy | UnsetType = UNSET",
        "all": "Sequence[Toy] | UnsetType = UNSET",
    }
    assert attributes(made.Child)["next"] == "Toy | UnsetType"
    for data in (None, {"type": "ball"}, {"type": "new"}):
        assert made.toy_to_dict(made.toy_from_dict(data)) == data
        assert made.toy_to_dict(made.toy_from_json(json.dumps(data))) == data
        parent = {"toy": data, "next": data, "all": [data, None]}
        assert made.Child.from_dict(parent).to_dict() == parent
    assert notices(made, "Child", {"toy": None}) == []
    assert refusal(made, made.toy_from_dict, 1) == "Toy: expected object or null, found integer"


@pytest.mark.parametrize("role", ["user", "system", "newer"])
@pytest.mark.parametrize("union", ["message", "item"])
def test_objects_are_told_apart_by_type_and_then_by_role(
    tmp_path: Path, union: str, role: str
) -> None:
    made = generate(
        tmp_path,
        messages="""
        UserMessage:
          description: d
          required: [type, role]
          properties:
            type: {const: message, description: d}
            role: {const: user, description: d}
        SystemMessage:
          description: d
          required: [type]
          properties:
            type: {const: message, description: d}
            role: {const: system, description: d}
        Call: {description: d, required: [type], properties: {type: {const: call, description: d}}}
        Message:
          oneOf: [{$ref: "#/UserMessage"}, {$ref: "#/SystemMessage"}]
          discriminator: {propertyName: role}
          description: d
        Item:
          oneOf: [{$ref: "#/Message"}, {$ref: "#/Call"}]
          discriminator: {propertyName: type}
          description: d
        """,
    )
    data = {"type": "message", "role": role}
    message = getattr(made, f"{union}_from_dict")(data)
    names = {"user": "UserMessage", "system": "SystemMessage", "newer": "Unknown"}
    assert type(message).__name__ == names[role]
    assert getattr(made, f"{union}_to_dict")(message) == data
    assert made.item_from_dict({"type": "call"}) == made.Call()
    for other in ({"role": role}, {"role": role, "type": "call"}, {"role": role, "type": 1}):
        assert made.message_from_dict(other) == made.Unknown(other)


def test_objects_without_a_tag_are_told_apart_by_their_required_fields(tmp_path: Path) -> None:
    made = generate(
        tmp_path,
        toys="""
        Owned:
          description: d
          required: [owner, name]
          properties: {owner: {type: string, description: d}, name: {type: string, description: d}}
        Named:
          description: d
          required: [name]
          properties: {name: {type: string, description: d}}
        Toy: {anyOf: [{$ref: "#/Owned"}, {$ref: "#/Named"}], description: d}
        """,
    )
    assert made.toy_from_dict({"owner": "o", "name": "n"}) == made.Owned(owner="o", name="n")
    assert made.toy_from_dict({"name": "n"}) == made.Named(name="n")
    assert made.toy_from_dict({"owner": "o"}) == made.Unknown({"owner": "o"})


def test_scalars_and_an_object_are_told_apart_by_json_type(tmp_path: Path) -> None:
    mode = """
    Mode:
      anyOf: [{type: string, enum: [auto, none]}, {type: integer}, {$ref: "toys.yaml#/Ball"}]
      discriminator: {propertyName: type}
      description: d
    Game:
      description: A game.
      required: [mode]
      properties:
        mode: {$ref: "#/Mode", description: d}
        modes: {type: array, items: {$ref: "#/Mode"}, description: d}
    """
    made = generate(tmp_path, toys=TOYS, modes=mode)
    assert parameters(made.Game) == {
        "mode": "Literal['auto', 'none'] | int | Ball | Unknown",
        "modes": "Sequence[Literal['auto', 'none'] | int | Ball | Unknown] | UnsetType = UNSET",
    }
    for data in ("auto", "newer", 3, {"type": "ball"}, {"type": "newer"}):
        assert made.mode_to_dict(made.mode_from_dict(data)) == data
        game = {"mode": data, "modes": [data]}
        assert made.Game.from_dict(game).to_dict() == game
    assert refusal(made, made.mode_from_dict, None) == (
        "Mode: expected string or integer or object, found null"
    )
    assert refusal(made, made.Game.from_dict, {"mode": {"type": "ball", "size": "s"}}) == (
        "Game: /mode/size: expected integer, found string"
    )


def test_the_only_object_of_a_union_may_be_any_if_it_requires_nothing(tmp_path: Path) -> None:
    made = generate(
        tmp_path,
        toys="""
        Options: {description: d, properties: {a: {type: integer, description: d}}}
        Switch: {anyOf: [{type: boolean}, {$ref: "#/Options"}], description: d}
        Toy: {description: d, properties: {switch: {$ref: "#/Switch", description: d}}}
        """,
    )
    assert parameters(made.Toy) == {"switch": "Switch | UnsetType = UNSET"}
    assert made.switch_from_dict({"b": 1}) == made.Options(extra={"b": 1})
    for data in (True, {"a": 1}, {"b": 1}):
        assert made.Toy.from_dict({"switch": data}).to_dict() == {"switch": data}


ITEMS = """
Names: {type: array, items: {type: string}, minItems: 1, description: d}
Many:
  anyOf: [{type: array, items: {$ref: "toys.yaml#/Ball"}}, {$ref: "toys.yaml#/Car"}]
  discriminator: {propertyName: type}
  description: d
Text: {anyOf: [{type: string}, {$ref: "#/Names"}], description: d}
Labels:
  anyOf: [{type: string}, {type: object, additionalProperties: {type: string}}]
  description: d
Data:
  anyOf:
    - {type: number}
    - {type: boolean}
    - {type: object, additionalProperties: true}
    - {type: "null"}
  description: d
Box:
  description: A box.
  properties:
    names: {$ref: "#/Names", description: d}
    many: {$ref: "#/Many", description: d}
    text: {$ref: "#/Text", description: d}
    labels: {$ref: "#/Labels", description: d}
    data: {$ref: "#/Data", description: d}
"""


def test_a_union_may_hold_an_array_a_map_or_free_form_json(tmp_path: Path) -> None:
    made = generate(tmp_path, toys=TOYS, unions=ITEMS)
    assert parameters(made.Box) == {
        "names": "Strings | UnsetType = UNSET",
        "many": "Sequence[Ball] | Car | Unknown | UnsetType = UNSET",
        "text": "str | Strings | UnsetType = UNSET",
        "labels": "str | Mapping[str, str] | UnsetType = UNSET",
        "data": "float | bool | RawObject | UnsetType | None = UNSET",
    }
    for name, data in (
        ("names", ["a"]),
        ("many", [{"type": "ball"}]),
        ("many", {"type": "car"}),
        ("many", {"type": "newer"}),
        ("text", "ab"),
        ("text", ["a"]),
        ("labels", "a"),
        ("labels", {"a": "b"}),
        ("data", 1),
        ("data", True),
        ("data", {"a": [1]}),
        ("data", None),
    ):
        value = getattr(made, f"{name}_from_dict")(data)
        assert getattr(made, f"{name}_to_dict")(value) == data
        box = made.Box.from_dict({name: data})
        assert box.to_dict() == {name: data}
        assert box == made.Box(**{name: value})


def test_items_in_a_union_are_frozen_when_built_by_hand(tmp_path: Path) -> None:
    made = generate(tmp_path, toys=TOYS, unions=ITEMS)
    box = made.Box(names=["a"], many=[made.Ball()], text=["b"], labels={"c": "d"}, data={"e": [1]})
    assert box == made.Box.from_dict(box.to_dict())
    assert hash(box) == hash(made.Box.from_dict(box.to_dict()))
    assert made.Box(text="b", labels="c", data=1.5).to_dict() == {
        "text": "b",
        "labels": "c",
        "data": 1.5,
    }


def test_errors_of_items_in_a_union_are_told_from_the_union(tmp_path: Path) -> None:
    made = generate(tmp_path, toys=TOYS, unions=ITEMS)
    assert refusal(made, made.names_from_dict, "a") == "Names: expected array, found string"
    assert refusal(made, made.text_from_dict, ["a", 1]) == (
        "Text: /1: expected string, found integer"
    )
    assert refusal(made, made.many_from_dict, [{}]) == (
        "Many: /0/type: expected string, found nothing: this field is required"
    )
    assert refusal(made, made.labels_from_dict, {"a": 1}) == (
        "Labels: /a: expected string, found integer"
    )


def test_a_union_in_a_union_gives_its_members(tmp_path: Path) -> None:
    gift = """
    Balls: {type: array, items: {$ref: "toys.yaml#/Ball"}, description: d}
    Gift:
      anyOf: [{$ref: "unions.yaml#/Toy"}, {$ref: "#/Balls"}]
      discriminator: {propertyName: type}
      description: d
    Child: {description: d, properties: {gift: {$ref: "#/Gift", description: d}}}
    """
    made = generate(tmp_path, toys=TOYS, unions=NULLABLE_TOY, wishes=gift)
    assert parameters(made.Child) == {"gift": "Toy | Sequence[Ball] | Unknown | UnsetType = UNSET"}
    ball = {"type": "ball"}
    for data in (None, ball, {"type": "newer"}, [ball]):
        assert made.gift_to_dict(made.gift_from_dict(data)) == data
        assert made.Child.from_dict({"gift": data}).to_dict() == {"gift": data}
    assert made.Child(gift=[made.Ball()]) == made.Child.from_dict({"gift": [ball]})
    assert refusal(made, made.gift_from_dict, [ball, {"type": "ball", "size": "s"}]) == (
        "Gift: /1/size: expected integer, found string"
    )
