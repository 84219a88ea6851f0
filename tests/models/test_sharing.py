"""Values are shared among threads, processes and versions: nothing can change them on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import realtime_models as rm
from realtime_models.wire import HOMES
from tests.support.catalog import NAMES
from tests.support.generate import write_modules, write_schema
from tests.support.paths import EXAMPLES, ROOT
from tests.support.snake import decode, write
from tests.support.strategies import instances

HAMMER = """
import importlib, json, random, sys, threading
sys.setswitchinterval(1e-6)
rm = importlib.import_module(sys.argv[1])
HOMES = importlib.import_module(f"{sys.argv[1]}.wire").HOMES

texts = [open(path, encoding="utf-8").read() for path in sys.argv[2:]]
start = threading.Barrier(16)
failures, seen = [], [set() for _ in range(16)]

def work(number):
    order = random.Random(number)
    names = order.sample(sorted(HOMES), len(HOMES))
    try:
        start.wait()
        for name in names:
            found = getattr(rm, name)
            seen[number].add((name, id(found)))
            if isinstance(found, type):
                rm.check(found, {})
        for text in texts * 20:
            kept = rm.realtime_server_event_from_json(text, invalid="keep")
            assert kept.to_dict() == json.loads(text)
            assert kept == rm.realtime_server_event_from_json(text, invalid="keep")
            assert hash(kept) == hash(rm.realtime_server_event_from_json(text, invalid="keep"))
    except BaseException as error:
        failures.append(repr(error))

threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert not failures, failures
assert all(found == seen[0] for found in seen), "a name was loaded twice"
print(len(seen[0]))
"""


def test_sixteen_threads_may_load_and_decode_everything_at_once() -> None:
    texts = [str(path) for path in sorted(EXAMPLES.glob("*.json"))]
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", HAMMER, rm.__name__, *texts],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.stderr == ""
        assert int(done.stdout) == len(HOMES)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_nothing_public_changes_a_value(name: str, data: st.DataObject) -> None:
    value = data.draw(instances(name))
    decoded = decode(name, value)
    for part in _parts(decoded):
        _assault(part)
    assert write(name, decoded) == value


def _parts(value: Any) -> list[Any]:
    """Return a value, and all the values in it."""
    inner: list[Any] = []
    if isinstance(value, dict):
        inner = list(value.values())
    elif isinstance(value, tuple):
        inner = list(value)
    elif hasattr(value, "__dataclass_fields__"):
        inner = [getattr(value, name) for name in value.__dataclass_fields__]
    return [value, *(part for member in inner for part in _parts(member))]


def _assault(value: Any) -> None:
    """Try every way to change a value that its type offers."""
    for name in getattr(value, "__dataclass_fields__", ()):
        with pytest.raises(AttributeError):
            setattr(value, name, None)
        with pytest.raises(AttributeError):
            delattr(value, name)
    if hasattr(value, "__dataclass_fields__"):
        with pytest.raises((AttributeError, TypeError)):
            value.newer = 1
        assert not hasattr(value, "__dict__")
    if isinstance(value, dict):
        for change in (
            lambda: value.__setitem__("x", 1),
            lambda: value.__delitem__(next(iter(value), "x")),
            lambda: value.update(x=1),
            lambda: value.setdefault("x", 1),
            lambda: value.pop(next(iter(value), "x"), None),
            value.popitem,
            value.clear,
            lambda: value.__ior__({"x": 1}),
            lambda: setattr(value, "x", 1),
        ):
            with pytest.raises((TypeError, AttributeError)):
                change()
        type(value).__init__(value, {"x": 1})
    assert not isinstance(value, (list, set, bytearray))


SCRIPT = """
import pickle, sys
from newer import Thing, Unknown
value = {value}
sys.stdout.buffer.write(pickle.dumps(value, protocol=2))
"""
COPY = """
import pickle, sys
sys.stdout.buffer.write(pickle.dumps(pickle.load(sys.stdin.buffer)))
"""
READ = """
import pickle, sys
value = pickle.load(sys.stdin.buffer)
print(value.to_json())
"""


@pytest.mark.original
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('Thing(a="x", b=[1, 2], extra={"c": {"d": None}})', '{"a":"x","b":[1,2],"c":{"d":null}}'),
        ('Unknown({"type": "t", "x": [1]})', '{"type":"t","x":[1]}'),
    ],
    ids=["model", "unknown"],
)
def test_a_pickle_goes_from_a_newer_version_to_an_older_one_and_back(
    tmp_path: Path, value: str, text: str
) -> None:
    a = "a: {type: string, description: One.}"
    b = "b: {type: array, items: {type: integer}, description: Two.}"
    versions = {"old": f"{{{a}}}", "new": f"{{{a}, {b}}}"}
    for version, properties in versions.items():
        package = tmp_path / version / "newer"
        ignored = shutil.ignore_patterns("wire", "__pycache__")
        shutil.copytree(ROOT / "realtime_models", package, ignore=ignored)
        schema = write_schema(
            tmp_path / version / "schema",
            things=f"Thing: {{type: object, description: It., properties: {properties}}}",
        )
        write_modules(schema, package / "wire")
    pickled = _python(tmp_path / "new", SCRIPT.format(value=value))
    for version in versions:
        assert _python(tmp_path / version, READ, pickled).decode().strip() == text
    again = (
        "import pickle, sys; sys.stdout.buffer.write(pickle.dumps(pickle.load(sys.stdin.buffer)))"
    )
    through_old = _python(tmp_path / "old", again, pickled)
    assert _python(tmp_path / "new", READ, through_old).decode().strip() == text


def _python(folder: Path, code: str, data: bytes = b"") -> bytes:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=folder, env=environment, input=data, check=True, stdout=subprocess.PIPE
    ).stdout
