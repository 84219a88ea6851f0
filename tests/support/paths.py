"""The paths of files that tests read."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schema"
EXAMPLES = ROOT / "examples"
DATA = ROOT / "tests" / "data"
REFERENCE = ROOT.parent / "shared" / "reference"

needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="needs the reference data in ../shared/reference"
)
