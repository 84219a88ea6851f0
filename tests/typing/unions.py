"""Programs that match every union of the library, made from the schema.

One match names all members, and must be exhaustive. The others forget one member each, in turn,
and must not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen import form
from codegen.annotations import AnnotationBuilder

SCALARS: Final = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def programs(schema: form.Form) -> Iterator[tuple[str, str]]:
    """Yield a program for each union, after the name of its file."""
    faces = AnnotationBuilder(schema.schemas())
    for alias in schema.schemas().values():
        if isinstance(alias, form.Alias):
            members = patterns(faces, alias)
            if len(members) > 1:
                yield f"union_{alias.name}.py", "\n".join(program(alias.name, members))


def patterns(faces: AnnotationBuilder, alias: form.Alias) -> list[str]:
    """Return the patterns that cover an alias, one for each distinguishable member."""
    found = [pattern(leaf) for leaf in faces.leaves([form.Ref(alias.name)])]
    if faces.keeps_unknown(alias):
        found.append("Unknown()")
    if faces.admits_null(form.Ref(alias.name)):
        found.append("None")
    return list(dict.fromkeys(found))


def pattern(kind: form.Type) -> str:
    """Return the pattern of whatever a type holds."""
    match kind:
        case form.Ref(name=name):
            return f"{name}()"
        case form.Scalar(kind=name):
            return f"{SCALARS[name]}()"
        case form.Enum(values=values):
            return "str()" if isinstance(values[0], str) else "int()"
        case form.Const():
            return "str()"
        case form.Array():
            return "tuple()"
        case form.Map():
            return "FrozenDict()"
        case form.FreeObject():
            return "JsonObject()"


def program(name: str, members: list[str]) -> Iterator[str]:
    """Yield a program with one exhaustive match, and for each member one that lacks it."""
    yield f'"""Every match over {name}, made from the schema."""'
    yield "from typing import assert_never"
    ours = {member[:-2] for member in members if member[0].isupper() and member != "None"}
    yield f"from realtime_models import {', '.join(sorted({name, *ours}))}"
    yield from function("every_member", name, members, "")
    for member in members:
        # In one case, since checkers take long for many.
        rest = " | ".join(other for other in members if other != member)
        without = member.removesuffix("()")
        yield from function(f"without_{without}", name, [rest], "  # error: never")


def function(verb: str, name: str, cases: list[str], expected: str) -> Iterator[str]:
    """Yield a match over some members that claims to be exhaustive."""
    yield f"def {verb}(value: {name}) -> int:"
    yield "    match value:"
    for index, case in enumerate(cases):
        yield f"        case {case}:"
        yield f"            return {index}"
    yield "        case _:"
    yield f"            assert_never(value){expected}"
