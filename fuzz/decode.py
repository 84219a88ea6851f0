"""Fuzz decoding: ``python -m fuzz.decode -max_total_time=1800``, with the options of libFuzzer.

Whatever the bytes become, the outcome is a value or a ``DecodeError``; the checker and the
straight-line code agree on which, and a value is encoded as it was decoded.
"""

from __future__ import annotations

import json
import sys

import atheris

with atheris.instrument_imports(include=["realtime_models"]):
    import realtime_models as rm
    from realtime_models._runtime.base import Model
    from realtime_models._runtime.json_text import parse_json
    from realtime_models._runtime.shape import shape_of
    from realtime_models.catalog import find, type_names

    TYPES = [(name, find(name), shape_of(find(name))) for name in type_names()]

from fuzz.values import Maker

EVENTS = rm.realtime_server_event_from_json, rm.realtime_beta_server_event_from_json


def fuzz(data: bytes) -> None:
    """Run once: decode a value of a type, or now and then a text."""
    source = atheris.FuzzedDataProvider(data)
    which = source.ConsumeIntInRange(0, len(TYPES) + 3)
    if which >= len(TYPES):
        fuzz_text(source.ConsumeBytes(1_000_000))
        return
    name, annotation, shape = TYPES[which]
    value = Maker(source).value(shape)
    errors = [problem for problem in rm.check(annotation, value) if problem.severity == "error"]
    decoded = outcome(name, value)
    if isinstance(decoded, rm.DecodeError):
        assert list(decoded.problems) == errors, (name, value)
        assert str(decoded)
        return
    assert not errors, (name, value)
    written = rm.to_wire(decoded)
    assert written == value, (name, value)
    again = rm.from_wire(name, written)
    assert again == decoded, (name, value)
    assert hash(again) == hash(decoded)
    assert repr(again) == repr(decoded)
    if isinstance(decoded, Model):
        # Two lone surrogates side by side become one character in JSON text, as everywhere.
        through_text = rm.from_wire(name, json.loads(json.dumps(written)))
        assert type(decoded).from_json(decoded.to_json()) == through_text, (name, value)


def outcome(name: str, value: object) -> object:
    """Return the decoded value, or the error."""
    try:
        return rm.from_wire(name, value)
    except rm.DecodeError as error:
        return error


def fuzz_text(raw: bytes) -> None:
    """Decode bytes as off a socket: any event is kept, and JSON is what ``json`` parses."""
    for read in EVENTS:
        read(raw, invalid="keep")
    try:
        parsed = parse_json(raw, "x")
    except rm.DecodeError:
        return
    assert repr(parsed) == repr(json.loads(raw.decode("utf-8-sig"))), raw


if __name__ == "__main__":
    atheris.Setup(sys.argv, fuzz)
    atheris.Fuzz()
