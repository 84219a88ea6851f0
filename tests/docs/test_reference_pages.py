"""The reference of the documentation: a page for every type, in agreement with the code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from docgen.annotations import alias_hint
from docgen.examples import example, messages, recorded
from docgen.facts import areas, is_beta, members, shown, tags
from docgen.pages import pages
from docgen.words import breakable, first_sentence
from realtime_models import check
from realtime_models._runtime.annotations import Limits
from realtime_models._runtime.shape import TypeShape, model_shape
from realtime_models.catalog import as_model, find
from tests.support.catalog import MODELS, NAMES
from tests.support.snake import decode, write

CLASSES = [model.__name__ for model in MODELS]
MODELS_BY_NAME = {model.__name__: model for model in MODELS}
REFUSED = {"RealtimeClientEventTranscriptionSessionUpdate"}
"""Types that servers always refuse, so that no example is without a problem."""


def only_refused(name: str, data: object) -> bool:
    """Whether servers refuse the data, which has no other problem."""
    codes = {problem.code for problem in check(name, data)}
    assert codes <= {"refused"}, (name, codes)
    return bool(codes)


@cache
def written() -> Mapping[str, str]:
    return dict(pages())


def page(name: str) -> str:
    return written()[f"{name}.md"]


def code(name: str, label: str) -> str:
    """Return the code in a tab of the example on a page."""
    (shown,) = re.findall(
        rf'^=== "{label}"\n\n    ```\w+\n(.*?)\n    ```$', page(name), re.M | re.S
    )
    return dedent(shown)


def test_there_is_a_page_for_every_type_and_every_area() -> None:
    assert sorted(path.removesuffix(".md") for path in written()) == sorted(
        ["index", "events", "sdk-names", *areas(), *NAMES]
    )


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_decoded_and_exactly_what_the_api_describes(name: str) -> None:
    data = json.loads(code(name, "JSON"))
    assert only_refused(name, data) == (name in REFUSED)
    assert write(name, decode(name, data)) == data == example(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_shown_code_decodes_the_example_and_constructs_an_equal_value(name: str) -> None:
    data = example(name)
    decoded: dict[str, object] = {"data": data}
    exec(code(name, "Decode"), decoded)
    constructed: dict[str, object] = {}
    exec(code(name, "Construct"), constructed)
    assert constructed["value"] == decoded["value"] == decode(name, data)
    assert write(name, constructed["value"]) == data


def test_every_class_occurs_in_a_message() -> None:
    assert not [name for name in CLASSES if name not in recorded()]


def test_a_type_without_a_message_asks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.examples.recorded", dict)
    with pytest.raises(LookupError, match="add one to tests/data/valid/"):
        example("RealtimeFunctionTool")


def test_messages_for_readers_are_exactly_what_the_api_describes() -> None:
    found = [message for message in messages() if message.for_readers]
    assert len(found) > 150
    for message in found:
        is_refused = only_refused(message.type_name, message.data)
        assert is_refused == (message.type_name in REFUSED), message


def test_an_example_of_no_type_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "odd.json").write_text('{"odd": 1}', encoding="utf-8")
    monkeypatch.setattr("docgen.examples.ROOT", tmp_path)
    with pytest.raises(LookupError, match="no type fits"):
        list(messages())


@pytest.mark.parametrize("name", CLASSES)
def test_a_page_tells_of_every_field_whether_it_is_required_and_its_limits(name: str) -> None:
    model = as_model(find(name))
    assert model is not None
    sections = re.split(r"^### (\w+) \{ #\w+ \.name \}$", page(name), flags=re.MULTILINE)
    told = dict(zip(sections[1::2], sections[2::2], strict=True))
    assert told.keys() == model_shape(model).fields.keys()
    for field, (shape, required) in (
        (key, (field.shape, field.required)) for key, field in model_shape(model).fields.items()
    ):
        assert f" *{'required' if required else 'optional'}" in told[field]
        for limit in limits(shape):
            assert str(limit) in told[field], field


def limits(shape: TypeShape) -> Iterator[float | str]:
    """Yield the limits of a field, including those of an array's items."""
    for case in shape.cases.values():
        for mark in case.marks:
            if isinstance(mark, Limits):
                yield from (limit for limit in astuple(mark) if limit is not None)
        if case.items is not None:
            yield from limits(case.items)


@pytest.mark.parametrize("name", CLASSES)
def test_whatever_a_field_holds_links_back_to_it(name: str) -> None:
    model = as_model(find(name))
    assert model is not None
    for field, of_field in model_shape(model).fields.items():
        for held in models(of_field.shape):
            assert f"{name}.{field}" in holders(held)


def models(shape: TypeShape) -> Iterator[str]:
    """Yield the classes that a value of this shape may hold directly."""
    for case in shape.cases.values():
        yield from (model.__name__ for model in case.models)
        if case.items is not None:
            yield from models(case.items)


def holders(name: str) -> Iterator[str]:
    """Yield the fields that hold a type according to its page, also by way of aliases."""
    for target, field in re.findall(r"^- \[.*\]\((\w+)\.md#?(\w*)\)$", page(name), re.MULTILINE):
        if field:
            yield f"{target}.{field}"
        else:
            yield from holders(target)


def test_the_index_of_events_has_each_event_by_each_of_its_names() -> None:
    lines = page("events").splitlines()
    for union in [name for name in NAMES if name.endswith(("ServerEvent", "ClientEvent"))]:
        for model in members(union):
            for tag in tags(model)[0]:
                entry = f"]({model.__name__}.md)"
                found = any(f"`{tag}`" in line and entry in line for line in lines)
                assert found, f"list {union} in SECTIONS of docgen/index_pages.py"


def test_an_area_begins_with_its_events_and_the_current_api_before_the_beta() -> None:
    names = re.findall(r"^\[.*\]\((Realtime\w+)\.md\)$", page("server_events"), re.MULTILINE)
    assert page("server_events").count("## Events") == 1
    assert tags(MODELS_BY_NAME[names[0]]) == (("conversation.created",),)
    assert list(areas())[-2:] == ["beta_events", "beta_session"]
    for area in areas():
        for section in page(area).split("\n## "):
            entries = re.findall(r"^\[.*\]\((\w+)\.md\)\n:", section, re.MULTILINE)
            betas = [is_beta(name) for name in entries]
            assert betas == sorted(betas), area


def test_a_type_with_a_short_name_is_shown_by_it() -> None:
    own = "RealtimeBetaServerEventErrorError"
    assert shown(own) == "RealtimeError"
    assert page(own).startswith("---\ntitle: RealtimeError\n")
    assert "# Realtime<wbr>Error { .name }" in page(own)
    assert f"Schema {breakable(own)} in" in page(own)
    assert f"[Realtime<wbr>Error]({own}.md)" in page("RealtimeServerEventError")
    assert code(own, "Construct").startswith("from realtime_models import RealtimeError\n")
    assert code(own, "Decode").endswith("value = RealtimeError.from_dict(data)")
    assert own not in page("RealtimeServerEventError").replace(f"({own}.md", "")


def test_links_lead_to_pages_and_fields_that_exist() -> None:
    for path, text in written().items():
        for target, field in re.findall(r"\]\((\w+\.md)(?:#(\w+))?\)", text):
            assert target in written() or target == "python.md", path
            assert not field or f"{{ #{field} .name }}" in written()[target], path


def test_a_description_links_to_the_events_of_its_own_api() -> None:
    assert "[`response.done`](RealtimeServerEventResponseDone.md)" in page("RealtimeResponse")
    beta = page("RealtimeBetaResponse")
    assert "(RealtimeServerEvent" not in beta
    assert "[`response.done`](RealtimeBetaServerEventResponseDone.md)" in beta


def test_a_first_sentence_ends_where_the_next_one_begins() -> None:
    assert first_sentence("One, e.g. this. `two` follows.") == "One, e.g. this."
    assert first_sentence("One alone") == "One alone"


def test_a_missing_alias_is_an_error() -> None:
    with pytest.raises(KeyError):
        alias_hint("RealtimeFunctionTool")
