"""What is expected of the checkers, written as comments at the line, or above it:

``# error: KIND`` of all checkers, ``# error: KIND, not A, B: reason`` of all others, and
``# error: KIND, only A: reason`` of these. A kind is the same mistake under the names that the
checkers have for it. Where one cannot follow, the reason is part of the comment.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

CHECKERS: Final = ("mypy", "pyright", "basedpyright", "ty", "pyrefly")

COMMENT: Final = re.compile(
    r"# error: (?P<kind>[a-z]+)"
    r"(, (?P<how>not|only) (?P<names>[a-z]+(, [a-z]+)*): (?P<reason>\S.*))?"
)


@dataclass(frozen=True)
class Expectation:
    """A mistake at a line, and the checkers that report it."""

    file: str
    line: int
    kind: str
    checkers: tuple[str, ...]
    for_all: bool
    """Whether it is a mistake for all checkers, though some do not report it."""


@dataclass(frozen=True)
class Report:
    """What a checker reported."""

    file: str
    line: int
    rule: str
    message: str


def expectations(file: str, text: str) -> Iterator[Expectation]:
    """Yield the expectations in a program; raise ``ValueError`` for a malformed one."""
    waiting: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and token.string.startswith("# error"):
            if token.line.strip() == token.string:
                waiting.append(token.string)
            else:
                yield _expectation(file, token.start[0], token.string)
        elif token.type not in _NO_CODE:
            yield from (_expectation(file, token.start[0], comment) for comment in waiting)
            waiting.clear()


_NO_CODE: Final = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT)


def _expectation(file: str, line: int, comment: str) -> Expectation:
    found = COMMENT.fullmatch(comment)
    if found is None:
        raise ValueError(f"{file}:{line}: no expectation: {comment}")
    names = (found["names"] or "").split(", ") if found["how"] else []
    strange = {*names} - {*CHECKERS}
    if strange or found["kind"] not in KINDS:
        raise ValueError(f"{file}:{line}: no checker or kind: {comment}")
    wanted = found["how"] == "only"
    checkers = tuple(name for name in CHECKERS if (name in names) == wanted)
    return Expectation(file, line, found["kind"], checkers, not wanted)


def complaints(
    checker: str, expected: Iterable[Expectation], reports: Iterable[Report]
) -> Iterator[str]:
    """Yield what was expected and is missing, and what was not expected and is there."""
    wanted = [expectation for expectation in expected if checker in expectation.checkers]
    met: set[Expectation] = set()
    for report in reports:
        here = [one for one in wanted if (one.file, one.line) == (report.file, report.line)]
        fitting = [one for one in here if report.rule in KINDS[one.kind][checker]]
        met.update(fitting)
        if not fitting and not (here and report.rule in CONSEQUENCES):
            yield f"{report.file}:{report.line}: unexpected {report.rule}: {report.message}"
    for one in wanted:
        if one not in met:
            yield f"{one.file}:{one.line}: missing {one.kind}: {checker} says nothing of it"


def _kind(mypy: str, pyright: str, ty: str, pyrefly: str) -> dict[str, frozenset[str]]:
    """Return the rules of the checkers; basedpyright has pyright's."""
    rules = (mypy, pyright, pyright, ty, pyrefly)
    return {name: frozenset(text.split()) for name, text in zip(CHECKERS, rules, strict=True)}


KINDS: Final = {
    "argument": _kind(
        "arg-type list-item dict-item type-var",
        "reportArgumentType",
        "invalid-argument-type",
        "bad-argument-type bad-assignment bad-specialization",
    ),
    "bound": _kind(
        "type-var", "reportInvalidTypeArguments", "invalid-type-arguments", "bad-specialization"
    ),
    "call": _kind(
        "call-arg",
        "reportCallIssue",
        "missing-argument unknown-argument too-many-positional-arguments",
        "missing-argument unexpected-keyword bad-argument-count",
    ),
    "overload": _kind(
        "call-overload",
        "reportCallIssue reportArgumentType",
        "no-matching-overload",
        "no-matching-overload",
    ),
    "attribute": _kind(
        "attr-defined union-attr misc",
        "reportAttributeAccessIssue reportOptionalMemberAccess",
        "missing-attribute missing-union-attribute invalid-assignment missing-module-member",
        "missing-attribute",
    ),
    "import": _kind(
        "attr-defined",
        "reportAttributeAccessIssue",
        "missing-module-member unresolved-import",
        "missing-module-attribute",
    ),
    "assignment": _kind(
        "assignment",
        "reportAssignmentType",
        "invalid-assignment",
        "bad-assignment",
    ),
    "comparison": _kind("comparison-overlap", "reportUnnecessaryComparison", "", ""),
    "operator": _kind(
        "operator",
        "reportOperatorIssue reportOptionalOperand",
        "unsupported-operator",
        "unsupported-operation",
    ),
    "index": _kind(
        "index",
        "reportIndexIssue reportOptionalSubscript",
        "not-subscriptable",
        "bad-index unsupported-operation",
    ),
    "iteration": _kind(
        "union-attr misc",
        "reportOptionalIterable reportGeneralTypeIssues",
        "not-iterable",
        "not-iterable",
    ),
    "frozen": _kind(
        "misc",
        "reportAttributeAccessIssue",
        "invalid-assignment",
        "read-only",
    ),
    "item": _kind(
        "index attr-defined",
        "reportIndexIssue",
        "invalid-assignment not-subscriptable",
        "unsupported-operation",
    ),
    "never": _kind("arg-type", "reportArgumentType", "type-assertion-failure", "bad-argument-type"),
    "pattern": _kind(
        "attr-defined misc",
        "reportUnnecessaryComparison reportUnknownVariableType",
        "",
        "missing-attribute",
    ),
    "return": _kind("return", "reportReturnType", "invalid-implicit-return", "bad-return"),
    "match": _kind("", "reportMatchNotExhaustive", "", ""),
    "reveal": _kind(
        "assert-type",
        "reportAssertTypeFailure",
        "assert-type-unspellable-subtype type-assertion-failure",
        "assert-type",
    ),
    "wildcard": _kind("", "reportWildcardImportFromLibrary", "", ""),
    "any": _kind("", "reportAny", "", ""),
}
"""Each mistake, and the checkers' rules for it."""

CONSEQUENCES: Final = frozenset(
    [
        "reportUnknownMemberType",
        "reportUnknownVariableType",
        "reportUnknownArgumentType",
        "reportUnusedExpression",
    ]
)
"""What a checker reports beside a mistake, because of it."""
