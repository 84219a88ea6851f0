"""The cases of ``tests/data`` on any copy of the library, where nothing else can be installed.

``python portable.py MODULE DATA [PATH…]`` imports the copy MODULE from the PATHs and nothing of the
original; it needs the standard library only. A file with some types runs the cases of those. The
last line says how many cases were run; the exit status is 1 if one failed, or if there was none.
"""

from __future__ import annotations

import copy
import importlib
import importlib.abc
import json
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ORIGINAL = "_".join(["realtime", "models"])  # Tools that rename imports must not find it.


def is_original(name: str) -> bool:
    """Whether a module has its name in the original, or in one of its adapters."""
    package = name.partition(".")[0]
    return package == ORIGINAL or package.startswith(f"{ORIGINAL}_")


class Blocked(importlib.abc.MetaPathFinder):
    """Blocks imports of the original."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if is_original(fullname):
            raise ModuleNotFoundError(f"{fullname} is blocked", name=fullname)


class Copy:
    """A copy of the library."""

    def __init__(self, module: Any) -> None:
        self.module = module
        self._named = {name.replace("_", "").lower(): name for name in module.__all__}

    def has(self, type_name: str) -> bool:
        """Whether a type is there, with a way to decode it."""
        found = getattr(self.module, type_name, None)
        return isinstance(found, type) or f"{type_name.lower()}fromdict" in self._named

    def decode(self, type_name: str, data: Any) -> Any:
        if f"{type_name.lower()}fromdict" in self._named:
            return self._call(type_name, "fromdict", data)
        return getattr(self.module, type_name).from_dict(data)

    def write(self, type_name: str, value: Any) -> Any:
        return (
            value.to_dict() if hasattr(value, "to_dict") else self._call(type_name, "todict", value)
        )

    def expect_problems(self, case: Any, severity: str, expected: list[list[str]]) -> None:
        """Compare what ``check`` finds with the case; copies of one file have no ``check``."""
        if hasattr(self.module, "check"):
            found = self.module.check(case["type"], case["data"])
            expect([_told(problem) for problem in found if problem.severity == severity], expected)

    def models(self) -> Iterator[Any]:
        """Yield the classes of the copy that are models."""
        for name in self.module.__all__:
            found = getattr(self.module, name)
            is_model = isinstance(found, type) and hasattr(found, "from_json")
            if is_model and name not in ("Model", "Unknown"):
                yield found

    def _call(self, type_name: str, verb: str, value: Any) -> Any:
        return getattr(self.module, self._named[type_name.lower() + verb])(value)


def _told(problem: Any) -> list[str]:
    return [problem.pointer, problem.code, problem.message]


def valid(library: Copy, case: Any) -> None:
    """Assert that a valid message comes back equal, also from a copy and from a pickle."""
    value = library.decode(case["type"], case["data"])
    expect(library.write(case["type"], value), case["data"])
    library.expect_problems(case, "error", [])
    expect(copy.deepcopy(value), value)
    expect(pickle.loads(pickle.dumps(value)), value)
    if hasattr(value, "to_json"):
        expect(json.loads(value.to_json()), case["data"])


def invalid(library: Copy, case: Any) -> None:
    """Assert that an invalid message is refused with every problem."""
    try:
        library.decode(case["type"], case["data"])
    except library.module.DecodeError as error:
        expect([_told(problem) for problem in error.problems], case["problems"])
        library.expect_problems(case, "error", case["problems"])
    else:
        raise AssertionError("it was decoded")


def notices(library: Copy, case: Any) -> None:
    """Assert that a message beyond the description decodes with notices."""
    value = library.decode(case["type"], case["data"])
    expect(library.write(case["type"], value), case["data"])
    library.expect_problems(case, "notice", case["notices"])


def accepted(library: Copy, text: bytes) -> None:
    """Assert that a text that is JSON is refused, if at all, for its content."""
    for model in library.models():
        try:
            model.from_json(text)
        except library.module.DecodeError as error:
            expect("invalid_json" in [problem.code for problem in error.problems], False)


def refused(library: Copy, text: bytes) -> None:
    """Assert that a text that is not JSON is refused for that."""
    for model in library.models():
        try:
            model.from_json(text)
        except library.module.DecodeError as error:
            expect([problem.code for problem in error.problems], ["invalid_json"])
        else:
            raise AssertionError("it was decoded")


def expect(found: object, expected: object) -> None:
    """Assert a condition, even under ``-O``, where ``assert`` does nothing."""
    if found != expected or (isinstance(found, bool) and found is not expected):
        raise AssertionError(f"expected {expected!r}, found {found!r}")


KINDS: dict[str, Callable[[Copy, Any], None]] = {
    "valid": valid,
    "invalid": invalid,
    "notices": notices,
    "text/accepted": accepted,
    "text/refused": refused,
}


def cases(library: Copy, data: Path) -> Iterator[tuple[str, Path, Any]]:
    """Yield the cases of the types that are there: their kind, their file, and what they hold."""
    for kind in KINDS:
        for path in sorted((data / kind).glob("*.json")):
            if kind.startswith("text"):
                yield kind, path, path.read_bytes()
                continue
            case = json.loads(path.read_text("utf-8"))
            if library.has(case["type"]):
                yield kind, path, case


def main(name: str, data: str, *paths: str) -> int:
    """Run the cases on a copy; return the exit status."""
    sys.path[:0] = paths
    sys.meta_path.insert(0, Blocked())
    library = Copy(importlib.import_module(name))
    passed: Counter[str] = Counter()
    failures = 0
    for kind, path, case in cases(library, Path(data)):
        try:
            KINDS[kind](library, case)
            passed[kind] += 1
        except Exception as error:
            failures += 1
            print(f"{kind}/{path.name}: {type(error).__name__}: {error}"[:500])
    if any(map(is_original, sys.modules)):
        print("the original was imported")
        failures += 1
    counts = ", ".join(f"{count} {kind}" for kind, count in passed.items())
    print(f"{name}: {passed.total()} cases passed ({counts}), {failures} failed")
    return 1 if failures or not passed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
