"""Tell why the server refused an HTTP request: here, a client secret that lives for one second."""

import os
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import realtime_models as rm

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
HEADERS = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}
HEADERS["Content-Type"] = "application/json"

body = rm.RealtimeCreateClientSecretRequest(expires_after=rm.ClientSecretExpiration(seconds=1))
request = Request(f"{URL}/realtime/client_secrets", body.to_json().encode(), HEADERS)
try:
    urlopen(request, timeout=30).close()
except HTTPError as refused:
    try:
        error = rm.ErrorResponse.from_json(refused.read()).error
        print(
            refused.status, error.type, rm.value_or(error.code, "no code"), error.message, sep="\n"
        )
    except rm.DecodeError:  # for instance, the page of a proxy
        print(refused.status, "without a reason")
    refused.close()
