"""Adapters in copies, used with the libraries that they are for: ``tox -e vendor-adapters``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import EXAMPLES, ROOT
from tests.vendoring.copies import vendor

START = """\
import importlib, json, sys
from tests.portable import Blocked, is_original

sys.meta_path.insert(0, Blocked())
sys.path.insert(0, sys.argv[1])
import copied

adapter = importlib.import_module(sys.argv[2])
with open(sys.argv[3], encoding="utf-8") as file:
    data = json.load(file)
Session = copied.RealtimeSessionCreateResponse
"""
END = """
assert sorted(filter(is_original, sys.modules)) == []
print("done")
"""
USES = {
    "pydantic": """
import pydantic
from typing import Annotated

session = pydantic.TypeAdapter(Annotated[Session, adapter.Wire])
value = session.validate_python(data)
assert type(value) is Session and session.dump_python(value) == data
assert session.json_schema()["properties"]["audio"]
event = pydantic.TypeAdapter(Annotated[copied.RealtimeServerEvent, adapter.Wire])
assert type(event.validate_python({"type": "dreamed"})) is copied.Unknown
mirror = adapter.to_pydantic(Session)
assert issubclass(mirror, adapter.Mirror)
mirrored = mirror.model_validate(data)
assert mirrored.model_dump(exclude_unset=True) == data and mirrored.to_wire() == value
assert "RealtimeFunctionTool" in mirror.model_json_schema()["$defs"]
for reader in (session.validate_python, mirror.model_validate):
    try:
        reader({"id": 1})
    except pydantic.ValidationError as error:
        told = error.errors()[0]
        assert (told["loc"], told["msg"]) == (("id",), "expected string, found integer"), told
    else:
        raise AssertionError("it was decoded")

class Holder(pydantic.BaseModel):
    session: Session | None = None

assert type(Holder(session=data).session) is Session
""",
    "attrs": """
import cattrs

converter = cattrs.Converter()
adapter.configure(converter)
value = converter.structure(data, Session)
assert type(value) is Session and converter.unstructure(value) == data
event = converter.structure({"type": "dreamed"}, copied.RealtimeServerEvent)
assert type(event) is copied.Unknown
mirror = adapter.to_attrs(Session)
assert issubclass(mirror, adapter.Mirror)
mirrored = converter.structure(data, mirror)
assert converter.unstructure(mirrored) == data and mirrored.to_wire() == value
for kind in (Session, mirror):
    try:
        converter.structure({"id": 1}, kind)
    except cattrs.BaseValidationError as error:
        assert "expected string, found integer" in str(cattrs.transform_error(error))
    else:
        raise AssertionError("it was decoded")
""",
}
PREPARED = {"pydantic": "adapter.install()\n", "attrs": ""}


@pytest.mark.parametrize("adapter", USES)
def test_an_adapter_in_a_copy_serves_the_copy_and_needs_nothing_of_the_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, adapter: str
) -> None:
    pytest.importorskip({"attrs": "cattrs"}.get(adapter, adapter))
    monkeypatch.syspath_prepend(ROOT / "adapters")
    assert vendor(tmp_path / "copied", "--adapter", adapter) == 0
    assert vendor(tmp_path / "copied", "--check") == 0
    code = START + PREPARED[adapter] + USES[adapter] + END
    inside = f"copied.realtime_models_{adapter}"
    example = str(EXAMPLES / "session_create_response.json")
    command = [sys.executable, "-W", "error", "-c", code, str(tmp_path), inside, example]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.stdout == "done\n", done.stderr
