"""The pages of the documentation, and which of their snippets can run here."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from tests.support.paths import ROOT

PAGES = sorted((ROOT / "docs").rglob("*.md"))
OTHERS = ("openai",)
"""Packages whose snippets are run with a server: `tox -e conversation`."""

ADAPTED = {"realtime_models_attrs": "attrs", "realtime_models_pydantic": "pydantic"}


def by_path(page: Path) -> str:
    return str(page.relative_to(ROOT / "docs"))


def is_ours(snippet: str) -> bool:
    imported = re.findall(r"^(?:from|import) (\w+)", snippet, re.MULTILINE)
    # The snippets of the adapters' guide are run in the environments of the adapters.
    needed = {*imported, *(ADAPTED[name] for name in imported if name in ADAPTED)}
    return needed.isdisjoint(OTHERS) and all(map(find_spec, needed))
