"""Encoders of others write every valid message as it came, or fail: none writes something else.

All of them are installed in ``tox -e encoders``, which also runs the lines of the guide.
``python -m tests.encoders`` prints the table.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest

import realtime_models as rm
from realtime_models import Model
from tests.support.cases import VALID, load
from tests.support.snake import decode

Encode = Callable[[Any], "bytes | str"]


def hooked() -> dict[str, Encode]:
    """Return the encoders as the guide uses them."""
    import msgspec
    import orjson
    import pydantic_core

    import realtime_models_pydantic  # It teaches pydantic our values.

    assert realtime_models_pydantic.Wire is not None
    passed = orjson.OPT_PASSTHROUGH_DATACLASS
    return {
        "json": lambda value: json.dumps(value, default=rm.to_wire),
        "orjson": lambda value: orjson.dumps(value, default=rm.to_wire, option=passed),
        "msgspec": lambda value: msgspec.json.encode(rm.to_wire(value)),
        "pydantic_core": pydantic_core.to_json,
    }


def bare() -> dict[str, Encode]:
    """Return the encoders without what the guide says, or with a hook that they do not ask."""
    import msgspec
    import orjson
    import pydantic_core

    return {
        "json": json.dumps,
        "orjson": orjson.dumps,
        "orjson, default": lambda value: orjson.dumps(value, default=rm.to_wire),
        "msgspec": msgspec.json.encode,
        "msgspec, enc_hook": lambda value: msgspec.json.encode(value, enc_hook=rm.to_wire),
        "asdict": lambda value: json.dumps(dataclasses.asdict(value)),
        "pydantic_core": pydantic_core.to_json,
    }


def outcomes(encode: Encode) -> Counter[str]:
    """Return how many valid messages an encoder writes rightly, wrongly, or not at all."""
    found: Counter[str] = Counter()
    for case in map(load, VALID):
        value = decode(case["type"], case["data"])
        if not isinstance(value, Model):
            continue
        try:
            written = json.loads(encode(value))
        except Exception:  # Each has errors of its own.
            found["fails"] += 1
        else:
            found["right" if written == case["data"] else "wrong"] += 1
    return found


needs_all = pytest.mark.skipif(
    not all(map(find_spec, ("orjson", "msgspec", "pydantic"))), reason="tox -e encoders has them"
)


@needs_all
@pytest.mark.parametrize("name", ["json", "orjson", "msgspec", "pydantic_core"])
def test_an_encoder_writes_all_messages_rightly_as_the_guide_uses_it(name: str) -> None:
    assert {*outcomes(hooked()[name])} == {"right"}


@needs_all
def test_an_encoder_as_it_is_writes_no_message_wrongly() -> None:
    # In a process of its own, since the adapter changes what pydantic does.
    command = [sys.executable, "-m", "tests.encoders"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert [line for line in done.stdout.splitlines() if not line.endswith(" 0 wrong")] == []
