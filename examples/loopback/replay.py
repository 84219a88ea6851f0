"""Play the server's part of a recorded session: a client hears what the server said then.

    python examples/loopback/replay.py examples/logs/translation.jsonl

The file has both directions, a JSON object a line. Where the client spoke, the server waits for an
event of the same type, and passes over others. It answers what ``check`` finds in an event with an
``error``, and closes the connection at the end. Needs the package ``websockets``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
from pathlib import Path

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from realtime_models import (
    RealtimeBetaServerEventErrorError,
    RealtimeServerEventError,
    Unknown,
    check,
    realtime_client_event_from_json,
    realtime_translation_client_event_from_json,
)


def is_by_client(line: str) -> bool:
    """Return whether an event was sent by a client, of either kind of session."""
    event = realtime_client_event_from_json(line, invalid="keep")
    other = realtime_translation_client_event_from_json(line, invalid="keep")
    return not (isinstance(event, Unknown) and isinstance(other, Unknown))


def wait(connection: ServerConnection, wanted: str, union: str) -> None:
    """Receive events until one has the type of the wanted one, and no problem."""
    while True:
        received = json.loads(connection.recv())
        if problems := check(union, received):
            error = RealtimeBetaServerEventErrorError(
                type="invalid_request_error", code=problems[0].code, message=f"{problems[0]}"
            )
            connection.send(RealtimeServerEventError(event_id="event_x", error=error).to_json())
        elif received["type"] == json.loads(wanted)["type"]:
            return


def main() -> None:
    """Play the recording to each client, until interrupted."""
    parser = argparse.ArgumentParser(description="Play a recorded session.")
    parser.add_argument("recording", type=Path, help="JSON Lines, both directions")
    parser.add_argument("--port", type=int, default=8765, help="0: any")
    options = parser.parse_args()
    lines = options.recording.read_text("utf-8").splitlines()
    # Translations have client events of their own, one of them under a shared `type`.
    kind = "Translation" if '"type": "translation"' in lines[0] else ""

    def play(connection: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            for line in lines:
                if is_by_client(line):
                    wait(connection, line, f"Realtime{kind}ClientEvent")
                else:
                    connection.send(line)

    with serve(play, "127.0.0.1", options.port) as server:
        print(f"ws://127.0.0.1:{server.socket.getsockname()[1]}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
