"""Mistakes in a schema that would make wrong code: each is refused, with its file and place.

A mistake is a file in ``tests/data/schema_mistakes``: the schemas of some files, and the message.
Those of the correspondence, in ``tests/data/migration_mistakes``, replace a text of ours.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from codegen.emit import emit
from codegen.load import SchemaError, load
from codegen.migration import read_correspondence
from tests.support.generate import write_schema
from tests.support.paths import DATA, SCHEMA

MISTAKES = sorted((DATA / "schema_mistakes").glob("*.yaml"))


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_refused_where_it_is(tmp_path: Path, path: Path) -> None:
    mistake = yaml.safe_load(path.read_text("utf-8"))
    files = {name: yaml.safe_dump(schemas) for name, schemas in mistake["files"].items()}
    with pytest.raises(SchemaError) as info:
        emit(load(write_schema(tmp_path, **files)))
    assert str(info.value) == mistake["message"]


@pytest.mark.parametrize(
    "path", sorted((DATA / "migration_mistakes").glob("*.yaml")), ids=lambda path: path.stem
)
def test_a_mistake_in_the_correspondence_is_refused_where_it_is(path: Path) -> None:
    mistake = yaml.safe_load(path.read_text("utf-8"))
    ours = (SCHEMA / "migration.yaml").read_text("utf-8")
    assert mistake["replace"] in ours
    wrong = ours.replace(mistake["replace"], mistake["by"], 1)
    with pytest.raises(SchemaError) as info:
        read_correspondence(load(SCHEMA), wrong.encode())
    assert str(info.value) == mistake["message"]
