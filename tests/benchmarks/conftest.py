"""What needs the peers runs where they are installed: `tox -e bench-smoke`."""

from __future__ import annotations

from importlib.util import find_spec

PEERS = ("pydantic", "msgspec", "mashumaro", "adaptix", "cattrs", "dacite", "openai")

collect_ignore = [] if all(map(find_spec, PEERS)) else ["test_peers.py", "test_command.py"]
