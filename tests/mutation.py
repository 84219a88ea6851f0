"""A pytest plugin that finds changes of the code that no test notices: ``tox -e mutation``.

mutmut makes the changes. Its own runner starts pytest anew for each, with thousands of tests to
find; this starts it once. Every test runs once, while what it calls is noted. Then each change is
tried in a fork with the tests that call the changed function, the quick ones first, until one fails
or ``--seconds`` of them have run. The changes that survive are printed; ``--survivors`` tries them
once more. A function that runs when it is imported only cannot be changed so: it is ``untested``.
"""

from __future__ import annotations
import __future__

import difflib
import os
import pkgutil
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cached_property
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

import libcst as cst
import pytest
from hypothesis import settings
from mutmut.mutation.file_mutation import create_mutations, deep_replace

import realtime_models as rm
from realtime_models import catalog, wire
from realtime_models._runtime import shape

monitoring: Any = vars(sys)["monitoring"]  # of Python 3.12 and newer
OUTPUT = os.dup(1)  # which pytest captures
CACHED = ("annotations", "catalog", "shape")
"""The modules whose results are cached; the caches are cleared before each test of theirs."""
SLACK = 20.0
"""The seconds beyond three times its tests' own that a change may take: more is endless."""


class Mutant(NamedTuple):
    """One change of one function."""

    name: str
    function: Any
    code: CodeType
    defaults: tuple[tuple[Any, ...] | None, dict[str, Any] | None]
    difference: str


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutate", action="append", default=[], help="a module or package")
    parser.addoption("--seconds", type=float, default=10, help="of tests for each change")
    parser.addoption("--only", default="*", help="a pattern of the names of changes")
    parser.addoption("--every", type=int, default=1, help="try one in so many changes")
    parser.addoption("--survivors", action="store_true", help="only those of the last run")


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    settings.register_profile("mutation", settings.get_profile("tests"), max_examples=3)
    settings.load_profile("mutation")


@pytest.fixture(autouse=True)
def cold(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clear what earlier tests have loaded and cached, which would hide a change."""
    tries: Tries | None = request.config.pluginmanager.get_plugin("tries")
    if not (tries and tries.is_cold):
        return
    for value in vars(shape).values():
        getattr(value, "cache_clear", int)()
    shape._MODELS.clear()
    monkeypatch.setattr(catalog, "_docs", catalog._read_docs)
    for name in [*wire.HOMES, *rm._HAND_WRITTEN]:
        vars(rm).pop(name, None)


class Tries:
    """The tests of a run: how long each takes, what it calls, and which found a change."""

    def __init__(
        self, session: pytest.Session, functions: dict[CodeType, str], is_cold: bool
    ) -> None:
        self.items = {item.nodeid: item for item in session.items}
        self.functions = functions
        self.plugins = session.config.pluginmanager
        self.called: set[str] = set()
        self.failed = False
        self.in_fork = False
        self.found: Counter[str] = Counter()
        self.cache = session.config.cache
        assert self.cache is not None
        self.is_cold = is_cold
        self.key = "mutation/cold" if is_cold else "mutation/warm"
        stored = self.cache.get(self.key, {})
        self.known: dict[str, tuple[float, list[str]]] = {
            name: stored[name] for name in self.items if name in stored
        }

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed
        if self.in_fork and report.failed:
            os._exit(1)

    def run(self, names: list[str]) -> None:
        """Run some tests, in this order."""
        items = [self.items[name] for name in names]
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def measure(self) -> None:
        """Run every test that is not known yet; all must pass."""
        monitoring.use_tool_id(4, "mutation")
        events = monitoring.events.PY_START
        for code in self.functions:
            monitoring.set_local_events(4, code, events)
        monitoring.register_callback(4, events, self._notice)
        for name in self.items:
            if name not in self.known:
                monitoring.restart_events()
                self.called, start = set(), time.monotonic()
                self.run([name])
                if self.failed:
                    pytest.exit(f"{name} fails without any change", returncode=2)
                self.known[name] = (time.monotonic() - start, sorted(self.called))
                if not len(self.known) % 100:
                    self.store()
        for code in self.functions:
            monitoring.set_local_events(4, code, 0)
        monitoring.free_tool_id(4)
        self.store()

    def store(self) -> None:
        """Remember what the tests call, for later runs."""
        assert self.cache is not None
        self.cache.set(self.key, {**self.cache.get(self.key, {}), **self.known})

    def _notice(self, code: CodeType, _offset: int) -> object:
        self.called.add(self.functions[code])
        return monitoring.DISABLE

    def chosen(self, function: str, seconds: float) -> list[str]:
        """Return the tests that call a function: first what is quick and unlike the others."""
        rounds: Counter[str] = Counter()
        order: list[tuple[int, float, float, str]] = []
        for took, name in sorted((took, name) for name, (took, _) in self.known.items()):
            if function in self.known[name][1]:
                kind = name.partition("[")[0]
                rounds[kind] += 1
                order.append((-self.found[name], rounds[kind] * took, took, name))
        names: list[str] = []
        for _, _, took, name in sorted(order):
            seconds -= took
            if seconds < 0 and names:
                break
            names.append(name)
        return names

    def survives(self, mutant: Mutant, seconds: float) -> str:
        """Try one change in a fork; return what became of it."""
        names = self.chosen(function_of(mutant.name), seconds)
        if not names:
            return "untested"
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            self._try(mutant, names, writing)
        os.close(writing)
        with open(reading, encoding="utf-8") as lines:
            begun = lines.read().splitlines()
        _, status = os.waitpid(child, 0)
        if status == 0:
            return "survived"
        if begun:
            self.found[begun[-1]] += 1
        return "endless" if os.WIFSIGNALED(status) else "killed"

    def _try(self, mutant: Mutant, names: list[str], writing: int) -> None:
        self.in_fork = True
        self.plugins.unregister(name="terminalreporter")
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(int(3 * sum(self.known[name][0] for name in names) + SLACK))
        # Each call of a changed function may go through several others.
        mutant.function.__code__ = mutant.code
        mutant.function.__defaults__, mutant.function.__kwdefaults__ = mutant.defaults
        try:
            for name, following in zip(names, [*names[1:], None], strict=True):
                os.write(writing, f"{name}\n".encode())
                item = self.items[name]
                after = self.items[following] if following else None
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        except BaseException:
            os._exit(1)
        os._exit(0)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Try all changes of the modules that ``--mutate`` names, in place of running the tests."""
    option = session.config.option
    if not option.mutate or option.collectonly:
        return None
    modules = [module for name in option.mutate for module in modules_of(name)]
    cached = [module for module in modules if module.__name__.rpartition(".")[2] in CACHED]
    others = [module for module in modules if module not in cached]
    survivors = [*try_changes(session, others, False), *try_changes(session, cached, True)]
    assert session.config.cache is not None
    session.config.cache.set("mutation/survivors", survivors)
    return True


def try_changes(session: pytest.Session, modules: list[ModuleType], is_cold: bool) -> list[str]:
    """Try the changes of some modules; return the names of those that survive."""
    option, cache = session.config.option, session.config.cache
    functions = {
        function.__code__: f"{module.__name__}:{name}"
        for module in modules
        for name, function in functions_in(module).items()
    }
    assert cache is not None
    tries, survivors = Tries(session, functions, is_cold), list[str]()
    session.config.pluginmanager.register(tries, "tries")
    if modules:
        tries.measure()
    last = set(cache.get("mutation/survivors", []))
    for module in modules:
        counts: Counter[str] = Counter()
        for mutant in islice(mutants_of(module), 0, None, option.every):
            if not fnmatch(mutant.name, option.only) or (
                option.survivors and mutant.name not in last
            ):
                continue
            what = tries.survives(mutant, option.seconds)
            counts[what] += 1
            if what in ("survived", "untested"):
                survivors.append(mutant.name)
                tell(f"{what}: {mutant.name}\n{mutant.difference}")
        total = ", ".join(f"{count} {what}" for what, count in counts.items())
        tell(f"{module.__name__}: {counts.total()} changes: {total}")
    session.config.pluginmanager.unregister(tries)
    return survivors


def tell(text: str) -> None:
    """Print below a blank line."""
    os.write(OUTPUT, f"\n{text}\n".encode())


def modules_of(name: str) -> list[ModuleType]:
    """Return a module, or the modules of a package."""
    module = import_module(name)
    inside = [one.name for one in pkgutil.iter_modules(getattr(module, "__path__", ()))]
    return [import_module(f"{name}.{one}") for one in inside] or [module]


def function_of(mutant: str) -> str:
    """Return the name of the function of a mutant."""
    return mutant.rpartition("#")[0]


def functions_in(module: ModuleType) -> dict[str, FunctionType]:
    """Return the functions and methods of a module by their names in it."""
    found: dict[str, FunctionType] = {}

    def look(owner: Any, prefix: str) -> None:
        for value in vars(owner).values():
            if isinstance(value, (classmethod, staticmethod)):
                value = value.__func__
            elif isinstance(value, property):
                value = value.fget
            elif isinstance(value, cached_property):
                value = value.func
            if isinstance(value, FunctionType) and value.__module__ == module.__name__:
                found.setdefault(prefix + value.__name__, value)
            elif isinstance(value, type) and value.__module__ == module.__name__ and not prefix:
                look(value, f"{value.__name__}.")

    look(module, "")
    return found


def owners(node: cst.CSTNode, classes: str = "") -> Iterator[tuple[int, str, cst.FunctionDef]]:
    """Yield every node in a function, by its identity, with the function and its name."""
    if isinstance(node, cst.FunctionDef):
        for inner in within(node):
            yield id(inner), classes + node.name.value, node
    else:
        inside = f"{node.name.value}." if isinstance(node, cst.ClassDef) else classes
        for child in node.children:
            yield from owners(child, inside)


def within(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield a node and all nodes in it."""
    yield node
    for child in node.children:
        yield from within(child)


def mutants_of(module: ModuleType) -> Iterator[Mutant]:
    """Yield every change that mutmut makes in the functions of a module."""
    path = module.__file__
    assert path
    text = Path(path).read_text("utf-8")
    # It leaves out what is decorated.
    tree, mutations, _, _ = create_mutations(path, re.sub(r" +@(cached_)?property\n", "", text))
    functions = functions_in(module)
    owner = {node: (name, function) for node, name, function in owners(tree)}
    numbers: Counter[str] = Counter()
    for mutation in mutations:
        name, node = owner.get(id(mutation.original_node), ("", tree))
        if not isinstance(node, cst.FunctionDef) or name not in functions:
            continue
        changed = deep_replace(node, mutation.original_node, mutation.mutated_node)
        numbers[name] += 1
        try:
            code, defaults = compiled(changed, functions[name], module)
        except (SyntaxError, TypeError, NameError):  # It does not run at all.
            continue
        yield Mutant(
            f"{module.__name__}:{name}#{numbers[name]}",
            functions[name],
            code,
            defaults,
            difference(node, changed),
        )


def compiled(
    node: cst.FunctionDef, function: FunctionType, module: ModuleType
) -> tuple[CodeType, Any]:
    """Compile a function; return what a function of it is made of."""
    text = source(node)
    if function.__code__.co_freevars:  # It is `super()` that needs the class.
        lines = "".join(f"    {line}" for line in text.splitlines(keepends=True))
        text = f"def outer():\n    __class__ = None\n{lines}"
    flag = __future__.annotations.compiler_flag
    whole = compile(text, module.__file__ or "", "exec", flag, dont_inherit=True)
    if function.__code__.co_freevars:
        outer = next(one for one in whole.co_consts if isinstance(one, CodeType))
        code = next(one for one in outer.co_consts if isinstance(one, CodeType))
        return code, (function.__defaults__, function.__kwdefaults__)
    namespace = dict(vars(module))
    exec(whole, namespace)
    made: Any = namespace[node.name.value]
    return made.__code__, (made.__defaults__, made.__kwdefaults__)


def source(node: cst.FunctionDef) -> str:
    """Return the text of a function without its decorators."""
    text: str = cst.Module([node.with_changes(decorators=[], leading_lines=[])]).code
    return text


def difference(node: cst.FunctionDef, changed: cst.FunctionDef) -> str:
    """Return the lines that a change changes."""
    old, new = source(node).splitlines(), source(changed).splitlines()
    lines = difflib.unified_diff(old, new, lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
