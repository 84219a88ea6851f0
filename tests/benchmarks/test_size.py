"""The sizes that are printed are those of what was loaded, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import size


def test_a_module_is_as_large_as_its_file(tmp_path: Path) -> None:
    size.vendor(tmp_path / "tool.py", "MCPToolFilter")
    row = size.Row("a tool", "import tool")
    taken, files = size.probe(row, str(tmp_path))
    source = (tmp_path / "tool.py").read_bytes()
    (compiled,) = (tmp_path / "__pycache__").iterdir()
    expected = (1, source.count(b"\n"), len(source), compiled.stat().st_size)
    assert size.size(files) == expected
    assert taken > 0


def test_there_is_a_row_for_every_kind_of_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(size, "ROUNDS", 1)
    monkeypatch.setattr(size, "peers", list)
    size.main()
    head, _, titles, *rows = capsys.readouterr().out.splitlines()
    assert "medians of 1 rounds" in head
    assert titles.split() == ["files", "lines", "kB", "compiled", "import", "ratio"]
    assert len(rows) == 3 + 2 * 4
    assert rows[0].split()[-1] == "1.0"
    kilobytes = {row[:40].strip(): int(row.split()[-4].replace(",", "")) for row in rows}
    assert min(kilobytes, key=kilobytes.__getitem__).startswith("a session type, as a module")
