"""Attack every way in with mutations of every valid message: ``tox -e attack``.

Each input is a message with one to four changes, made from a seed. It is read strictly, kept and
checked, and then meets one of the other four tests in turn. The laws, whatever it is:

* Nothing but ``DecodeError`` is raised, without a context, and only by what may raise.
* Strict reading, ``keep``, ``check``, JSON text, pydantic and attrs agree on what is wrong, and
  otherwise on the value; ``to_dict`` gives back all that JSON can express of what came.
* A value is equal and hashed alike after ``replace``, ``pickle``, ``copy``, and its own JSON.
* No secret and no control character is in a ``repr`` or an error.
* What ``to_request`` returns has no notice that servers refuse it.
* ``to_ga``, ``to_beta`` and ``Conversation`` take whatever was decoded.
"""

from __future__ import annotations

import argparse
import copy
import json
import pickle
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from inspect import signature
from typing import Annotated, Any, NamedTuple

import realtime_models as rm
from codegen.names import snake
from fuzz.hostile import MARK, Message, expressible, messages, mutated
from realtime_models._runtime.base import Model
from realtime_models.catalog import find

NOT_ALL = {"too_deep", "too_many_values"}
"""With these, what is left out is more than a part that JSON cannot express."""
FULL = "too_many_problems"
"""With it, a report that also has notices has other errors than one without."""
LIFE = 500
"""The inputs that one conversation is given."""
ENOUGH = 20
"""The broken laws after which a run ends: more are seldom others."""

Raised = rm.DecodeError
PYDANTIC = all(map(find_spec, ("pydantic", "realtime_models_pydantic")))
ATTRS = all(map(find_spec, ("attrs", "realtime_models_attrs")))


class Target(NamedTuple):
    """The functions of one type."""

    decode: Callable[..., Any]
    from_json: Callable[..., Any] | None
    keeps: bool


@cache
def target(name: str) -> Target:
    """Find the functions of a type; an alias with scalars has neither text nor ``keep``."""
    found: Any = find(name)
    if isinstance(found, type):
        return Target(getattr(rm, name).from_dict, getattr(rm, name).from_json, True)
    decode = getattr(rm, f"{snake(name)}_from_dict")
    from_json = getattr(rm, f"{snake(name)}_from_json", None)
    return Target(decode, from_json, "invalid" in signature(decode).parameters)


def outcome(call: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Return what a call returns, or its ``DecodeError``; anything else goes on."""
    try:
        return call(*arguments, **options)
    except Raised as error:
        found = error
    assert found.__context__ is None
    assert found.problems
    for line in str(found).splitlines():
        assert line.isprintable()
        assert MARK not in line
    return found


class Attack:
    """Holds one input after the other to the laws, and counts what became of them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.conversation = rm.Conversation()

    def try_one(self, name: str, value: Any, number: int) -> None:
        """Hold one input, made from this number, to every law."""
        chance, turn = random.Random(number), number % 4
        self.counts["inputs"] += 1
        if self.counts["inputs"] % LIFE == 0:
            self.conversation = rm.Conversation(audio=chance.random() < 0.5)
        decode, from_json, keeps = target(name)
        strict = outcome(decode, value)
        is_error = isinstance(strict, Raised)
        self.counts["refused" if is_error else "decoded"] += 1
        problems = strict.problems if isinstance(strict, Raised) else ()
        found = rm.check(name, value)
        if FULL not in {one.code for one in (*found[-1:], *problems[-1:])}:
            assert [one for one in found if one.severity == "error"] == [*problems]
        if not is_error:
            assert rm.to_wire(strict) == expressible(value)
            assert rm.to_wire(rm.from_wire(name, value)) == rm.to_wire(strict)
        if turn == 0 and PYDANTIC:
            self.pydantic(name, value, strict)
        if not keeps:
            return
        kept = outcome(decode, value, invalid="keep")
        if isinstance(kept, Raised):
            assert kept.problems == problems
            assert not isinstance(value, Mapping)
            return
        if not is_error:
            assert (kept, repr(kept)) == (strict, repr(strict))
        assert kept.problems == problems
        if isinstance(value, Mapping) and NOT_ALL.isdisjoint(one.code for one in problems):
            assert kept.to_dict() == expressible(value)
        if turn == 0 and ATTRS and not isinstance(kept, rm.Unknown):
            self.attrs(kept)
        elif turn == 1:
            self.value(kept, decode if isinstance(find(name), type) else None)
        elif turn == 2:
            self.text(from_json or decode, decode, value, chance)
        elif turn == 3:
            self.elsewhere(kept, chance)

    def value(self, kept: Any, decode: Callable[..., Any] | None) -> None:
        """Hold a decoded value to what holds of every value."""
        shown = repr(kept)
        assert shown.isprintable()
        assert MARK not in shown
        copies = [pickle.loads(pickle.dumps(kept)), replace(kept), copy.deepcopy(kept)]
        for other in copies:
            assert (other, hash(other), repr(other)) == (kept, hash(kept), shown)
            assert other.problems == kept.problems
        if decode and not kept.problems:
            again = outcome(decode, kept.to_dict())
            assert (again, repr(again)) == (kept, shown)
            assert type(kept).from_json(kept.to_json()) == kept
        elif isinstance(kept, Model):
            json.loads(kept.to_json())

    def text(
        self,
        from_json: Callable[..., Any],
        decode: Callable[..., Any],
        value: Any,
        chance: random.Random,
    ) -> None:
        """Decode the message as text, and as text with a few bytes changed."""
        try:
            text = json.dumps(value, allow_nan=False)
        except (TypeError, ValueError, RecursionError):
            return
        self.counts["texts"] += 1
        for options in ({}, {"invalid": "keep"}):
            of_text, of_value = (
                outcome(from_json, text, **options),
                outcome(decode, json.loads(text), **options),
            )
            assert type(of_text) is type(of_value)
            if not isinstance(of_text, Raised):
                assert (of_text, of_text.problems) == (of_value, of_value.problems)
        raw = bytearray(text.encode())
        for _ in range(chance.randrange(1, 4)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        del raw[chance.randrange(len(raw), 2 * len(raw)) :]
        broken = outcome(from_json, raw, invalid="keep")
        if not isinstance(broken, Raised):
            self.value(broken, None)

    def elsewhere(self, kept: Any, chance: random.Random) -> None:
        """Give a decoded value to what takes any."""
        if hasattr(kept, "to_request"):
            try:
                sent = kept.to_request()
            except ValueError:
                self.counts["no request"] += 1
            else:
                self.counts["requests"] += 1
                codes = {one.code for one in rm.check(type(sent), sent.to_dict())}
                assert codes.isdisjoint({"refused", "unknown_field"})
        model: Any = type(kept)
        for convert in (rm.to_ga, rm.to_beta):
            if converts(convert, model):
                self.counts["conversions"] += 1
                value, lost = convert(kept).value, convert(kept).lost
                assert {one.code for one in lost} <= {"no_place"}
                if isinstance(value, Model):
                    self.value(value, None)
        self.conversation.receive(kept)
        if chance.random() < 0.1:
            self.conversation.sent(kept)
            current = self.conversation
            for one in [*current.items, *current.responses, current.response, current.session]:
                repr(one), hash(one)

    def pydantic(self, name: str, value: Any, strict: Any) -> None:
        """Validate as pydantic does: it refuses what we do, and lone surrogates."""
        from pydantic import ValidationError

        found: Any
        try:
            found = adapter(name).validate_python(value)
        except ValidationError as error:
            found = error
        if isinstance(found, ValidationError):
            assert isinstance(strict, Raised) or "lone surrogate" in str(found)
            assert MARK not in str(found)
        else:
            assert found == strict

    def attrs(self, kept: Any) -> None:
        """Mirror a value, if it is healthy, and turn it back."""
        from realtime_models_attrs import to_attrs

        mirrored = outcome(to_attrs(type(kept)).from_wire, kept)
        assert isinstance(mirrored, Raised) == bool(kept.problems)
        if not kept.problems:
            assert (mirrored.to_wire(), repr(mirrored)) == (kept, repr(kept))


@cache
def adapter(name: str) -> Any:
    """Return pydantic's reader of a type."""
    from pydantic import TypeAdapter

    from realtime_models_pydantic import Wire

    hint: Any = find(name)
    return TypeAdapter(Annotated[hint, Wire])


@cache
def converts(convert: Callable[[Any], Any], model: Any) -> bool:
    """Whether a type has another form."""
    try:
        convert(model.from_dict({}, invalid="keep"))
    except TypeError:
        return False
    return True


def inputs(known: list[Message], seed: int, count: int) -> Iterator[tuple[int, Message]]:
    """Yield messages with changes, each with the seed that makes it again."""
    for number in range(seed, seed + count):
        yield number, mutated(known, random.Random(number))


def run(seed: int, count: int) -> Counter[str]:
    """Try some inputs, and return the counts; report those that break a law, with their seeds."""
    attack, known = Attack(), messages()
    for number, (name, value) in inputs(known, seed, count):
        try:
            attack.try_one(name, value, number)
        except Exception:
            attack.counts["broke a law"] += 1
            print(f"seed {number}: {name}: {repr(value)[:4000]}", file=sys.stderr)
            traceback.print_exc()
            if attack.counts["broke a law"] == ENOUGH:
                break
    return attack.counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many to try")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first one")
    options = parser.parse_args()
    start = time.monotonic()
    counts = run(options.seed, options.inputs)
    for what, count in counts.items():
        print(f"{count:>10,} {what}")
    print(f"{time.monotonic() - start:>10,.0f} seconds")
    return 1 if counts["broke a law"] else 0


if __name__ == "__main__":
    sys.exit(main())
