"""Every field and every listed value of both forms has a place in the other, or a reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, get_args

import pytest

import realtime_models as rm
from realtime_models._runtime.conversion import Row, convert
from realtime_models._runtime.shape import TypeShape, model_shape, shape_of
from realtime_models.wire.correspondence import PAIRS as CORRESPONDING
from realtime_models.wire.correspondence import TYPES, ClientTag, ItemTag
from tests.support.snake import decode

PAIRS: Mapping[str, tuple[str, str]] = {
    "clients": ("RealtimeBetaClientEvent", "RealtimeClientEvent"),
    "servers": ("RealtimeBetaServerEvent", "RealtimeServerEvent"),
    "voice_request": ("RealtimeSessionCreateRequest", "RealtimeSessionCreateRequestGA"),
    "transcription_request": (
        "RealtimeTranscriptionSessionCreateRequest",
        "RealtimeTranscriptionSessionCreateRequestGA",
    ),
    "voice_answer": ("RealtimeSession", "RealtimeSessionCreateResponseGA"),
    "transcription_answer": (
        "RealtimeTranscriptionSessionCreateResponse",
        "RealtimeTranscriptionSessionCreateResponseGA",
    ),
    "response": ("RealtimeBetaResponse", "RealtimeResponse"),
    "response_request": ("RealtimeBetaResponseCreateParams", "RealtimeResponseCreateParams"),
    "items": ("RealtimeConversationItem", "RealtimeConversationItem"),
}
"""The types that correspond, the beta's first."""
ALTERED = {
    r"/content/0/type (output_)?(text|audio)$": "a class of both forms has the names of both",
    r"^/type response\.output_": "a class of the beta has the names of both forms",
    r"^/type conversation\.item\.(created|added)$": "what the beta creates is added",
    r"^/type transcription_session\.": "the current API has it, too, and a newer one",
    r"/max_(response_)?output_tokens ": "the beta's sessions and responses have one name each",
    r"/audio/input/transcription None$": "null has no meaning in the beta's transcription sessions",
}
"""What comes back otherwise than it was, by patterns of pointers and values, with the reasons."""


def samples(shape: TypeShape, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield values of a shape: each listed value, each model with each of its fields.

    With each comes the pointer of what is special in it.
    """
    for name, case in shape.cases.items():
        if case.values:
            yield from (("", value) for value in case.values if name != "null")
        elif name == "array" and case.items:
            yield from (("/0" + at, [item]) for at, item in samples(case.items, depth))
        elif name == "object" and case.items:
            yield from (("/k" + at, {"k": item}) for at, item in samples(case.items, depth))
        elif name == "object" and case.models:
            for model in case.models:
                yield from objects(model, depth + 1)
        elif name in SIMPLE and case.unlisted == "accepted":
            yield "", SIMPLE[name]


SIMPLE: Mapping[str, Any] = {
    "null": None,
    "boolean": True,
    "integer": 1,
    "number": 0.5,
    "string": "x",
    "object": {"k": 1},
}


def objects(model: type[Any], depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield objects of a model, each with one field beside those that it needs."""
    shape = model_shape(model)
    needed: dict[str, Any] = {name: tags[0] for name, tags in shape.tags.items()}
    for name, field in shape.fields.items():
        if field.required and name not in needed:
            needed[name] = next(samples(field.shape, depth))[1]
    for name, field in shape.fields.items():
        for at, value in samples(field.shape, depth):
            yield f"/{name}{at}", {**needed, name: value}


def cases(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield objects of a type, each with the pointer of what is special in it."""
    yield from samples(shape_of(getattr(rm, name)))


def at(data: Any, pointer: str) -> Any:
    """Return the value at a pointer, or ``...`` if there is none."""
    for step in pointer.split("/")[1:]:
        if isinstance(data, list):
            data = data[int(step)] if int(step) < len(data) else ...
        else:
            data = data.get(step, ...) if isinstance(data, dict) else ...
    return data


def altered(pointer: str, value: Any) -> str | None:
    """Return the pattern of what may come back otherwise, if this is such."""
    return next((one for one in ALTERED if re.search(one, f"{pointer} {value}")), None)


def test_every_field_and_listed_value_comes_back_or_is_told() -> None:
    used: set[str] = set()
    for to, pair in product(("ga", "beta"), PAIRS):
        counts = checked(PAIRS[pair], to, used)
        print(f"{PAIRS[pair][to == 'beta']} to {to}: {counts}")
        assert counts["mapped"] > counts.get("told", 0)
    assert used == set(ALTERED), "an exception is stale"


def checked(pair: tuple[str, str], to: Any, used: set[str]) -> dict[str, int]:
    """Convert all samples of a type and back; return how many were mapped, told and altered."""
    counts: Counter[str] = Counter()
    for pointer, data in cases(pair[to == "beta"]):
        value = decode(pair[to == "beta"], data)
        converted = convert(TYPES, value, to)
        if any(f"{pointer}/".startswith(f"{told.pointer}/") for told in converted.lost):
            counts["told"] += 1
            continue
        assert converted.value is not None, (pointer, data)
        back = convert(TYPES, converted.value, "beta" if to == "ga" else "ga")
        kept = at(back.value and back.value.to_dict(), pointer) == at(data, pointer)
        # What is lost on the way back had come over, but is of the other form alone.
        counts["mapped" if kept or back.lost else "altered"] += 1
        if not kept and not back.lost:
            whole = "/type" if str(data.get("type")).startswith("transcription_") else pointer
            reason = altered(whole, at(data, whole))
            assert reason, (pointer, data, back)
            used.add(reason)
    return dict(counts)


TABLES: Mapping[str, tuple[tuple[Row, ...], Any, Any]] = {
    getattr(pair.beta, "__name__", "events"): (pair.rows, pair.beta, pair.ga)
    for pair in CORRESPONDING
    if pair.rows and pair.beta is not pair.ga  # The generator has proven those of turn detection.
}


def has(models: Iterable[type[Any]], path: str) -> bool:
    """Whether some model has a field, in an object inside if the path says so."""
    name, _, rest = path.partition("/")
    fields = [model_shape(model).fields.get(name) for model in models]
    shapes = [field.shape for field in fields if field is not None]
    if not rest:
        return bool(shapes)
    return any(has(shape.cases["object"].models, rest) for shape in shapes)


@pytest.mark.parametrize("name", TABLES)
def test_no_row_of_fields_is_stale(name: str) -> None:
    rows, beta, ga = TABLES[name]
    for row in rows:
        if row.beta is not None and (beta, row.beta) != UNDECLARED:
            assert has([beta], row.beta), row
        if row.ga is not None:
            assert has([ga], row.ga), row
        if row.beta is None:
            assert not has([beta], str(row.ga)), row
        if row.ga is None:
            assert not has([ga], str(row.beta)), row
    mapped = sum(row.beta is not None and row.ga is not None for row in rows)
    print(f"{name}: {mapped} mapped, {len(rows) - mapped} excused")


UNDECLARED = (rm.RealtimeSessionCreateRequest, "max_output_tokens")
"""Beta servers take it, though only sessions in events declare it."""


def tags(union: object) -> set[str]:
    """Return the tags of the events of a union."""
    models = shape_of(union).cases["object"].models
    return {str(tag) for model in models for tag in model_shape(model).tags["type"]}


def test_no_row_of_tags_is_stale_and_none_is_missing() -> None:
    beta = tags(rm.RealtimeBetaServerEvent) | tags(rm.RealtimeBetaClientEvent)
    ga = tags(rm.RealtimeServerEvent) | tags(rm.RealtimeClientEvent)
    rows = {row for pair in CORRESPONDING[:2] for row in pair.tags}
    assert {row.beta for row in rows if row.beta} <= beta
    assert {row.ga for row in rows if row.ga} <= ga
    assert beta - ga <= {row.beta for row in rows}
    assert ga - beta <= {row.ga for row in rows}


def test_no_row_of_parts_is_stale() -> None:
    parts: list[Any] = [pair for pair in CORRESPONDING[2:] if pair.tags]
    assert len(parts) == 3
    for model, _, _, _, _, rows in parts:
        values = model_shape(model).fields["type"].shape.cases["string"].values
        for row in rows:
            assert {row.beta, row.ga} - {None} <= set(values)


def test_the_overloads_name_the_tags_of_the_unions() -> None:
    clients = tags(rm.RealtimeClientEvent) | tags(rm.RealtimeBetaClientEvent)
    assert {*get_args(ClientTag)} == clients
    assert {*get_args(ItemTag)} == tags(rm.RealtimeConversationItem)
