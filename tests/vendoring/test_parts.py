"""How definitions of several modules become one module: names keep their meaning."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pytest

from realtime_models.vendoring.binding import Internal
from realtime_models.vendoring.edits import Edit, Text
from realtime_models.vendoring.members import Fewer
from realtime_models.vendoring.naming import Names
from realtime_models.vendoring.printing import body, imports, in_order
from realtime_models.vendoring.selection import Library, select
from realtime_models.vendoring.sources import Source, VendorError
from realtime_models.vendoring.squeeze import squeezed
from realtime_models.vendoring.stamp import stamped, wish_in
from realtime_models.vendoring.wish import Wish


def merged(modules: Mapping[str, str], *names: str, kept: str | None = None) -> str:
    """One module with some names of ``pkg.main``, and what they need."""
    found = [Source("pkg", True, "")]
    found += [Source(f"pkg.{name}", False, textwrap.dedent(text)) for name, text in modules.items()]
    library = Library(found)
    selection = select(library, [Internal("pkg.main", name) for name in names], [])
    codes = in_order(library, selection.codes)
    public = library.meanings(Internal("pkg.main", kept)) if kept else []
    written = Names(library, codes, public)
    return f"{imports(list(written.imports()))}\n\n{body(library, codes, written)}\n"


def result(modules: Mapping[str, str]) -> object:
    """What ``run`` of ``pkg.main`` gives in one module."""
    space: dict[str, object] = {"__name__": "merged"}
    exec(merged(modules, "run"), space)
    run = space["run"]
    assert callable(run)
    return run()


MEANINGS: list[tuple[str, dict[str, str], object]] = [
    (
        "a local name is not that of another module",
        {
            "main": """
                from .other import double

                def run():
                    value = 2
                    return double(value)
                """,
            "other": """
                value = 5

                def double(number):
                    return number * 2
                """,
        },
        4,
    ),
    (
        "two private names are two",
        {
            "main": """
                from . import other
                from .third import _part as third_part

                def _part():
                    return "main"

                def run():
                    return _part(), other._part(), third_part()
                """,
            "other": "def _part():\n    return 'other'\n",
            "third": "def _part():\n    return 'third'\n",
        },
        ("main", "other", "third"),
    ),
    (
        "what is imported late is there, though a local name is like it",
        {
            "main": """
                def run(found=0):
                    from .other import found as other_found
                    from . import other

                    def inner():
                        from .other import found as once_more
                        return once_more

                    assert inner() == 7

                    missing = other_found
                    return missing, other.missing(found)
                """,
            "other": """
                found = 7

                def missing(value):
                    return value + found
                """,
        },
        (7, 7),
    ),
    (
        "scopes are those of Python",
        {
            "main": """
                import json
                from .other import a, b, c, d, e, f, g, h, i

                class Holder:
                    a = a + 1
                    own = [a for _ in range(1)][0]

                    def method(self):
                        return a

                def run(*b, **c):
                    lazy = lambda d, *, k=d: (d, k)
                    pairs = [(e, x) for e in (e,) for x in (e,)]
                    try:
                        raise ValueError(a)
                    except ValueError as f:
                        told = f.args
                    with open(__import__("os").devnull, "rb") as g:
                        closed = g.closed
                    if (h := 8) and any((last := n) for n in (9,)):
                        pass
                    match [1, {"x": 2, "y": 3}]:
                        case [i, {"x": 2, **rest}]:
                            pass
                    async def later(d):
                        return d, a
                    try:
                        later(10).send(None)
                    except StopIteration as stopped:
                        awaited = stopped.value
                    values = {key: a for key in "k"} | {"set": {a for a in (4,)}}
                    return (Holder.a, Holder.own, Holder().method(), b, c, lazy(0), pairs,
                            h, last, i, rest, awaited, values, sorted(json.loads("[2, 1]")))
                """,
            "other": "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\ng = 7\nh = 80\ni = 90\n",
        },
        None,
    ),
    (
        "a builtin stays one",
        {
            "main": """
                from .other import total

                def run():
                    return total([1, 2]), sum([1, 2])
                """,
            "other": """
                from .third import sum as add

                def total(values):
                    return add(values)
                """,
            "third": "def sum(values):\n    return 'sum'\n",
        },
        ("sum", 3),
    ),
    (
        "imports of others keep their names, or get new ones",
        {
            "main": """
                from json import dumps
                from .other import run_other

                def run():
                    return dumps([1]), run_other()
                """,
            "other": """
                from pickle import dumps
                import json as dump

                def run_other():
                    return dumps(None)[:1], dump.dumps(2)
                """,
        },
        ("[1]", (b"\x80", "2")),
    ),
    (
        "comments, strings below and overloads go with what they are about",
        {
            "main": """
                from typing import TYPE_CHECKING, Final, overload

                from .other import NAME

                if TYPE_CHECKING:
                    from .other import Unused

                # Above.
                LIMIT: Final = 3
                '''Below.'''

                @overload
                def both(value: int) -> int: ...
                @overload
                def both(value: str) -> str: ...
                def both(value):
                    return value

                if LIMIT > 2:
                    WORD = "many"
                else:
                    WORD = "few"

                def run():
                    return both(LIMIT), WORD, NAME
                """,
            "other": "OTHER = 1\nNAME = OTHER + 1\n\nclass Unused: ...\n",
        },
        (3, "many", 2),
    ),
]


@pytest.mark.parametrize(
    ("modules", "expected"), [m[1:] for m in MEANINGS], ids=[m[0] for m in MEANINGS]
)
def test_names_keep_their_meaning(modules: dict[str, str], expected: object) -> None:
    found = result(modules)
    assert found == as_a_package(modules)
    assert expected is None or found == expected


def as_a_package(modules: Mapping[str, str]) -> object:
    """What ``run`` gives where the modules are those of a package."""
    import importlib
    import sys
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"__init__": "", **modules}.items():
            path = Path(folder, "pkg", f"{name}.py")
            path.parent.mkdir(exist_ok=True)
            path.write_text(textwrap.dedent(text), "utf-8")
        sys.path.insert(0, folder)
        try:
            importlib.invalidate_caches()
            return importlib.import_module("pkg.main").run()
        finally:
            sys.path.remove(folder)
            for name in [name for name in sys.modules if name.partition(".")[0] == "pkg"]:
                del sys.modules[name]


TYPED = {
    "main": '''
        """The module."""

        from __future__ import annotations

        from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, TypeVar

        from .other import Box as Other, same

        if TYPE_CHECKING:
            from decimal import Decimal

        T = TypeVar("T")
        B = TypeVar("B", bound="Box")
        Either: TypeAlias = "Box | Other"
        """One of them."""

        class Box:
            kind: Literal["Box"]
            size: Annotated[Decimal, "Other"]

            def put(self: B, other: Either) -> B:
                return self

        def first(value: T) -> T:
            return same(value)
        ''',
    "other": """
        from __future__ import annotations

        from typing import TypeVar

        if TYPE_CHECKING:
            from .main import Box as Main

        T = TypeVar("T")
        B = TypeVar("B", bound="Box")

        class Box:
            def meet(self: B, main: Main) -> B:
                return self

        def same(value: T) -> T:
            return value
        """,
}


def test_strings_that_are_code_are_read_as_code_and_others_are_not() -> None:
    text = merged(TYPED, "Either", "first", kept="Either")
    assert text.count("TypeVar(") == 3  # The two T are one.
    assert '_main_B = TypeVar("_main_B", bound="_main_Box")' in text
    assert 'Either: TypeAlias = "_main_Box | Box"\n"""One of them."""\n' in text
    assert 'kind: Literal["Box"]\n    size: Annotated[Decimal, "Other"]\n' in text
    assert "def put(self: _main_B, other: Either) -> _main_B:" in text
    assert "def meet(self: B, main: _main_Box) -> B:" in text
    assert "if TYPE_CHECKING:\n    from decimal import Decimal\n" in text
    assert "# The module.\n" in text


def test_a_union_loses_members_in_its_alias_its_table_and_its_conditions() -> None:
    main = """
        from typing import TypeAlias
        from .other import Unknown, spare
        class A: ...
        class B: ...
        class C: ...
        Inner: TypeAlias = B | Unknown
        U: TypeAlias = A | Inner | C | str | Unknown
        TABLE: dict[str, U] = {
            "a": A.from_dict,
            "b": b_from_dict,
            "spare": spare, **{},
        }
        def b_from_dict(value) -> Inner: ...
        def u_from_dict(value) -> U:
            if "c" in value:
                return C.from_dict(value)
            if value:
                return list(value)
            return TABLE[0](value)
        run = u_from_dict
        """
    other = "class Unknown: ...\nspare = 1\n"
    found = [Source("pkg", True, ""), Source("pkg.main", False, textwrap.dedent(main))]
    library = Library([*found, Source("pkg.other", False, other)])
    union = Internal("pkg.main", "U")
    for members, gone in ({"A"}, "BC"), ({"Inner"}, "AC"), ({"C"}, "AB"):
        fewer = Fewer(library, union, members)
        selection = select(library, [Internal("pkg.main", "run"), union], [fewer])
        codes = in_order(library, selection.codes)
        text = body(library, codes, Names(library, codes, ()))
        assert [name for name in "ABC" if f"class {name}:" not in text] == list(gone)
        assert ('    "a":' in text, '    "b":' in text) == ("A" not in gone, "B" not in gone)
        assert ('if "c"' in text, "if value:" in text) == ("C" not in gone, True)
        shown = {"A": "A", "Inner": "Inner", "C": "C"}[next(iter(members))]
        assert f"U: TypeAlias = {shown} | str | Unknown\n" in text


def test_white_space_goes_where_it_means_nothing() -> None:
    text = '''\
import os


class A:
    """Words

      as they are.
    """

    def f(self):  # Another.
        if (
            self
            and [")", f"({self})#"]
        ):

            return """
    a
"""


# A comment.
def g(): ...
'''
    assert (
        squeezed(text)
        == '''\
import os

class A:
 """Words

      as they are.
    """
 def f(self):
  if (
   self
   and [")", f"({self})#"]
  ):
   return """
    a
"""

def g(): ...
'''
    )


def test_the_outer_of_two_edits_counts() -> None:
    text = Text("one two three\n")
    assert text.edited(0, 13, [Edit(4, 7, "2"), Edit(0, 7, "1-2")]) == "1-2 three"
    assert text.edited(4, 13, [Edit(8, 13, "3"), Edit(4, 4, "(")]) == "(two 3"


def test_a_stamp_that_is_cut_off_tells_as_much_as_it_has() -> None:
    stamp = stamped(Wish(("A",)), "x.py", "content\n", "# ")
    assert wish_in("".join(stamp.splitlines(keepends=True)[:2]), "# ") == Wish(("A",))
    assert wish_in("import os\n", "# ") is None


def test_names_that_are_to_be_kept_are_kept() -> None:
    modules = {
        "main": "from .other import part as other_part\ndef part(): return other_part()\n",
        "other": "def part(): return 1\n",
    }
    assert "def part(): return _other_part()" in merged(modules, "part", kept="part")


@pytest.mark.parametrize(
    ("modules", "error"),
    [
        ({"main": "def run():\n    global x\n    x = 1\n"}, NotImplementedError),
        ({"main": "print(1)\nrun = 1\n"}, NotImplementedError),
        ({"main": "run = {}\nrun[1] = 2\n"}, NotImplementedError),
        ({"main": "from . import other\nrun = [other]\n", "other": ""}, NotImplementedError),
        ({"main": "from . import other\nrun = other.x\n", "other": ""}, VendorError),
        ({"main": "def run(x: 'in' 't'): ...\n"}, NotImplementedError),
        ({"main": "def walk(): ...\n"}, VendorError),
        ({"main": "from json import dumps as run\n"}, VendorError),
    ],
)
def test_what_it_cannot_keep_the_meaning_of_is_refused(
    modules: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        merged(modules, "run")
