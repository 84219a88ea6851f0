"""Serve ``POST /v1/realtime/client_secrets`` with the types of the library.

Only the standard library is used, so this runs where ``websockets`` is not installed:

    python examples/loopback/client_secrets.py

``server.py`` runs it beside the WebSocket server, which accepts the secrets instead of an API key.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import secrets
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from settings import new_session, updated

from realtime_models import (
    DecodeError,
    JsonValue,
    RealtimeBetaServerEventErrorError,
    RealtimeCreateClientSecretRequest,
    RealtimeCreateClientSecretResponse,
    RealtimeSessionCreateRequestGA,
    RealtimeSessionCreateResponseGA,
    check,
)

PATH = "/v1/realtime/client_secrets"
DEFAULT_LIFETIME = 600
"""The default lifetime of a secret in seconds."""


class Refusal(Exception):
    """A request is refused; the message says why."""


class ClientSecretServer(ThreadingHTTPServer):
    """Mints secrets, and remembers the settings of each."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__((host, port), _Handler)
        self.minted: dict[str, RealtimeSessionCreateResponseGA] = {}

    def mint(self, body: bytes) -> RealtimeCreateClientSecretResponse:
        """Return the answer to the body of a request, or raise :class:`Refusal`."""
        request = _read(body)
        lifetime = (request.expires_after and request.expires_after.seconds) or DEFAULT_LIFETIME
        session = new_session(f"sess_of_secret_{len(self.minted) + 1}", "gpt-realtime")
        if isinstance(request.session, RealtimeSessionCreateRequestGA):
            session = updated(session, request.session)
        elif request.session:
            raise Refusal("This server has voice sessions only.")
        value = f"ek_{secrets.token_hex(12)}"
        self.minted[value] = session
        return RealtimeCreateClientSecretResponse(
            value=value, expires_at=int(time.time()) + lifetime, session=session
        )


def _read(body: bytes) -> RealtimeCreateClientSecretRequest:
    """Return the request, if it is exactly what the API describes."""
    try:
        request = RealtimeCreateClientSecretRequest.from_json(body)
    except DecodeError as error:
        raise Refusal(f"{error}") from error
    problems = check(RealtimeCreateClientSecretRequest, request.to_dict())
    if problems:
        raise Refusal("; ".join(f"{problem}" for problem in problems))
    return request


class _Handler(BaseHTTPRequestHandler):
    """Handles the HTTP requests."""

    server: ClientSecretServer

    def do_POST(self) -> None:
        # Always read the body: a connection closed with unread data may lose the answer.
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path != PATH:
            self._refuse(HTTPStatus.NOT_FOUND, "not_found", f"Nothing but {PATH} is here.")
        elif not self.headers.get("Authorization", "").startswith("Bearer sk-"):
            self._refuse(HTTPStatus.UNAUTHORIZED, "invalid_api_key", "An API key is needed.")
        else:
            try:
                self._answer(HTTPStatus.OK, self.server.mint(body).to_dict())
            except Refusal as refusal:
                self._refuse(HTTPStatus.BAD_REQUEST, "invalid_value", f"{refusal}")

    def _refuse(self, status: HTTPStatus, code: str, message: str) -> None:
        error = RealtimeBetaServerEventErrorError(
            type="invalid_request_error", code=code, message=message, param=None
        )
        self._answer(status, {"error": error.to_dict()})

    def _answer(self, status: HTTPStatus, answer: dict[str, JsonValue]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", f"{len(body)}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the program's output is for its users."""


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Mints client secrets that open nothing.")
    parser.add_argument("--port", type=int, default=8766, help="0: any")
    with ClientSecretServer("127.0.0.1", parser.parse_args().port) as server:
        print(f"http://127.0.0.1:{server.server_port}/v1", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
