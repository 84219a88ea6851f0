"""The same with raw dicts."""

import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import Request, urlopen

from openai import InvalidWebhookSignatureError, OpenAI

CLIENT = OpenAI()  # which checks signatures, with OPENAI_WEBHOOK_SECRET
HEADERS = {"Authorization": f"Bearer {CLIENT.api_key}", "Content-Type": "application/json"}


def post(call_id: str, action: str, body: object) -> None:
    url = f"{CLIENT.base_url}realtime/calls/{call_id}/{action}"
    urlopen(Request(url, json.dumps(body).encode(), HEADERS), timeout=30).close()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            CLIENT.webhooks.verify_signature(body, dict(self.headers))
        except (InvalidWebhookSignatureError, ValueError):
            self.send_error(400)
            return
        call = json.loads(body)["data"]
        said = {header["name"]: header["value"] for header in call["sip_headers"]}
        if "anonymous" in said["From"]:
            post(call["call_id"], "reject", {"status_code": 603})
        else:
            session = {"type": "realtime", "model": "gpt-realtime", "instructions": "Help."}
            post(call["call_id"], "accept", session)
            if "sip:boss@" in said["To"]:
                post(call["call_id"], "refer", {"target_uri": "tel:+390401234567"})
        self.send_response(204)
        self.end_headers()


with HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8000"))), Handler) as server:
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
