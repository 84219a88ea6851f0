"""``python -m tests.conversation`` runs the session with both clients, and prints it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conversation import official, ours
from tests.conversation.loopback import loopback
from tests.conversation.transcript import transcript


def main() -> None:
    """Print the transcript, and whether the two sessions are equal."""
    with TemporaryDirectory() as folder:
        with loopback(Path(folder, "official")) as server:
            asyncio.run(official.converse(server.websocket_url))
            theirs = server.frames()
        with loopback(Path(folder, "ours")) as server:
            asyncio.run(ours.converse(server.websocket_url))
            same = server.frames()
    print("\n".join(transcript(theirs)))
    equal = [*map(json.loads, theirs)] == [*map(json.loads, same)]
    print(f"{len(theirs)} messages; with a client of our types {'equal' if equal else 'different'}")


if __name__ == "__main__":
    main()
