"""The rule by which the official SDK names the classes of events agrees with the SDK."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

import pytest
from openai.types import realtime
from openai.types.beta import realtime as beta
from pydantic import BaseModel

from docgen.sdk_names import other_names, sdk_name
from realtime_models.catalog import as_model, find, find_names, tags_of, type_names

UNIONS: dict[str, list[Any]] = {
    "Realtime": [realtime.RealtimeServerEvent, realtime.RealtimeClientEvent],
    "RealtimeBeta": [beta.RealtimeServerEvent, beta.RealtimeClientEvent],
    "RealtimeTranslation": [
        realtime.RealtimeTranslationServerEvent,
        realtime.RealtimeTranslationClientEvent,
    ],
}


def sdk_classes(prefix: str) -> dict[str, str]:
    """Return the classes of an API's events, by tag."""
    found: dict[str, str] = {}
    for union in UNIONS[prefix]:
        for member in get_args(get_args(union)[0]):
            [tag] = get_args(member.model_fields["type"].annotation)
            found[tag] = member.__name__
    return found


@pytest.mark.parametrize("prefix", UNIONS)
def test_the_sdk_has_the_class_that_the_rule_names(prefix: str) -> None:
    classes = sdk_classes(prefix)
    ours = {
        tag: sdk_name(name)
        for name in type_names()
        if name.startswith((f"{prefix}ServerEvent", f"{prefix}ClientEvent"))
        for tag in tags_of(name)
        # A class of the beta also has the tags of the current API.
        if prefix != "RealtimeBeta" or "response.output_" not in tag or "item" in tag
    }
    named = {tag: name for tag, name in ours.items() if name}
    found = {tag: classes.get(tag) for tag in named}
    assert found == named, "say in docgen/sdk_names.py what the SDK calls it, or ABSENT"
    # What both APIs have in common has one class of ours, that of the current API.
    current = [name for name in type_names() if not name.startswith("RealtimeBeta")]
    assert classes.keys() - named.keys() <= {tag for name in current for tag in tags_of(name)}


@pytest.mark.parametrize("prefix", UNIONS)
def test_every_event_of_the_sdk_is_found_by_the_name_of_its_class(prefix: str) -> None:
    for tag, name in sdk_classes(prefix).items():
        assert any(tag in tags_of(found) for found in find_names(name)), name


SAID_ELSEWHERE = {"RealtimeConnectParams", "RealtimeToolsConfig"}
"""The query of a connection, which is no JSON, and a list of tools."""


def fields_of(theirs: Any) -> set[str]:
    """Return the fields of one of the SDK's pydantic classes; none of another type."""
    is_model = isinstance(theirs, type) and issubclass(theirs, BaseModel)
    return (
        {field.alias or name for name, field in theirs.model_fields.items()} if is_model else set()
    )


def test_the_table_of_names_has_every_class_with_another_name() -> None:
    classes = {name for name in dir(realtime) if name[0].isupper() and not name.endswith("Param")}
    told = {*other_names()}
    missing = "add it to OTHERS in docgen/sdk_names.py, or above if it is no type of ours"
    assert classes - told - {*type_names()} == SAID_ELSEWHERE, missing
    of_unions = {class_name for prefix in UNIONS for class_name in sdk_classes(prefix).values()}
    surplus = told - classes - of_unions
    assert not surplus, "say in docgen/sdk_names.py that the SDK lacks it: ABSENT, or OTHERS"


@pytest.mark.parametrize(("theirs", "ours"), other_names().items())
def test_what_the_table_sets_side_by_side_is_the_same(theirs: str, ours: str) -> None:
    model = as_model(find(ours))
    if model is not None:
        assert fields_of(getattr(realtime, theirs, None)) <= {field.name for field in fields(model)}
