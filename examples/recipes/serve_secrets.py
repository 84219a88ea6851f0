"""Hand out client secrets, with which browsers connect without your API key."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import Request, urlopen

import realtime_models as rm

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}
HEADERS["Content-Type"] = "application/json"

wanted = rm.RealtimeCreateClientSecretRequest(
    expires_after=rm.ClientSecretExpiration(seconds=60),
    session=rm.RealtimeSessionCreateRequestGA(model="gpt-realtime", instructions="Be brief."),
)


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:  # Let in only users that you know.
        request = Request(f"{URL}/realtime/client_secrets", wanted.to_json().encode(), HEADERS)
        with urlopen(request, timeout=30) as answer:
            secret = rm.RealtimeCreateClientSecretResponse.from_json(answer.read())
        print(secret.session.type, secret.expires_at, flush=True)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(secret.value.encode())


with HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8000"))), Handler) as server:
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
