"""The generated modules in few lines, for copies for which size counts more than speed.

The written-out code of a class goes, and its fields become one line each, in a form that says what
they are given as and what they hold (``fields``, in the package ``compact``). What is made here is
the text of another module of the same public names, which is then copied like any.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from itertools import takewhile
from typing import Final

from .edits import Text
from .forms import WIDTH, field
from .sources import Source

HEAD: Final = """
from ..compact.aliases import Alias
from ..compact.fields import Array, As, Field, Null, Open, OpenArray, Opt, dataclass
from ..compact.models import Model, Unknown, written
from ..compact.sending import as_request
from ..compact.shapes import Limits
from ..compact.values import JsonObject
from ..decode import Invalid
from ..hints import UndocumentedInt, UndocumentedNull, UndocumentedStr
from ..sentinel import UNSET, UnsetType
from ..values import FrozenDict, JsonValue, RawObject
"""
QUOTES: Final = '"' * 3


def compact(source: Source, requests: Collection[str]) -> Source:
    """A generated module in few lines; ``requests`` are the types that ``to_request`` may give."""
    module = _Module(Text(source.text), requests)
    doc, *rest = ast.parse(source.text).body
    head = f"{module.statement(doc)}\nfrom __future__ import annotations\n{HEAD}"
    return Source(source.name, source.is_package, head + "".join(map(module.statement, rest)))


class _Module:
    """The module from which the smaller one is made."""

    def __init__(self, text: Text, requests: Collection[str]) -> None:
        self._text = text
        self._requests = requests

    def statement(self, node: ast.stmt) -> str:
        """What stands in place of a statement; nothing, where it is not needed."""
        match node:
            case ast.ImportFrom(level=2) | ast.ImportFrom(module="__future__"):
                return ""
            case ast.ClassDef(name=name) if not name.startswith("_"):
                return "".join(f"{line}\n" for line in self._class(node))
            case ast.FunctionDef():
                return self._function(node)
            case ast.AnnAssign(target=ast.Name(id=name)) if name.startswith("_"):
                return ""
            case ast.ClassDef():
                return ""
            case ast.Expr():
                return f"{self._doc(node, '')}\n"
            case _:
                return f"\n{self._of(node)}\n"

    def _of(self, node: ast.stmt | ast.expr) -> str:
        """The text of a node, as it is."""
        return self._text.edited(*self._text.span(node), ())

    def _class(self, node: ast.ClassDef) -> Iterator[str]:
        methods = {part.name: part for part in node.body if isinstance(part, ast.FunctionDef)}
        request = self._request(methods.get("to_request"))
        arguments = methods["__init__"].args
        pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        given = {argument.arg: (argument.annotation, default) for argument, default in pairs}
        yield f"\n\n@final\n@dataclass(frozen=True, kw_only=True)\nclass {node.name}(Model):"
        for part in takewhile(_is_not_extra, node.body):
            match part:
                case ast.AnnAssign(target=ast.Name(id=name), annotation=held):
                    annotation, default = given[name]
                    yield from field(self._text, name, held, annotation or held, default)
                case ast.Expr():
                    yield f"    {self._doc(part, '    ')}" + "\n" * (part is node.body[0])
                case ast.Assign(targets=[ast.Name(id="_hidden")]):
                    yield f"    {self._of(part)}"
                case ast.Assign(targets=[ast.Name(id="_read_only")]) if request:
                    yield f"    {self._of(part)}"
                case _:
                    pass
        yield from request

    def _doc(self, node: ast.Expr, indent: str) -> str:
        """A description without the name of the schema, which is that of the type."""
        words, schema, _ = self._of(node).partition(f"\n\n{indent}Schema: ")
        fits = "\n" not in words and len(f"{indent}{words}") <= WIDTH - len(QUOTES)
        return words if not schema else words + (QUOTES if fits else f"\n{indent}{QUOTES}")

    def _request(self, method: ast.FunctionDef | None) -> list[str]:
        """The method that gives the request, if the type of that is there."""
        match method:
            case ast.FunctionDef(returns=ast.Name(id=name), body=[doc, _]) if (
                name in self._requests
            ):
                start = f"\n    def to_request(self) -> {name}:\n        {self._of(doc)}"
                return [start, f"        return as_request(self, {name}, self._read_only)"]
            case _:
                return []

    def _function(self, node: ast.FunctionDef) -> str:
        """A function of an alias, with its signature and its description."""
        span = self._text.span(node)[0], self._text.span(node.body[0])[1]
        value = node.args.args[0].arg
        verb = "from_json" if node.name.endswith("from_json") else "from_dict"
        match node.returns:
            case ast.Name(id="JsonValue"):
                result = f"written({value})"
            case ast.Name(id=alias):
                more = ", invalid" if node.args.kwonlyargs else ""
                result = f'Alias[{alias}]("{alias}").{verb}({value}{more})'
                if len(result) > WIDTH - len("    return "):
                    result = result.replace(f'"{alias}"', f'\n        "{alias}"\n    ')
            case _:
                result = f"{value}.to_dict()"
        return f"\n\n{self._text.edited(*span, ())}\n    return {result}\n"


def _is_not_extra(part: ast.stmt) -> bool:
    """Whether this is no declaration of ``extra``, which the base has for all."""
    match part:
        case ast.AnnAssign(target=ast.Name(id="extra")):
            return False
        case _:
            return True
