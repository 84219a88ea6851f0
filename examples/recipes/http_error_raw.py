"""The same with raw dicts."""

import json
import os
from urllib.error import HTTPError
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}
HEADERS["Content-Type"] = "application/json"

body = {"expires_after": {"anchor": "created_at", "seconds": 1}}
request = Request(f"{URL}/realtime/client_secrets", json.dumps(body).encode(), HEADERS)
try:
    urlopen(request, timeout=30).close()
except HTTPError as refused:
    try:
        error = json.load(refused)["error"]
        code = error.get("code") or "no code"
        print(refused.status, error["type"], code, error["message"], sep="\n")
    except (ValueError, KeyError, TypeError):  # for instance, the page of a proxy
        print(refused.status, "without a reason")
    refused.close()
