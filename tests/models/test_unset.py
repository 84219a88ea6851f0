"""``UNSET`` is a false singleton that nothing encodes."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

import realtime_models as rm
from realtime_models import UNSET, RealtimeFunctionTool, UnsetType, or_none, or_unset, value_or

TOOL = RealtimeFunctionTool(name="f")


def test_unset_is_a_false_singleton() -> None:
    assert not UNSET
    assert f"{UNSET} {UNSET!r}" == "UNSET UNSET"
    assert [*UnsetType] == [UNSET]
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps([UNSET], protocol)) == [UNSET]
        assert pickle.loads(pickle.dumps(UNSET, protocol)) is UNSET
    assert copy.copy(UNSET) is UNSET
    assert copy.deepcopy([UNSET])[0] is UNSET


def test_unset_and_null_are_bridged() -> None:
    assert (or_none(UNSET), or_none(None), or_none(0)) == (None, None, 0)
    assert (or_unset(UNSET), or_unset(None), or_unset("")) == (UNSET, UNSET, "")
    assert (value_or(UNSET, 1), value_or(None, 1), value_or(0, 1)) == (1, 1, 0)


def test_json_does_not_write_it() -> None:
    for value in (UNSET, {"description": UNSET}, UNSET.value):
        with pytest.raises(TypeError, match="not JSON serializable"):
            json.dumps(value)


def test_msgspec_does_not_write_it() -> None:
    msgspec = pytest.importorskip("msgspec")
    for value in (UNSET, {"description": UNSET}, TOOL):
        with pytest.raises(TypeError, match="unsupported"):
            msgspec.json.encode(value)


def test_cattrs_does_not_write_it() -> None:
    preconf = pytest.importorskip("cattrs.preconf.json")
    converter: Any = preconf.make_converter()
    for value in (UNSET, {"description": UNSET}, TOOL):
        with pytest.raises(TypeError, match="not JSON serializable"):
            converter.dumps(value)


def test_pydantic_does_not_write_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # The adapter sets it, which another test may have imported.
    monkeypatch.delattr(rm.Model, "__pydantic_serializer__", raising=False)
    pydantic = pytest.importorskip("pydantic")
    pydantic_core = pytest.importorskip("pydantic_core")

    class Holder(pydantic.BaseModel):  # type: ignore[misc, name-defined]
        model_config = pydantic.ConfigDict(arbitrary_types_allowed=True)
        held: object

    for value in (UNSET, {"description": UNSET}, TOOL):
        holder = Holder(held=value)
        with pytest.raises(pydantic_core.PydanticSerializationError):
            holder.model_dump_json()
    assert rm.RealtimeFunctionTool(name="f").to_json() == '{"type":"function","name":"f"}'
