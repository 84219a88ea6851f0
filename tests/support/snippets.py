"""The snippets of a page, run as its readers would run them."""

from __future__ import annotations

import contextlib
import io
import re
import textwrap
from pathlib import Path

FENCE = re.compile(r"^( *)```(\w+)[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)

COMMENT = re.compile(r"^(?:.*\S {2,}| *)# (?!error: )(.*)$", re.MULTILINE)


def snippets(page: Path, language: str) -> list[str]:
    """Return the code blocks of a page in one language, those inside tabs too.

    Those that include a file are left out: the file has tests of its own.
    """
    found = FENCE.findall(page.read_text("utf-8"))
    code = [textwrap.dedent(code) for _, kind, code in found if kind == language]
    return [text for text in code if not text.startswith("--8<--")]


def said(snippet: str) -> list[str]:
    """Return the output that a snippet's comments state, without those for type checkers."""
    return [line.rstrip() for line in COMMENT.findall(snippet)]


def printed(snippet: str, namespace: dict[str, object]) -> list[str]:
    """Return what a snippet really prints."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(snippet, "<snippet>", "exec", dont_inherit=True), namespace)
    return [line.rstrip() for line in output.getvalue().splitlines()]
