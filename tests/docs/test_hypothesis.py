"""What the guide to the adapters registers with Hypothesis."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import realtime_models as rm
from realtime_models.catalog import find
from tests.support.catalog import NAMES
from tests.support.paths import ROOT
from tests.support.snippets import printed, snippets


@pytest.fixture(scope="module", autouse=True)
def _registered() -> None:
    page = ROOT / "docs/guides/adapters.md"
    (snippet,) = [code for code in snippets(page, "python") if "register_type_strategy" in code]
    assert printed(snippet, {"__name__": __name__}) == []


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_hypothesis_builds_values_of_every_type(name: str, data: st.DataObject) -> None:
    kind: Any = find(name)
    value = data.draw(st.from_type(kind))
    assert json.loads(json.dumps(rm.to_wire(value), allow_nan=False)) == rm.to_wire(value)
